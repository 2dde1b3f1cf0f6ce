"""Races over files: those that arrive in parts, those that are kept, those that are searched."""

from django.core.files.base import ContentFile
from django.test import override_settings

from fondaco.documents import services
from fondaco.documents.access import Terms
from fondaco.documents.models import Transfer, Upload
from fondaco.documents.states import Finding, Scan
from tests.factories.applications import FORM, ApplicationFactory, colleague_of, open_call
from tests.factories.directory import AT, PersonFactory
from tests.factories.documents import PDF, UploadFactory
from tests.factories.questionnaires import FormVersionFactory
from tests.locks.race import Scene, race, told

MEGABYTE = 1024 * 1024


def wanted(owner="abc-1", place="offer", length=MEGABYTE):
    """A file that somebody announces."""
    return services.Wanted("application", owner, place, "offer.pdf", length)


@race("directory.locked_person", held=("", "file-too-much-unfinished", 1), broken=("", "", 2))
def nobody_announces_more_than_the_quota():
    by, terms = PersonFactory(), Terms(("pdf",), 10)

    def announce(place):
        with override_settings(UPLOAD_QUOTA=3):
            file = wanted(place=place, length=2 * MEGABYTE)
            services.begin_transfer(file, terms=terms, by=by, at=AT)

    return Scene(
        lambda: announce("one"),
        lambda: announce("two"),
        Transfer.objects.filter(finished_at__isnull=True).count,
    )


@race(
    "directory.locked_person",
    held=("", "", 1),
    broken=("", "constraint transfer_one_unfinished", 1),
)
def a_file_announced_twice_is_one_transfer():
    by, terms = PersonFactory(), Terms(("pdf",), 10)

    def announce():
        services.begin_transfer(wanted(), terms=terms, by=by, at=AT)

    return Scene(announce, announce, Transfer.objects.count)


@race("documents.locked_transfer", held=("", "", (1, 1)), broken=("", "", (2, 1)))
def an_upload_that_has_arrived_is_taken_once():
    application = ApplicationFactory(call=open_call(form=FormVersionFactory(schema=FORM)))
    by, terms = colleague_of(application.organisation), Terms(("pdf",), 1)
    transfer, _before = services.begin_transfer(wanted(application.code), terms=terms, by=by, at=AT)

    def finish():
        services.finish_transfer(transfer.code, content=ContentFile(PDF), by=by, at=AT)

    def stands():
        return application.section_answers.get().revision, Upload.objects.count()

    return Scene(finish, finish, stands)


@race("documents.locked_upload", held=("", "", 1), broken=("", "", 2))
def a_virus_is_told_of_once():
    upload = UploadFactory(scan=Scan.WAITING)

    def find():
        services.keep_finding(upload.code, Finding.INFECTED, virus="Eicar", at=AT)

    return Scene(find, find, told("upload.infected"))
