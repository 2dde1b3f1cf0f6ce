"""What the tests of intake play with: records, pages that send, and a database that is away."""

import secrets
from datetime import timedelta
from urllib.parse import urlencode

from django.db import OperationalError

from fondaco.applications.selectors.keeping import pass_for
from fondaco.intake.rules.records import Kind, Record
from fondaco.questionnaires.rules.answers import mark
from tests.factories.applications import SMALL_ANSWERS, ApplicationFactory
from tests.factories.directory import AT, PostFactory

ORIGIN = "http://testserver"
LATER = AT + timedelta(minutes=5)


def draft(**more):
    """A draft of an organisation, and a colleague who writes it."""
    application = ApplicationFactory(**more)
    return application, PostFactory(organisation=application.organisation).person


def body_of(section, was=None, **answers):
    """A section as its page posts it."""
    typed = SMALL_ANSWERS[section] | answers
    marks = {f"was-{code}": (was or {}).get(code, mark("")) for code in typed}
    return urlencode({f"q-{code}": text for code, text in typed.items()} | marks)


def save_of(application, person, section="project", *, at=AT, was=None, **answers):
    """A save that was received."""
    return Record(
        identity=secrets.token_hex(16),
        kind=Kind.SAVE,
        application=application.code,
        person=person.pk,
        form=application.form_id,
        at=at,
        section=section,
        body=body_of(section, was, **answers),
    )


def submit_of(application, person, *, key="key", at=AT):
    """A submission that was received."""
    return Record(
        identity=secrets.token_hex(16),
        kind=Kind.SUBMIT,
        application=application.code,
        person=person.pk,
        form=application.form_id,
        at=at,
        key=key,
    )


def page_of(application, person, *, at, **more):
    """What a page of the draft posts besides its answers."""
    return {"pass": pass_for(person, application, at=at), "language": "en", **more}


class Gone(OperationalError):
    """What Django raises where no server answers: nothing gave a code."""
