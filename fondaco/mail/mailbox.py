"""The mail server of a demonstration: it keeps what was sent, for the mailbox page."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from fondaco.mail.models import MailboxMessage


class MailboxBackend(BaseEmailBackend):
    """Keeps each message, once for each of its readers, instead of mailing it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages; how many there were."""
        kept = [
            MailboxMessage(to=reader[:300], subject=message.subject[:300], body=str(message.body))
            for message in email_messages
            for reader in message.recipients()
        ]
        MailboxMessage.objects.bulk_create(kept)
        return len(email_messages)
