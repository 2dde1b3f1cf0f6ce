"""Reading what was brought in, and what its sender is told of it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs

from django.db.models import Q

from fondaco.applications.models import Application
from fondaco.applications.rules.posted import Posted, typed_answers
from fondaco.applications.rules.saving import is_place
from fondaco.directory.models import Person, Post
from fondaco.intake.models import BroughtIn
from fondaco.intake.rules.bringing import TOLD, Step
from fondaco.questionnaires.rules.groups import head_of
from fondaco.questionnaires.rules.schema import Texts
from fondaco.questionnaires.selectors import form_of
from fondaco.web.prepared import Prepared, number, text

MOST_STEPS = 500


def posted_in(body: str) -> Posted:
    """The fields of a page as it posted them."""
    return parse_qs(body, keep_blank_values=True)


def brought_in(identity: str) -> BroughtIn | None:
    """What became of a record; None as long as it waits."""
    return BroughtIn.objects.select_related("application__call").filter(identity=identity).first()


def had_post(person_id: int, application: Application, *, at: datetime) -> bool:
    """Whether the person worked for who applies at that moment."""
    posts = Post.objects.filter(person_id=person_id, organisation_id=application.organisation_id)
    return posts.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at).exists()


def sender(pk: int) -> Person | None:
    """The person of a record, while they are known and active."""
    return Person.objects.filter(pk=pk, is_active=True, erased_at__isnull=True).first()


def steps_of(application: Application, section: str, person: Person) -> dict[str, list[Step]]:
    """What this person's saves did that were brought in from the spool, by question."""
    rows = BroughtIn.objects.filter(application=application, section=section, person=person)
    found: dict[str, list[Step]] = {}
    for steps in rows.order_by("-pk").values_list("steps", flat=True)[:MOST_STEPS]:
        for question, (before, after) in steps.items():
            found.setdefault(question, []).append((before, after))
    return found


_TO_BE_TOLD = Prepared(
    lambda: (
        BroughtIn.objects.filter(
            code=text("code"),
            person_id=number("person"),
            seen_at__isnull=True,
            outcome__in=list(TOLD),
        )
        .select_related("application__form")
        .order_by("pk")
    )
)


def to_be_told(person: Person, code: str) -> list[BroughtIn]:
    """What was not taken in whole of what this person sent, and that they have not read yet."""
    return _TO_BE_TOLD.all(person=person.pk, code=code)


def locked_brought_in(identity: str, person: Person) -> BroughtIn | None:
    """For services only: a record of this person's, ours until the transaction ends."""
    rows = BroughtIn.objects.select_for_update(of=("self",))
    return rows.filter(identity=identity, person=person).first()


def brought_in_row(pk: int) -> BroughtIn:
    """One row, with all that a letter says of it."""
    return BroughtIn.objects.select_related("application__call", "person").get(pk=pk)


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer as it was sent, with the words of its question."""

    label: Texts
    text: str


def typed_in(row: BroughtIn) -> list[Typed]:
    """What a save held that was not taken in, for its sender to copy."""
    application = row.application
    section = form_of(application.form).section(row.section) if application else None
    if section is None or not row.kept:
        return []
    answers = typed_answers(section, posted_in(row.kept))
    asked = {question.code: question for question in section.questions}
    wanted = set(row.reasons) & set(answers) or set(answers)
    return [
        Typed(asked[head_of(code)].label, _text_of(typed))
        for code, typed in answers.items()
        if code in wanted and typed and not is_place(code)
    ]


def _text_of(typed: object) -> str:
    return ", ".join(typed) if isinstance(typed, list) else str(typed)


def told_about(person_id: int) -> list[dict[str, object]]:
    """What this slice keeps about a person, as plain values."""
    fields = ("code", "kind", "received_at", "outcome", "kept")
    return list(BroughtIn.objects.filter(person_id=person_id).order_by("pk").values(*fields))
