"""A passkey as an authenticator would have registered it."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAGS = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT


def registered(name: str) -> dict[str, object]:
    """What is kept of a key; its other half is thrown away."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    identity = sha256(name.encode()).digest()
    key = AttestedCredentialData.create(bytes(16), identity, public)
    told = AuthenticatorData.create(sha256(b"house.example").digest(), FLAGS, 0, key)
    client = CollectedClientData.create("webauthn.create", b"challenge", "https://house.example")
    credential = {
        "id": websafe_encode(identity),
        "rawId": websafe_encode(identity),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", told, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    return {"name": name, "credential": credential}
