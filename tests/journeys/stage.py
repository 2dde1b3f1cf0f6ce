"""The stage of the journeys: a founding programme, a small edition, and people who do not exist."""

import re
import time
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.files import File
from django.utils import timezone
from playwright.sync_api import Page

from fondaco.applications.models import Application
from fondaco.applications.services import assessing, sending, writing
from fondaco.calls.models import Call
from fondaco.directory.models import Organisation, Person
from fondaco.directory.selectors import demonstration_address
from fondaco.files.reading import read_folder
from fondaco.files.services import load_call, load_folder
from fondaco.mail.models import MailboxMessage
from fondaco.programmes.services import give_role
from fondaco.programmes.states import RoleKind
from fondaco.trail.services import hear_all
from tests.directory.work import METHODS, do_jobs
from tests.factories.directory import OrganisationFactory, PersonFactory, PostFactory
from tests.factories.documents import PDF
from tests.waits import follow, turning
from tools.paths import ROOT

EDITION = Path(__file__).parent / "edition"
CODE = "small-booster"
PASSWORD = "a long sentence"  # noqa: S105 - of people who do not exist
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of an officer who does not exist
STALE = 400
HALF_MINUTE = 30


def opened() -> Call:
    """The founding programme with all its calls, and the small edition, open for nine days yet."""
    return _loaded(_folder(0))


def drafted() -> Call:
    """The same, but nobody has published the edition yet."""
    folder = _folder(0)
    edition = folder.calls[CODE]
    draft_of_it = edition.call.model_copy(update={"publish": False})
    folder.calls[CODE] = edition.model_copy(update={"call": draft_of_it})
    return _loaded(folder)


def _loaded(folder: Any) -> Call:
    load_folder(folder, by_id=None, at=timezone.now() - timedelta(days=20))
    return Call.objects.select_related("programme").get(code=CODE)


def close(call: Call) -> None:
    """Date the edition anew, so that its deadline was ten days ago."""
    edition = _folder(20).calls[CODE]
    load_call(call.programme, edition, by_id=None, at=timezone.now())


def _folder(days_ago: int) -> Any:
    day = (timezone.now() - timedelta(days=days_ago)).date()
    return read_folder(ROOT / "programmes" / "ecf", season=EDITION, day=day)


def somebody(name: str, *, language: str = "en", **more: Any) -> Person:
    """A person who does not exist, at a house of their own."""
    address = f"{name.split(maxsplit=1)[0].lower()}@{name.rsplit(maxsplit=1)[-1].lower()}.example"
    given = {"email": address, "is_invented": True}
    return PersonFactory.create(name=name, language=language, **given | more)


def in_office(call: Call, kind: RoleKind, name: str, **more: Any) -> Person:
    """A person with a role in the programme."""
    person = somebody(name, **more)
    give_role(person, kind, programme=call.programme, partner=None, by_id=None, at=timezone.now())
    return person


def cluster(name: str, country: str = "TN") -> Organisation:
    """A cluster that does not exist."""
    return OrganisationFactory.create(name=name, country=country, kind="cluster")


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person who may write and sign for a cluster."""

    person: Person
    organisation: Organisation


def applicant(name: str, of: str, **more: Any) -> Applicant:
    """Somebody with a post in a cluster of its own."""
    person, organisation = somebody(name, **more), cluster(of)
    PostFactory.create(person=person, organisation=organisation, is_admin=True)
    return Applicant(person, organisation)


ANSWERS: dict[str, dict[str, str | list[str]]] = {
    "cluster": {
        "cluster-name": "Oasis Cluster",
        "country": "TN",
        "members": "12",
        "profile": "yes",
    },
    "project": {
        "need": "Members ask for cold rooms.",
        "areas": ["export"],
        "starts": "2027-03-01",
        "amount": "9000",
    },
    "papers": {"honour": "yes"},
}


def draft(call: Call, of: Applicant, language: str = "en") -> Application:
    """An application of which everything is written that can be typed."""
    who: dict[str, Any] = {"by": of.person, "at": timezone.now()}
    application = writing.start_application(
        call, organisation=of.organisation, language=language, **who
    )
    for section, answers in ANSWERS.items():
        given = answers | ({"cluster-name": of.organisation.name} if section == "cluster" else {})
        writing.save_section(application.pk, section=section, answers=given, **who)
    return application


def sent(call: Call, of: Applicant, language: str = "en") -> Application:
    """An application that was signed and sent."""
    who: dict[str, Any] = {"by": of.person, "at": timezone.now()}
    application = draft(call, of, language)
    paper = File(BytesIO(PDF), name="proof.pdf")
    writing.attach_file(application.pk, question="proof", name="proof.pdf", content=paper, **who)
    writing.sign(application.pk, question="signature", name=of.person.name, **who)
    sending.submit_application(application.pk, key=application.code, **who)
    application.refresh_from_db()
    return application


def admitted(application: Application, by: Person) -> Application:
    """The application once an officer found it eligible."""
    assessing.admit_application(application.pk, by=by, at=timezone.now())
    return application


def work() -> None:
    """Everything that the worker would do now."""
    hear_all(at=timezone.now())
    do_jobs()


# Ways in


def demonstration(page: Page, person: Person) -> None:
    """Somebody else sits down at the browser and signs in with the button of the demonstration."""
    page.context.clear_cookies()
    page.goto(urlsplit(demonstration_address(person)).path)
    follow(page.locator("main form button"), "/home/$")


def with_two_factors(page: Page, person: Person) -> None:
    """Somebody signs in with a password and the six digits of an app."""
    page.context.clear_cookies()
    TOTP.activate(person, SECRET)
    page.goto(f"/{person.language}/account/login/")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    with turning(page):
        page.locator("input[name=password]").press("Enter")
    page.locator("input[name=code]").fill(digits())
    with turning(page, "/home/$"):
        page.locator("input[name=code]").press("Enter")


def digits() -> str:
    """What the app of the officer shows now."""
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // HALF_MINUTE)))


def grow_stale(page: Page) -> None:
    """Let more than five minutes pass since the last proof of identity in this browser."""
    store = SessionStore(session_key=_session_key(page))
    store[METHODS] = [{**one, "at": one["at"] - STALE} for one in store.get(METHODS, [])]
    store.save()


def sign_out_elsewhere(page: Page) -> None:
    """End the session of this browser without its knowing."""
    SessionStore(session_key=_session_key(page)).delete()


def _session_key(page: Page) -> str:
    return {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}[
        settings.SESSION_COOKIE_NAME
    ]


def mailed_code(address: str) -> str:
    """The code of the last message to an address."""
    message = MailboxMessage.objects.filter(to=address).latest("pk")
    found = re.search(r"^([A-Z0-9-]{6,})$", message.body, re.MULTILINE)
    assert found
    return found[1]
