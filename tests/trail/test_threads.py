"""Two sealers and two workers at once, with real threads, where rows are really locked."""

import logging

import pytest

from fondaco.trail import selectors, services
from fondaco.trail.models import Heard, Seal, Sealed
from tests.threads import MANY, at_once
from tests.trail.work import AT, forget_reactions, record, seal

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
]


def test_sealers_that_meet_make_one_chain(monkeypatch):
    monkeypatch.setattr(services, "SEALED_AT_ONCE", 7)
    entries = [record() for _ in range(50)]

    heads = at_once(lambda _number: seal())

    final = seal()
    assert Sealed.objects.count() == final.number == len(entries)
    assert Seal.objects.count() == 8
    assert max(head.number for head in heads) == final.number
    assert selectors.verified(final)


def test_entries_added_while_sealing_are_sealed_once():
    def add_and_seal(_number):
        for _ in range(10):
            record()
            seal()

    at_once(add_and_seal)

    final = seal()
    assert final.number == Sealed.objects.count() == 10 * MANY
    assert selectors.verified(final)


def test_workers_that_meet_hear_each_entry_once(monkeypatch):
    forget_reactions(monkeypatch)
    services.on("thing.done")(lambda entry: record("thing.followed", subject=entry.subject))
    subjects = [record(subject=f"thing-{number}").subject for number in range(25)]

    numbers = at_once(lambda _number: services.hear("thing.done", at=AT))

    followed = [entry.subject for subject in subjects for entry in selectors.story_of(subject)]
    assert sum(numbers) == len(subjects)
    assert len(followed) == 2 * len(subjects)
    assert Heard.objects.filter(error="", due_at=None, attempts=1).count() == len(subjects)


def test_a_reaction_that_fails_fails_once_however_many_workers_there_are(monkeypatch):
    forget_reactions(monkeypatch)
    monkeypatch.setattr(logging.getLogger("fondaco.trail.services"), "disabled", True)

    @services.on("thing.done")
    def fail(entry):
        raise ValueError("no luck")

    record()

    at_once(lambda _number: services.hear("thing.done", at=AT))

    kept = Heard.objects.get()
    assert (kept.attempts, kept.error) == (1, "ValueError: no luck")


def test_people_who_act_for_the_first_time_at_once_have_one_key():
    marks = at_once(lambda _number: services.mark_of(7, "thing.done", "thing-1", AT))

    assert len(set(marks)) == 1
