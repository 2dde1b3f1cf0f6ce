"""Signing in without pages."""

import time

from django.test import Client


def signed_in(person, *, method="demonstration"):
    """A browser in which the person has just signed in; `demonstration` counts as two factors."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client
