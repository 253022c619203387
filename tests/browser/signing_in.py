"""Sign in through the page, as a person does."""

from playwright.sync_api import Page

PASSWORD = "wachtwoord-voor-tests"


def sign_in(page: Page, user):
    page.goto("/account/login/")
    form = page.locator("form:has(input[type=password])")
    form.locator("input[name=login]").fill(user.email)
    form.locator("input[type=password]").fill(PASSWORD)
    form.locator("button[type=submit]").click()
    page.wait_for_url("**/organisaties/**")
