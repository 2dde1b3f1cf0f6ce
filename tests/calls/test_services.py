"""What the services of calls write, tell the trail, and leave alone on a refusal."""

from datetime import timedelta

import pytest

from fondaco.calls import services
from fondaco.calls.models import Act, Call
from fondaco.calls.selectors import deadline_of, stage_of
from fondaco.calls.states import ActKind, Kind, Stage
from fondaco.kernel.decisions import Refused
from fondaco.trail.models import Entry
from tests.factories.calls import ActFactory, CallFactory
from tests.factories.directory import AT, PersonFactory
from tests.factories.programmes import PartnerFactory, ProgrammeFactory
from tests.factories.questionnaires import FormVersionFactory

pytestmark = pytest.mark.django_db
REASON = {"en": "The platform had a problem."}
WEEK = timedelta(days=7)


def told():
    """What the trail was told, in order."""
    names = ("verb", "subject", "programme", "by_id", "at")
    return list(Entry.objects.order_by("pk").values_list(*names))


def test_mark_decided_closes_the_thread_of_a_call():
    call, person = CallFactory(), PersonFactory()

    services.mark_decided(call.pk, by=person, at=AT)

    call.refresh_from_db()
    assert (call.decided_at, stage_of(call, at=AT)) == (AT, Stage.DECIDED)
    assert told() == [("call.decided", call.code, call.programme.code, person.pk, AT)]


def test_extend_call_records_an_act_with_its_reason():
    call, person = CallFactory(), PersonFactory()

    act = services.extend_call(
        call.pk, closes_at=call.closes_at + WEEK, reason=REASON, by=person, at=AT
    )

    assert Act.objects.get() == act
    assert (act.number, act.kind, act.at, act.reason) == (1, ActKind.EXTENSION, AT, REASON)
    assert deadline_of(call, at=AT) == call.closes_at + WEEK
    assert told() == [("call.extension", call.code, call.programme.code, person.pk, AT)]
    data = Entry.objects.get().data
    assert data == {"closes_at": (call.closes_at + WEEK).isoformat(), "reason": REASON}


def test_extend_call_keeps_the_first_deadline_and_numbers_its_acts():
    call, person = CallFactory(), PersonFactory()
    first = call.closes_at

    for weeks in (1, 2):
        services.extend_call(
            call.pk, closes_at=first + weeks * WEEK, reason=REASON, by=person, at=AT
        )

    call.refresh_from_db()
    assert call.closes_at == first
    assert list(call.acts.values_list("number", "closes_at")) == [
        (1, first + WEEK),
        (2, first + 2 * WEEK),
    ]


@pytest.mark.parametrize(
    "moved", [timedelta(0), -timedelta(microseconds=1)], ids=["the same deadline", "an earlier one"]
)
def test_extend_call_refuses_a_deadline_that_is_not_later(moved):
    act = ActFactory(at=AT - WEEK)

    with pytest.raises(Refused) as refused:
        services.extend_call(
            act.call.pk, closes_at=act.closes_at + moved, reason=REASON, by=PersonFactory(), at=AT
        )

    assert refused.value.reasons == ("not-later",)
    assert Act.objects.count() == 1
    assert told() == []


def test_extend_call_refuses_where_there_is_no_deadline():
    call = CallFactory(closes_at=None)

    with pytest.raises(Refused) as refused:
        services.extend_call(call.pk, closes_at=AT, reason=REASON, by=PersonFactory(), at=AT)

    assert refused.value.reasons == ("not-later",)
    assert not Act.objects.exists()


RECORDING = {
    ActKind.CORRIGENDUM: services.correct_call,
    ActKind.SUSPENSION: services.suspend_call,
    ActKind.RESUMPTION: services.resume_call,
    ActKind.CANCELLATION: services.cancel_call,
    ActKind.EARLY_CLOSURE: services.close_call_early,
}
STAGES_AFTER = {
    ActKind.CORRIGENDUM: Stage.OPEN,
    ActKind.SUSPENSION: Stage.SUSPENDED,
    ActKind.RESUMPTION: Stage.OPEN,
    ActKind.CANCELLATION: Stage.CANCELLED,
    ActKind.EARLY_CLOSURE: Stage.CLOSED,
}


@pytest.mark.parametrize("kind", list(RECORDING))
def test_an_act_is_recorded_told_and_an_edit_of_its_call(kind):
    call, person = CallFactory(), PersonFactory()
    if kind == ActKind.RESUMPTION:
        ActFactory(call=call, number=1, kind=ActKind.SUSPENSION, at=AT - WEEK)

    act = RECORDING[kind](call.pk, reason=REASON, by=person, at=AT)

    call.refresh_from_db()
    assert (act.kind, act.at, act.reason, act.closes_at) == (kind, AT, REASON, None)
    assert call.acts.last() == act
    assert (call.edited_at, stage_of(call, at=AT)) == (AT, STAGES_AFTER[kind])
    assert told() == [(f"call.{kind}", call.code, call.programme.code, person.pk, AT)]


def test_moving_a_deadline_is_an_edit_of_its_call():
    call = CallFactory()

    services.extend_call(
        call.pk, closes_at=call.closes_at + WEEK, reason=REASON, by=PersonFactory(), at=AT
    )

    call.refresh_from_db()
    assert call.edited_at == AT


@pytest.mark.parametrize("kind", list(RECORDING))
def test_nothing_is_recorded_about_a_call_that_was_cancelled(kind):
    call = ActFactory(number=1, kind=ActKind.CANCELLATION, at=AT - WEEK).call

    with pytest.raises(Refused):
        RECORDING[kind](call.pk, reason=REASON, by=PersonFactory(), at=AT)

    call.refresh_from_db()
    assert (call.acts.count(), call.edited_at, told()) == (1, None, [])


def test_publish_call_lets_everybody_read_it():
    call, person = CallFactory(published_at=None), PersonFactory()

    services.publish_call(call.pk, by=person, at=AT)

    call.refresh_from_db()
    assert (call.published_at, call.edited_at) == (AT, AT)
    assert stage_of(call, at=AT) == Stage.OPEN
    assert told() == [("call.published", call.code, call.programme.code, person.pk, AT)]


def test_publish_call_refuses_with_all_reasons_at_once():
    call = CallFactory(published_at=None, title={"en": " "}, form=None, closes_at=None)

    with pytest.raises(Refused) as refused:
        services.publish_call(call.pk, by=PersonFactory(), at=AT)

    call.refresh_from_db()
    assert refused.value.reasons == ("no-title", "no-form", "no-deadline")
    assert (call.published_at, call.edited_at, told()) == (None, None, [])


EMPTY = {
    name: [] for name in ("acts", "steps", "items", "envelopes", "quotas", "rules", "criteria")
}
FIELDS = {"code": "blue-training", "kind": Kind.TRAINING, "title": {"en": "Blue training"}}


def keep(programme, fields=FIELDS, *, rows=EMPTY, at=AT, **more):
    """Keep a call as a folder would."""
    given = {"partner": None, "edition_of": "", "form": None} | more
    return services.keep_call(programme, fields, rows=rows, by_id=None, at=at, **given)


def test_keep_call_publishes_a_call_where_it_is_new():
    programme = ProgrammeFactory()
    partner, form = PartnerFactory(programme=programme), FormVersionFactory()

    call = keep(programme, partner=partner, form=form)

    call.refresh_from_db()
    assert (call.published_at, call.edited_at, call.is_demonstration) == (AT, None, False)
    assert (call.partner, call.form, call.programme) == (partner, form, programme)
    assert told() == [("call.loaded", "blue-training", programme.code, None, AT)]


def test_keep_call_twice_keeps_the_day_of_publication_and_ends_edits():
    programme = ProgrammeFactory()
    Call.objects.filter(pk=keep(programme).pk).update(edited_at=AT)

    call = keep(programme, FIELDS | {"title": {"en": "Bluer training"}}, at=AT + WEEK)

    call.refresh_from_db()
    assert (call.published_at, call.edited_at) == (AT, None)
    assert call.title == {"en": "Bluer training"}
    assert Call.objects.count() == 1


def test_keep_call_keeps_a_draft_until_the_folder_publishes_it():
    programme = ProgrammeFactory()

    first = keep(programme, publish=False).published_at
    again = keep(programme, publish=False, at=AT + WEEK).published_at
    then = keep(programme, at=AT + 2 * WEEK).published_at

    assert (first, again, then) == (None, None, AT + 2 * WEEK)


def test_keep_call_does_not_take_back_what_was_published():
    programme = ProgrammeFactory()
    keep(programme)

    assert keep(programme, publish=False, at=AT + WEEK).published_at == AT


def test_keep_call_aligns_its_rows():
    programme = ProgrammeFactory()
    steps = [{"position": number, "label": {"en": str(number)}} for number in (1, 2, 3)]
    call = keep(programme, rows=EMPTY | {"steps": steps})
    first = call.steps.get(position=1).pk

    changed = [steps[0], {"position": 2, "label": {"en": "new"}}]
    keep(programme, rows=EMPTY | {"steps": changed})

    assert list(call.steps.values_list("position", "label")) == [
        (1, {"en": "1"}),
        (2, {"en": "new"}),
    ]
    assert call.steps.get(position=1).pk == first


def test_an_edition_is_a_demonstration_of_its_founding_call():
    programme, founding = ProgrammeFactory(), CallFactory(code="founding")

    call = keep(programme, edition_of="founding")

    assert (call.edition_of, call.is_demonstration) == (founding, True)
