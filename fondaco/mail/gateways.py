"""The outgoing mail server."""

from collections.abc import Iterable, Iterator
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

from django.core.mail import EmailMultiAlternatives, get_connection

from fondaco.mail.rules import Answer, Attempt, Envelope, answer_of

TAKEN = Attempt(Answer.TAKEN)


class Postman:
    """One visit to the mail server with a batch of letters."""

    def __init__(self) -> None:
        self.connection = get_connection()
        self.down: Attempt | None = None

    def deliver(self, envelopes: Iterable[Envelope]) -> Iterator[tuple[Envelope, Attempt]]:
        """Hand over the letters one by one; once the server is gone, the rest waits untried."""
        self._open()
        try:
            for envelope in envelopes:
                yield envelope, self.down or self._hand_over(envelope)
        finally:
            self._close()

    def _open(self) -> None:
        try:
            self.connection.open()
        except (OSError, SMTPException) as fault:
            self.down = Attempt(Answer.LATER, _said(fault))

    def _close(self) -> None:
        try:
            self.connection.close()
        except (OSError, SMTPException):
            return

    def _hand_over(self, envelope: Envelope) -> Attempt:
        """One letter; only what is said about this letter counts against it."""
        try:
            self.connection.send_messages([_message(envelope)])
        except SMTPRecipientsRefused as refusal:
            code, words = next(iter(refusal.recipients.values()))
            return Attempt(answer_of(code), f"{code} {_text(words)}")
        except SMTPDataError as refusal:
            return Attempt(
                answer_of(refusal.smtp_code), f"{refusal.smtp_code} {_text(refusal.smtp_error)}"
            )
        except (SMTPNotSupportedError, ValueError) as fault:
            return Attempt(Answer.REFUSED, _said(fault))
        except SMTPSenderRefused as refusal:
            return Attempt(Answer.LATER, f"{refusal.smtp_code} {_text(refusal.smtp_error)}")
        except (OSError, SMTPException) as fault:
            self.down = Attempt(Answer.LATER, _said(fault))
            return self.down
        return TAKEN


def _message(envelope: Envelope) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": envelope.message_id,
        "Content-Language": envelope.language,
        "Auto-Submitted": "auto-generated",
    }
    if envelope.unsubscribe:
        headers["List-Unsubscribe"] = f"<{envelope.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        " ".join(envelope.subject.split()), envelope.text, to=[envelope.address], headers=headers
    )
    message.attach_alternative(envelope.html, "text/html")
    return message


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _said(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"
