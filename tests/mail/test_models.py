"""How letters name themselves, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from fondaco.mail.models import Letter, LetterTemplate, MailboxMessage
from fondaco.mail.states import State
from tests.factories.directory import AT
from tests.factories.mail import LetterFactory


def test_rows_name_themselves():
    named = [
        LetterTemplate(occasion="awarded", language="fr"),
        Letter(subject="Good news"),
        MailboxMessage(subject="Hello"),
    ]

    assert [str(row) for row in named] == ["awarded fr", "Good news", "Hello"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [{"state": "lost"}, {"state": State.SENT}],
    ids=["a state nobody knows", "sent without a release"],
)
def test_the_database_refuses_a_letter_that_cannot_be(change):
    letter = LetterFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**change)


@pytest.mark.django_db
def test_the_database_keeps_one_letter_an_occasion():
    letter = LetterFactory()
    again = {"to": letter.to, "subject_code": letter.subject_code}

    with pytest.raises(IntegrityError), transaction.atomic():
        LetterFactory(**again)

    assert LetterFactory(**again, state=State.DISCARDED, released_at=AT).pk
