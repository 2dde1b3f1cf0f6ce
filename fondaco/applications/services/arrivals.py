"""Files that arrive in parts for a question of an application: let in, kept, or lost to a virus."""

from datetime import datetime

from django.core.files import File
from django.db import transaction
from django.http import Http404
from django.urls import reverse

from fondaco.applications.access import Purpose, application_for
from fondaco.applications.models import Application
from fondaco.applications.rules.submission import Reason, editing, open_questions
from fondaco.applications.selectors import copy_of, locked_application, terms_of
from fondaco.applications.selectors.arriving import (
    application_that_takes_files,
    locked_for_file,
    locked_for_file_of,
)
from fondaco.applications.services.writing import attach_upload, forget_file
from fondaco.applications.states import State
from fondaco.directory.models import Person
from fondaco.documents.access import Kept, Terms
from fondaco.documents.models import Transfer
from fondaco.kernel.decisions import Refused, require
from fondaco.questionnaires.rules.schema import Kind, Question
from fondaco.questionnaires.selectors import form_of


def terms_at(person: Person, owner: str, place: str, at: datetime) -> Terms:
    """What a question of an application takes; 404 to a stranger, a refusal when it may not."""
    application = _open_to(person, owner)
    state = State(application.state)
    require(editing(state, terms_of(application), at=at))
    asked = _asked(application, place)
    may_change = open_questions(state, application.asked)
    if may_change is not None and place not in may_change:
        raise Refused(Reason.NOT_ASKED)
    return Terms(tuple(asked.accepts), asked.megabytes)


def _open_to(person: Person, owner: str) -> Application:
    """The application in one question to the database; who may not is told why in several."""
    small = application_that_takes_files(person.pk, owner)
    return small or application_for(person, owner, to=Purpose.EDIT)


def _asked(application: Application, place: str) -> Question:
    asked = form_of(application.form).question(place)
    if asked is None or asked.kind != Kind.FILE:
        raise Http404
    return asked


def keep_arrived(transfer: Transfer, content: File, by: Person, at: datetime) -> Kept:  # type: ignore[type-arg]
    """Make the file that has arrived the answer to its question; the right is asked once more."""
    application = locked_for_file_of(by.pk, transfer.owner) or _locked(by, transfer.owner)
    upload = attach_upload(
        application,
        question=transfer.place,
        name=transfer.name,
        content=content,
        by=by,
        at=at,
    )
    way = [application.call.code, application.code, upload.code]
    return Kept(upload, reverse("applications:file", args=way))


def _locked(person: Person, owner: str) -> Application:
    """For who is no colleague: the reason why not, or the application after all."""
    return locked_for_file(application_for(person, owner, to=Purpose.EDIT).pk)


@transaction.atomic
def lose_infected(pk: int, *, upload: str, at: datetime) -> None:
    """The working copy no longer names a file that a virus was found in; what was sent stays."""
    application = locked_application(pk)
    for question, code in copy_of(application).files.items():
        if code == upload:
            forget_file(application, question=question, at=at)
