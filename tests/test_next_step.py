"""The one clear step that the page of a survey round asks for, and where it stands on the road."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from survey.closing import close_round
from survey.models import ActionPoint, OtherText, Team
from tests.factories import TeamFactory, send


@pytest.fixture
def keuken(survey_round):
    return TeamFactory(survey_round=survey_round, name="Keuken", headcount=6, position=2)


def page(response):
    return response.content.decode()


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
    assert next_step(sign_in(ilse), close_with_text(zorg)) == ("Rapport", "Lees ze na")


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
