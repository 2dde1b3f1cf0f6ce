"""Whom doors let in, and who opens what was uploaded."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from fondaco.documents import phrases
from fondaco.documents.access import door_named, require_open, require_there, transfer_for
from fondaco.documents.models import Transfer
from fondaco.documents.states import Scan
from tests.factories.directory import AT, PersonFactory
from tests.factories.documents import UploadFactory

pytestmark = pytest.mark.django_db


def test_a_door_that_nobody_made_is_not_there():
    with pytest.raises(Http404):
        door_named("nothing")


def test_a_transfer_is_its_persons_alone():
    person = PersonFactory()
    known = Transfer.objects.create(
        code="a", door="d", owner="o", place="p", name="n", length=1, megabytes=1, by=person, at=AT
    )

    assert transfer_for(person, "a") == known
    with pytest.raises(Http404):
        transfer_for(PersonFactory(), "a")
    with pytest.raises(Http404):
        transfer_for(person, "b")


@pytest.mark.parametrize(
    ("scan", "to_others", "to_its_people"),
    [
        (Scan.UNCHECKED, None, None),
        (Scan.CLEAN, None, None),
        (Scan.WAITING, phrases.NOT_CHECKED_YET, None),
        (Scan.INFECTED, phrases.INFECTED, phrases.INFECTED),
    ],
)
def test_a_file_opens_as_far_as_it_was_searched(scan, to_others, to_its_people):
    upload = UploadFactory.build(scan=scan)

    assert refusal(require_open, upload) == to_others
    assert refusal(require_there, upload) == to_its_people


def refusal(require, upload):
    try:
        require(upload)
    except PermissionDenied as denied:
        return denied.args[0]
    return None
