"""Writing an application: started, saved, with its files and signatures."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.files import File
from django.db import IntegrityError, transaction

from fondaco.applications.models import Application, SectionAnswers
from fondaco.applications.rules.posted import Posted, marks_shown, typed_answers
from fondaco.applications.rules.saving import Merged, merged
from fondaco.applications.rules.submission import Reason, editing, open_questions, start
from fondaco.applications.selectors import (
    copy_of,
    draft_of,
    is_frozen,
    known_before,
    last_submission,
    locked_application,
    locked_section,
    numbers_sent,
    terms_before,
    terms_of,
)
from fondaco.applications.selectors.arriving import locked_for_file
from fondaco.applications.selectors.guests import guest_for, is_by_invitation
from fondaco.applications.selectors.keeping import locked_by_colleague, locked_for_saving
from fondaco.applications.services.acts import record_act
from fondaco.applications.services.guests import begun_with, use_guest
from fondaco.applications.states import State
from fondaco.calls.models import Call
from fondaco.directory.models import Organisation, Person
from fondaco.directory.selectors import locked_organisation
from fondaco.documents.models import Upload
from fondaco.documents.services import destroy_upload, keep_upload, remove_upload
from fondaco.kernel.decisions import Refused, require
from fondaco.questionnaires.rules.answers import Typed
from fondaco.questionnaires.rules.groups import DOT, Move, changed, head_of
from fondaco.questionnaires.rules.schema import Kind, Question, Section
from fondaco.questionnaires.selectors import form_of
from fondaco.web import written

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 6
NOT_TYPED = frozenset({Kind.FILE, Kind.SIGNATURE})


def _new_code(call: Call) -> str:
    """Initials of the call and six signs that nobody confuses: short enough to read aloud."""
    initials = "".join(word[0] for word in call.code.split("-") if word)[:4]
    return f"{initials}-{''.join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))}"


@transaction.atomic
def start_application(
    call: Call, *, organisation: Organisation, by: Person, at: datetime, language: str = ""
) -> Application:
    """The organisation's draft for the call: the one there is, else a new one, filled in so far."""
    if draft := draft_of(call, organisation):
        return draft
    form, terms = call.form, terms_before(call)
    locked_organisation(organisation.pk)
    guest = guest_for(call, organisation, by) if is_by_invitation(call) else None
    is_invited = guest is not None or not is_by_invitation(call)
    sent = numbers_sent(call, organisation)
    decision = start(terms, sent, has_form=bool(form), at=at, is_invited=is_invited)
    if form is None or not decision:
        raise Refused(*decision.reasons)
    languages = call.form_languages or ["en"]
    try:
        with transaction.atomic():
            application = Application.objects.create(
                code=_new_code(call),
                call=call,
                organisation=organisation,
                form=form,
                language=language if language in languages else languages[0],
                started_by=by,
                started_at=at,
                edited_at=at,
            )
    except IntegrityError:
        if draft := draft_of(call, organisation):
            return draft
        raise
    use_guest(guest, organisation)
    known = begun_with(form_of(form), known_before(organisation, by), guest)
    for section, answers in known.items():
        _write(application, None, section, answers, by=by, at=at)
    record_act("started", application, by=by, at=at)
    return application


def _write(
    application: Application,
    row: SectionAnswers | None,
    section: str,
    answers: Mapping[str, Typed],
    *,
    by: Person,
    at: datetime,
) -> None:
    """Keep a section with one more revision, where anything changed."""
    row = row or SectionAnswers(application=application, section=section)
    if row.pk and row.answers == answers:
        return
    row.answers, row.saved_by, row.saved_at = dict(answers), by, at
    row.revision += 1
    if row.pk:
        written.change(row, "answers", "saved_by", "saved_at", "revision")
    else:
        written.add(row)
    application.edited_at = max(application.edited_at, at)
    written.change(application, "edited_at")


def _editable(pk: int, at: datetime) -> Application:
    application = locked_application(pk)
    require(editing(State(application.state), terms_of(application), at=at))
    return application


def _section_of(application: Application, code: str) -> Section:
    section = form_of(application.form).section(code)
    if section is None:
        raise Refused(Reason.NO_SUCH_QUESTION)
    return section


@transaction.atomic
def save_section(
    pk: int,
    *,
    section: str,
    answers: Mapping[str, Typed],
    by: Person,
    at: datetime,
    was: Mapping[str, str] | None = None,
) -> Merged:
    """Keep what was typed into a section; what clashes with a colleague waits for a choice.

    `was` has the marks of what the page showed; without it what is given counts.
    """
    return _saved(locked_for_saving(pk), section, answers, by=by, at=at, was=was)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a section as its page sent it."""

    application: Application
    typed: Mapping[str, Typed]
    was: Mapping[str, str]
    merged: Merged


@transaction.atomic
def save_posted(code: str, *, section: str, sent: Posted, by: Person, at: datetime) -> Kept | None:
    """Keep a section as its page sent it, with as few questions as can be; None for a stranger."""
    application = locked_by_colleague(by.pk, code)
    if application is None:
        return None
    asked = _section_of(application, section)
    typed, was = typed_answers(asked, sent), marks_shown(asked, sent)
    result = _saved(application, section, typed, by=by, at=at, was=was)
    return Kept(application, typed, was or {}, result)


def _saved(
    application: Application,
    section: str,
    answers: Mapping[str, Typed],
    *,
    by: Person,
    at: datetime,
    was: Mapping[str, str] | None,
) -> Merged:
    require(editing(State(application.state), terms_of(application), at=at))
    may_change = open_questions(State(application.state), application.asked)
    known = {
        question.code
        for question in _section_of(application, section).questions
        if question.kind not in NOT_TYPED and (may_change is None or question.code in may_change)
    }
    mine = {
        code: typed
        for code, typed in answers.items()
        if code in known or code.partition(DOT)[0] in known
    }
    row = locked_section(application, section)
    result = merged(row.answers if row else {}, mine, was)
    _write(application, row, section, result.answers, by=by, at=at)
    return result


@transaction.atomic
def change_rows(pk: int, *, question: str, move: Move, row: str, by: Person, at: datetime) -> str:
    """Add, move, take away or put back a row of a group; the code of the row."""
    application = _editable(pk, at)
    section, group = _question_of(application, question, Kind.GROUP)
    kept = locked_section(application, section.code)
    answers, code = kept.answers if kept else {}, row or _row_code()
    places = changed(group, answers, move, code, new=code)
    _write(application, kept, section.code, {**answers, **places}, by=by, at=at)
    return code


def _row_code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))


def _question_of(application: Application, code: str, kind: Kind) -> tuple[Section, Question]:
    form = form_of(application.form)
    section, question = form.section_of(code), form.question(code)
    if section is None or question is None or question.kind != kind:
        raise Refused(Reason.NO_SUCH_QUESTION)
    may_change = open_questions(State(application.state), application.asked)
    if kind in {Kind.FILE, Kind.GROUP} and may_change is not None and code not in may_change:
        raise Refused(Reason.NOT_ASKED)
    return section, question


@transaction.atomic
def attach_file(
    pk: int,
    *,
    question: str,
    name: str,
    content: File,  # type: ignore[type-arg]
    by: Person,
    at: datetime,
) -> str:
    """Keep a file as the answer to a question, in the place of the one there was; its code."""
    held = locked_for_file(pk)
    return attach_upload(held, question=question, name=name, content=content, by=by, at=at).code


def attach_upload(
    application: Application,
    *,
    question: str,
    name: str,
    content: File,  # type: ignore[type-arg]
    by: Person,
    at: datetime,
) -> Upload:
    """For a caller that holds the application: the same, with the file that was kept."""
    require(editing(State(application.state), terms_of(application), at=at))
    section, asked = _question_of(application, question, Kind.FILE)
    upload = keep_upload(
        owner=application.code,
        name=name,
        content=content,
        accepts=asked.accepts,
        megabytes=asked.megabytes,
        by=by,
        at=at,
        place=question,
    )
    _replace_file(application, section, question, upload.code, by=by, at=at)
    return upload


@transaction.atomic
def detach_file(pk: int, *, question: str, by: Person, at: datetime) -> None:
    """Take the file of a question away."""
    application = _editable(pk, at)
    section, _ = _question_of(application, question, Kind.FILE)
    _replace_file(application, section, question, "", by=by, at=at)


def forget_file(application: Application, *, question: str, at: datetime) -> None:
    """For a caller that holds the application: the answer to a question names no file any more."""
    section = form_of(application.form).section_of(question)
    row = locked_section(application, section.code) if section else None
    if row is not None:
        row.answers = {**row.answers, question: ""}
        row.revision, row.saved_at = row.revision + 1, at
        row.save(update_fields=["answers", "revision", "saved_at"])


def _replace_file(
    application: Application,
    section: Section,
    question: str,
    code: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    row = locked_section(application, section.code)
    answers = dict(row.answers) if row else {}
    before = answers.get(question, "")
    answers[question] = code
    _write(application, row, section.code, answers, by=by, at=at)
    if before and is_frozen(application, before):
        remove_upload(before, at=at)
    elif before:
        destroy_upload(before, at=at)


def put_back(application: Application, *, asked: Collection[str], at: datetime) -> None:
    """Let the working copy say again what was sent last, but for the questions in `asked`.

    Files that came after the last version are taken away with it; a signature stands again.
    """
    last = last_submission(application)
    if last is None:
        return
    typed: Mapping[str, Typed] = last.content.get("typed", last.content["answers"])
    before, hidden = copy_of(application).files, last.content.get("hidden", {})
    for section in form_of(application.form).sections:
        _put_back_section(application, section, typed, asked=asked, hidden=hidden, at=at)
    late = set(before.values()) - set(copy_of(application).files.values())
    for code in sorted(late):
        if not is_frozen(application, code):
            destroy_upload(code, at=at)


def _put_back_section(
    application: Application,
    section: Section,
    typed: Mapping[str, Typed],
    *,
    asked: Collection[str],
    hidden: Collection[str],
    at: datetime,
) -> None:
    row = locked_section(application, section.code)
    if row is None:
        return
    known = {question.code for question in section.questions} - set(asked) - set(hidden)
    kept = {code: said for code, said in row.answers.items() if head_of(code) not in known}
    back = {code: said for code, said in typed.items() if head_of(code) in known}
    row.answers, before = kept | back, row.answers
    if row.answers != before:
        row.revision, row.saved_at = row.revision + 1, at
        row.save(update_fields=["answers", "revision", "saved_at"])


@transaction.atomic
def sign(pk: int, *, question: str, name: str, by: Person, at: datetime) -> None:
    """Sign by name under everything answered now; a later change undoes the signature."""
    application = _editable(pk, at)
    section, _ = _question_of(application, question, Kind.SIGNATURE)
    if not name.strip():
        raise Refused(Reason.NAME_NEEDED)
    copy = copy_of(application)
    row = locked_section(application, section.code)
    signature = {
        "name": name.strip(),
        "by": str(by.pk),
        "at": at.isoformat(),
        "of": copy.signed,
    }
    answers = {**(row.answers if row else {}), question: signature}
    _write(application, row, section.code, answers, by=by, at=at)
