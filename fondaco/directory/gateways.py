"""The outside of the directory: the library that signs people in, and the letters it mails."""

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fondaco.directory.access import is_at_home
from fondaco.directory.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What our house does differently from the library's habit."""

    def get_reauthentication_methods(self, user: Person | AnonymousUser) -> list[dict[str, object]]:
        """Everybody has a way: invented people a button, people without a password a link."""
        methods: list[dict[str, object]] = super().get_reauthentication_methods(user)
        if not isinstance(user, Person):
            return methods
        own = {"id": "confirm", "url": reverse("directory:confirm")}
        if user.is_invented and settings.IS_DEMONSTRATION:
            return [own | {"description": _("Use the demonstration's button")}, *methods]
        return methods or [own | {"description": _("Use a link sent by mail")}]

    def post_login(
        self, request: HttpRequest, user: Person, *, signup: bool, **more: Any
    ) -> HttpResponse:
        """Who has just signed up has proved who they are; the library notes it of signing in."""
        if signup:
            record_authentication(request, user, method="signup")
        response: HttpResponse = super().post_login(request, user, signup=signup, **more)
        return response


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Signs a person in, in one session; the library keeps how it was done, and when."""

    request: HttpRequest

    def let_in_by_link(self, person: Person, *, back_to: str | None) -> HttpResponse:
        """The mailed link is one factor: a second one, where set up, is asked for now."""
        record_authentication(self.request, person, method="link")
        way = Login(
            user=person,
            email=person.email,
            email_verification=EmailVerificationMethod.NONE,
            redirect_url=back_to,
        )
        response: HttpResponse = perform_login(self.request, way)
        return response

    def let_in_by_password(self, email: str, password: str) -> list[str]:
        """Why not, in words; nothing where the password is right, also if a step is still open."""
        form = LoginForm({"login": email, "password": password}, request=self.request)
        if form.is_valid():
            form.login(self.request)
        return [str(why) for found in form.errors.values() for why in found]

    def let_in_for_demonstration(self, person: Person) -> None:
        """An invented person, on the machine of the demonstration alone; counts as two factors."""
        if not (person.is_invented and is_at_home(self.request)):
            raise PermissionError("demonstration sign-in outside a demonstration")
        login(self.request, person, backend=BACKEND)
        record_authentication(self.request, person, method="demonstration", reauthenticated=True)

    def confirm(self, person: Person, method: str) -> HttpResponse | None:
        """Keep that it is still the same person; the form that was held back is sent on."""
        record_authentication(self.request, person, method=method, reauthenticated=True)
        response: HttpResponse | None = resume_request(self.request)
        return response


def mail(letter: str, *, to: str, language: str, words: dict[str, Any]) -> None:
    """Send one of the directory's own letters; its first line is the subject."""
    with translation.override(language):
        text = render_to_string(f"directory/letters/{letter}.txt", words)
    subject, _rest, body = text.strip().partition("\n")
    send_mail(" ".join(subject.split()), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to])


def address_of(route: str, *arguments: str, language: str) -> str:
    """A page's address as it is written in a letter."""
    with translation.override(language):
        return settings.ADDRESS + reverse(route, args=arguments)
