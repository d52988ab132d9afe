"""Settings of the tests: a home folder of their own, plain files, a gallery of all parts."""

from __future__ import annotations

import os
import tempfile

os.environ["TOLOK_HOME"] = os.environ.get("TOLOK_TEST_HOME") or tempfile.mkdtemp(prefix="tolok-")
for _name in ("TOLOK_LOCAL", "TOLOK_URL", "TOLOK_SIGN_UP", "TOLOK_OIDC_ISSUER"):
    os.environ.pop(_name, None)
os.environ.pop("TOLOK_DATABASE_URL", None)
if "TOLOK_TEST_DATABASE_URL" in os.environ:
    os.environ["TOLOK_DATABASE_URL"] = os.environ["TOLOK_TEST_DATABASE_URL"]

from tolok.web.settings import *  # noqa: E402, F403
from tolok.web.settings import DATABASES, STORAGES, TOLOK_HOME  # noqa: E402

ROOT_URLCONF = "tolok.web.tests.urls"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: the live server's threads then meet the same locks as in life.
    DATABASES["default"]["TEST"] = {"NAME": str(TOLOK_HOME / "test.sqlite3")}
