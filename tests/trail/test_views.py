"""Stories, the published head and keys, exports, and what failed."""

import csv
import io
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from fondaco.trail import access, facts, services
from fondaco.trail.access import INSTALLATION, Reading
from fondaco.trail.models import Heard
from tests.directory.work import enter
from tests.factories.directory import PersonFactory
from tests.trail.work import AT, FULL, WHOLE, forget_reactions, record, seal

pytestmark = pytest.mark.django_db
QUERIES = 8
"""Session, person, posts, kinds, count, entries, names, erased."""
TROUBLE_QUERIES = 5
"""Session, person, posts, count, rows with their entries."""


@pytest.fixture
def reader(client, monkeypatch):
    """Somebody who reads everything about `house` and the installation, and a part of `file-…`."""
    person = PersonFactory(name="Olive Officer")
    monkeypatch.setattr(access, "OWNERS", [])
    monkeypatch.setattr(services, "OWNERS", access.OWNERS)

    def may_read(who, subject):
        if who != person:
            return None
        if subject.startswith("file-"):
            return Reading(hides=("assignment.",))
        return WHOLE if subject == "house" else FULL

    for prefix in ("house", "file-", INSTALLATION):
        services.tells_story(prefix, may_read)
    enter(client, person, at=timezone.now())
    return person


def story(client, subject):
    return client.get(f"/en/story/{subject}/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_story_asks_the_same_number_of_questions(client, reader, rows, django_assert_num_queries):
    for _ in range(rows):
        record(subject="house", by_id=PersonFactory().pk)

    with django_assert_num_queries(QUERIES):
        page = story(client, "house")

    assert len(page.context["lines"]) == rows


def test_a_story_tells_who_did_what_and_what_is_sealed(client, reader):
    record("letter.sent", subject="house", by_id=reader.pk)
    head = seal()
    record("letter.bounced", subject="house")

    page = story(client, "house").content.decode()

    assert "A letter was sent by e-mail" in page
    assert "Olive Officer" in page
    assert f"sealed as number 1 ({head.chain[:12]}…)" in page
    assert "not sealed yet" in page
    assert "The house" in page
    assert "/en/trail/house.csv" in page


def test_a_reader_of_a_part_learns_neither_names_nor_what_is_hidden(client, reader):
    other = PersonFactory(name="Eve Evaluator")
    record("assignment.made", subject="file-1", by_id=other.pk)
    record("letter.sent", subject="file-1", by_id=other.pk)
    record("letter.released", subject="file-1", by_id=reader.pk)

    page = story(client, "file-1")

    assert [(line.verb, line.who) for line in page.context["lines"]] == [
        ("letter.released", "You"), ("letter.sent", ""),
    ]  # fmt: skip
    assert "Eve Evaluator" not in page.content.decode()
    assert "/trail/file-1.csv" not in page.content.decode()


def test_somebody_who_is_gone_without_erasure_is_a_number(client, reader):
    record(subject="house", by_id=4711)

    assert "Person 4711" in story(client, "house").content.decode()


def test_a_story_is_paged_newest_first(client, reader):
    for number in range(26):
        record(subject="house", number=number)

    first, second = story(client, "house"), client.get("/en/story/house/?page=2")

    assert [len(page.context["lines"]) for page in (first, second)] == [25, 1]
    assert first.context["lines"][0].data == {"number": 25}


@pytest.mark.parametrize("search", ["", "&search=thing"])
def test_a_story_is_read_from_its_beginning_too(client, reader, search):
    for number in range(3):
        record(subject="house", number=number)

    pages = [client.get(f"/en/story/house/?sort={one}{search}") for one in ("at", "-at", "")]

    turns = [[line.data["number"] for line in page.context["lines"]] for page in pages]
    assert turns == [[0, 1, 2], [2, 1, 0], [2, 1, 0]]
    assert "oldest first" in pages[0].content.decode()
    assert "newest first" in pages[1].content.decode()


def test_an_empty_story_says_so(client, reader):
    assert "Nothing has happened yet" in story(client, "house").content.decode()


def test_strangers_find_no_story_and_nobody_reads_without_signing_in(client, reader):
    stranger = enter(type(client)(), PersonFactory(), at=timezone.now())

    assert story(stranger, "house").status_code == 404
    assert story(type(client)(), "house").status_code == 302


def test_the_head_is_published(client):
    empty = client.get(reverse("trail:head")).json()
    record()
    head = seal()

    told = client.get(reverse("trail:head")).json()

    assert empty == {"number": 0}
    assert (told["number"], told["head"]) == (1, str(head))
    assert len(told["signature"]) == 128


def test_the_keys_are_published(client):
    record()
    seal()

    (key,) = client.get(reverse("trail:keys")).json()["keys"]

    assert key["algorithm"] == "Ed25519"
    assert (len(key["key"]), len(key["public"])) == (16, 64)


def test_the_trail_of_a_programme_becomes_a_table_without_formulas(client, reader):
    record("letter.sent", subject="=1+1", programme="house", by_id=reader.pk, said="+1")
    record(programme="other")
    seal()

    answer = client.get("/en/trail/house.csv")

    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    told = dict(zip(header, row, strict=True))
    assert answer["Content-Disposition"] == 'attachment; filename="house-trail.csv"'
    assert (told["subject"], told["who"], told["number"]) == ("'=1+1", "Olive Officer", "1")
    assert json.loads(told["data"]) == {"said": "+1"}


def test_the_trail_of_a_programme_goes_to_another_machine(client, reader):
    record(programme="house")

    told = json.loads(client.get("/en/trail/house.json").content)

    assert told["programme"] == "house"
    assert [entry["verb"] for entry in told["entries"]] == ["thing.done"]


@pytest.mark.parametrize("address", ["trail/house.csv", "trail/house.json", "trail/troubles/"])
def test_strangers_carry_nothing_away(client, reader, address):
    stranger = enter(type(client)(), PersonFactory(), at=timezone.now())

    assert stranger.get(f"/en/{address}").status_code == 404


def test_the_administrator_sees_what_failed_and_lets_it_try_again(client, reader, monkeypatch):
    forget_reactions(monkeypatch)
    entry = record()
    waiting = Heard.objects.create(
        reaction="house.reactions.follow", entry=entry, at=AT, due_at=AT, error="ValueError: no"
    )
    Heard.objects.create(reaction="given.up", entry=entry, at=AT, error="x", attempts=8)
    Heard.objects.create(reaction="done.well", entry=entry, at=AT)

    page = client.get("/en/trail/troubles/").content.decode()
    client.post(f"/en/trail/troubles/{waiting.pk}/again/")

    assert "ValueError: no" in page
    assert "given up" in page
    assert "done.well" not in page
    waiting.refresh_from_db()
    assert (waiting.attempts, waiting.due_at > AT) == (0, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_troubles_ask_as_much_for_three_as_for_one(
    client, reader, rows, monkeypatch, django_assert_num_queries
):
    forget_reactions(monkeypatch)
    for number in range(rows):
        entry = record(subject=f"thing-{number}", by_id=PersonFactory().pk)
        Heard.objects.create(reaction=f"broken.{number}", entry=entry, at=AT, due_at=AT, error="x")

    with django_assert_num_queries(TROUBLE_QUERIES):
        page = client.get("/en/trail/troubles/").content.decode()

    assert page.count("broken.") >= rows


def test_no_trouble_says_so(client, reader):
    page = client.get("/en/trail/troubles/").content.decode()

    assert "Everything that should follow has followed" in page


def test_a_person_is_told_what_they_did_and_why_it_stays():
    person = PersonFactory()
    record(by_id=person.pk)

    assert facts.tell(person.pk) == [
        {"verb": "thing.done", "subject": "thing-1", "at": "2026-11-01T09:00:00+00:00"}
    ]
    assert len(facts.erase(person.pk)) == 1
    assert facts.erase(PersonFactory().pk) == []
