"""Signing in without pages, with one factor or two."""

import time

from django.test import Client

from fondaco.directory.models import Person
from tests.addresses.scene import BROWSER, Scene

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ONE_FACTOR = "-one-factor"


def person_of(scene: Scene, reader: str) -> Person | None:
    """The person behind a reader's name; nobody where the reader is signed out."""
    return scene.people.get(reader.removesuffix(ONE_FACTOR))


def client_of(scene: Scene, reader: str, *, minutes_ago: int = -60) -> Client:
    """The browser of a reader of the scene, who proved some minutes ago who they are.

    By habit the proof is dated ahead: a slow machine does not find it stale half way through.
    """
    client, person = Client(), person_of(scene, reader)
    client.cookies["browser"] = BROWSER
    if person is None:
        return client
    client.force_login(person, backend=BACKEND)
    session = client.session
    method = "password" if reader.endswith(ONE_FACTOR) else "mfa"
    proof = {"method": method, "at": time.time() - 60 * minutes_ago, "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client
