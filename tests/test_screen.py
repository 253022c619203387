"""The big screen: counts before closing, slides after, and never a result too early."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from survey.closing import close_round
from survey.models import SurveyRound
from tests.factories import TeamFactory, send


def page(response):
    return response.content.decode()


def address(name, survey_round, *more):
    return reverse(name, args=[survey_round.pk, *more])


@pytest.fixture
def open_round(survey_round, zorg):
    TeamFactory(survey_round=survey_round, name="Keuken", headcount=9)
    for number in range(7):
        send(zorg, v1="ja", v2="ja" if number < 4 else "nee", v6=["koffie"])
    return survey_round


@pytest.fixture
def closed_round(open_round):
    return close_round(open_round)


# Before closing


def test_before_closing_it_shows_the_link_and_the_count(sign_in, bram, open_round):
    shown = page(sign_in(bram).get(address("screen", open_round)))

    assert "<strong data-responses>7</strong> van <span data-headcount>24</span>" in shown
    assert open_round.grouped_token in shown
    assert '<svg class="qr"' in shown


def test_before_closing_it_shows_no_result(sign_in, ilse, open_round):
    shown = page(sign_in(ilse).get(address("screen", open_round)))

    assert "tally" not in shown.replace("css/tally.css", "")
    assert 'id="dia-1"' not in shown


def test_hr_can_go_on_to_close_and_a_facilitator_cannot(sign_in, ilse, bram, open_round):
    close_page = address("survey_round_close", open_round)

    assert close_page in page(sign_in(ilse).get(address("screen", open_round)))
    assert close_page not in page(sign_in(bram).get(address("screen", open_round)))


@pytest.mark.parametrize(("responses", "is_hidden"), [(4, True), (5, False)])
def test_below_the_threshold_the_way_to_close_is_hidden(
    sign_in, ilse, survey_round, zorg, responses, is_hidden
):
    for _ in range(responses):
        send(zorg, v1="ja")

    shown = page(sign_in(ilse).get(address("screen", survey_round)))

    hidden = '<p data-closes-from="5" hidden><a class="button button-ink"'
    assert (hidden in shown) is is_hidden
    assert address("survey_round_close", survey_round) in shown


def test_together_one_form_is_enough_to_close(sign_in, ilse, survey_round, zorg):
    SurveyRound.objects.update(mode=SurveyRound.Mode.ORGANISATION)

    shown = page(sign_in(ilse).get(address("screen", survey_round)))

    assert '<p data-closes-from="1" hidden>' in shown


def test_the_screen_says_until_when_colleagues_can_answer(sign_in, bram, open_round):
    last_day = timezone.localdate() + timedelta(days=40)
    SurveyRound.objects.update(closing_date=last_day)

    shown = page(sign_in(bram).get(address("screen", open_round)))

    assert f"Tot en met <strong>{date_format(last_day, 'l j F')}</strong>" in shown


def test_the_counter_tells_counts_only(sign_in, bram, open_round):
    response = sign_in(bram).get(address("screen_count", open_round))

    assert response.json() == {"responses": 7, "headcount": 24, "is_finished": False}
    assert "no-store" in response["Cache-Control"]


def test_the_counter_tells_when_the_round_is_finished(sign_in, bram, closed_round):
    assert sign_in(bram).get(address("screen_count", closed_round)).json()["is_finished"] is True


def test_after_the_date_there_is_no_link_any_more(sign_in, ilse, open_round):
    yesterday = timezone.localdate() - timedelta(days=1)
    SurveyRound.objects.update(opened_on=yesterday, closing_date=yesterday)

    shown = page(sign_in(ilse).get(address("screen", open_round)))

    assert "Invullen kan niet meer" in shown
    assert '<svg class="qr"' not in shown


# After closing


def test_after_closing_there_is_one_question_per_slide(sign_in, bram, closed_round):
    response = sign_in(bram).get(address("screen", closed_round))

    kinds = [slide.kind for slide in response.context["slides"]]
    asked = [
        slide.question.number for slide in response.context["slides"] if slide.kind == "question"
    ]
    assert kinds[:3] == ["start", "expectations", "question"]
    assert kinds[-1] == "choose"
    assert asked == list(range(1, 12))


def test_what_stands_out_has_a_slide_after_its_question(sign_in, bram, closed_round):
    slides = sign_in(bram).get(address("screen", closed_round)).context["slides"]

    noticed = [slide for slide in slides if slide.kind == "noticed"]
    assert 2 in [slide.question.number for slide in noticed]
    for slide in noticed:
        before = slides[slide.number - 2]
        assert (before.kind, before.question) == ("question", slide.question)


def test_everything_marked_in_a_table_is_marked_on_the_screen(sign_in, bram, closed_round):
    response = sign_in(bram).get(address("screen", closed_round))

    slides = response.context["slides"]
    in_tables = {
        (question.number, choice.code)
        for question in response.context["results"].questions
        for choice in question.choices
        if choice.mark and not question.is_yes_no
    }
    on_slides = {
        (slide.question.number, choice.code)
        for slide in slides
        if slide.kind in ("noticed", "marked") and not slide.question.is_yes_no
        for choice in slide.marked
    }
    assert in_tables != set()
    assert on_slides == in_tables
    assert "<mark>Bij de koffie</mark>" in page(response)


def test_a_slide_with_few_marks_also_shows_their_bars_and_what_to_talk_about(
    sign_in, bram, closed_round
):
    response = sign_in(bram).get(address("screen", closed_round))

    for slide in response.context["slides"]:
        section = page(response).split(f'id="dia-{slide.number}"')[1].split("</section>")[0]
        few = slide.kind == "marked" and len(slide.marked) <= 2
        bars = section.count('<svg class="bar"')
        assert slide.has_room is few
        if slide.kind == "marked":
            assert bars == (len(slide.marked) if few else 0)
            assert ("slide-prompts" in section) is few


def test_every_slide_leads_to_the_one_before_and_after(sign_in, bram, closed_round):
    response = sign_in(bram).get(address("screen", closed_round))

    shown = page(response)
    slides = response.context["slides"]
    assert [slide.number for slide in slides] == list(range(1, len(slides) + 1))
    assert (slides[0].before, slides[-1].after) == (None, None)
    assert shown.count('href="#dia-2"') == 2


def test_a_segment_has_its_own_slides(sign_in, bram, survey_round, zorg):
    keuken = TeamFactory(survey_round=survey_round, name="Keuken", headcount=9)
    for team in (zorg, keuken):
        for _ in range(5):
            send(team, v1="ja")
    closed = close_round(survey_round)
    segment = closed.segments.get(teams=keuken)
    client = sign_in(bram)

    whole = page(client.get(address("screen", closed)))
    of_keuken = client.get(address("segment_screen", closed, segment.pk))

    assert address("segment_screen", closed, segment.pk) in whole
    assert of_keuken.context["report"].name == "Keuken"
    assert of_keuken.context["results"].response_count == 5


def test_a_round_filled_in_together_has_slides_at_once(sign_in, bram, survey_round, zorg):
    SurveyRound.objects.update(mode=SurveyRound.Mode.ORGANISATION)
    client = sign_in(bram)
    before = page(client.get(address("screen", survey_round)))

    send(zorg, v1="ja")

    assert "<strong data-responses>0</strong> keer ingevuld" in before
    assert "aangekruist" in page(client.get(address("screen", survey_round)))


def test_hr_closes_what_was_filled_in_together_from_the_last_slide(
    sign_in, ilse, bram, survey_round, zorg
):
    SurveyRound.objects.update(mode=SurveyRound.Mode.ORGANISATION)
    send(zorg, v1="ja")
    close_page = address("survey_round_close", survey_round)

    to_hr = sign_in(ilse).get(address("screen", survey_round))
    to_bram = sign_in(bram).get(address("screen", survey_round))
    close_round(survey_round)
    once_closed = sign_in(ilse).get(address("screen", survey_round))

    assert to_hr.context["slides"][-1].kind == "close"
    assert close_page in page(to_hr)
    for response in (to_bram, once_closed):
        assert response.context["slides"][-1].kind == "choose"
        assert close_page not in page(response)


# Who, and what else


def test_a_void_round_has_no_screen(sign_in, ilse, open_round):
    SurveyRound.objects.update(voided_at=timezone.now(), void_reason="Spam")

    response = sign_in(ilse).get(address("screen", open_round))
    counted = sign_in(ilse).get(address("screen_count", open_round))

    assert response.url == open_round.get_absolute_url()
    assert counted.json() == {"is_finished": True}


@pytest.mark.parametrize("name", ["screen", "screen_count"])
def test_only_members_look(client, sign_in, noor, ada, open_round, name):
    assert client.get(address(name, open_round)).url.startswith("/account/login/")
    assert sign_in(noor).get(address(name, open_round)).status_code == 404
    assert sign_in(ada).get(address(name, open_round)).status_code == 404


@pytest.mark.parametrize("name", ["screen", "screen_count"])
def test_a_wrong_method_is_refused(sign_in, ilse, open_round, name):
    assert sign_in(ilse).post(address(name, open_round)).status_code == 405


def test_a_segment_of_another_round_is_not_found(sign_in, ilse, closed_round, open_round):
    response = sign_in(ilse).get(address("segment_screen", closed_round, open_round.pk))

    assert response.status_code == 404


def test_the_round_page_leads_to_the_screen(sign_in, bram, open_round):
    assert address("screen", open_round) in page(sign_in(bram).get(open_round.get_absolute_url()))


def test_other_teams_are_listed_on_the_first_slide(sign_in, bram, survey_round):
    for name in ("Balie", "Keuken", "Onthaal", "Techniek"):
        team = TeamFactory(survey_round=survey_round, name=name)
        for _ in range(2):
            send(team, v1="ja")
    close_round(survey_round)

    shown = page(sign_in(bram).get(address("screen", survey_round)))

    assert "Overige teams</h1>" in shown
    assert '<p class="screen-hint">Balie, Keuken, Onthaal, Techniek</p>' in shown
