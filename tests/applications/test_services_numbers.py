"""How many an organisation may send, what becomes of the next one, and what a sending comes to."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fondaco.applications import selectors
from fondaco.applications.models import Application
from fondaco.applications.rules.submission import Reason
from fondaco.applications.selectors.money import meters_of
from fondaco.applications.services import assessing, sending, writing
from fondaco.applications.states import State, Verdict
from fondaco.applications.views.reckoning import reckoning
from fondaco.calls.states import Next, Over, Support
from fondaco.kernel.decisions import Refused
from fondaco.trail.services import hear_all
from tests.factories.applications import (
    SMALL_ANSWERS,
    ApplicationFactory,
    FindingFactory,
    add_rule,
    open_call,
    programme,
)
from tests.factories.calls import EnvelopeFactory, ItemFactory, QuotaFactory
from tests.factories.directory import AT, OrganisationFactory, PersonFactory
from tests.factories.questionnaires import FormVersionFactory, option, question, schema, section

pytestmark = pytest.mark.django_db
MENU = schema(section("s", question("services", "choices", option=[option("a"), option("b")])))
COSTS = schema(section("s", question("costs", "money"), question("own", "money")))


def who(at=AT):
    return {"by": PersonFactory(), "at": at}


def started(call, organisation, answers=SMALL_ANSWERS, at=AT):
    application = writing.start_application(call, organisation=organisation, **who(at))
    for part, said in answers.items():
        writing.save_section(application.pk, section=part, answers=said, **who(at))
    return application


def sent(call, organisation, answers=SMALL_ANSWERS, at=AT):
    application = started(call, organisation, answers, at)
    sending.submit_application(application.pk, key=f"key{application.pk}", **who(at))
    return Application.objects.get(pk=application.pk)


def states(call):
    return list(call.applications.order_by("pk").values_list("state", flat=True))


def test_the_next_one_takes_the_place_of_the_one_sent_first():
    call = open_call(per_organisation=2, next_application=Next.REPLACES)
    organisation = OrganisationFactory()
    made = [sent(call, organisation, at=AT + timedelta(minutes=n)) for n in range(2)]
    draft = started(call, organisation, at=AT + timedelta(minutes=3))

    assert [one.code for one in selectors.to_be_replaced(draft)] == [made[0].code]
    sending.submit_application(draft.pk, key="third", **who(AT + timedelta(minutes=4)))
    hear_all(at=AT + timedelta(minutes=5))

    assert states(call) == [State.WITHDRAWN, State.SUBMITTED, State.SUBMITTED]
    made[0].refresh_from_db()
    assert made[0].withdrawn_why == f"Replaced by {draft.code}."


def test_what_an_officer_has_decided_on_is_not_replaced_and_stops_the_next_one():
    call = open_call(per_organisation=1, next_application=Next.REPLACES)
    organisation = OrganisationFactory()
    first = sent(call, organisation)
    Application.objects.filter(pk=first.pk).update(state=State.ELIGIBLE)

    with pytest.raises(Refused) as refusal:
        started(call, organisation)

    assert refusal.value.reasons == (Reason.MOST_SENT,)
    assert selectors.full_organisations(call, [organisation]) == {organisation.pk}


def test_nothing_is_replaced_where_the_call_does_not_say_so():
    call = open_call(per_organisation=2)
    organisation = OrganisationFactory()
    first, second = sent(call, organisation), sent(call, organisation)

    replaced = sending.replace_earlier(second.code, why="no", **who())

    assert (replaced, selectors.to_be_replaced(first)) == ([], [])


@pytest.mark.parametrize("then", [Next.BEST, Next.ALL_REFUSED])
def test_more_may_be_sent_where_it_is_decided_later_which_count(then):
    call = open_call(per_organisation=1, next_application=then)
    organisation = OrganisationFactory()

    made = [sent(call, organisation) for _ in range(2)]

    assert states(call) == [State.SUBMITTED] * 2
    assert selectors.full_organisations(call, [organisation]) == set()
    assert selectors.sent_besides(made[0]) == [made[1]]


def test_the_number_over_all_calls_of_the_programme_stops_the_start_and_the_sending():
    held, organisation = programme(), OrganisationFactory()
    calls = [open_call(programme=held, per_organisation_in_programme=1) for _ in range(2)]
    waiting = started(calls[1], organisation)
    sent(calls[0], organisation)

    with pytest.raises(Refused) as at_sending:
        sending.submit_application(waiting.pk, key="k", **who())
    with pytest.raises(Refused) as at_start:
        started(open_call(programme=held, per_organisation_in_programme=1), organisation)

    assert at_sending.value.reasons == at_start.value.reasons == (Reason.MOST_IN_PROGRAMME,)


def test_more_services_than_one_may_have_stop_the_sending():
    form = FormVersionFactory(schema=MENU)
    call = open_call(form=form, support=Support.MENU, most_items=1)
    for code in ("a", "b"):
        ItemFactory(call=call, code=code)
    application = started(call, OrganisationFactory(), {"s": {"services": ["a", "b"]}})

    with pytest.raises(Refused) as refusal:
        sending.submit_application(application.pk, key="k", **who())

    assert refusal.value.reasons == (Reason.TOO_MANY_SERVICES,)


def test_a_share_is_reckoned_from_the_question_that_the_call_names():
    form = FormVersionFactory(schema=COSTS)
    call = open_call(
        form=form, support=Support.SHARE, percent=Decimal(70), asks="costs", least_cents=100_000
    )
    application = started(call, OrganisationFactory(), {"s": {"costs": "1000", "own": "5"}})

    found = reckoning(application, selectors.copy_of(application), at=AT)

    assert (found.asked, found.cents, found.is_too_small) == (100_000, 70_000, True)


@pytest.mark.parametrize(("country", "cents"), [("PT", 780_00), ("XX", None)])
def test_a_lump_sum_comes_from_the_table_of_the_country(country, cents):
    call = open_call(
        support=Support.LUMP_SUM, scheme="cxc-long", scheme_country="organisation.country"
    )
    application = ApplicationFactory(call=call, organisation__country=country)

    assert reckoning(application, selectors.copy_of(application), at=AT).cents == cents


def test_an_applicant_sees_the_envelope_and_the_quota_that_it_belongs_to():
    call = open_call()
    envelope, quota = EnvelopeFactory(call=call), QuotaFactory(call=call)
    QuotaFactory(call=call, value=["FR"])
    EnvelopeFactory(call=call, fact="organisation.ecosystems", value=["tourism"])
    application = ApplicationFactory(call=call, organisation__country="IT")

    found = reckoning(application, selectors.copy_of(application), at=AT)

    assert found.parts == (envelope, quota)


def test_the_meters_of_a_call_without_awards_are_empty_and_say_what_is_left():
    held = programme(ceiling={"amount": "600"})
    call = open_call(
        programme=held, support=Support.FIXED, ceiling_cents=50_000, over_ceiling=Over.CUT
    )

    in_call, over_calls = meters_of(call, OrganisationFactory().pk, 55_000)

    assert [(one.ceiling, one.used, one.left) for one in (in_call, over_calls)] == [
        (50_000, 0, 50_000),
        (60_000, 0, 60_000),
    ]
    assert (in_call.is_exceeded, in_call.is_cut, over_calls.is_exceeded) == (True, True, False)
    assert meters_of(open_call(), OrganisationFactory().pk) == ()


def test_an_officer_overrules_a_group_as_a_whole():
    call = open_call()
    for code, group in (("a", "g"), ("b", "g"), ("c", "")):
        add_rule(call, code, "organisation.country", "is", "TN", group=group)
    application = ApplicationFactory(call=call, sent=True)
    for position, code in enumerate("abc"):
        FindingFactory(
            application=application, position=position, rule=code, verdict=Verdict.NOT_MET
        )

    assessing.overrule_finding(
        application.pk, rule="a", verdict=Verdict.MET, why="Seen", **who(AT + timedelta(days=11))
    )

    found = dict(application.findings.values_list("rule", "overruled"))
    assert found == {"a": Verdict.MET, "b": Verdict.MET, "c": ""}
