"""The worker sends letters; a dead server delays them and nothing else."""

import smtplib
import socket
from email import message_from_bytes, policy

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from fondaco.mail import gateways, services
from fondaco.mail.mailbox import MailboxBackend
from fondaco.mail.models import Letter, MailboxMessage
from fondaco.mail.rules import Answer, Envelope, wait_before
from fondaco.mail.states import State
from fondaco.mail.tasks import send_letters
from tests.factories.directory import AT
from tests.factories.mail import ReleasedLetterFactory

pytestmark = pytest.mark.django_db


class Server:
    """An SMTP server that answers per reader as it is told, and keeps what it took."""

    def __init__(self):
        self.kept, self.at_rcpt, self.at_data, self.at_mail = [], {}, "250 taken", "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 (aiosmtpd names it)
        envelope.mail_from = address
        return self.at_mail

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (aiosmtpd names it)
        answer = self.at_rcpt.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd names it)
        if self.at_data.startswith("250"):
            self.kept.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.at_data


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def server():
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": controller.port,
        "EMAIL_TIMEOUT": 5,
    }
    with override_settings(**settings):
        yield handler
    controller.stop()


def sent_at(moment=AT):
    with time_machine.travel(moment, tick=False):
        send_letters()


def test_a_letter_has_a_text_and_an_html_part_and_keeps_its_number(server):
    letter = ReleasedLetterFactory(body="You were **chosen**: <http://here.example/x>")

    sent_at()

    (message,) = server.kept
    text, html = (part.get_content() for part in message.iter_parts())
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == (State.SENT, AT)
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert (message["Subject"], message["To"]) == ("Good news", letter.address)
    assert text.startswith("You were chosen: http://here.example/x\r\n")
    assert "<strong>chosen</strong>" in html
    assert f"/en/letters/{letter.code}/" in text
    assert f"/en/letters/{letter.code}/" in html


def test_news_can_be_ended_by_the_mail_program_and_other_letters_cannot(server):
    end = "https://house.example/en/follow/token/stop/"
    ReleasedLetterFactory(to=None, address="reader@example.org", unsubscribe=end)
    ReleasedLetterFactory()

    sent_at()

    news, other = sorted(server.kept, key=lambda one: one["To"] != "reader@example.org")
    assert news["List-Unsubscribe"] == f"<{end}>"
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (part.get_content() for part in news.iter_parts())
    assert end in text
    assert f'href="{end}"' in html
    assert "portal" not in text
    assert (other["List-Unsubscribe"], other["List-Unsubscribe-Post"]) == (None, None)


def test_an_arabic_letter_is_written_from_the_right(server):
    letter = ReleasedLetterFactory(language="ar", subject="خبر سارّ", body="اختير طلبكم.")

    sent_at()

    (message,) = server.kept
    html = message.get_body(("html",)).get_content()
    assert message["Subject"] == "خبر سارّ"
    assert '<html lang="ar" dir="rtl">' in html
    assert f"/ar/letters/{letter.code}/" in html


def test_a_language_that_the_house_does_not_speak_leads_to_english_pages(server):
    letter = ReleasedLetterFactory(language="it", body="Scelti.")

    sent_at()

    assert f"/en/letters/{letter.code}/" in server.kept[0].get_body(("plain",)).get_content()


def test_a_mailbox_that_does_not_exist_is_shown_and_stops_nobody_else(server):
    wrong, right = ReleasedLetterFactory(), ReleasedLetterFactory()
    server.at_rcpt[wrong.address] = "550 5.1.1 mailbox unknown"

    sent_at()

    wrong.refresh_from_db()
    right.refresh_from_db()
    assert (wrong.state, wrong.error) == (State.BOUNCED, "550 5.1.1 mailbox unknown")
    assert right.state == State.SENT


@pytest.mark.parametrize(
    ("rcpt", "data", "state"),
    [
        ("450 4.2.1 busy", "250 taken", State.RELEASED),
        ("250 OK", "451 4.3.0 later", State.RELEASED),
        ("250 OK", "554 5.7.1 refused", State.BOUNCED),
    ],
)
def test_a_refusal_counts_by_its_number(server, rcpt, data, state):
    letter = ReleasedLetterFactory()
    server.at_rcpt[letter.address], server.at_data = rcpt, data

    sent_at()

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (state, 1)
    assert letter.error in (rcpt, data)


def test_a_sender_that_is_refused_is_our_fault_and_waits(server):
    letter = ReleasedLetterFactory()
    server.at_mail = "550 5.7.1 who are you"

    sent_at()

    letter.refresh_from_db()
    assert (letter.state, letter.error) == (State.RELEASED, "550 5.7.1 who are you")


def test_a_dead_server_delays_letters_and_nothing_else():
    letters = [ReleasedLetterFactory() for _ in range(3)]
    dead = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": free_port(), "EMAIL_TIMEOUT": 2}
    backend = "django.core.mail.backends.smtp.EmailBackend"

    with override_settings(EMAIL_BACKEND=backend, **dead):
        sent_at()

    assert set(Letter.objects.values_list("state", "attempts")) == {(State.RELEASED, 1)}
    assert all("Refused" in letter.error for letter in Letter.objects.all())
    later_on = AT + wait_before(1)
    sent_at(later_on)
    assert Letter.objects.filter(state=State.SENT).count() == len(letters)


def test_a_full_batch_calls_for_the_next(monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)
    for _ in range(3):
        ReleasedLetterFactory()

    with time_machine.travel(AT, tick=False):
        taken = services.take_due_letters(at=AT, most=1)
        send_letters()

    assert len(taken) == 1
    assert DBTaskResult.objects.count() == 1


def test_nothing_to_send_opens_no_connection():
    sent_at()

    assert mail.outbox == []


def envelope(address="a@example.org", subject="S"):
    return Envelope("L-1", address, subject, "text", "<p>text</p>", "<m@h>", "en")


def attempts_with(fault):
    """What the postman says when handing over ends in `fault`."""
    postman = gateways.Postman()

    def fail(messages):
        raise fault

    postman.connection.send_messages = fail
    return [attempt for _, attempt in postman.deliver([envelope(), envelope()])]


def test_a_server_that_hangs_up_leaves_the_rest_untried():
    first, second = attempts_with(smtplib.SMTPServerDisconnected("gone"))

    assert first == second
    assert (first.answer, first.said) == (Answer.LATER, "SMTPServerDisconnected: gone")


def test_an_address_that_cannot_be_written_is_refused_for_good():
    (attempt, _) = attempts_with(smtplib.SMTPNotSupportedError("no UTF-8"))

    assert attempt.answer is Answer.REFUSED


def test_a_subject_with_a_second_line_becomes_one_line_and_no_header():
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        ((_, attempt),) = gateways.Postman().deliver([envelope(subject="a\nBcc: x@example.org")])

    [sent] = mail.outbox
    assert attempt.answer is Answer.TAKEN
    assert (sent.subject, sent.bcc) == ("a Bcc: x@example.org", [])


def test_a_connection_that_fails_at_closing_harms_nothing():
    postman = gateways.Postman()

    def fail():
        raise OSError("gone")

    postman.connection.close = fail

    assert [attempt.answer for _, attempt in postman.deliver([envelope()])] == [Answer.TAKEN]


def test_the_mailbox_keeps_a_message_for_each_reader():
    message = mail.EmailMessage("Hello", "words", to=["a@example.org"], cc=["b@example.org"])

    number = MailboxBackend().send_messages([message])

    rows = MailboxMessage.objects.order_by("to").values_list("to", "subject", "body")
    assert number == 1
    assert list(rows) == [("a@example.org", "Hello", "words"), ("b@example.org", "Hello", "words")]
