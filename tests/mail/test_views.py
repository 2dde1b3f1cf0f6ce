"""The outbox, the letter of its reader, and a demonstration's mailbox."""

import csv
import io

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from fondaco.mail.models import Letter, MailboxMessage
from fondaco.mail.states import Occasion, State
from tests.directory.work import enter
from tests.factories.directory import AT, PersonFactory
from tests.factories.mail import (
    LetterFactory,
    ReleasedLetterFactory,
    call_of,
    officer_of,
    programme,
)

pytestmark = pytest.mark.django_db
OUTBOX = "/en/calls/spring/letters/"
QUERIES = 11
"""Session, person, posts, programme, role, count, page, numbers by state, and what waits;
for the menu and the face the call, and the role in its office."""
MAILBOX_QUERIES = 2
"""Count and page."""


@pytest.fixture
def ours():
    kept = programme()
    call_of(kept)
    return kept


@pytest.fixture
def office(client, ours):
    """The browser of an officer who has shown a second factor."""
    return enter(client, officer_of(ours), method="mfa", at=timezone.now())


def letters_of(ours, number, **more):
    return [LetterFactory(programme=ours, **more) for _ in range(number)]


def state_of(letter):
    return Letter.objects.get(pk=letter.pk).state


@pytest.mark.parametrize("rows", [1, 3])
def test_the_outbox_asks_the_same_number_of_questions(
    office, ours, rows, django_assert_num_queries
):
    letters_of(ours, rows)

    with django_assert_num_queries(QUERIES):
        page = office.get(OUTBOX)

    assert len(page.context["rows"]) == rows


def test_the_outbox_is_paged_by_twenty_five(office, ours):
    letters_of(ours, 26)

    first, second = office.get(OUTBOX), office.get(f"{OUTBOX}?page=2&sort=to")

    assert [len(page.context["rows"]) for page in (first, second)] == [25, 1]


def test_the_outbox_finds_by_occasion_state_and_words(office, ours):
    wanted = LetterFactory(programme=ours, to=PersonFactory(name="Zenobia"), occasion="reserve")
    letters_of(ours, 2)
    ReleasedLetterFactory(programme=ours)

    def found(query):
        return [row["letter"] for row in office.get(f"{OUTBOX}?{query}").context["rows"]]

    assert found("search=zeno") == [wanted]
    assert found("occasion=reserve&state=written") == [wanted]
    assert len(found("state=released")) == 1
    assert len(found("sort=nonsense")) == 4
    assert found("state=nonsense") == []
    assert found("search=nobody") == []


def test_headings_sort_both_ways(office, ours):
    letters_of(ours, 1)

    page = office.get(f"{OUTBOX}?sort=to&search=Person")

    heading = page.context["list"].headings[1]
    assert (heading.sorted, heading.url) == ("ascending", "?sort=-to&search=Person")


def test_the_outbox_goes_into_a_table_without_formulas(office, ours):
    LetterFactory(programme=ours, subject="=1+1")

    answer = office.get(f"{OUTBOX}letters.csv?state=written")

    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    told = dict(zip(header, row, strict=True))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert (told["subject"], told["occasion"], told["state"]) == (
        "'=1+1", "Awarded", "Waits for an officer",
    )  # fmt: skip


def test_letters_are_released_after_one_question_that_counts_them(office, ours):
    chosen = letters_of(ours, 2)
    other = LetterFactory(programme=ours)
    codes = [letter.code for letter in chosen]

    question = office.post(f"{OUTBOX}release/", {"which": "chosen", "letters": codes})
    states = [state_of(letter) for letter in chosen]
    answer = office.post(f"{OUTBOX}release/", {"sure": "yes", "letters": codes}, follow=True)

    assert "Release 2 letters?" in question.content.decode()
    assert states == [State.WRITTEN] * 2
    assert "2 letters were released." in answer.content.decode()
    assert [state_of(letter) for letter in [*chosen, other]] == [
        State.RELEASED, State.RELEASED, State.WRITTEN,
    ]  # fmt: skip


def test_a_group_or_all_that_wait_are_asked_for_at_once(office, ours):
    letters_of(ours, 2)
    LetterFactory(programme=ours, occasion=Occasion.RESERVE)

    group = office.post(f"{OUTBOX}release/", {"which": "all", "occasion": "reserve"})
    everything = office.post(f"{OUTBOX}release/", {"which": "all", "occasion": ""})

    assert [len(page.context["rows"]) for page in (group, everything)] == [1, 3]


def test_letters_of_another_call_are_not_released_from_here(office, ours):
    call_of(ours, "autumn")
    other = LetterFactory(programme=ours, call="autumn")

    answer = office.post(f"{OUTBOX}release/", {"sure": "yes", "letters": [other.code]}, follow=True)

    assert "No letter was chosen that still waits." in answer.content.decode()
    assert state_of(other) == State.WRITTEN


@pytest.mark.parametrize("state", list(State))
def test_a_letter_offers_what_its_state_allows(office, ours, state):
    letter = LetterFactory(programme=ours, state=state, released_at=AT, due_at=AT, attempts=1)

    page = office.get(f"{OUTBOX}{letter.code}/").content.decode()

    offered = [name for name in ("words", "discard", "bounce", "again") if f"/{name}/" in page]
    assert (
        offered
        == {
            State.WRITTEN: ["words", "discard"],
            State.RELEASED: ["bounce"],
            State.SENT: ["bounce"],
            State.FAILED: ["again"],
            State.BOUNCED: ["again"],
            State.DISCARDED: [],
        }[state]
    )
    assert "<strong>chosen</strong>" in page


def test_words_that_are_missing_are_named_and_can_be_written(office, ours):
    letter = LetterFactory(programme=ours, body="{{ score }} points")
    address = f"{OUTBOX}{letter.code}/"

    before = office.get(address).content.decode()
    office.post(f"{address}words/", {"subject": "S", "body": "87 points"})
    after = office.get(address).content.decode()

    assert "Nobody told this letter: score" in before
    assert "Nobody told this letter" not in after
    assert "87 points" in after


def test_a_letter_is_discarded_after_one_question(office, ours):
    letter = LetterFactory(programme=ours)
    address = f"{OUTBOX}{letter.code}/discard/"

    question = office.post(address)
    before = state_of(letter)
    office.post(address, {"sure": "yes"})

    assert "Discard this letter?" in question.content.decode()
    assert (before, state_of(letter)) == (State.WRITTEN, State.DISCARDED)


def test_a_letter_that_came_back_goes_out_to_another_address(office, ours):
    letter = ReleasedLetterFactory(programme=ours, state=State.SENT)
    address = f"{OUTBOX}{letter.code}/"

    office.post(f"{address}bounce/", {"said": "mailbox unknown"})
    bounced = Letter.objects.get()
    office.post(f"{address}again/", {"address": "right@example.org"})
    again = Letter.objects.get()

    assert (bounced.state, bounced.error) == (State.BOUNCED, "mailbox unknown")
    assert (again.state, again.address) == (State.RELEASED, "right@example.org")


@pytest.mark.parametrize(
    ("act", "answer"), [("words", {"subject": ""}), ("bounce", {}), ("again", {"address": "no"})]
)
def test_a_form_with_mistakes_comes_back_with_them(office, ours, act, answer):
    letter = LetterFactory(programme=ours)

    page = office.post(f"{OUTBOX}{letter.code}/{act}/", answer)

    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


@pytest.mark.parametrize(
    ("act", "answer", "state", "says"),
    [
        ("words", {"subject": "S", "body": "B"}, State.SENT, "no longer waits"),
        ("discard", {"sure": "yes"}, State.SENT, "no longer waits"),
        ("bounce", {"said": "?"}, State.WRITTEN, "Only a letter that was released"),
        ("again", {"address": "a@example.org"}, State.SENT, "can be sent again"),
    ],
)
def test_what_came_too_late_is_refused_with_its_reason(office, ours, act, answer, state, says):
    letter = LetterFactory(programme=ours, state=state, released_at=AT)

    page = office.post(f"{OUTBOX}{letter.code}/{act}/", answer, follow=True)

    assert says in page.content.decode()
    assert state_of(letter) == state


@pytest.mark.parametrize("name", ["rewrite", "discard", "bounce", "again", "preview"])
def test_strangers_find_no_office(client, ours, name):
    letter = LetterFactory(programme=ours)
    enter(client, PersonFactory(), at=timezone.now())
    address = reverse(f"mail:{name}", args=["spring", letter.code])

    answer = client.get(address) if name == "preview" else client.post(address)

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["outbox", "outbox-csv", "release"])
def test_strangers_find_no_outbox(client, ours, name):
    enter(client, PersonFactory(), at=timezone.now())
    address = reverse(f"mail:{name}", args=["spring"])

    answer = client.post(address) if name == "release" else client.get(address)

    assert answer.status_code == 404


def test_a_letter_is_read_in_its_own_language(client):
    letter = ReleasedLetterFactory(language="ar", subject="خبر سارّ", body="اختير **طلبكم**.")
    enter(client, letter.to, at=timezone.now())

    page = client.get(f"/fr/letters/{letter.code}/").content.decode()

    assert 'lang="ar" dir="rtl"' in page
    assert "<strong>طلبكم</strong>" in page


@pytest.mark.parametrize("state", [State.WRITTEN, State.DISCARDED])
def test_a_letter_that_was_not_released_is_not_there(client, state):
    letter = LetterFactory(state=state)
    enter(client, letter.to, at=timezone.now())

    assert client.get(f"/en/letters/{letter.code}/").status_code == 404


def test_strangers_do_not_learn_that_a_letter_exists(client):
    letter = ReleasedLetterFactory()
    enter(client, PersonFactory(), at=timezone.now())

    assert client.get(f"/en/letters/{letter.code}/").status_code == 404


def test_a_demonstration_shows_its_mailbox_on_its_own_machine(client):
    MailboxMessage.objects.create(to="a@example.org", subject="Hello", body="see http://a.example")

    page = client.get("/en/mailbox/").content.decode()

    assert 'href="http://a.example"' in page


def test_the_mailbox_is_nowhere_else(client):
    with override_settings(IS_DEMONSTRATION=False):
        in_production = client.get("/en/mailbox/")

    from_afar = client.get("/en/mailbox/", REMOTE_ADDR="192.0.2.7")

    assert (in_production.status_code, from_afar.status_code) == (404, 404)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_mailbox_asks_as_much_for_three_messages_as_for_one(
    client, rows, django_assert_num_queries
):
    for number in range(rows):
        to = f"reader-{number}@example.org"
        MailboxMessage.objects.create(to=to, subject=f"Hello {number}", body="A word.")

    with django_assert_num_queries(MAILBOX_QUERIES):
        page = client.get("/en/mailbox/").content.decode()

    assert page.count("reader-") >= rows
