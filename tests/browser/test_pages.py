"""Every page in every state: accessible, nothing sticking out, no complaint of the browser."""

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import OtherText, SurveyRound
from tests.browser.signing_in import sign_in
from tests.factories import SurveyRoundFactory, TeamFactory, send

pytestmark = pytest.mark.django_db(transaction=True)


def fill(survey_round, **sizes):
    for position, (name, size) in enumerate(sizes.items()):
        team = TeamFactory(survey_round=survey_round, name=name, position=position, headcount=15)
        for number in range(size):
            send(
                team,
                v1="ja" if number % 2 else "nee",
                v3="nee",
                v6=["koffie"],
                texts={"v6": "Op de parking, na de late"} if number < 2 else {},
            )
    return survey_round


@pytest.fixture
def open_round(survey_round):
    return fill(survey_round, Zorg=7, Keuken=3)


@pytest.fixture
def closed_round(questionnaire, de_linde):
    opened = SurveyRoundFactory(organisation=de_linde, title="Voorbij")
    closed = close_round(fill(opened, Zorg=12, Keuken=3, Onthaal=2))
    texts = OtherText.objects.of_round(closed)
    texts.filter(pk=texts.first().pk).update(state=OtherText.State.SHOWN)
    return closed


@pytest.fixture
def together(questionnaire, de_linde):
    opened = SurveyRoundFactory(
        organisation=de_linde, title="Samen", mode=SurveyRound.Mode.ORGANISATION
    )
    return fill(opened, Ploeg=1)


def look_at(page, address, axe, width=1280):
    page.goto(address)
    axe(page)
    assert page.title()
    assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("width", [320, 1280])
def test_what_everybody_sees(new_context, open_round, closed_round, axe, width):
    page = new_context(viewport={"width": width, "height": 800}).new_page()

    for address in [
        "/",
        "/uitleg/",
        "/toegankelijkheid/",
        "/probeer/",
        "/account/login/",
        "/account/signup/",
        "/account/password/reset/",
        "/bestaat-niet/",
        f"/v/{open_round.token}/",
        open_round.teams.first().get_absolute_url(),
        closed_round.teams.first().get_absolute_url(),
    ]:
        look_at(page, address, axe, width)


@pytest.mark.parametrize("width", [320, 1280])
def test_what_hr_sees(new_context, ilse, de_linde, open_round, closed_round, together, axe, width):
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    sign_in(page, ilse)

    for name in [
        "survey_round",
        "survey_round_edit",
        "survey_round_extend",
        "survey_round_close",
        "survey_round_void",
        "preview",
        "team_new",
        "report",
    ]:
        look_at(page, reverse(name, args=[open_round.pk]), axe, width)
    for shown in [closed_round, together]:
        look_at(page, reverse("survey_round", args=[shown.pk]), axe, width)
        look_at(page, reverse("report", args=[shown.pk]), axe, width)
    look_at(page, closed_round.segments.first().get_absolute_url(), axe, width)
    look_at(page, de_linde.get_absolute_url(), axe, width)
    look_at(page, reverse("survey_round_new", args=[de_linde.pk]), axe, width)


def test_what_an_administrator_sees(new_context, ada, closed_round, axe):
    page = new_context().new_page()
    page.goto("/admin/")
    page.locator("input[name=login]").fill(ada.email)
    page.locator("input[type=password]").fill("wachtwoord-voor-tests")
    page.locator("form:has(input[type=password]) button[type=submit]").click()
    page.wait_for_load_state()

    for address in ["/admin/", "/admin/survey/response/", "/admin/survey/othertext/"]:
        look_at(page, address, axe)
        assert page.url.endswith(address)
    page.goto("/admin/survey/response/")
    page.locator("#result_list tbody a").first.click()
    page.wait_for_url("**/change/")
    axe(page)
