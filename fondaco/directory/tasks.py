"""The directory's letters, written and sent by the worker; secrets are made here, kept nowhere."""

from urllib.parse import urlencode

from django.utils import timezone

from fondaco.directory import selectors
from fondaco.directory.gateways import address_of, mail
from fondaco.directory.rules.links import LINK_LIFE
from fondaco.directory.services import organisations, people
from fondaco.directory.states import RequestState
from fondaco.web.jobs import every, job

A_DAY = 24 * 3600


@job()
def mail_link(address: str, browser: str, language: str, back_to: str) -> None:
    """A link to sign in, or word that nobody is registered with the address.

    The request that asked learns nothing of which of the two it was.
    """
    person = selectors.person_of_address(address)
    if person is None:
        joining = address_of("account_signup", language=language)
        mail("nobody", to=address, language=language, words={"joining": joining})
        return
    secret = people.keep_link(person, browser=browser, at=timezone.now())
    link = address_of("directory:link", secret, language=language)
    query = f"?{urlencode({'next': back_to})}" if back_to else ""
    words = {"person": person, "link": link + query, "minutes": LINK_LIFE.seconds // 60}
    mail("link", to=address, language=language, words=words)


@job()
def mail_invitation(pk: int) -> None:
    """The letter that asks a colleague to join; sent again, its link replaces the one before."""
    invitation = selectors.invitation(pk)
    if invitation is None or invitation.answered_at:
        return
    secret = organisations.renew_secret(pk)
    invited = selectors.person_of_address(invitation.email)
    language = (invited or invitation.by).language
    link = address_of("directory:invitation", secret, language=language)
    words = {"invitation": invitation, "link": link}
    mail("invitation", to=invitation.email, language=language, words=words)


@job()
def mail_request(pk: int) -> None:
    """Tell those who have to answer that somebody asks to join."""
    asked = selectors.join_request(pk)
    if asked is None or asked.state != RequestState.WAITING:
        return
    code = asked.organisation.code
    place = ("directory:requests",) if asked.asks_to_run else ("directory:colleagues", code)
    for reviewer in selectors.reviewers_of(asked):
        language = reviewer.language
        link = address_of(*place, language=language)
        words = {"asked": asked, "link": link, "person": reviewer}
        mail("request", to=reviewer.email, language=language, words=words)


@job()
def mail_answer(pk: int) -> None:
    """Tell a person what became of the request."""
    asked = selectors.join_request(pk)
    if asked is None or not asked.person.is_active:
        return
    language = asked.person.language
    link = address_of("directory:organisations", language=language)
    words = {
        "asked": asked,
        "person": asked.person,
        "link": link,
        "is_granted": asked.state == RequestState.GRANTED,
    }
    mail("answer", to=asked.person.email, language=language, words=words)


@every(seconds=A_DAY)
@job()
def forget_ended_sessions() -> None:
    """Forget where people were signed in, once they are so no longer."""
    people.forget_ended_sessions(at=timezone.now())
