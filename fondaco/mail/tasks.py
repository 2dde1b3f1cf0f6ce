"""What the worker does for letters."""

from django.utils import timezone

from fondaco.mail import selectors, services
from fondaco.mail.gateways import Postman
from fondaco.web.jobs import every, job, later


@every(seconds=60)
@job(retries=0)
def send_letters() -> None:
    """Send a batch of the letters whose turn has come; more of them wait for the next turn.

    What is answered about each letter is kept before the next one leaves.
    """
    taken = services.take_due_letters(at=timezone.now())
    keys = {letter.code: letter.pk for letter in taken}
    envelopes = [selectors.envelope_of(letter) for letter in taken]
    for envelope, attempt in Postman().deliver(envelopes) if taken else ():
        services.keep_attempt(keys[envelope.code], attempt, at=timezone.now())
    if len(taken) == services.BATCH:
        later(services.SEND)
