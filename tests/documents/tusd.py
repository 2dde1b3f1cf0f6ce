"""A client of the protocol, as small as it can be."""

import base64
import hashlib
import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

BEGINNING = "/uploads/"
OCTETS = "application/offset+octet-stream"


def metadata(**said: str) -> str:
    """Words as the header carries them."""
    return ",".join(
        f"{key} {base64.b64encode(word.encode()).decode()}" for key, word in said.items()
    )


def sum_of(content: bytes) -> str:
    """The checksum of a part."""
    return f"sha256 {base64.b64encode(hashlib.sha256(content).digest()).decode()}"


def signed_in(person: Any) -> Client:
    """A client of a person."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def begin(
    client: Client,
    to: str,
    length: object,
    *,
    name: str = "offer.pdf",
    content: bytes = b"",
    **more: Any,
) -> HttpResponse:
    """Announce a file, perhaps with its first bytes."""
    said = {
        "filename": name,
        "to": to,
        **{key: more.pop(key) for key in ("sha256",) if key in more},
    }
    headers = {"Upload-Length": str(length), "Upload-Metadata": metadata(**said)}
    kind = OCTETS if content else ""
    return client.post(
        BEGINNING, content, content_type=kind, headers=headers | {"Tus-Resumable": "1.0.0"} | more
    )


def send(
    client: Client,
    address: str,
    offset: object,
    content: bytes,
    *,
    kind: str = OCTETS,
    **headers: str,
) -> HttpResponse:
    """Send a part."""
    told = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": str(offset),
        "Content-Length": str(len(content)),
        "Content-Type": kind,
        **headers,
    }
    return client.patch(address, content, content_type=kind, headers=told)


def ask(client: Client, address: str) -> HttpResponse:
    """Ask how far a file is."""
    return client.head(address, headers={"Tus-Resumable": "1.0.0"})


def drop(client: Client, address: str) -> HttpResponse:
    """Say that a file is no longer wanted."""
    return client.delete(address, headers={"Tus-Resumable": "1.0.0"})


def kept(response: HttpResponse) -> dict[str, Any]:
    """What became of a file that arrived whole."""
    told: dict[str, Any] = json.loads(response["Upload-Kept"])
    return told
