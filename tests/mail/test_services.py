"""Writing, releasing, discarding and sending letters again."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from fondaco.kernel.decisions import Refused
from fondaco.mail import selectors, services
from fondaco.mail.models import Letter, LetterTemplate
from fondaco.mail.rules import MOST_ATTEMPTS, Answer, Attempt, Reason
from fondaco.mail.states import Occasion, State
from fondaco.trail.models import Entry
from tests.factories.directory import AT, PersonFactory
from tests.factories.mail import (
    LetterFactory,
    LetterTemplateFactory,
    ReleasedLetterFactory,
    officer_of,
    programme,
)

pytestmark = pytest.mark.django_db
WORDS = {"person": "Ada", "organisation": "Loom & Co", "address": "http://here.example/a_b"}


def written(kept, to, **more):
    given = {"programme": kept, "call": "spring", "occasion": Occasion.AWARDED, "to": to}
    given |= {"subject_code": "SPRING-1", "words": WORDS, "at": AT}
    return services.write_letter(**given | more)


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def row(language, **more):
    return {"occasion": "awarded", "language": language, "subject": "S", "body": "B"} | more


def test_templates_become_exactly_the_rows():
    kept = programme()
    services.keep_templates(kept, "", [row("en"), row("fr")])
    services.keep_templates(kept, "spring", [row("en")])
    first = LetterTemplate.objects.get(call="", language="en").pk

    services.keep_templates(kept, "", [row("en", body="New"), row("ar")])

    rows = LetterTemplate.objects.order_by("call", "language")
    assert list(rows.values_list("call", "language", "body")) == [
        ("", "ar", "B"), ("", "en", "New"), ("spring", "en", "B"),
    ]  # fmt: skip
    assert LetterTemplate.objects.get(call="", language="en").pk == first


@pytest.mark.parametrize(
    ("templates", "wanted", "found"),
    [
        ([("", "en"), ("spring", "en")], "en", ("spring", "en")),
        ([("", "en"), ("autumn", "en")], "en", ("", "en")),
        ([("", "ar"), ("spring", "fr")], "ar", ("", "ar")),
        ([("", "fr"), ("", "en")], "ar", ("", "fr")),
        ([("", "fr"), ("spring", "fr")], "ar", ("spring", "fr")),
        ([("", "it")], "ar", ("", "it")),
        ([], "en", None),
    ],
)
def test_the_words_come_from_the_call_then_the_programme_in_the_readers_language(
    templates, wanted, found
):
    kept = programme()
    for call, language in templates:
        LetterTemplateFactory(programme=kept, call=call, language=language)

    template = selectors.template_for(kept, "spring", "awarded", wanted)

    assert (template and (template.call, template.language)) == found


def test_a_letter_waits_for_an_officer():
    template = LetterTemplateFactory()
    reader = PersonFactory(language="en")

    letter = written(template.programme, reader)

    assert letter == Letter.objects.get()
    assert (letter.state, letter.subject, letter.language) == (
        State.WRITTEN, "Good news, Ada", "en",
    )  # fmt: skip
    assert letter.body == "Dear Ada,\n\n**Loom \\& Co** was chosen: <http://here.example/a_b>"
    assert (letter.address, letter.released_at) == (reader.email, None)
    assert verbs() == []


def test_a_second_letter_on_the_same_occasion_is_the_first():
    template, reader = LetterTemplateFactory(), PersonFactory()

    first = written(template.programme, reader)
    second = written(template.programme, reader, words={})

    assert second == first
    assert Letter.objects.count() == 1


def test_two_that_write_at_once_write_one_letter(monkeypatch):
    template, reader = LetterTemplateFactory(), PersonFactory()
    first = written(template.programme, reader)
    answers = iter([None, first])
    monkeypatch.setattr(selectors, "letter_written", lambda *asked: next(answers))

    assert written(template.programme, reader) == first
    assert Letter.objects.count() == 1


def test_after_a_discarded_letter_another_may_be_written():
    template, reader = LetterTemplateFactory(), PersonFactory()
    first = written(template.programme, reader)
    services.discard_letter(first.pk, by=officer_of(template.programme), at=AT)

    second = written(template.programme, reader)

    assert second != first
    assert verbs() == ["letter.discarded"]


def test_without_a_template_there_is_no_letter():
    assert written(programme(), PersonFactory()) is None
    assert Letter.objects.count() == 0


def test_a_word_that_no_letter_knows_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="colour"):
        written(programme(), PersonFactory(), words={"colour": "red"})


def test_a_letter_may_be_released_at_once():
    template = LetterTemplateFactory()

    letter = written(template.programme, PersonFactory(), is_released=True)

    letter.refresh_from_db()
    assert (letter.state, letter.released_at, letter.due_at) == (State.RELEASED, AT, AT)
    assert letter.message_id.startswith(f"<{letter.code}.")
    assert verbs() == ["letter.released"]
    assert DBTaskResult.objects.count() == 1


def test_a_letter_that_lacks_a_word_waits_even_if_it_was_to_be_released_at_once():
    template = LetterTemplateFactory(body="{{ score }} points")

    letter = written(template.programme, PersonFactory(), is_released=True)

    assert (letter.state, services.lacking(letter)) == (State.WRITTEN, {"score"})
    assert services.release_letters([letter.pk], by=None, at=AT) == 0


def test_letters_are_released_once_and_counted():
    letters = [LetterFactory() for _ in range(3)]
    discarded = LetterFactory(state=State.DISCARDED)
    officer = officer_of(letters[0].programme)
    ids = [letter.pk for letter in [*letters, discarded]]

    first = services.release_letters(ids, by=officer, at=AT)
    second = services.release_letters(ids, by=officer, at=AT + timedelta(hours=1))

    assert (first, second) == (3, 0)
    assert set(Letter.objects.filter(released_at=AT, released_by=officer)) == set(letters)
    assert verbs() == ["letter.released"] * 3
    assert DBTaskResult.objects.count() == 1


def test_the_trail_holds_no_address_and_no_words_of_a_letter():
    letter = LetterFactory()

    services.release_letters([letter.pk], by=officer_of(letter.programme), at=AT)

    entry = Entry.objects.get()
    assert entry.data == {
        "about": letter.subject_code, "occasion": "awarded", "person": letter.to_id,
    }  # fmt: skip
    assert (entry.subject, entry.programme) == (letter.code, letter.programme.code)


def test_words_are_put_right_only_while_the_letter_waits():
    letter = LetterFactory()
    officer = officer_of(letter.programme)
    services.rewrite_letter(letter.pk, subject="New", body="Words", by=officer, at=AT)
    services.release_letters([letter.pk], by=officer, at=AT)

    with pytest.raises(Refused) as refusal:
        services.rewrite_letter(letter.pk, subject="Late", body="Late", by=officer, at=AT)

    letter.refresh_from_db()
    assert refusal.value.reasons == (Reason.NOT_WAITING,)
    assert (letter.subject, letter.body) == ("New", "Words")


def test_a_released_letter_is_not_discarded():
    letter = ReleasedLetterFactory()

    with pytest.raises(Refused) as refusal:
        services.discard_letter(letter.pk, by=officer_of(letter.programme), at=AT)

    letter.refresh_from_db()
    assert refusal.value.reasons == (Reason.NOT_WAITING,)
    assert (letter.state, verbs()) == (State.RELEASED, [])


def test_a_letter_that_came_back_is_sent_to_another_address_and_the_window_stays():
    letter = ReleasedLetterFactory(state=State.SENT, sent_at=AT, due_at=None)
    officer, later_on = officer_of(letter.programme), AT + timedelta(days=2)
    services.record_bounce(letter.pk, said="mailbox unknown", by=officer, at=later_on)

    services.send_again(letter.pk, address="right@example.org", by=officer, at=later_on)

    before = letter.message_id
    letter.refresh_from_db()
    assert (letter.state, letter.address, letter.error) == (
        State.RELEASED, "right@example.org", "",
    )  # fmt: skip
    assert (letter.released_at, letter.due_at, letter.sent_at) == (AT, later_on, None)
    assert letter.message_id not in ("", before)
    assert verbs() == ["letter.bounced", "letter.sent-again"]
    assert list(selectors.letters_told(letter.subject_code, [Occasion.AWARDED])) == [letter]


def test_a_letter_that_waits_can_neither_come_back_nor_be_sent_again():
    letter = LetterFactory()
    officer = officer_of(letter.programme)

    with pytest.raises(Refused) as bounced:
        services.record_bounce(letter.pk, said="?", by=officer, at=AT)
    with pytest.raises(Refused) as again:
        services.send_again(letter.pk, address="a@example.org", by=officer, at=AT)

    assert bounced.value.reasons == (Reason.NOT_ON_ITS_WAY,)
    assert again.value.reasons == (Reason.NOT_TO_BE_SENT_AGAIN,)
    assert verbs() == []


def test_letters_are_taken_in_batches_and_by_one_worker():
    letters = [ReleasedLetterFactory() for _ in range(3)]
    ReleasedLetterFactory(due_at=AT + timedelta(minutes=1))

    first = services.take_due_letters(at=AT, most=2)
    second = services.take_due_letters(at=AT, most=2)
    third = services.take_due_letters(at=AT, most=2)

    assert [len(first), len(second), len(third)] == [2, 1, 0]
    assert {letter.pk for letter in [*first, *second]} == {letter.pk for letter in letters}


def test_a_batch_that_a_dead_worker_took_comes_round_again():
    letter = ReleasedLetterFactory()
    services.take_due_letters(at=AT)

    taken = services.take_due_letters(at=AT + services.LEASE)

    assert taken == [letter]


@pytest.mark.parametrize(
    ("answer", "state", "verb"),
    [(Answer.TAKEN, State.SENT, "letter.sent"), (Answer.REFUSED, State.BOUNCED, "letter.bounced")],
)
def test_an_answer_for_good_moves_the_letter(answer, state, verb):
    letter = ReleasedLetterFactory()

    services.keep_attempt(letter.pk, Attempt(answer, "said"), at=AT)

    letter.refresh_from_db()
    assert (letter.state, letter.due_at, letter.attempts) == (state, None, 1)
    assert verbs() == [verb]


def test_a_passing_refusal_is_tried_again_with_growing_waits():
    letter = ReleasedLetterFactory()
    waits = []
    for _ in range(3):
        kept = services.keep_attempt(letter.pk, Attempt(Answer.LATER, "busy"), at=AT)
        waits.append(kept.due_at - AT)

    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert (kept.state, kept.error, verbs()) == (State.RELEASED, "busy", [])


def test_the_last_attempt_fails_the_letter_where_people_see_it():
    letter = ReleasedLetterFactory(attempts=MOST_ATTEMPTS - 1)

    services.keep_attempt(letter.pk, Attempt(Answer.LATER, "dead"), at=AT)

    letter.refresh_from_db()
    assert (letter.state, letter.error, verbs()) == (State.FAILED, "dead", ["letter.failed"])


def test_an_answer_that_comes_too_late_changes_nothing():
    letter = ReleasedLetterFactory(state=State.BOUNCED)

    services.keep_attempt(letter.pk, Attempt(Answer.TAKEN), at=AT)

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.BOUNCED, 0)


def test_erasing_somebody_takes_addresses_and_unreleased_letters():
    reader = PersonFactory()
    sent = ReleasedLetterFactory(to=reader, state=State.SENT)
    LetterFactory(to=reader)
    on_its_way = ReleasedLetterFactory(to=reader)
    other = LetterFactory()

    reasons = services.erase_letters_to(reader.pk)

    assert len(reasons) == 1
    assert set(Letter.objects.values_list("pk", "address", "state")) == {
        (sent.pk, services.ERASED, State.SENT),
        (on_its_way.pk, services.ERASED, State.FAILED),
        (other.pk, other.address, State.WRITTEN),
    }
    assert selectors.told_about(other.to_id) == []
    assert len(selectors.told_about(reader.pk)) == 2


def test_nothing_is_kept_of_somebody_without_letters():
    assert services.erase_letters_to(PersonFactory().pk) == []


def counted_letter(days=30, language="en"):
    kept = programme()
    LetterTemplateFactory(
        programme=kept, language=language, subject="S", body="Till {{ redress_until }}."
    )
    to = PersonFactory(language=language)
    return written(kept, to, days={"redress_until": days}, zone="Europe/Brussels")


def test_the_days_of_redress_count_from_the_release():
    letter = counted_letter()
    assert (letter.body, services.lacking(letter)) == ("Till {{ redress_until }}.", frozenset())

    services.release_letters([letter.pk], by=None, at=AT + timedelta(days=5))

    letter.refresh_from_db()
    assert letter.body == "Till 6 December 2026."


def test_before_the_release_the_preview_says_how_many_days():
    one, many = counted_letter(1), counted_letter(30, "fr")

    said = selectors.body_before_release(one)

    assert said == "Till 1 day from the day this letter is released."
    assert "redress_until" not in selectors.body_before_release(many)


def test_only_what_counts_from_the_release_is_counted():
    with pytest.raises(ValueError, match="no letter may name number"):
        written(programme(), PersonFactory(), days={"number": 3})
