"""django-allauth's headless API in one file, for the journeys: `python django_allauth.py STATE code|link PORT PAGE`.

Mails are files in STATE/mail. One person: alex@example.org, “Old-Harbor-Light-1”.
"""

import sys
from pathlib import Path

from django.conf import settings

STATE, MODE, PORT, PAGE = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]

settings.configure(
    SECRET_KEY="journeys",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": STATE / "db.sqlite3"}},
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
        "allauth.mfa",
        "allauth.headless",
        "allauth.usersessions",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    AUTH_PASSWORD_VALIDATORS=[
        {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
    EMAIL_FILE_PATH=STATE / "mail",
    ACCOUNT_LOGIN_METHODS={"email"},
    ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
    ACCOUNT_EMAIL_VERIFICATION="mandatory",
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED=True,
    ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND=True,
    ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED=MODE == "code",
    ACCOUNT_REAUTHENTICATION_REQUIRED=True,
    # One person at one address plays everybody.
    ACCOUNT_RATE_LIMITS={"reset_password": "100/m/ip,100/m/key"},
    MFA_SUPPORTED_TYPES=["totp", "recovery_codes"],
    # A journey may cross the end of a code.
    MFA_TOTP_TOLERANCE=1,
    HEADLESS_ONLY=True,
    HEADLESS_CLIENTS=("browser",),
    HEADLESS_FRONTEND_URLS={
        "account_confirm_email": PAGE,
        "account_reset_password": PAGE,
        "account_reset_password_from_key": PAGE + "#sspr={key}",
        "account_signup": PAGE,
    },
)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.urls import include, path  # noqa: E402

urlpatterns = [path("accounts/", include("allauth.urls")), path("_allauth/", include("allauth.headless.urls"))]

if __name__ == "__main__":
    sys.modules[settings.ROOT_URLCONF] = sys.modules["__main__"]
    call_command("migrate", verbosity=0)
    from allauth.account.models import EmailAddress
    from django.contrib.auth import get_user_model

    person = get_user_model().objects.create_user("alex", "alex@example.org", "Old-Harbor-Light-1")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    from django.core.servers.basehttp import run
    from django.core.wsgi import get_wsgi_application

    print("ready", flush=True)
    run("127.0.0.1", int(PORT), get_wsgi_application(), threading=True)
