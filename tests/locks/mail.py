"""Races over letters: those who release, discard and send them."""

from datetime import timedelta

from fondaco.mail import services
from fondaco.mail.models import Letter
from fondaco.mail.rules import Answer, Attempt
from fondaco.mail.states import HeldBack, State
from tests.factories.directory import AT, PersonFactory
from tests.factories.mail import LetterFactory, ReleasedLetterFactory
from tests.locks.race import Scene, race, told

AGAIN = "right@example.org"


@race("mail.locked_due_letters", held=("", "", 1), broken=("", "", 2))
def two_workers_take_a_letter_that_is_due():
    letter, taken = ReleasedLetterFactory(due_at=AT - timedelta(minutes=1)), []

    def take():
        taken.extend(services.take_due_letters(at=AT))

    return Scene(take, take, lambda: taken.count(letter))


@race("mail.locked_letters", held=("", "", 1), broken=("", "", 2))
def two_officers_release_one_letter():
    letter, by = LetterFactory(), PersonFactory()

    def release():
        services.release_letters([letter.pk], by=by, at=AT)

    return Scene(release, release, told("letter.released"))


@race(
    "mail.locked_letters",
    held=("", "", State.RELEASED),
    broken=("", "", State.DISCARDED),
)
def a_letter_that_was_just_released_is_not_held_back():
    letter, by = LetterFactory(), PersonFactory()
    why, of = HeldBack.APPLICATION_WITHDRAWN, [letter.occasion]
    return Scene(
        lambda: services.release_letters([letter.pk], by=by, at=AT),
        lambda: services.hold_back_letters(letter.subject_code, occasions=of, why=why, at=AT),
        lambda: Letter.objects.get().state,
    )


@race(
    "mail.locked_letter",
    held=("", "not-to-be-sent-again", 1),
    broken=("", "", 2),
)
def a_returned_letter_is_sent_again_once():
    letter, by = ReleasedLetterFactory(state=State.BOUNCED, due_at=None), PersonFactory()

    def send():
        services.send_again(letter.pk, address=AGAIN, by=by, at=AT)

    return Scene(send, send, told("letter.sent-again"))


@race("mail.locked_letter", held=("", "not-waiting", 1), broken=("", "", 2))
def a_letter_is_discarded_or_rewritten():
    letter, by = LetterFactory(), PersonFactory()
    return Scene(
        lambda: services.discard_letter(letter.pk, by=by, at=AT),
        lambda: services.rewrite_letter(letter.pk, subject="New", body="New.", by=by, at=AT),
        told("letter.discarded", "letter.rewritten"),
    )


@race(
    "mail.locked_letter",
    held=("", "", 1),
    broken=("", "", 2),
)
def two_workers_keep_what_became_of_one_letter():
    letter = ReleasedLetterFactory()

    def keep():
        services.keep_attempt(letter.pk, Attempt(Answer.TAKEN), at=AT)

    return Scene(keep, keep, told("letter.sent"))
