"""Recording, hearing, sealing and erasing."""

import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from fondaco.trail import rules, selectors, services, tasks
from fondaco.trail.models import Entry, Heard, PersonKey, Seal, Sealed, SealKey
from fondaco.trail.rules import MOST_ATTEMPTS, Fault, Head
from tests.factories.directory import PersonFactory
from tests.trail.work import AT, FULL, forget_reactions, record, seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """Only the test's own reactions; what they heard. Their failures are expected in the log."""
    forget_reactions(monkeypatch)
    monkeypatch.setattr(logging.getLogger("fondaco.trail.services"), "disabled", True)
    return []


def failing(heard, times=99):
    """A reaction that fails that many times and writes before it fails."""
    left = [times]

    def failing_reaction(entry):
        record("thing.half-done")
        if left[0]:
            left[0] -= 1
            raise ValueError("no luck")
        heard.append(entry.subject)

    return failing_reaction


# Recording


def test_an_entry_keeps_plain_facts_and_a_mark_of_the_person():
    person = PersonFactory()

    entry = record(by_id=person.pk, programme="house", reasons=("a", "b"), until=AT)

    entry.refresh_from_db()
    assert entry.data == {"reasons": ["a", "b"], "until": "2026-11-01T09:00:00+00:00"}
    assert (entry.verb, entry.subject, entry.programme) == ("thing.done", "thing-1", "house")
    assert entry.by_mark == services.mark_of(person.pk, "thing.done", "thing-1", AT)
    assert len(entry.by_mark) == 64


def test_marks_of_two_people_and_two_acts_differ():
    marks = {services.mark_of(n, verb, "s", AT) for n in (1, 2) for verb in ("a.b", "a.c")}

    assert len(marks) == 4
    assert PersonKey.objects.count() == 2


def test_what_joins_the_transaction_fails_with_it(heard):
    @services.at_once("thing.done")
    def refuse(entry):
        raise ValueError("they must agree")

    with pytest.raises(ValueError, match="agree"), transaction.atomic():
        record()

    assert Entry.objects.count() == 0


def test_only_verbs_that_somebody_hears_wake_the_worker(heard):
    services.on("thing.done")(failing(heard))

    record("thing.unheard")
    record("thing.done")

    assert DBTaskResult.objects.count() == 1


# Hearing


def test_each_reaction_hears_each_entry_once(heard):
    services.on("thing.done", "thing.undone")(lambda entry: heard.append(entry.verb))
    record("thing.done")
    record("thing.undone")
    record("thing.else")

    numbers = [services.hear_all(at=AT), services.hear_all(at=AT)]

    assert numbers == [2, 0]
    assert sorted(heard) == ["thing.done", "thing.undone"]
    assert list(Heard.objects.values_list("error", "due_at", "attempts")) == [("", None, 1)] * 2


def test_what_a_reaction_causes_is_heard_as_well(heard):
    services.on("thing.done")(lambda entry: record("thing.followed"))

    @services.on("thing.followed")
    def follow(entry):
        heard.append(entry.verb)

    record()

    assert services.hear_all(at=AT) == 2
    assert heard == ["thing.followed"]


def test_a_reaction_that_fails_loses_nobody_else_and_leaves_nothing_half_done(heard):
    services.on("thing.done")(failing(heard))

    @services.on("thing.done")
    def other(entry):
        heard.append(entry.subject)

    record(subject="one")
    record(subject="two")

    number = services.hear("thing.done", at=AT)

    assert (number, heard) == (2, ["one", "two"])
    assert not Entry.objects.filter(verb="thing.half-done").exists()
    failed = selectors.failed_reactions()
    assert [(kept.error, kept.attempts) for kept in failed] == [("ValueError: no luck", 1)] * 2
    assert {kept.due_at for kept in failed} == {AT + timedelta(minutes=1)}


def test_an_integrity_error_of_the_reaction_is_a_failure_and_not_a_second_worker(heard):
    @services.on("thing.done")
    def collide(entry):
        PersonKey.objects.create(person_id=1, key="a")
        PersonKey.objects.create(person_id=1, key="b")

    record()

    assert services.hear("thing.done", at=AT) == 0
    assert selectors.failed_reactions().get().error.startswith("IntegrityError")


def test_a_failed_reaction_waits_and_is_made_good(heard):
    services.on("thing.done")(failing(heard, times=1))
    record()

    numbers = [
        services.hear("thing.done", at=AT + timedelta(seconds=after)) for after in (0, 59, 60, 120)
    ]

    assert (numbers, heard) == ([0, 0, 1, 0], ["thing-1"])
    assert not selectors.failed_reactions().exists()
    assert Heard.objects.get().attempts == 2


def test_a_reaction_is_given_up_after_its_last_attempt(heard):
    services.on("thing.done")(failing(heard))
    record()

    for day in range(MOST_ATTEMPTS + 3):
        services.hear("thing.done", at=AT + timedelta(days=day))

    kept = selectors.failed_reactions().get()
    assert (kept.attempts, kept.due_at) == (MOST_ATTEMPTS, None)


def test_an_attempt_that_takes_the_worker_down_counts(heard):
    class Killed(BaseException):
        """What a worker that is stopped looks like from inside."""

    @services.on("thing.done")
    def kill(entry):
        raise Killed

    record()
    with pytest.raises(Killed):
        services.hear("thing.done", at=AT)

    kept = selectors.failed_reactions().get()
    assert (kept.attempts, kept.error) == (1, services.INTERRUPTED)
    assert kept.due_at == AT + timedelta(minutes=1)


def test_a_reaction_that_was_done_meanwhile_is_not_done_again(heard):
    @services.on("thing.done")
    def quick(entry):
        heard.append(entry)

    entry, name = record(), next(iter(services.REACTIONS["thing.done"]))

    def done_by_another(entry):
        raise AssertionError("must not run")

    services._begin(name, entry, AT)
    Heard.objects.update(due_at=None, error="")

    assert not services._begin(name, entry, AT)
    assert services._react(name, done_by_another, entry, AT) == 0
    services._keep_failure(name, entry, ValueError("late"))
    assert Heard.objects.get().error == ""


def test_a_reaction_that_another_worker_finished_after_a_long_wait_is_left(heard, monkeypatch):
    entry = record()
    Heard.objects.create(reaction="slow", entry=entry, at=AT)
    monkeypatch.setattr(services, "_begin", lambda name, entry, at: True)

    assert services._react("slow", failing(heard), entry, AT) == 0
    assert not selectors.failed_reactions().exists()


def test_more_entries_than_fit_at_once_are_all_heard(heard, monkeypatch):
    monkeypatch.setattr(selectors, "MOST_AT_ONCE", 2)
    services.on("thing.done")(lambda entry: heard.append(entry.pk))
    entries = [record().pk for _ in range(5)]

    assert services.hear("thing.done", at=AT) == 5
    assert heard == entries


def test_the_administrator_lets_a_reaction_try_again(heard):
    services.on("thing.done")(failing(heard, times=1))
    record()
    services.hear("thing.done", at=AT)
    Heard.objects.update(attempts=MOST_ATTEMPTS, due_at=None)
    admin, kept = PersonFactory(), Heard.objects.get()

    services.try_again(kept.pk, by_id=admin.pk, at=AT)
    number = services.hear("thing.done", at=AT)
    after = services.try_again(kept.pk, by_id=admin.pk, at=AT)

    assert (number, after) == (1, None)
    assert Entry.objects.filter(verb="reaction.tried-again", by_id=admin.pk).count() == 1


# Sealing


def test_sealing_numbers_chains_and_signs(house):
    entries = [record(subject=f"thing-{n}") for n in range(3)]

    head = seal()

    chain = rules.FIRST_CHAIN
    for entry in entries:
        entry.refresh_from_db()
        chain = rules.chained(chain, selectors.sealed_facts(entry))
    kept = Seal.objects.get()
    assert head == Head(3, chain) == Head(kept.number, kept.chain)
    assert [row.number for row in Sealed.objects.order_by("entry_id")] == [1, 2, 3]
    message = rules.sealed_message(head, AT)
    assert rules.is_genuine(SealKey.objects.get().public, message, kept.signature)
    assert selectors.verified(head)


def test_nothing_new_makes_no_seal():
    record()
    first = seal()

    second = seal()

    assert first == second
    assert Seal.objects.count() == 1


def test_an_entry_that_was_committed_late_gets_the_next_number():
    early, late = record(), record()
    Sealed.objects.create(entry=late, number=1, chain="0" * 64)

    assert list(selectors.unsealed_entries()) == [early]


def test_many_entries_are_sealed_in_several_seals(monkeypatch):
    monkeypatch.setattr(services, "SEALED_AT_ONCE", 2)
    for _ in range(5):
        record()

    head = seal()

    assert head.number == 5
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == [2, 4, 5]
    assert selectors.verified(head)


def test_a_sealer_that_comes_second_leaves_everything_to_the_first(monkeypatch):
    record()
    head = seal()
    record()
    stale = Head(0, rules.FIRST_CHAIN)
    heads = iter([stale, head])
    monkeypatch.setattr(selectors, "sealed_head", lambda: next(heads))

    found = seal()

    monkeypatch.undo()
    assert found == head
    assert selectors.verified(head).unsealed == 1


def test_old_public_keys_stay_when_a_new_key_follows(tmp_path):
    record()
    seal()
    record()

    with override_settings(SEAL_KEY=tmp_path / "new.pem"):
        seal(at=AT + timedelta(minutes=1))

    assert SealKey.objects.count() == 2
    assert len(selectors.verified().keys) == 2
    assert selectors.verified()


# Verifying: the triggers are lifted to plant what an intruder with every right would do


@pytest.fixture
def sealed():
    """Five sealed entries in two seals, and one that is not sealed yet."""
    for number in range(3):
        record(subject=f"thing-{number}")
    seal()
    record(subject="thing-3")
    record(subject="thing-4")
    head = seal()
    record(subject="thing-5")
    lift_triggers()
    return head


def lift_triggers():
    """Only inside this test's transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("entry", "sealed", "seal", "sealkey"):
                cursor.execute(f"ALTER TABLE trail_{table} DISABLE TRIGGER USER")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def test_a_whole_trail_is_verified_and_what_is_not_sealed_is_told(sealed):
    told = selectors.verified(sealed)

    assert told
    assert (told.sealed, told.unsealed, told.head, told.fault) == (5, 1, sealed, None)


def test_an_empty_trail_is_whole():
    assert selectors.verified()


def test_a_changed_entry_is_found(sealed):
    Entry.objects.filter(subject="thing-1").update(data={"forged": True})

    assert selectors.verified().fault == Fault(2, "entry-changed")


def test_a_removed_entry_is_found(sealed):
    entry = Entry.objects.get(subject="thing-1")
    Sealed.objects.filter(entry=entry).delete()
    entry.delete()

    assert selectors.verified().fault == Fault(2, "number-missing")


def test_a_chain_that_was_made_anew_meets_the_seal(sealed):
    Entry.objects.filter(subject="thing-1").update(data={"forged": True})
    chain_anew()

    assert selectors.verified().fault == Fault(3, "seal-chain")


def test_seals_without_the_key_are_found(sealed):
    Entry.objects.filter(subject="thing-1").update(data={"forged": True})
    chain_anew()
    for kept in Seal.objects.all():
        Seal.objects.filter(pk=kept.pk).update(chain=Sealed.objects.get(number=kept.number).chain)

    assert selectors.verified().fault == Fault(3, "signature")


def test_a_forged_key_is_found(sealed):
    SealKey.objects.update(public="00" * 32)

    assert selectors.verified().fault == Fault(3, "key-unknown")


def test_everything_signed_anew_with_the_stolen_key_meets_the_kept_head(sealed):
    Entry.objects.filter(subject="thing-1").update(data={"forged": True})
    Seal.objects.all().delete()
    Sealed.objects.all().delete()
    seal()

    assert selectors.verified()
    assert selectors.verified(sealed).fault == Fault(5, "head-differs")


def test_an_end_that_was_cut_off_is_found(sealed):
    Sealed.objects.filter(number__gt=3).delete()

    orphaned = selectors.verified().fault
    Seal.objects.filter(number=5).delete()

    assert orphaned == Fault(4, "seal-orphaned")
    assert selectors.verified()
    assert selectors.verified(sealed).fault == Fault(4, "head-ahead")


def test_a_seal_that_was_taken_away_is_found(sealed):
    Seal.objects.filter(number=5).delete()

    assert selectors.verified().fault == Fault(5, "seal-missing")


def chain_anew():
    """What somebody does who knows how chains are made, but has no key."""
    chain = rules.FIRST_CHAIN
    for row in Sealed.objects.select_related("entry").order_by("number"):
        chain = rules.chained(chain, selectors.sealed_facts(row.entry))
        Sealed.objects.filter(pk=row.pk).update(chain=chain)


# Erasing


def test_erasing_somebody_leaves_the_trail_whole_and_the_story_without_a_name():
    person = PersonFactory(name="Ada Lovelace")
    entry = record(by_id=person.pk)
    head = seal()
    before = selectors.lines_of(selectors.story_of("thing-1"), FULL)[0].who

    services.destroy_key(person.pk, at=AT)

    after = selectors.lines_of(selectors.story_of("thing-1"), FULL)[0].who
    assert (before, after) == ("Ada Lovelace", "erased on 1 November 2026")
    assert PersonKey.objects.get().key == ""
    assert services.mark_of(person.pk, entry.verb, entry.subject, AT) == ""
    assert selectors.verified(head)


def test_the_worker_hears_and_seals(heard):
    services.on("thing.done")(lambda entry: heard.append(entry.subject))
    record()

    tasks.hear("thing.done")
    record(subject="thing-2")
    tasks.hear_everything()
    tasks.seal()

    assert heard == ["thing-1", "thing-2"]
    assert Seal.objects.get().number == 2
    assert settings.SEAL_KEY.exists()


def test_a_number_is_given_once():
    first, second = record(), record()
    Sealed.objects.create(entry=first, number=1, chain="0" * 64)

    with pytest.raises(IntegrityError), transaction.atomic():
        Sealed.objects.create(entry=second, number=1, chain="0" * 64)
