"""The settings of the app, without everything that a ready-made page does not need.

What protects stays: headers, policy, https, broken requests, CSRF.
"""

from leercultuur.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.floor.views"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

INSTALLED_APPS = [
    "benchmarks.floor.apps.OnlyModelsConfig",  # survey
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "csp",
]

MIDDLEWARE = [
    "survey.front.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "survey.front.guard.RefuseBrokenRequestsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
