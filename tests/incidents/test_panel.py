"""The live panel: what it counts, what it costs, and that it asks for itself again."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from fondaco.incidents.models import Attempt, Minute
from fondaco.incidents.selectors import panel
from fondaco.incidents.views.panel import _tiles
from fondaco.web import turned
from tests.applications.reader import signed_in
from tests.factories.applications import ApplicationFactory, SubmissionFactory
from tests.factories.directory import AT
from tests.factories.incidents import call_closing
from tests.incidents.work import late_draft, officer_for

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _nothing_shown_before():
    panel._SHOWN.clear()
    panel._WHOLE.clear()


def busy_call():
    """A call in its last hour: a whole draft, an empty one, two versions sent, some in vain."""
    call = call_closing(1)
    whole, _person = late_draft(call)
    whole.section_answers.update(saved_at=AT - MINUTE)
    ApplicationFactory(call=call)
    sent = ApplicationFactory(call=call, sent=True)
    SubmissionFactory(application=sent, at=AT - MINUTE)
    SubmissionFactory(application=sent, number=2, at=AT - 90 * MINUTE)
    for number, result in enumerate(("late", "failed", "failed", "refused")):
        Attempt.objects.create(
            request=str(number), application=whole, at=AT, kind="save", result=result, status=409
        )
    Minute.objects.create(at=AT - MINUTE, status="up", milliseconds=12, free=10**9)
    return call, whole


def test_it_counts_what_is_there():
    call, _whole = busy_call()

    found = panel.panel_of(call, at=AT)

    assert (found.drafts, found.whole, found.edited) == (2, 1, 1)
    assert (found.submitted, found.submitted_in_hour, len(found.minutes)) == (2, 1, 60)
    assert (found.late, found.refused, found.failed) == (1, 1, 2)
    assert (found.is_watched, found.last_saved) == (True, AT - MINUTE)


def test_what_changed_since_is_read_again():
    call, whole = busy_call()
    assert panel.panel_of(call, at=AT).whole == 1
    whole.section_answers.filter(section="end").update(answers={}, revision=5)

    assert panel.panel_of(call, at=AT + timedelta(seconds=1)).whole == 1
    assert panel.panel_of(call, at=AT + timedelta(seconds=6)).whole == 0
    type(whole).objects.filter(pk=whole.pk).update(state="withdrawn")
    assert panel.panel_of(call, at=AT + timedelta(seconds=12)).drafts == 1


@pytest.mark.parametrize("more", [0, 2])
def test_it_costs_the_same_however_much_there_is(more, django_assert_num_queries):
    call, _whole = busy_call()
    for _draft in range(more):
        late_draft(call)
    panel.panel_of(call, at=AT - MINUTE)

    with django_assert_num_queries(8):
        panel.panel_of(call, at=AT)
    with django_assert_num_queries(0):
        panel.panel_of(call, at=AT + timedelta(seconds=2))


def test_nobody_having_looked_is_said():
    call = call_closing(1)

    found = panel.panel_of(call, at=AT)

    assert (found.seen, found.is_watched) == (None, False)


@time_machine.travel(AT, tick=False)
def test_the_page_asks_for_its_part_again():
    call, _whole = busy_call()
    office, page = signed_in(officer_for(call)), reverse("incidents:panel", args=[call.code])

    whole, part = office.get(page), office.get(page, headers={"HX-Request": "true"})

    assert 'data-hx-trigger="every 10s"' in whole.content.decode()
    assert "<h1>" in whole.content.decode()
    assert "<h1>" not in part.content.decode()
    assert part.content.decode().count('id="panel"') == 1


def test_pages_that_were_turned_away_are_told(settings, tmp_path):
    settings.VAR = tmp_path
    call, _whole = busy_call()
    for _ in range(3):
        turned.note(at=AT.timestamp() - 60)

    with time_machine.travel(AT, tick=False):
        tiles = _tiles(panel.panel_of(call, at=AT))

    assert {tile["label"]: tile["value"] for tile in tiles}["Turned away"] == "3"
