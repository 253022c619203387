"""The real settings, with what would only slow tests down switched off."""

from leercultuur.settings import *  # noqa: F403
from leercultuur.settings import DATABASES, STORAGES, TEMPLATES

from .undefined import MustExist

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # straight from static/
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = MustExist()

# A file, not memory: several processes share it in tests of concurrency.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(DATABASES["default"]["NAME"]) + ".test"}
