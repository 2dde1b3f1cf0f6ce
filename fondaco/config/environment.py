"""Every setting that the environment can give; the reference page is made of this list."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment: its name, what stands when it is absent, what it does."""

    name: str
    default: str
    says: str
    is_needed_in_production: bool = False


LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
DEMONSTRATION_SECRET = "only-for-the-demonstration-never-in-production"  # noqa: S105

SETTINGS = (
    Setting(
        "FONDACO_MODE",
        "demonstration",
        "`production` or `demonstration`. Only a demonstration has sign-in links for its invented "
        "people and a mailbox page, and both answer on the loopback address alone.",
    ),
    Setting(
        "FONDACO_SECRET_KEY",
        DEMONSTRATION_SECRET,
        "Signs sessions and links: 50 random characters or more, kept secret.",
        is_needed_in_production=True,
    ),
    Setting(
        "FONDACO_SEAL_KEY",
        "",
        "Path of the Ed25519 private key (PEM) that signs the seals of the trail. Empty: "
        "`keys/seal.pem` under FONDACO_VAR, made at the first start.",
    ),
    Setting(
        "FONDACO_RECEIPT_KEY",
        "",
        "Path of the Ed25519 private key (PEM) that signs receipts; web server and worker read "
        "the same. Empty: `keys/receipt.pem` under FONDACO_VAR, made with the first receipt.",
    ),
    Setting(
        "FONDACO_DATABASE_URL",
        "",
        "`postgres://name:password@host:port/database` or `sqlite:////absolute/path`. "
        "Empty: SQLite under FONDACO_VAR.",
        is_needed_in_production=True,
    ),
    Setting(
        "FONDACO_SQLITE_IN_PRODUCTION",
        "no",
        "`yes` says that a production of a single machine really means to run on SQLite.",
    ),
    Setting("FONDACO_VAR", "var", "Folder of the database, the uploads and the keys."),
    Setting(
        "FONDACO_HOSTS",
        "localhost,127.0.0.1,[::1]",
        "The host names the site answers to, separated by commas.",
        is_needed_in_production=True,
    ),
    Setting(
        "FONDACO_ADDRESS",
        "http://localhost:8000",
        "The address of the site as people write it; it stands in letters and receipts. Passkeys "
        "need a host name in it, not a number.",
        is_needed_in_production=True,
    ),
    Setting("FONDACO_PORT", "8000", "The port that `make run` serves on."),
    Setting(
        "FONDACO_EMAIL_URL",
        "",
        "`smtps://name:password@host:port` (TLS, port 465 where none is said), `smtp://…` "
        "(STARTTLS, port 587) or `smtp+plain://…` (nothing is encrypted, port 25). In name and "
        "password write `%40` for @, and so on. Empty in a demonstration: mail goes to the "
        "mailbox page.",
        is_needed_in_production=True,
    ),
    Setting("FONDACO_EMAIL_FROM", "Fondaco <fondaco@localhost>", "The sender of every letter."),
    Setting("FONDACO_TIME_ZONE", "Europe/Brussels", "The zone shown to readers who chose none."),
    Setting("FONDACO_UPLOAD_MEGABYTES", "20", "The largest file anybody may upload, in megabytes."),
    Setting(
        "FONDACO_UPLOAD_QUOTA",
        "200",
        "How many megabytes of unfinished uploads one person may have at the same time.",
    ),
    Setting(
        "FONDACO_UPLOAD_HOURS",
        "72",
        "How many hours an unfinished upload is kept after its last part, and a file that belongs "
        "to nothing; the worker then removes it.",
    ),
    Setting(
        "FONDACO_UPLOADS_AT_ONCE",
        "6",
        "How many parts of uploads one web process receives at the same time, so that slow lines "
        "leave threads to everybody else; who waits for more than two seconds is asked to come "
        "again. Keep it below the number of threads.",
    ),
    Setting(
        "FONDACO_CLAMD",
        "",
        "Where clamd listens, as the path of its socket or `host:port`: each file that people "
        "upload is then searched for viruses. Empty: nobody searches.",
    ),
    Setting(
        "FONDACO_PAGES_BY_PERSON",
        "300",
        "How many pages a signed-in person may read in a minute in each web process; 0 sets no "
        "limit. What is saved, uploaded or submitted does not count.",
    ),
    Setting(
        "FONDACO_PAGES_BY_ADDRESS",
        "1200",
        "The same for everybody else together who comes from one address.",
    ),
    Setting(
        "FONDACO_NEWS_WEEKDAY",
        "monday",
        "The day of the week on which the news of the week are mailed to those who follow calls: "
        "`monday` to `sunday`.",
    ),
    Setting(
        "FONDACO_NEWS_HOUR",
        "8",
        "The hour of that day, from 0 to 23, on the clock of each reader.",
    ),
    Setting(
        "FONDACO_PAGES_KEPT",
        "5",
        "For how many seconds each web process keeps a public page in memory for everybody who is "
        "not signed in: whoever reads it sees a change that much later. 0 keeps none.",
    ),
    Setting(
        "FONDACO_SPOOL",
        "",
        "Folder of the spool, best on a volume of its own: what people save and submit while the "
        "database is away is kept there until the worker brings it in. Web servers and workers "
        "share it. Empty: `spool` under FONDACO_VAR.",
    ),
    Setting(
        "FONDACO_AVAILABILITY",
        "",
        "Folder of the availability log, best on the volume of the spool: the worker writes a line "
        "a minute there, also while the database is away. Empty: `availability` under FONDACO_VAR.",
    ),
    Setting(
        "FONDACO_WATCHED_ADDRESS",
        "",
        "Where the worker asks each minute whether the site answers. Empty: FONDACO_ADDRESS.",
    ),
    Setting(
        "FONDACO_BACKUPS",
        "",
        "Folder of the backups; the worker makes one a day. Empty: none is made.",
    ),
    Setting(
        "FONDACO_BACKUPS_KEPT",
        "14",
        "How many archives stay in the folder of the backups; older ones are removed.",
    ),
    Setting(
        "FONDACO_BEHIND_PROXY",
        "no",
        "`yes` when a proxy of one's own stands in front: its `X-Forwarded-Proto` and "
        "`X-Received-At` are then believed, and nobody else's; so is the last address of its "
        "`X-Forwarded-For`.",
    ),
)


MAIL_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over, and how the way there is kept secret."""

    host: str
    port: int
    user: str
    password: str
    is_on_tls: bool
    starts_tls: bool


def mail_server(url: str) -> MailServer | None:
    """The mail server that an address names; None where it names none."""
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in MAIL_PORTS:
        return None
    return MailServer(
        host=parts.hostname,
        port=parts.port or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_on_tls=parts.scheme == "smtps",
        starts_tls=parts.scheme == "smtp",
    )


def value_of(name: str, environ: Mapping[str, str]) -> str:
    """What the environment says, else the default; raises `KeyError` for an undeclared name."""
    declared = {setting.name: setting for setting in SETTINGS}[name]
    return environ.get(name, "") or declared.default


def mistakes(environ: Mapping[str, str]) -> list[str]:
    """What forbids a start, each with its remedy."""
    mode = value_of("FONDACO_MODE", environ)
    if mode == "demonstration":
        return _open_demonstration(environ)
    if mode != "production":
        return [f"FONDACO_MODE is {mode!r}: write production or demonstration."]
    found = [
        f"{setting.name} is not set: {setting.says}"
        for setting in SETTINGS
        if setting.is_needed_in_production and not environ.get(setting.name)
        if not (setting.name == "FONDACO_DATABASE_URL" and _wants_sqlite(environ))
    ]
    if value_of("FONDACO_SECRET_KEY", environ) == DEMONSTRATION_SECRET:
        found.append("FONDACO_SECRET_KEY is the demonstration's: make one of your own.")
    if environ.get("FONDACO_EMAIL_URL") and not mail_server(environ["FONDACO_EMAIL_URL"]):
        found.append("FONDACO_EMAIL_URL names no mail server: begin with smtps:// or smtp://.")
    return found + _unsafe_database(environ)


def _unsafe_database(environ: Mapping[str, str]) -> list[str]:
    """What would keep a production's data less well than it has to be."""
    found = []
    is_sqlite = value_of("FONDACO_DATABASE_URL", environ).startswith("sqlite")
    if is_sqlite and not _wants_sqlite(environ):
        found.append(
            "FONDACO_DATABASE_URL is SQLite: set FONDACO_SQLITE_IN_PRODUCTION=yes to mean it."
        )
    if environ.get("FONDACO_TEST_SYNCHRONOUS", "FULL") != "FULL":
        found.append("FONDACO_TEST_SYNCHRONOUS is for tests: take it out of the environment.")
    return found


def _open_demonstration(environ: Mapping[str, str]) -> list[str]:
    """What would let the world into a demonstration, whose secret everybody can read."""
    found = []
    if value_of("FONDACO_BEHIND_PROXY", environ) == "yes":
        found.append("FONDACO_BEHIND_PROXY is yes: only a production stands behind a proxy.")
    if urlsplit(value_of("FONDACO_ADDRESS", environ)).hostname not in LOOPBACK:
        found.append(
            "FONDACO_ADDRESS is not of this machine: a demonstration answers on 127.0.0.1 alone."
        )
    return found


def _wants_sqlite(environ: Mapping[str, str]) -> bool:
    return value_of("FONDACO_SQLITE_IN_PRODUCTION", environ) == "yes"
