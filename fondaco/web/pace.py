"""How often one address may ask for something."""

from datetime import datetime
from ipaddress import ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

A_HOUSEHOLD = 64
"""Bits of an IPv6 address that one household shares."""


def may_ask(request: HttpRequest, what: str, *, most: int, seconds: int, at: datetime) -> bool:
    """Count the request; whether its address has asked no more than `most` times in the interval.

    The address itself is not kept, only a keyed hash of it. Two requests at the very same time
    may be counted as one: this slows people down, it guards no secret.
    """
    slot = int(at.timestamp() // seconds)
    key = f"pace-{what}-{slot}-{salted_hmac(what, address_of(request)).hexdigest()}"
    asked = cache.get(key, 0) + 1
    cache.set(key, asked, seconds)
    return bool(asked <= most)


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: behind a proxy of one's own, what the proxy says last."""
    told = request.headers.get("X-Forwarded-For", "") if settings.IS_BEHIND_PROXY else ""
    address: str = told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_network((address, A_HOUSEHOLD if ":" in address else 32), strict=False))
    except ValueError:
        return address
