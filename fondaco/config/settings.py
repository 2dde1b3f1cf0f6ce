"""The one settings file; everything that differs between places is read from the environment."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from fondaco.config.environment import mail_server, mistakes, value_of

if found := mistakes(os.environ):
    raise ImproperlyConfigured("\n".join(found))

env = Env()
ROOT = Path(__file__).resolve().parents[2]


def setting(name: str) -> str:
    """The value of a declared variable."""
    return value_of(name, os.environ)


IS_DEMONSTRATION = setting("FONDACO_MODE") == "demonstration"
VAR = (ROOT / setting("FONDACO_VAR")).resolve()
VAR.mkdir(parents=True, exist_ok=True)
ADDRESS = setting("FONDACO_ADDRESS").rstrip("/")
IS_BEHIND_PROXY = setting("FONDACO_BEHIND_PROXY") == "yes"
SEAL_KEY = Path(setting("FONDACO_SEAL_KEY") or VAR / "keys" / "seal.pem")
PAGES_BY_PERSON = int(setting("FONDACO_PAGES_BY_PERSON"))
PAGES_KEPT = int(setting("FONDACO_PAGES_KEPT"))
NEWS_WEEKDAY = setting("FONDACO_NEWS_WEEKDAY")
NEWS_HOUR = int(setting("FONDACO_NEWS_HOUR"))
PAGES_BY_ADDRESS = int(setting("FONDACO_PAGES_BY_ADDRESS"))
BACKUPS = (ROOT / setting("FONDACO_BACKUPS")).resolve() if setting("FONDACO_BACKUPS") else None
BACKUPS_KEPT = int(setting("FONDACO_BACKUPS_KEPT"))
SPOOL = (ROOT / setting("FONDACO_SPOOL")).resolve() if setting("FONDACO_SPOOL") else VAR / "spool"
AVAILABILITY = (
    (ROOT / setting("FONDACO_AVAILABILITY")).resolve()
    if setting("FONDACO_AVAILABILITY")
    else VAR / "availability"
)
WATCHED_ADDRESS = setting("FONDACO_WATCHED_ADDRESS").rstrip("/") or ADDRESS
RECEIPT_KEY = Path(setting("FONDACO_RECEIPT_KEY") or VAR / "keys" / "receipt.pem")

SECRET_KEY = setting("FONDACO_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = setting("FONDACO_HOSTS").split(",")
CSRF_TRUSTED_ORIGINS = [ADDRESS]
ROOT_URLCONF = "fondaco.config.urls"
WSGI_APPLICATION = "fondaco.config.wsgi.application"
AUTH_USER_MODEL = "directory.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SLICES = (
    "web",
    "trail",
    "directory",
    "programmes",
    "documents",
    "mail",
    "questionnaires",
    "calls",
    "applications",
    "intake",
    "incidents",
    "enquiries",
    "evaluation",
    "news",
    "membership",
    "training",
    "exchanges",
    "desks",
    "backup",
    "files",
    "sketches",
    "season",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *(f"fondaco.{name}" for name in SLICES),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "fondaco.web.middleware.received_at",
    "fondaco.web.gate.gated",
    "fondaco.incidents.middleware.noting",
    "fondaco.intake.middleware.spooling",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "fondaco.directory.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "fondaco.web.middleware.language_kept",
    "fondaco.directory.middleware.reader",
    "fondaco.applications.middleware.copies_wiped",
    "fondaco.desks.middleware.robots",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "fondaco.web.spoken.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fondaco.web.context.house",
                "fondaco.directory.context.acting",
                "fondaco.intake.context.notices",
                "fondaco.desks.context.menus",
                "fondaco.desks.context.place",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "fondaco.web.templatetags.words",
                "fondaco.web.templatetags.face",
            ],
        },
    }
]

DATABASES = {
    "default": env.dj_db_url("FONDACO_DATABASE_URL", f"sqlite:///{VAR / 'fondaco.sqlite3'}")
}
_database = DATABASES["default"]
IS_SQLITE = "sqlite" in _database["ENGINE"]
if IS_SQLITE:
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;"
        f"PRAGMA synchronous={env.str('FONDACO_TEST_SYNCHRONOUS', 'FULL')};"
        "PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;PRAGMA cache_size=-32000;"
        "PRAGMA journal_size_limit=67108864;",
    }
    # tests: on disk, so that a browser's requests and the test each have a connection of their own
    _database["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
else:
    _database["CONN_MAX_AGE"] = 0
    # a database that is gone is known to be so in seconds, also when its machine says nothing
    _database.setdefault("OPTIONS", {}).update(
        pool={"min_size": 1, "max_size": 8, "timeout": 3},
        # the server keeps the plan of a question that one connection has asked three times
        server_side_binding=True,
        prepare_threshold=3,
        connect_timeout=3,
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=2,
        tcp_user_timeout=15_000,
    )

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "français"), ("ar", "العربية")]
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = setting("FONDACO_TIME_ZONE")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "fondaco.web.storage.StaticFiles"},
}
UPLOAD_MEGABYTES = int(setting("FONDACO_UPLOAD_MEGABYTES"))
UPLOAD_QUOTA = int(setting("FONDACO_UPLOAD_QUOTA"))
UPLOAD_HOURS = int(setting("FONDACO_UPLOAD_HOURS"))
UPLOADS_AT_ONCE = int(setting("FONDACO_UPLOADS_AT_ONCE"))
CLAMD = setting("FONDACO_CLAMD")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

_in_database = "django.core.cache.backends.db.DatabaseCache"
CACHES = {
    # Counts what each address asks: what falls out of it is forgotten, and asked anew.
    "default": {
        "BACKEND": _in_database,
        "LOCATION": "web_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "papers": {"BACKEND": _in_database, "LOCATION": "web_papers"},
    # Public pages for some seconds, in the memory of each process.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 256},
    },
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
        "ENQUEUE_ON_COMMIT": False,
    }
}

_mail = mail_server(setting("FONDACO_EMAIL_URL"))
if _mail:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.is_on_tls, _mail.starts_tls
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "fondaco.mail.mailbox.MailboxBackend"
DEFAULT_FROM_EMAIL = setting("FONDACO_EMAIL_FROM")

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desks:home"
LOGOUT_REDIRECT_URL = "desks:start"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"invite": "20/h/user"}
ACCOUNT_ADAPTER = "fondaco.directory.gateways.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "fondaco.directory.forms.SignUpForm"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_DEMONSTRATION
MFA_TOTP_ISSUER = "Fondaco"
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "fondaco.web.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
IS_ON_TLS = ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_ON_TLS
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = IS_ON_TLS
SECURE_REDIRECT_EXEMPT = [r"^alive/$"]  # asked from within, where there is no TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_ON_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_ON_TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_BEHIND_PROXY:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "fondaco.web.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
HOUSE_NAME = _("Fondaco")
