"""Settings of Django: SQLite in the home folder by default, everything else by environment.

TOLOK_HOME, TOLOK_DATABASE_URL, TOLOK_URL (the public https address), TOLOK_HOSTS, TOLOK_LOCAL,
TOLOK_SIGN_UP, TOLOK_DEBUG, TOLOK_SMTP_URL, TOLOK_MAIL_FROM, TOLOK_OIDC_ISSUER,
TOLOK_OIDC_CLIENT_ID, TOLOK_OIDC_CLIENT_SECRET, TOLOK_OIDC_NAME.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from .discover import app_names
from .home import describe_database, find_home, read_secret


def _is_on(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


HERE = Path(__file__).parent
TOLOK_HOME = find_home()
TOLOK_URL = os.environ.get("TOLOK_URL", "").rstrip("/")
TOLOK_LOCAL = _is_on("TOLOK_LOCAL")
TOLOK_SIGN_UP = _is_on("TOLOK_SIGN_UP")
_PUBLIC = urlsplit(TOLOK_URL)
_HTTPS = _PUBLIC.scheme == "https"

DEBUG = _is_on("TOLOK_DEBUG")
SECRET_KEY = read_secret(TOLOK_HOME)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += [name for name in (_PUBLIC.hostname,) if name]
ALLOWED_HOSTS += [name for name in os.environ.get("TOLOK_HOSTS", "").split(",") if name]
CSRF_TRUSTED_ORIGINS = [f"{_PUBLIC.scheme}://{_PUBLIC.netloc}"] if TOLOK_URL else []

INSTALLED_APPS = [
    # Ours first: where two apps know the same word, the first one says it.
    *app_names(),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "tolok.web.shell.middleware.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tolok.web.accounts.middleware.TokenMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tolok.web.accounts.middleware.LocalOwnerMiddleware",
    "tolok.web.accounts.middleware.DeviceMiddleware",
    "tolok.web.accounts.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tolok.web.shell.middleware.AskedMiddleware",
    "tolok.web.shell.middleware.ErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tolok.web.urls"
WSGI_APPLICATION = "tolok.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "tolok.web.shell.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tolok.web.shell.templatetags.tolok",
            ],
        },
    }
]
FORM_RENDERER = "tolok.web.shell.forms.Renderer"

DATABASES = {"default": describe_database(TOLOK_HOME, os.environ.get("TOLOK_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_CHECKS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_CHECKS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_CHECKS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_CHECKS}.CommonPasswordValidator"},
    {"NAME": f"{_CHECKS}.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "shell:start"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24

# The name under which `authenticate` is given the address; else failures count for nobody.
AXES_USERNAME_FORM_FIELD = "username"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "tolok.web.shell.errors.show_locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["password"]

LANGUAGE_CODE = "en"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "tolok_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _HTTPS
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = TOLOK_HOME / "static"
MEDIA_ROOT = TOLOK_HOME / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
WHITENOISE_USE_FINDERS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
SESSION_COOKIE_NAME = "tolok_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "tolok_csrf"
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tolok.web.shell.errors.show_csrf_failure"

_SMTP = urlsplit(os.environ.get("TOLOK_SMTP_URL", ""))
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _SMTP.hostname
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = _SMTP.hostname or "localhost"
EMAIL_PORT = _SMTP.port or 25
EMAIL_HOST_USER = unquote(_SMTP.username or "")
EMAIL_HOST_PASSWORD = unquote(_SMTP.password or "")
EMAIL_USE_SSL = _SMTP.scheme == "smtps"
EMAIL_USE_TLS = _SMTP.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
TOLOK_MAIL_READY = bool(_SMTP.hostname)
DEFAULT_FROM_EMAIL = os.environ.get("TOLOK_MAIL_FROM", "tolok@localhost")

OIDC_ISSUER = os.environ.get("TOLOK_OIDC_ISSUER", "").rstrip("/")
OIDC_CLIENT_ID = os.environ.get("TOLOK_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("TOLOK_OIDC_CLIENT_SECRET", "")
OIDC_NAME = os.environ.get("TOLOK_OIDC_NAME", "OpenID")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"quiet": {"()": "tolok.web.quiet.HideSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"tolok": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
NINJA_PAGINATION_CLASS = "tolok.web.api.paging.Pages"
