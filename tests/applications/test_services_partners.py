"""Partners of an application: asked by the lead, confirming for themselves, sent with it."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from fondaco.applications import selectors
from fondaco.applications.facts import told_of_partners, told_to
from fondaco.applications.models import Member
from fondaco.applications.reactions import _erase, _told
from fondaco.applications.services import partners, sending, writing
from fondaco.applications.states import Standing, State
from fondaco.applications.tasks import mail_partner
from fondaco.kernel.decisions import Refused
from fondaco.mail.models import Letter
from fondaco.trail.services import hear_all
from tests.factories.applications import (
    SMALL_ANSWERS,
    ApplicationFactory,
    add_rule,
    colleague_of,
    open_call,
)
from tests.factories.directory import AT, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def draft(**more):
    """A draft without gaps to a call with one or two partners, and who leads it."""
    call = open_call(**{"consortium_most": 2} | more)
    application = ApplicationFactory(call=call, organisation__country="FR")
    by = colleague_of(application.organisation, is_admin=True)
    for section, answers in SMALL_ANSWERS.items():
        writing.save_section(application.pk, section=section, answers=answers, by=by, at=AT)
    return application, by


def asked(application, by, **more):
    """An organisation that is asked, and its administrator."""
    firm = OrganisationFactory(**more)
    person = colleague_of(firm, is_admin=True)
    member = partners.invite_partner(application.pk, organisation=firm, by=by, at=AT)
    return member, firm, person


def joined(application, by, **more):
    """A partner that has confirmed."""
    member, firm, person = asked(application, by, **more)
    partners.confirm(member.pk, organisation=firm, promise="We build.", by=person, at=AT)
    return member, firm, person


def why(act):
    """The reasons of a refusal."""
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reasons


def send(application, by, at=AT):
    return sending.submit_application(application.pk, key="k", by=by, at=at)


def test_who_is_asked_gets_a_letter_each_time_it_is_sent():
    application, by = draft()
    member, _firm, person = asked(application, by)

    assert why(lambda: partners.ask_again(member.pk, by=by, at=AT)) == ("partner-letter-just-sent",)
    partners.ask_again(member.pk, by=by, at=LATER)

    hear_all(at=LATER)
    letters = Letter.objects.filter(to=person, occasion="partner-invited")
    assert letters.count() == 2
    assert Member.objects.get().letter_at == LATER


def test_the_lead_asks_nobody_twice_nor_itself_nor_more_than_the_call_allows():
    application, by = draft()
    _member, firm, _person = asked(application, by)

    def ask(**who):
        return lambda: partners.invite_partner(application.pk, by=by, at=AT, **who)

    assert why(ask(organisation=firm)) == ("partner-asked-already",)
    assert why(ask(organisation=application.organisation)) == ("partner-is-lead",)
    assert why(ask(email=" ")) == ("no-partner-named",)
    ask(email="new@example.org")()
    assert why(ask(email="third@example.org")) == ("partners-full",)


def test_a_call_without_partners_has_none():
    application, by = draft(consortium_most=None)

    def ask():
        partners.invite_partner(application.pk, email="a@example.org", by=by, at=AT)

    assert why(ask) == ("no-partners",)


def test_nothing_is_sent_before_everybody_has_answered_and_there_are_enough():
    application, by = draft(consortium_least=1)
    asked(application, by)

    assert why(lambda: send(application, by)) == ("partners-missing", "partners-waited-for")


def test_where_the_call_does_not_wait_only_those_who_confirmed_are_partners():
    application, by = draft(consortium_confirm=False)
    asked(application, by)

    assert "partners" not in send(application, by).content


def test_what_was_sent_carries_each_partner_with_name_moment_and_findings():
    application, by = draft()
    add_rule(application.call, "small", "organisation.size", "in", ["small"], of_partners=True)
    _member, firm, person = joined(application, by, size="small")

    [kept] = send(application, by).content["partners"]

    assert (kept["name"], kept["confirmed_by"], kept["promise"]) == (
        firm.name,
        person.name,
        "We build.",
    )
    assert kept["confirmed_at"].startswith(AT.isoformat()[:16])
    assert kept["findings"] == [{"rule": "small", "verdict": "met", "told": "small"}]


def test_a_partner_that_breaks_what_each_must_meet_stops_the_submission():
    application, by = draft()
    application.organisation.size = "small"
    application.organisation.save()
    rule = {"stops": True, "of_partners": True}
    add_rule(application.call, "small", "organisation.size", "in", ["small"], **rule)
    joined(application, by, size="large")

    assert why(lambda: send(application, by)) == ("stopped-by-rule",)


def test_the_facts_of_a_consortium_count_the_lead_and_who_confirmed():
    application, by = draft()
    application.organisation.size = "micro"
    application.organisation.save()
    joined(application, by, country="TN", size="large")
    asked(application, by, country="IT", size="small")
    names = ("members", "smes", "countries", "european")
    for name in names:
        add_rule(application.call, name, f"consortium.{name}", "at-least", [1])
    rules = selectors.rules_of(application.call)

    told = told_to(application, rules, selectors.copy_of(application), at=AT)

    assert [told[name].value for name in names] == [2, 1, 2, 1]
    assert told_of_partners(application, rules)[0].found == {}


def test_once_sent_nobody_comes_or_goes():
    application, by = draft()
    member, _firm, person = joined(application, by)
    send(application, by)

    for act in (partners.leave, partners.take_out):
        assert why(lambda act=act: act(member.pk, by=person, at=AT)) == ("partners-settled",)


def test_who_declined_or_left_is_no_partner_and_can_be_asked_again():
    application, by = draft()
    member, firm, person = asked(application, by)
    partners.decline(member.pk, by=person, at=AT)
    answer = {"organisation": firm, "promise": "Yes.", "by": person, "at": AT}
    assert why(lambda: partners.confirm(member.pk, **answer)) == ("partner-answered",)

    again = partners.invite_partner(application.pk, organisation=firm, by=by, at=AT)
    partners.confirm(again.pk, **answer)
    partners.leave(again.pk, by=person, at=AT)

    assert [one.standing for one in Member.objects.all()] == [Standing.DECLINED, Standing.LEFT]


def test_an_application_counts_for_each_where_the_call_says_so():
    application, by = draft(per_organisation=1, consortium_counts="each")
    _member, firm, _person = joined(application, by)
    send(application, by)
    second = ApplicationFactory(call=application.call)
    partners.invite_partner(second.pk, organisation=firm, by=by, at=AT)

    assert selectors.full_organisations(application.call, [firm]) == {firm.pk}
    member = Member.objects.last()
    partners.confirm(member.pk, organisation=firm, promise="Again.", by=by, at=AT)
    assert "partner-most-sent" in why(lambda: send(second, by))


def test_an_address_is_forgotten_when_it_is_taken_up_or_its_person_erased():
    application, by = draft()
    person = PersonFactory(email="ada@example.org")
    partners.invite_partner(application.pk, email="Ada@example.org", by=by, at=AT)
    assert [one["email"] for one in _told(person.pk)["invited"]] == ["ada@example.org"]

    _erase(person.pk)

    assert not Member.objects.exists()


def test_an_address_of_nobody_gets_the_same_words():
    application, by = draft()
    member = partners.invite_partner(application.pk, email="new@example.org", by=by, at=AT)

    mail_partner(member.pk)

    [sent] = mail.outbox
    assert sent.to == ["new@example.org"]
    assert f"/applications/{application.code}/partner/" in sent.body


@time_machine.travel(AT, tick=False)
def test_the_pages_of_lead_and_partner(client):
    application, by = draft()
    firm = OrganisationFactory(name="Invented Sails", country="IT")
    person = colleague_of(firm)
    path = [application.call.code, application.code]
    client.force_login(by)
    page = reverse("applications:partners", args=path)
    assert "Invented Sails" in client.get(f"{page}?q=sails").content.decode()
    asked_for = {"organisation": firm.code, "task": "Sew."}
    assert client.post(f"{page}?q=sails", asked_for).status_code == 302
    assert "Invented Sails" in client.get(page).content.decode()

    client.force_login(person)
    own = reverse("applications:partner", args=path)
    copy = reverse("applications:copy", args=path)
    assert "Sew." in client.get(own).content.decode()
    assert client.get(copy).status_code == 404
    answer = {"organisation": firm.code, "promise": "We sew.", "is_sure": "on"}
    assert client.post(own, answer).status_code == 302
    assert client.get(copy).status_code == 200
    assert client.get(reverse("applications:copy-as-data", args=path)).status_code == 404
    assert "We sew." in client.get(own).content.decode()

    client.force_login(by)
    review = client.get(reverse("applications:review", args=path)).content.decode()
    assert "We sew." in review
    sent = send(application, by)
    receipt = reverse("applications:receipt", args=[*path, sent.number])
    assert "We sew." in client.get(receipt).content.decode()
    client.force_login(colleague_of(OrganisationFactory()))
    assert client.get(own).status_code == client.get(page).status_code == 404
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
