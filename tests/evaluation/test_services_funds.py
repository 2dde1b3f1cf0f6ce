"""An award never goes over its envelope, its quota, or what one organisation may get."""

from datetime import timedelta

import pytest

from fondaco.applications.selectors.money import meters_of
from fondaco.applications.states import State
from fondaco.calls.states import Next, Over, Support
from fondaco.evaluation.facts import has_award_in_call, has_award_in_programme
from fondaco.evaluation.models import Outcome
from fondaco.evaluation.rules.decisions import Stop
from fondaco.evaluation.selectors.lists import is_replayed, shown_lines
from fondaco.evaluation.selectors.rankings import latest_ranking
from fondaco.evaluation.services.decisions import (
    approve_decision,
    propose_decision,
    propose_single_decision,
)
from fondaco.evaluation.services.rankings import make_ranking
from fondaco.evaluation.states import Group
from fondaco.kernel.decisions import Refused
from fondaco.kernel.facts import Question
from tests.factories import evaluation as made
from tests.factories.calls import EnvelopeFactory, QuotaFactory
from tests.factories.directory import AT, OrganisationFactory

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=20)


def free_call(**more):
    """A closed call that one officer decides without evaluators."""
    given = {"experts": 0, "threshold": None, "decided_by": "one", "total_cents": None}
    return made.graded_call(**given | more)


def content(application, country):
    """The frozen version says the country of who applied."""
    sent = application.submissions.get()
    sent.content = {**sent.content, "organisation": {"country": country}}
    sent.save()
    return application


def in_country(call, country, **more):
    return content(made.sent(call, **more), country)


def award(application, by):
    return propose_single_decision(application.pk, group=Group.AWARDED, by=by, at=LATER)


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.reasons


def test_single_awards_stop_at_the_quota_and_at_the_envelope():
    call = free_call()
    QuotaFactory(call=call, most=1)
    EnvelopeFactory(call=call, value=["FR"], most_cents=79_999_00)
    by = made.officer_of(call)
    files = [in_country(call, country) for country in ("IT", "IT", "FR", "FR", "ES")]

    award(files[0], by)
    award(files[2], by)
    award(files[4], by)

    assert refused(award, files[1], by) == (Stop.NO_PLACE_IN_PART,)
    assert refused(award, files[3], by) == (Stop.NO_MONEY_IN_PART,)


def test_a_quota_waits_for_its_dated_act():
    call = free_call()
    quota = QuotaFactory(call=call, needs={"en": "A provider is approved."})
    by, file = made.officer_of(call), in_country(call, "IT")

    assert refused(award, file, by) == (Stop.PART_CLOSED,)
    quota.opened_on = AT.date()
    quota.save()
    assert award(file, by).outcomes.get().is_final


@pytest.mark.parametrize(
    ("over", "outcome"), [(Over.REFUSED, (Stop.OVER_CEILING,)), (Over.CUT, 20_000_00)]
)
def test_the_ceiling_of_the_programme_counts_over_all_its_calls(over, outcome):
    first = free_call()
    first.programme.ceiling = {"amount": "60000"}
    first.programme.save()
    second = free_call(programme=first.programme, over_ceiling=over)
    organisation, by = OrganisationFactory(), made.officer_of(first)
    award(made.sent(first, organisation=organisation), by)
    file = made.sent(second, organisation=organisation)

    if over == Over.REFUSED:
        assert refused(award, file, by) == outcome
    else:
        assert award(file, by).outcomes.get().amount_cents == outcome


def test_demonstrations_and_other_programmes_do_not_count():
    first = free_call(is_demonstration=True)
    first.programme.ceiling = {"amount": "40000"}
    first.programme.save()
    second = free_call(programme=first.programme)
    organisation, by = OrganisationFactory(), made.officer_of(first)
    award(made.sent(first, organisation=organisation), by)

    assert award(made.sent(second, organisation=organisation), by).outcomes.get().is_final


def test_the_ceiling_of_the_call_and_the_least_hold_for_single_awards():
    call = free_call(ceiling_cents=60_000_00, least_cents=20_000_01, over_ceiling=Over.CUT)
    organisation, by = OrganisationFactory(), made.officer_of(call)
    award(made.sent(call, organisation=organisation), by)

    reasons = refused(award, made.sent(call, organisation=organisation), by)

    assert reasons == (Stop.BELOW_LEAST,)


@pytest.mark.parametrize(
    ("then", "awards"), [(Next.ALL_REFUSED, 0), (Next.BEST, 1), (Next.REFUSED, 2)]
)
def test_how_many_of_an_organisation_can_be_awarded(then, awards):
    call = free_call(per_organisation=1, next_application=then)
    organisation, by = OrganisationFactory(), made.officer_of(call)
    for _ in range(2):
        file = made.sent(call, organisation=organisation)
        Outcome.objects.filter(application=file).delete()
    files = list(call.applications.order_by("pk"))

    for file in files[:awards]:
        award(file, by)
    reasons = [refused(award, file, by) for file in files[awards:]]

    assert reasons == [(Stop.TOO_MANY_SENT,)] * len(files[awards:])


def test_a_ranking_with_quotas_becomes_a_decision_and_can_be_replayed():
    call = free_call(decided_by="one")
    QuotaFactory(call=call, most=1, code="it")
    files = [in_country(call, "IT", submitted_at=AT + timedelta(minutes=n)) for n in range(3)]
    by = made.officer_of(call)

    make_ranking(call.pk, by=by, at=LATER)
    decision = propose_decision(call.pk, by=by, at=LATER)

    groups = [one.group for one in decision.outcomes.order_by("pk")]
    assert groups == [Group.AWARDED, Group.RESERVE, Group.RESERVE]
    ranking = latest_ranking(call)
    assert is_replayed(ranking)
    said = next(line for line in shown_lines(ranking) if line.application == files[1])
    assert said.steps[-1] == "Italy: all places of this quota are given (1)."
    assert "Italy: number 1 on the reserve list of this part." in said.steps


def test_two_who_confirm_one_after_the_other_do_not_go_over_the_ceiling_together():
    first = free_call(decided_by="two")
    first.programme.ceiling = {"amount": "60000"}
    first.programme.save()
    second = free_call(decided_by="two", programme=first.programme)
    organisation = OrganisationFactory()
    one, other = made.decider_of(first), made.decider_of(first)
    kept = [
        propose_single_decision(
            made.sent(call, organisation=organisation).pk, group=Group.AWARDED, by=one, at=LATER
        )
        for call in (first, second)
    ]

    approve_decision(kept[0].pk, by=other, at=LATER)

    assert refused(approve_decision, kept[1].pk, by=other, at=LATER) == (Stop.OVER_CEILING,)


def test_the_meter_tells_officers_all_and_applicants_what_their_letters_told():
    call = free_call(ceiling_cents=60_000_00)
    file, by = made.sent(call), made.officer_of(call)
    award(file, by)

    [officers] = meters_of(call, file.organisation_id, told=False)
    [own] = meters_of(call, file.organisation_id)

    assert (officers.used, own.used) == (40_000_00, 0)
    asked = Question(file.organisation_id, call.code)
    assert has_award_in_call(asked).value is False


def test_an_award_that_was_told_is_a_fact_of_its_call_and_programme():
    call = free_call()
    file = made.sent(call)
    made.told(file, Group.AWARDED)

    found = [
        has_award_in_call(Question(file.organisation_id, call.code)).value,
        has_award_in_programme(Question(file.organisation_id, call.programme.code)).value,
        has_award_in_programme(Question(file.organisation_id, "other")).value,
    ]

    assert found == [True, True, False]


@pytest.mark.parametrize(("country", "cents"), [("PT", 780_00), ("IT", None)])
def test_a_lump_sum_is_ranked_by_the_table(country, cents):
    call = free_call(
        support=Support.LUMP_SUM,
        amount_cents=None,
        scheme="cxc-long",
        scheme_country="organisation.country",
    )
    in_country(call, country)

    ranking = make_ranking(call.pk, by=made.officer_of(call), at=LATER)

    assert [line["amount_cents"] for line in ranking.lines] == [cents]
    assert call.applications.get().state == State.ELIGIBLE
