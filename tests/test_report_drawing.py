"""A report is drawn once for all who see the same, and anew for whatever else it shows."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import ActionPoint, OtherText
from survey.report.build import build_report
from survey.report.drawing import PLACE, Page, _draw, _draw_once, draw_report
from tests.factories import TeamFactory, send

PAGE = Page(segment_id=None, previous_id=None, is_for_hr=False, can_make_pdf=False)


@pytest.fixture
def closed(survey_round):
    for name in ("Zorg", "Keuken"):
        team = TeamFactory(survey_round=survey_round, name=name)
        for number in range(6):
            send(team, v1="ja" if number < 4 else "nee", v6=["koffie"])
    return close_round(survey_round)


def test_a_report_is_drawn_once_and_its_texts_are_filled_in_each_time(
    survey_round, zorg, sign_in, bram
):
    for _ in range(5):
        send(zorg, v1="ja", texts={"v6": "Op de parking"})
    address = reverse("report", args=[close_round(survey_round).pk])
    OtherText.objects.update(state=OtherText.State.SHOWN)
    client = sign_in(bram)
    before = _draw_once.cache_info()

    client.get(address)
    first = client.get(address).content.decode()
    after = _draw_once.cache_info()

    assert (after.misses - before.misses, after.hits - before.hits) == (1, 1)
    assert "Op de parking" in first

    OtherText.objects.update(state=OtherText.State.HIDDEN)

    assert "Op de parking" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "Op de <b>parking</b> & de 'trap'",
        "{{ results }} %(quoted)s %",
        f"{PLACE}-0",
        "Op de trap " * 20,
    ],
)
def test_words_are_filled_in_as_if_they_had_been_drawn(survey_round, zorg, typed):
    for number in range(30):
        send(zorg, v6=["koffie"], texts={"v6": f"{number}. {typed}"[:300]})
    closed = close_round(survey_round)
    OtherText.objects.update(state=OtherText.State.SHOWN)

    report = build_report(closed)

    assert report.results.annex
    assert draw_report(report) == _draw(report, None)


def test_hr_and_facilitator_each_see_their_own_page(closed, sign_in, ilse, bram):
    address = reverse("report", args=[closed.pk])
    to_review = reverse("review_texts", args=[closed.pk])

    for person, may_review in [(ilse, True), (bram, False)] * 2:
        assert (to_review in sign_in(person).get(address).text) is may_review


def test_everybody_gets_a_token_that_lets_her_press(closed, sign_in, ilse, bram):
    segment = closed.segments.first()
    action = ActionPoint.objects.create(
        survey_round=closed, segment=segment, position=1, text="Samen eten"
    )
    for person in (ilse, bram):
        client = sign_in(person)
        client.handler.enforce_csrf_checks = True
        page = client.get(segment.get_absolute_url()).text
        *_, token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)

        pressed = client.post(
            reverse("action", args=[closed.pk, action.pk]),
            {"stand": "BUSY", "csrfmiddlewaretoken": token},
        )

        assert PLACE not in page
        assert pressed.status_code == 302


def test_what_changes_about_an_action_shows_at_once(closed, sign_in, bram):
    segment = closed.segments.first()
    action = ActionPoint.objects.create(
        survey_round=closed, segment=segment, position=1, text="Samen eten"
    )
    client = sign_in(bram)
    assert "Samen eten" in client.get(segment.get_absolute_url()).text

    ActionPoint.objects.filter(pk=action.pk).update(text="Buiten eten", state="DONE")

    page = client.get(segment.get_absolute_url()).text
    assert "Samen eten" not in page
    assert "Buiten eten" in page
    assert '<strong class="state">gedaan</strong>' in page


def test_each_thing_that_a_page_offers_is_drawn_for_it_alone(closed):
    report = build_report(closed)
    segment = closed.segments.first().pk
    others = [
        replace(PAGE, segment_id=segment),
        replace(PAGE, previous_id=closed.pk),
        replace(PAGE, is_for_hr=True),
        replace(PAGE, can_make_pdf=True),
    ]

    drawn = [draw_report(report, page) for page in (None, PAGE, *others)]

    assert len(set(drawn)) == len(drawn)


def test_a_report_is_drawn_in_each_language(closed, sign_in, bram, settings):
    client = sign_in(bram)
    address = reverse("report", args=[closed.pk])

    for language, word in [("nl", "Deelrapporten"), ("fr", "Rapports"), ("nl", "Deelrapporten")]:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        assert word in client.get(address).text
