"""The one clear step that the page of a survey round asks for, and where it stands on the road."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from survey.closing import close_round
from survey.models import ActionPoint, OtherText, SurveyRound, Team
from survey.prepare.voiding import void_round
from tests.factories import TeamFactory, send


@pytest.fixture
def keuken(survey_round):
    return TeamFactory(survey_round=survey_round, name="Keuken", headcount=6, position=2)


def page(response):
    return response.content.decode()


def let_the_date_pass():
    yesterday = timezone.localdate() - timedelta(days=1)
    SurveyRound.objects.update(opened_on=yesterday, closing_date=yesterday)


def close_with_text(zorg):
    send(zorg, v6=["andere"], texts={"v6": "In de gang"})
    for _ in range(5):
        send(zorg, v1="ja")
    return close_round(zorg.survey_round)


def add_action(survey_round, **changes):
    return ActionPoint.objects.create(
        **{"survey_round": survey_round, "position": 1, "text": "Samen eten"} | changes
    )


def next_step(client, survey_round):
    overview = client.get(survey_round.get_absolute_url()).context["overview"]
    [stop] = [stop.name for stop in overview.road if stop.is_current]
    return str(stop), overview.next_step.button


def test_after_closing_hr_first_reads_the_texts(sign_in, ilse, zorg):
    assert next_step(sign_in(ilse), close_with_text(zorg)) == ("Rapport", "Lees na")


def test_after_closing_a_facilitator_goes_to_the_report(sign_in, bram, zorg):
    assert next_step(sign_in(bram), close_with_text(zorg)) == ("Rapport", "Lees het rapport")


def test_when_the_texts_are_read_the_report_is_next(sign_in, ilse, zorg):
    closed = close_with_text(zorg)
    OtherText.objects.of_round(closed).update(state=OtherText.State.SHOWN)

    assert next_step(sign_in(ilse), closed) == ("Rapport", "Lees het rapport")


def test_a_written_action_is_the_last_stop_of_the_road(sign_in, bram, zorg):
    closed = close_with_text(zorg)
    add_action(closed, review_on=timezone.localdate() + timedelta(days=30))

    assert next_step(sign_in(bram), closed) == ("Acties", "Bekijk de acties")


def test_when_all_actions_are_done_hr_asks_again(sign_in, ilse, bram, zorg):
    closed = close_with_text(zorg)
    OtherText.objects.of_round(closed).update(state=OtherText.State.HIDDEN)
    add_action(closed, state=ActionPoint.State.DONE)

    assert next_step(sign_in(ilse), closed) == ("Acties", "Vraag het opnieuw")
    assert next_step(sign_in(bram), closed) == ("Acties", "Lees het rapport")


def test_without_responses_and_days_left_hr_shares(sign_in, ilse, zorg):
    client = sign_in(ilse)
    share = reverse("share", args=[zorg.survey_round.pk])

    step = next_step(client, zorg.survey_round)
    closing = page(client.get(reverse("survey_round_close", args=[zorg.survey_round.pk])))

    assert step == ("Collega’s vullen in", "Deel de bevraging")
    assert f'class="button" href="{share}"' in closing


def test_who_is_to_share_can_first_look_as_a_colleague(sign_in, ilse, zorg):
    client = sign_in(ilse)
    preview = reverse("preview", args=[zorg.survey_round.pk])
    link = f'<a class="way-back" href="{preview}">Bekijk als collega</a>'

    before = page(client.get(zorg.survey_round.get_absolute_url()))
    send(zorg, v1="ja")
    after = page(client.get(zorg.survey_round.get_absolute_url()))

    assert (before.count(link), after.count(link)) == (1, 0)


def test_hr_is_told_that_a_team_is_full_and_what_to_do(sign_in, ilse, bram, zorg, keuken):
    Team.objects.filter(pk=zorg.pk).update(response_count=50)

    to_hr = page(sign_in(ilse).get(zorg.survey_round.get_absolute_url()))
    to_bram = page(sign_in(bram).get(zorg.survey_round.get_absolute_url()))

    assert "Van Zorg kwamen er 50 inzendingen binnen" in to_hr
    assert "Verhoog het aantal collega’s van Zorg" in to_hr
    assert "Van Keuken kwamen er" not in to_hr
    assert "Laat het weten aan HR." in to_bram


def test_below_its_cap_nothing_is_said_of_a_team(sign_in, ilse, zorg):
    Team.objects.filter(pk=zorg.pk).update(response_count=49)

    assert "komen geen antwoorden meer bij" not in page(
        sign_in(ilse).get(zorg.survey_round.get_absolute_url())
    )


# Filled in together


@pytest.fixture
def together(zorg):
    SurveyRound.objects.update(mode=SurveyRound.Mode.ORGANISATION)
    return SurveyRound.objects.get()


@pytest.mark.parametrize("person", ["ilse", "bram"])
def test_what_a_team_filled_in_together_can_be_read_also_past_the_date(
    request, sign_in, zorg, together, person
):
    send(zorg, v1="ja")
    let_the_date_pass()

    client = sign_in(request.getfixturevalue(person))
    shown = page(client.get(together.get_absolute_url()))

    assert next_step(client, together) == ("Afsluiten", "Lees het rapport")
    assert "Tot dan ziet niemand een resultaat" not in shown


def test_a_round_filled_in_together_links_to_its_report_once_there_is_one(
    sign_in, bram, zorg, together
):
    report = f'class="way-back" href="{reverse("report", args=[together.pk])}"'
    client = sign_in(bram)
    pages = [together.get_absolute_url(), together.organisation.get_absolute_url()]

    before = [page(client.get(address)).count(report) for address in pages]
    send(zorg, v1="ja")
    after = [page(client.get(address)).count(report) for address in pages]

    assert (before, after) == ([0, 0], [1, 1])


def test_past_the_date_without_a_response_a_team_needs_more_time(sign_in, ilse, bram, together):
    let_the_date_pass()

    to_bram = page(sign_in(bram).get(together.get_absolute_url()))

    assert next_step(sign_in(ilse), together) == ("Afsluiten", "Geef meer tijd")
    assert "Er is nog niets ingevuld. HR kan meer tijd geven." in to_bram


# Too few colleagues


def test_when_everybody_answered_and_they_are_too_few_closing_is_not_next(sign_in, ilse, zorg):
    Team.objects.update(headcount=4)
    for _ in range(4):
        send(zorg, v1="ja")
    client = sign_in(ilse)

    while_open = next_step(client, zorg.survey_round)
    let_the_date_pass()

    assert while_open == ("Collega’s vullen in", "Voeg een team toe")
    assert next_step(client, zorg.survey_round) == ("Afsluiten", "Voeg een team toe")


@pytest.mark.parametrize(
    ("headcount", "mode", "is_warned"),
    [(4, "ANONYMOUS", True), (5, "ANONYMOUS", False), (4, "ORGANISATION", False)],
)
def test_hr_is_warned_when_no_report_can_come_of_it(
    sign_in, ilse, bram, zorg, headcount, mode, is_warned
):
    Team.objects.update(headcount=headcount)
    SurveyRound.objects.update(mode=mode)
    address = zorg.survey_round.get_absolute_url()

    warned = ["Zo komt er geen rapport" in page(sign_in(who).get(address)) for who in (ilse, bram)]

    assert warned == [is_warned, False]


@pytest.mark.parametrize("has_ended", [False, True])
def test_with_too_few_colleagues_the_next_step_is_not_to_share_nor_to_wait(
    sign_in, ilse, zorg, has_ended
):
    Team.objects.update(headcount=3)
    if has_ended:
        let_the_date_pass()
    client = sign_in(ilse)
    void = reverse("survey_round_void", args=[zorg.survey_round.pk])

    shown = page(client.get(zorg.survey_round.get_absolute_url()))
    on_overview = page(client.get(zorg.survey_round.organisation.get_absolute_url()))

    assert next_step(client, zorg.survey_round)[1] == "Voeg een team toe"
    assert shown.count("Zo komt er geen rapport") == 1
    assert "Er doen 3 collega’s mee." in on_overview
    assert f'class="way-back" href="{void}"' in shown
    assert "Volgende stap: deel de link" not in shown


# Void


def test_after_voiding_hr_begins_again_with_the_same_teams(sign_in, ilse, bram, zorg):
    void_round(zorg.survey_round, "Spam")
    start = reverse("survey_round_new", args=[zorg.survey_round.organisation_id])
    link = f'class="button" href="{start}?vorige={zorg.survey_round.pk}"'
    pages = [
        zorg.survey_round.get_absolute_url(),
        zorg.survey_round.organisation.get_absolute_url(),
    ]

    to_hr = [page(sign_in(ilse).get(address)).count(link) for address in pages]
    to_bram = [page(sign_in(bram).get(address)).count(link) for address in pages]

    assert (to_hr, to_bram) == ([1, 1], [0, 0])


def test_a_void_round_asks_for_less_than_a_closed_one(sign_in, ilse, zorg, earlier):
    void_round(earlier, "Spam")
    closed = close_with_text(zorg)

    response = sign_in(ilse).get(closed.organisation.get_absolute_url())

    assert response.context["pressing"].survey_round == closed
