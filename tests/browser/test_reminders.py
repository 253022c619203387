"""From a mail to what it asks for: how an action went, and closing after the date."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from survey.keeping.reminders import remind_of_dates
from survey.models import ActionPoint
from survey.report.reminders import send_action_reminders
from tests.browser.signing_in import PASSWORD
from tests.factories import send

pytestmark = pytest.mark.django_db(transaction=True)


def link_in_mail_to(user, before=""):
    """Return the first address after these words in the only mail to this user."""
    [message] = [each for each in mail.outbox if each.to == [user.email]]
    return re.findall(r"https?://\S+", message.body[message.body.index(before) :])[0]


def follow(new_context, user, before=""):
    """Open the link of the mail as somebody who has to sign in first."""
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(link_in_mail_to(user, before))
    form = page.locator("form:has(input[type=password])")
    form.locator("input[name=login]").fill(user.email)
    form.locator("input[type=password]").fill(PASSWORD)
    form.locator("button[type=submit]").click()
    return page


def test_one_click_after_the_mail_tells_that_an_action_is_done(new_context, bram, action, axe):
    today = timezone.localdate()
    ActionPoint.objects.update(review_on=today)
    send_action_reminders(today)

    page = follow(new_context, bram, before="Gedaan:")
    expect(page.get_by_text("Eén keer per week samen eten").first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Noteer: gedaan").click()

    expect(page.get_by_text("Genoteerd. Dank je.")).to_be_visible()
    expect(page.locator("section.action", has_text="samen eten").locator(".state")).to_have_text(
        "gedaan"
    )
    axe(page)
    assert ActionPoint.objects.get().state == ActionPoint.State.DONE


def test_after_the_date_hr_goes_from_the_mail_to_closing(
    new_context, ilse, survey_round, zorg, axe
):
    for _ in range(5):
        send(zorg, v1="ja")
    survey_round.opened_on = survey_round.closing_date = timezone.localdate() - timedelta(days=1)
    survey_round.save()
    remind_of_dates(timezone.localdate())

    page = follow(new_context, ilse)
    axe(page)
    page.get_by_role("link", name="Bekijk wat er verschijnt").click()

    expect(page.get_by_role("heading", name="Sluit de bevraging af")).to_be_visible()
    expect(page.get_by_text("5 inzendingen")).to_be_visible()
    axe(page)
    survey_round.refresh_from_db()
    assert survey_round.is_unfinished


def test_three_days_before_the_date_the_mail_leads_to_who_lags(
    new_context, ilse, survey_round, zorg
):
    send(zorg, v1="ja")
    survey_round.closing_date = timezone.localdate() + timedelta(days=3)
    survey_round.opened_on = timezone.localdate() - timedelta(days=5)
    survey_round.save()
    remind_of_dates(timezone.localdate())

    page = follow(new_context, ilse)

    expect(page.get_by_role("heading", name="Volgende stap: herinner Zorg")).to_be_visible()
    expect(page.get_by_role("link", name="Link van Zorg")).to_be_visible()
