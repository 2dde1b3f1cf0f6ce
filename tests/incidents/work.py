"""What the tests of incidents play with: a whole draft whose call has closed."""

from tests.factories.applications import ApplicationFactory, officer_of
from tests.factories.directory import AT, PostFactory
from tests.factories.incidents import call_closing


def late_draft(call=None):
    """A draft without gaps to a call that closed at AT, and the person who writes it."""
    application = ApplicationFactory(call=call or call_closing())
    for section, answers in (("project", {"title": "A bridge"}), ("end", {"members": "12"})):
        application.section_answers.create(section=section, answers=answers, saved_at=AT)
    return application, PostFactory(organisation=application.organisation, is_admin=True).person


def officer_for(call):
    """An officer of the call's programme."""
    return officer_of(call.programme)
