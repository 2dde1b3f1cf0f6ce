"""Keeping, undoing, putting in place, publishing and correcting."""

from datetime import timedelta

import pytest

from fondaco.calls.models import Act, Call
from fondaco.calls.services import extend_call
from fondaco.files.reading import read_folder
from fondaco.files.selectors.plain import call_data
from fondaco.files.services import load_call
from fondaco.kernel.decisions import Refused
from fondaco.questionnaires.models import FormVersion
from fondaco.sketches.models import Revision, Sketch
from fondaco.sketches.rules.places import table_at, value_at
from fondaco.sketches.rules.refusals import Reason
from fondaco.sketches.rules.typed import mark
from fondaco.sketches.selectors import changes_of, checked
from fondaco.sketches.services import keeping, standing
from fondaco.trail.models import Entry
from tests.factories.calls import CallFactory
from tests.factories.directory import AT
from tests.factories.programmes import RoleFactory
from tests.files.folders import FOUNDING
from tools.paths import ROOT

pytestmark = pytest.mark.django_db
NOTHING = mark(None)
LATER = AT + timedelta(minutes=10)


@pytest.fixture
def sketch(spring):
    return keeping.opened_sketch(spring, at=AT)[0]


def keep(call, officer, at=AT, was=NOTHING, **values):
    places = {name.replace("__", "."): value for name, value in values.items()}
    return keeping.keep_typed(call.pk, places, dict.fromkeys(places, was), by=officer, at=at)


def content(call):
    return Sketch.objects.get(call=call).content


def refused(act, *args, **more):
    with pytest.raises(Refused) as refusal:
        act(*args, **more)
    return refusal.value.reasons


@pytest.mark.usefixtures("sketch")
def test_what_is_typed_is_kept_even_where_it_cannot_be_read(spring, officer):
    kept = keep(spring, officer, call__money__amount="a lot", call__title__fr="Printemps")

    assert kept.changed == ("call.money.amount", "call.title.fr")
    assert value_at(content(spring), "call.money.amount") == "a lot"
    lacks = checked(Sketch.objects.get()).lacks
    assert [lack.place for lack in lacks] == ["call.money.amount"]
    assert not standing.put_in_place(spring.pk, by=officer, at=AT)
    spring.refresh_from_db()
    assert spring.title == {"en": "Spring call"}


@pytest.mark.usefixtures("sketch")
def test_a_draft_follows_its_sketch_and_leaves_no_forms_behind(spring, officer):
    section = keeping.add_row(
        spring.pk, "form.section", {"title": {"en": "One"}}, code="section", by=officer, at=AT
    )
    table = f"form.section.~{section}.question"
    for number in range(3):
        row = {"kind": "short-text", "label": {"en": f"Question {number}"}}
        keeping.add_row(spring.pk, table, row, code="question", by=officer, at=AT)
        assert standing.put_in_place(spring.pk, by=officer, at=AT)
    spring.refresh_from_db()

    assert [row["code"] for row in spring.form.schema["section"][0]["question"]] == [
        "question-1",
        "question-2",
        "question-3",
    ]
    assert FormVersion.objects.count() == 1
    assert call_data(spring) == Sketch.objects.get().base
    assert Entry.objects.filter(subject="spring").values_list("verb", flat=True)[::1] == [
        "sketch.begun"
    ]


@pytest.mark.usefixtures("sketch")
def test_two_officers_never_lose_each_others_words(spring, officer, bridge):
    other = RoleFactory(programme=bridge).person
    keep(spring, other, call__summary__en="Theirs")
    kept = keep(spring, officer, call__summary__en="Mine", call__title__fr="Printemps")

    assert [(one.place, one.mine, one.theirs) for one in kept.clashes] == [
        ("call.summary.en", "Mine", "Theirs")
    ]
    assert kept.changed == ("call.title.fr",)
    assert value_at(content(spring), "call.summary.en") == "Theirs"


@pytest.mark.usefixtures("sketch")
def test_undo_takes_back_ones_own_edits_alone(spring, officer, bridge):
    other = RoleFactory(programme=bridge).person
    keep(spring, officer, call__summary__en="Mine")
    keep(spring, other, call__summary__fr="La leur")

    assert keeping.undo(spring.pk, by=officer, at=LATER) == ("call.summary.en",)
    assert value_at(content(spring), "call.summary") == {"fr": "La leur"}
    assert refused(keeping.undo, spring.pk, by=officer, at=LATER) == (Reason.NOTHING_TO_UNDO,)
    keeping.redo(spring.pk, by=officer, at=LATER)
    assert value_at(content(spring), "call.summary.en") == "Mine"
    assert refused(keeping.redo, spring.pk, by=officer, at=LATER) == (Reason.NOTHING_TO_REDO,)
    keeping.undo(spring.pk, by=officer, at=LATER)
    assert value_at(content(spring), "call.summary") == {"fr": "La leur"}


@pytest.mark.usefixtures("sketch")
def test_undo_never_takes_away_what_somebody_wrote_since(spring, officer, bridge):
    other = RoleFactory(programme=bridge).person
    keep(spring, officer, call__summary__en="Mine")
    keep(spring, other, was=mark("Mine"), call__summary__en="Theirs")

    assert refused(keeping.undo, spring.pk, by=officer, at=LATER) == (Reason.CHANGED_SINCE,)
    assert value_at(content(spring), "call.summary.en") == "Theirs"


@pytest.mark.usefixtures("sketch")
def test_typing_on_is_one_edit_to_undo(spring, officer):
    keep(spring, officer, call__summary__en="S")
    keep(spring, officer, was=mark("S"), call__summary__en="Spring")
    keep(spring, officer, at=LATER, was=mark("Spring"), call__summary__en="Springs")

    assert Revision.objects.count() == 2
    keeping.undo(spring.pk, by=officer, at=LATER)
    keeping.undo(spring.pk, by=officer, at=LATER)
    assert value_at(content(spring), "call.summary") is None


@pytest.mark.usefixtures("sketch")
def test_rows_are_added_copied_moved_removed_and_brought_back(spring, officer):
    said = {"by": officer, "at": AT}
    first = keeping.add_row(spring.pk, "call.rule", {"test": "in"}, code="rule", **said)
    second = keeping.copy_row(spring.pk, "call.rule", first, code="rule", **said)
    keeping.shift_row(spring.pk, "call.rule", second, -1, **said)

    def rows():
        return [row["code"] for row in table_at(content(spring), "call.rule")]

    assert rows() == ["rule-2", "rule-1"]
    keeping.remove_row(spring.pk, "call.rule", second, **said)
    assert rows() == ["rule-1"]
    assert refused(keeping.remove_row, spring.pk, "call.rule", second, **said) == (
        Reason.ROW_IS_GONE,
    )
    keeping.undo(spring.pk, **said)
    keeping.undo(spring.pk, **said)
    assert rows() == ["rule-1", "rule-2"]
    keeping.place_row(spring.pk, "call.rule", first, goal="call.rule", behind=second, **said)
    assert rows() == ["rule-2", "rule-1"]
    to = {"goal": "call.criterion", "behind": ""}
    assert refused(keeping.place_row, spring.pk, "call.rule", first, **to, **said) == (
        Reason.ROW_IS_GONE,
    )


@pytest.mark.usefixtures("sketch")
def test_what_was_recorded_elsewhere_comes_into_the_sketch(spring, officer):
    keep(spring, officer, call__summary__en="Mine", call__timetable__closes="2030-01-01T17:00:00")
    standing.put_in_place(spring.pk, by=officer, at=AT)
    spring.refresh_from_db()
    spring.title = {"en": "Spring call", "fr": "Appel"}
    spring.save()
    keep(spring, officer, call__contact__text__en="Ask us.")

    sketch, kept = keeping.opened_sketch(Call.objects.get(), at=AT)

    assert kept == []
    assert value_at(sketch.content, "call.title.fr") == "Appel"
    assert value_at(sketch.content, "call.contact.text.en") == "Ask us."


@pytest.mark.usefixtures("sketch")
def test_a_draft_is_published_when_nothing_is_missing(spring, officer):
    assert refused(standing.publish_sketch, spring.pk, by=officer, at=AT) == (
        "no-form",
        "no-deadline",
    )
    keep(spring, officer, call__intake="always")
    section = keeping.add_row(
        spring.pk, "form.section", {"title": {"en": "One"}}, code="section", by=officer, at=AT
    )
    assert refused(standing.publish_sketch, spring.pk, by=officer, at=AT) == (Reason.HAS_MISTAKES,)
    row = {"kind": "short-text", "label": {"en": "Why?"}}
    keeping.add_row(
        spring.pk, f"form.section.~{section}.question", row, code="q", by=officer, at=AT
    )

    call = standing.publish_sketch(spring.pk, by=officer, at=AT)

    assert call.published_at == AT
    assert refused(standing.publish_sketch, spring.pk, by=officer, at=AT) == (Reason.PUBLISHED,)
    assert refused(standing.discard_draft, spring.pk, by=officer, at=AT) == (Reason.PUBLISHED,)


def test_a_published_call_changes_by_a_correction_alone(bridge, officer):
    call = CallFactory(programme=bridge, code="open")
    keeping.opened_sketch(call, at=AT)
    before = call_data(call)
    keep(call, officer, was=mark("3000"), call__money__amount="2500")
    assert not standing.put_in_place(call.pk, by=officer, at=AT)
    call.refresh_from_db()
    assert call_data(call) == before
    assert [change.place for change in changes_of(Sketch.objects.get())] == ["call.money.amount"]

    standing.correct_sketch(call.pk, reason={"en": "A slip."}, by=officer, at=LATER)

    call.refresh_from_db()
    assert call.amount_cents == 250_000
    assert Act.objects.get().kind == "corrigendum"
    sketch, _kept = keeping.opened_sketch(Call.objects.get(), at=LATER)
    assert changes_of(sketch) == []
    assert refused(
        standing.correct_sketch, call.pk, reason={"en": "Again."}, by=officer, at=LATER
    ) == (Reason.NOTHING_CHANGED,)


def test_the_deadline_of_a_published_call_moves_on_its_own_page(bridge, officer):
    call = CallFactory(programme=bridge, code="open")
    sketch, _kept = keeping.opened_sketch(call, at=AT)
    stands = value_at(sketch.content, "call.timetable.closes")
    keep(call, officer, was=mark(stands), call__timetable__closes="2031-01-01T17:00:00")

    assert refused(
        standing.correct_sketch, call.pk, reason={"en": "Later."}, by=officer, at=AT
    ) == (Reason.DEADLINE_HAS_ITS_PAGE,)
    closes = call.closes_at + timedelta(days=3)
    extend_call(call.pk, closes_at=closes, reason={"en": "Why."}, by=officer, at=AT)
    sketch, _kept = keeping.opened_sketch(Call.objects.get(), at=AT)
    assert [row["kind"] for row in table_at(sketch.content, "call.event")] == ["extension"]


@pytest.mark.usefixtures("sketch")
def test_a_preview_leaves_nothing(spring, officer):
    keep(spring, officer, was=mark("Spring call"), call__title__en="Another title")
    before = (call_data(Call.objects.get()), Entry.objects.count())
    with standing.as_if_in_place(Sketch.objects.get(), by=officer, at=AT) as is_shown:
        assert is_shown
        assert Call.objects.get().title == {"en": "Another title"}

    assert (call_data(Call.objects.get()), Entry.objects.count()) == before


@pytest.mark.usefixtures("sketch")
def test_a_draft_is_thrown_away_with_its_form(spring, officer):
    standing.discard_draft(spring.pk, by=officer, at=AT)

    assert (Call.objects.count(), Sketch.objects.count()) == (0, 0)
    assert Entry.objects.filter(verb="sketch.discarded", subject="spring").count() == 1


def test_a_short_name_is_given_once(bridge, officer, spring):
    data = {"call": {"code": "spring", "kind": "voucher", "form_languages": ["en"]}}

    assert refused(standing.begin_call, bridge, data, by=officer, at=AT) == (Reason.CODE_TAKEN,)


@pytest.mark.parametrize("programme", FOUNDING)
def test_every_founding_call_built_and_loaded_is_the_same(programme, bridge, officer):
    """What the builder makes of the data of a call is what loading its files makes, row by row."""
    for code, folder in read_folder(ROOT / "programmes" / programme).calls.items():
        free = {"partner": None, "edition_of": None, "code": f"{code}-x"}
        decision = folder.call.decision.model_copy(update={"partners": []})
        shape = folder.call.model_copy(update={**free, "decision": decision, "publish": False})
        loaded = load_call(
            bridge, folder.model_copy(update={"call": shape, "letters": []}), by_id=None, at=AT
        )
        data = call_data(Call.objects.get(pk=loaded.pk))
        data["call"]["code"] = f"{code}-y"
        built = begin(bridge, data, officer)
        again = call_data(built)
        again["call"]["code"] = f"{code}-x"

        assert again == call_data(Call.objects.get(pk=loaded.pk))


def begin(bridge, data, officer):
    """The call as the builder makes it: begun, opened, put in place."""
    call = standing.begin_call(bridge, data, by=officer, at=AT)
    keeping.opened_sketch(call, at=AT)
    assert standing.put_in_place(call.pk, by=officer, at=AT)
    return Call.objects.get(pk=call.pk)
