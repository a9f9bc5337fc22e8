"""django-allauth's headless API in one file, for `cargo xtask bench load`.

`python django_allauth.py NUMBER` makes the tables and so many people without a password; gunicorn serves `application`.
The variable SSPR_LOAD is an object of JSON with what differs from run to run.
"""

import json
import os
import sys

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

LOAD = json.loads(os.environ["SSPR_LOAD"])


class Hasher(Argon2PasswordHasher):
    memory_cost = LOAD["memory"]
    time_cost = LOAD["passes"]
    parallelism = 1


DATABASE = (
    {"ENGINE": "django.db.backends.postgresql", "NAME": LOAD["name"], "USER": "sspr", "HOST": LOAD["socket"]}
    if "socket" in LOAD
    # As ours: what Django's documentation offers for more than one writer.
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": LOAD["name"],
        "OPTIONS": {
            "timeout": 5,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
)

settings.configure(
    SECRET_KEY="a key of a load test",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    USE_TZ=True,
    # Connections are kept, one for each thread.
    DATABASES={"default": {**DATABASE, "CONN_MAX_AGE": None}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
        "allauth.headless",
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
        {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    ],
    PASSWORD_HASHERS=[__name__ + ".Hasher"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=LOAD["smtp"],
    ACCOUNT_LOGIN_METHODS={"email"},
    ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
    ACCOUNT_EMAIL_VERIFICATION="mandatory",
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED=True,
    ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED=True,
    ACCOUNT_RATE_LIMITS=False,
    HEADLESS_ONLY=True,
    HEADLESS_CLIENTS=("browser",),
    HEADLESS_FRONTEND_URLS={
        "account_confirm_email": "http://127.0.0.1/",
        "account_reset_password": "http://127.0.0.1/",
        "account_reset_password_from_key": "http://127.0.0.1/#sspr={key}",
        "account_signup": "http://127.0.0.1/",
    },
)

import django  # noqa: E402

if __name__ == "__main__":
    # Settings name this module; it is the same one.
    sys.modules["django_allauth"] = sys.modules["__main__"]

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import include, path  # noqa: E402

urlpatterns = [path("accounts/", include("allauth.urls")), path("_allauth/", include("allauth.headless.urls"))]
application = get_wsgi_application()

if __name__ == "__main__":
    from allauth.account.models import EmailAddress
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    User, names = get_user_model(), range(int(sys.argv[1]))
    # A hash from before, the same for all: nothing compares with it.
    one = User(username="one")
    one.set_password("Old-Harbor-Light-1")
    people = User.objects.bulk_create(
        [User(username=f"p{n}", email=f"p{n}@example.org", password=one.password) for n in names], batch_size=1000
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=it, email=it.email, verified=True, primary=True) for it in people], batch_size=1000
    )
