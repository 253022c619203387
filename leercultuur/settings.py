"""All settings, read from the environment. The table in README.md explains each variable.

SITE_URL decides how strict we are: on localhost everything has a default that just works;
on any other address a secret key is required and cookies travel over https only.
"""

import os
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from .environment import flag, number, words

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "var"))

# Where the site lives

SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or ""
IS_LOCAL = SITE_HOST in {"localhost", "127.0.0.1", "::1"}
IS_HTTPS = SITE_URL.startswith("https://")
DEBUG = flag("DEBUG", default=False)
if not (IS_LOCAL or IS_HTTPS):
    raise ImproperlyConfigured(
        "SITE_URL must start with https:// on any address but localhost: over http everybody on "
        "the way reads what colleagues answer and who signs in."
    )

LOCAL_HOSTS = "localhost,127.0.0.1,[::1]" if IS_LOCAL else ""
ALLOWED_HOSTS = words("ALLOWED_HOSTS", LOCAL_HOSTS or SITE_HOST)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if IS_HTTPS else []

LOCAL_SECRET_KEY = "only-for-a-trial-on-your-own-machine-never-for-a-real-address"  # noqa: S105
SECRET_KEY = os.environ.get("SECRET_KEY", LOCAL_SECRET_KEY if IS_LOCAL else "")
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
IS_EXAMPLE_KEY = SECRET_KEY == LOCAL_SECRET_KEY or "change-me" in SECRET_KEY
if not IS_LOCAL and (len(SECRET_KEY) < 50 or IS_EXAMPLE_KEY):
    raise ImproperlyConfigured(
        "SECRET_KEY is missing, an example, or shorter than 50 characters. "
        "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )

# What it is made of

INSTALLED_APPS = [
    "survey",
    # Before Django's own, so that its words for accounts come first.
    "allauth",
    "allauth.account",
    "leercultuur.apps.SecondStepConfig",  # allauth.mfa
    "leercultuur.admin.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "csp",
]

MIDDLEWARE = [
    # First what gives every answer its headers, also those of the middleware below.
    "survey.front.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "survey.front.too_long.RefuseTooLongMiddleware",
    "survey.front.guard.RefuseBrokenRequestsMiddleware",
    "survey.front.held.HeldFormMiddleware",
    "survey.front.outage.OutageMiddleware",
    "survey.front.flooding.FloodingMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "survey.second_step.StaffSecondStepMiddleware",
    "survey.front.errors.WrongMethodMiddleware",
]

ROOT_URLCONF = "leercultuur.urls"
WSGI_APPLICATION = "leercultuur.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "paper"
CRISPY_TEMPLATE_PACK = "paper"

# Where data is kept

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'leercultuur.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;"
            "PRAGMA synchronous=FULL;"
            "PRAGMA secure_delete=ON;"
            "PRAGMA foreign_keys=ON;"
        ),
    }
else:
    # A PostgreSQL that vanished is an error within seconds, not after the minutes TCP gives it.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 10,
        "tcp_user_timeout": 20_000,
    } | DATABASES["default"].get("OPTIONS", {})

# What counts attempts has room, and PDFs stand apart: else these push out what would stop a flood.
REDIS_URL = os.environ.get("REDIS_URL")
LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES: dict[str, dict] = {
    "default": {"BACKEND": LOCAL_MEMORY, "OPTIONS": {"MAX_ENTRIES": 50_000}},  # of 300 bytes
    "prints": {"BACKEND": LOCAL_MEMORY, "LOCATION": "prints"},
}
if REDIS_URL:
    SHARED = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    CACHES = dict.fromkeys(CACHES, SHARED)

# Languages and days

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["leercultuur.formats"]
LANGUAGE_COOKIE_NAME = "__Host-taal" if IS_HTTPS else "taal"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = IS_HTTPS
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

# Static files and fonts. The fonts are packages; print and PDF use them.

FONT_DIRS = [
    files("font_source_serif_pro") / "files",
    files("font_source_sans_pro") / "files",
]
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static", *(("fonts", str(path)) for path in FONT_DIRS)]
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["ttf", "otf", "png", "txt", "woff2"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Accounts

AUTH_USER_MODEL = "survey.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"survey.passwords.{name}"}
    for name in ("LongEnough", "UnlikeYourself", "NotCommon", "NotOnlyDigits")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "landing"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
# Nobody can have somebody else's mailbox filled; the rest is as the package says.
ACCOUNT_RATE_LIMITS = {
    "reset_password": "20/m/ip,5/m/key,10/h/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
}
# Without this every visitor would be our own proxy, and one of them could shut all others out.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_HTTPS else 0
ACCOUNT_ADAPTER = "survey.accounts.AccountAdapter"
ACCOUNT_FORMS = {"add_email": "survey.proving.ChangeEmailForm"}
MFA_ADAPTER = "survey.second_step.SecondStepAdapter"
MFA_TOTP_ISSUER = "Leercultuur"
STAFF_2FA = flag("STAFF_2FA", default=IS_HTTPS)  # the admin asks for a second step
SIGNUP_OPEN = flag("SIGNUP_OPEN", default=True)

# Mail. Without EMAIL_HOST nothing is sent. On the own machine mails are printed; elsewhere a log
# that holds a code or a link lets its reader sign in as somebody.

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = "survey.mailing.NoMailServer"
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
elif IS_LOCAL:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_PORT = number("EMAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"Leercultuur <noreply@{SITE_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "")  # whom to tell; shown when filled in

# What we promise (docs/promises.md)

THRESHOLD = number("THRESHOLD", 5, at_least=3)  # T2: fewer would show single colleagues
RETENTION_MONTHS = number("RETENTION_MONTHS", 12, at_least=1)  # T10
BACKUP_DAYS = number("BACKUP_DAYS", 30, at_least=1)  # T10
# From one address, averaged over ten minutes. 0: no limit.
FORMS_PER_MINUTE = number("FORMS_PER_MINUTE", 0 if IS_LOCAL else 120, at_least=0)
PDFS_PER_MINUTE = number("PDFS_PER_MINUTE", 0 if IS_LOCAL else 20, at_least=0)
MAILS_PER_MINUTE = number("MAILS_PER_MINUTE", 0 if IS_LOCAL else 5, at_least=0)

# Safety

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "leercultuur.csrf.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer makes browsers send Origin: null
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, over plain http
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
# In a cookie of their own, messages would name invited addresses to whoever reads the cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# Logs say what happened, never to whom: no address, no link, no form content (T8).

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "leercultuur.logs.SilentFormatter",
            "fmt": "{levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # a wrong link is no news
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
