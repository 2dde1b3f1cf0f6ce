"""What ties an evaluator to an applicant."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

# fmt: off
PUBLIC_MAIL = frozenset(
    (
        "aol.com", "caramail.com", "free.fr", "fastmail.com", "gmail.com", "gmx.com",
        "gmx.de", "gmx.fr", "gmx.net", "googlemail.com", "hotmail.com", "hotmail.fr",
        "hotmail.it", "icloud.com", "laposte.net", "libero.it", "live.com", "live.fr",
        "mac.com", "mail.com", "mail.ru", "maktoob.com", "me.com", "menara.ma", "msn.com",
        "orange.fr", "outlook.com", "outlook.fr", "outlook.it", "pm.me", "posteo.de",
        "proton.me", "protonmail.com", "rocketmail.com", "sfr.fr", "t-online.de", "tin.it",
        "topnet.tn", "tutanota.com", "virgilio.it", "wanadoo.fr", "web.de", "yahoo.com",
        "yahoo.es", "yahoo.fr", "yahoo.it", "yandex.com", "ymail.com", "zoho.com",
    )
)
# fmt: on


class Tie(StrEnum):
    """How an evaluator and an applicant are tied."""

    WORKS_FOR = "works-for"
    WORKED_FOR = "worked-for"
    DECLARED = "declared"
    BOND = "bond"
    SAME_DOMAIN = "same-domain"


@dataclass(frozen=True, slots=True)
class EvaluatorTies:
    """What is known of an evaluator: posts held and left, declared ties, bonds, the address."""

    email: str
    works_for: frozenset[int] = frozenset()
    worked_for: frozenset[int] = frozenset()
    declared: frozenset[int] = frozenset()
    bonds: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of an applicant: who it is, the addresses of its people, its website."""

    organisation: int
    emails: frozenset[str] = frozenset()
    website: str = ""


def domain_of_address(email: str) -> str:
    """The domain behind the sign, empty for providers that anybody can use."""
    domain = email.rpartition("@")[2].strip().lower()
    return "" if domain in PUBLIC_MAIL else domain


def domain_of_website(address: str) -> str:
    """The host of a website without its `www`."""
    host = urlsplit(address.strip().lower()).hostname or ""
    return host.removeprefix("www.")


def ties(evaluator: EvaluatorTies, applicant: Applicant) -> tuple[Tie, ...]:
    """Everything that ties the evaluator to the applicant; empty where nothing is known to."""
    domain = domain_of_address(evaluator.email)
    domains = {domain_of_address(email) for email in applicant.emails - {evaluator.email}}
    domains |= {domain_of_website(applicant.website)}
    found = {
        Tie.WORKS_FOR: applicant.organisation in evaluator.works_for,
        Tie.WORKED_FOR: applicant.organisation in evaluator.worked_for - evaluator.works_for,
        Tie.DECLARED: applicant.organisation in evaluator.declared,
        Tie.BOND: applicant.organisation in evaluator.bonds,
        Tie.SAME_DOMAIN: bool(domain) and domain in domains,
    }
    return tuple(tie for tie, is_found in found.items() if is_found)
