"""Pages in a real browser, on our own server. Whatever a page should not do fails the test."""

import os
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.signing_in import sign_in
from tests.conftest import REQUIRE_ALL

# Playwright runs an event loop in this thread, which makes Django think that we are async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    here = os.path.dirname(__file__)
    browser_tests = [test for test in items if str(test.path).startswith(here)]
    if not find_chromium() and not REQUIRE_ALL:
        for test in browser_tests:
            test.add_marker(pytest.mark.skip(reason="Chromium is not there"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        "executable_path": find_chromium(),
        "args": ARGUMENTS,
    }


@pytest.fixture(scope="session")
def base_url(live_server):
    """Pages can be opened by their path."""
    return live_server.url


@pytest.fixture(autouse=True)
def site_url(live_server, settings):
    """Links in mails and on posters lead to the server of the test."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def new_context(new_context, live_server):
    """Return a function that opens a browser for one more (Flemish) visitor; watch them all."""
    problems = []

    def watched_context(**options):
        context = new_context(**{"locale": "nl-BE"} | options)
        context.on("console", lambda message: _hear(message, problems))
        context.on("weberror", lambda error: problems.append(f"script failed: {error.error}"))
        context.on("request", lambda request: _follow(request, live_server.url, problems))
        context.on("response", lambda response: _receive(response, problems))
        return context

    yield watched_context
    assert problems == []


def _hear(message, problems):
    """Errors on the console: scripts, and whatever the content security policy refuses."""
    # The status of a page is the test's own business, see `_receive` for all else.
    if message.type == "error" and not message.text.startswith("Failed to load resource"):
        problems.append(f"console: {message.text}")


def _follow(request, our_url, problems):
    address = urlsplit(request.url)
    if address.scheme in {"http", "https", "ws", "wss"} and not request.url.startswith(our_url):
        problems.append(f"asked another host: {request.url}")


def _receive(response, problems):
    if response.status >= 400 and response.request.resource_type != "document":
        problems.append(f"{response.status} for {response.url}")


@pytest.fixture
def axe():
    """Return a function that finds nothing wrong with the accessibility of a page, or fails."""

    def check(page):
        page.wait_for_load_state()
        # Preloading would read style sheets anew, at the wrong address.
        results = Axe().run(page, options={"preload": False})
        assert results.violations_count == 0, results.generate_report()

    return check


@pytest.fixture
def hr(new_context, ilse):
    """A page on which Ilse is signed in."""
    page = new_context().new_page()
    sign_in(page, ilse)
    return page
