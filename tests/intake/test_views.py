"""What became of it: for whoever has the number, signed in or not."""

from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from fondaco.applications.services.writing import save_section
from fondaco.intake.gateways import spool
from fondaco.intake.models import BroughtIn
from fondaco.intake.services import bring_in
from tests.factories.applications import open_call
from tests.factories.directory import AT, PostFactory
from tests.intake.work import LATER, draft, save_of, submit_of

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def own_spool(settings, tmp_path):
    """A spool of one's own."""
    settings.SPOOL = tmp_path / "spool"


@pytest.fixture
def work():
    """A draft and its colleague."""
    application, person = draft()
    return SimpleNamespace(application=application, person=person)


def address_of(record):
    """Where it is asked after."""
    return reverse("intake:received", args=[record.application, record.identity])


def brought(work, *records):
    """Bring some records in; the last one."""
    for record in records:
        bring_in(record, at=LATER)
    return records[-1]


def test_a_submission_leads_on_to_its_receipt(client, work):
    application, person = work.application, work.person
    record = brought(
        work,
        save_of(application, person),
        save_of(application, person, "end"),
        submit_of(application, person),
    )

    page = client.get(address_of(record), {"language": "fr"})
    told = client.get(address_of(record), headers=JSON).json()

    way = f"/calls/{application.call.code}/applications/{application.code}/receipt/1/"
    assert (page.status_code, page["Location"]) == (302, f"/fr{way}")
    assert (told["state"], told["receipt"], told["url"]) == (
        "submitted",
        f"{application.code}-1",
        f"/en{way}",
    )


def test_a_save_leads_back_to_its_section(client, work):
    record = brought(work, save_of(work.application, work.person))

    page = client.get(address_of(record))

    assert page["Location"].endswith(f"/applications/{work.application.code}/form/project/")
    assert client.get(address_of(record), headers=JSON).json()["state"] == "saved"


def test_a_refusal_says_why_and_keeps_hash_and_number(client):
    application, person = draft(call=open_call(closes_at=AT))
    record = submit_of(application, person, at=LATER)
    row = bring_in(record, at=LATER)

    page = client.get(address_of(record)).content.decode()
    told = client.get(address_of(record), headers=JSON).json()

    assert "Not submitted" in page
    assert row.sha256 in page
    assert (told["state"], len(told["reasons"])) == ("refused", len(row.reasons))


def test_a_clash_says_that_nothing_was_thrown_away(client, work):
    theirs = PostFactory(organisation=work.application.organisation).person
    save_section(
        work.application.pk, section="project", answers={"title": "Theirs"}, by=theirs, at=AT
    )
    record = brought(work, save_of(work.application, work.person, title="Mine"))

    page = client.get(address_of(record)).content.decode()

    assert "Saved in part" in page
    assert "yours are kept" in page


def test_an_application_that_is_gone_leads_nowhere(client, work):
    record = save_of(work.application, work.person)
    work.application.code = "bc-gone"
    gone = brought(work, save_of(work.application, work.person))

    told = client.get(address_of(gone), headers=JSON).json()

    assert (told["state"], told["url"]) == ("refused", "")
    assert client.get(address_of(gone)).status_code == 200
    assert client.get(address_of(record)).status_code == 404


def test_what_another_process_brings_in_is_asked_after_again(client, work):
    record = save_of(work.application, work.person)
    spool().keep(record)

    with spool().taken(record.application):
        page = client.get(address_of(record))
        told = client.get(address_of(record), headers=JSON)

    assert (page.status_code, page["Retry-After"]) == (202, "5")
    assert (told.status_code, told.json()["state"]) == (202, "received")


def test_asking_after_it_brings_it_in(client, work):
    record = save_of(work.application, work.person)
    spool().keep(record)

    assert client.get(address_of(record)).status_code == 302
    assert BroughtIn.objects.get().identity == record.identity


def test_the_number_of_another_application_tells_nothing(client, work):
    record = brought(work, save_of(work.application, work.person))

    assert client.get(f"/received/bc-other/{record.identity}/").status_code == 404


def test_the_page_of_the_application_shows_what_was_not_taken_until_it_is_read(client, work):
    record = brought(work, save_of(work.application, work.person, title="Mine", at=AT))
    late = save_of(work.application, work.person, title="Too long ago")
    BroughtIn.objects.filter(identity=record.identity).update(
        outcome="clashed", reasons=["title"], kept=record.body
    )
    client.force_login(work.person)
    page_of = reverse(
        "applications:detail", args=[work.application.call.code, work.application.code]
    )
    seen = reverse("intake:seen", args=[record.application, record.identity])
    with time_machine.travel(LATER, tick=False):
        before = client.get(page_of).content.decode()
        answer = client.post(seen)
        after = client.get(page_of).content.decode()

    assert ("Mine" in before, "A colleague changed the same answers as you" in before) == (
        True,
        True,
    )
    assert (answer.status_code, "Mine" in after) == (302, False)
    assert late.identity not in before


def test_only_its_sender_puts_it_away(client, work):
    record = brought(work, save_of(work.application, work.person))
    seen = reverse("intake:seen", args=[record.application, record.identity])
    client.force_login(PostFactory(organisation=work.application.organisation).person)

    assert client.post(seen).status_code == 404
    assert client.get(seen).status_code == 405
    assert BroughtIn.objects.get().seen_at is None
    assert settings.SPOOL
