"""What is signed of a receipt, and how anybody finds out whether the signature is ours."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import UTC, datetime
from textwrap import wrap

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fondaco.kernel.plain import canonical
from fondaco.trail.rules import SigningKey, is_genuine

LINE = 64
COMMANDS = """\
cat > key.pem <<'END'
{pem}
END
openssl base64 -d > receipt.txt <<'END'
{text}
END
openssl base64 -d > receipt.sig <<'END'
{signature}
END
openssl pkeyutl -verify -rawin -pubin -inkey key.pem \\
  -in receipt.txt -sigfile receipt.sig"""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says of its submission; the salt stays with those who may read it."""

    number: str
    fingerprint: str
    files: tuple[str, ...]
    received: datetime

    @property
    def text(self) -> bytes:
        """The canonical text that is signed: moments in UTC, files by their hashes, sorted."""
        return canonical(
            {
                "number": self.number,
                "fingerprint": self.fingerprint,
                "files": sorted(self.files),
                "received": self.received.astimezone(UTC),
            }
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """A receipt with its signature (Base64) and the public half (hexadecimal) of the key."""

    receipt: Receipt
    signature: str
    key_id: str
    public: str

    def __bool__(self) -> bool:
        """Whether the signature was made over exactly this receipt, with this key."""
        try:
            signature = b64decode(self.signature, validate=True).hex()
        except NotBase64:
            return False
        return is_genuine(self.public, self.receipt.text, signature)

    @property
    def text(self) -> str:
        """What is signed, to be read."""
        return self.receipt.text.decode()

    @property
    def commands(self) -> str:
        """What to type where OpenSSL is: text and signature in lines that survive a printer."""
        return COMMANDS.format(
            pem=pem_of(self.public),
            text=_in_lines(b64encode(self.receipt.text).decode()),
            signature=_in_lines(self.signature),
        )


def _in_lines(text: str) -> str:
    return "\n".join(wrap(text, LINE))


def signature_over(receipt: Receipt, key: SigningKey) -> str:
    """The signature over the text of a receipt, in Base64."""
    return b64encode(bytes.fromhex(key.signature(receipt.text))).decode()


def pem_of(public: str) -> str:
    """A public key as OpenSSL reads it."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode().strip()
