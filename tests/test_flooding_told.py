"""HR is told that forms were refused, and nothing of who sent them is kept."""

import time
import uuid
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from survey.models import FormerLink
from survey.refusals import refused_today
from tests.factories import SurveyRoundFactory, TeamFactory
from tests.test_flooding import large_team as large_team
from tests.test_flooding import send_form


def flood(client, path, settings):
    settings.FORMS_PER_MINUTE = 0.1
    for _ in range(4):
        client.post(path, {"sleutel": str(uuid.uuid4()), "v1": "ja"}, REMOTE_ADDR="192.0.2.7")


def test_hr_reads_that_forms_were_refused_why_and_what_to_do(
    client, sign_in, large_team, ilse, settings
):
    flood(client, large_team.get_absolute_url(), settings)

    page = sign_in(ilse).get(large_team.survey_round.get_absolute_url()).content.decode()

    assert "Vandaag weigerden we formulieren" in page
    assert "Minstens 3 keer kwam er een formulier van een internetverbinding" in page
    assert "na tien minuten kunnen ze opnieuw versturen" in page
    assert "192.0.2.7" not in page


def test_nobody_is_told_when_nothing_was_refused(client, sign_in, large_team, ilse):
    send_form(client, large_team)

    page = sign_in(ilse).get(large_team.survey_round.get_absolute_url()).content.decode()

    assert "weigerden" not in page


def test_a_refusal_is_counted_for_its_own_round_and_day(client, large_team, settings, monkeypatch):
    other = TeamFactory(survey_round=SurveyRoundFactory(), name="Elders")
    flood(client, large_team.get_absolute_url(), settings)

    assert refused_today(large_team.survey_round) == 3
    assert refused_today(other.survey_round) == 0
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert refused_today(large_team.survey_round) == 0


def test_a_refusal_on_the_general_link_or_on_that_of_a_joined_team_counts_too(
    client, large_team, settings
):
    survey_round = large_team.survey_round
    FormerLink.objects.create(team=large_team, token="k36tah40mx6w")

    flood(client, f"/v/{survey_round.token}/", settings)
    flood(client, "/v/k36tah40mx6w/", settings)

    assert refused_today(survey_round) == 3 + 4


def test_what_is_counted_holds_nothing_of_who_sent_it_and_unknown_links_leave_nothing(
    client, large_team, settings
):
    flood(client, "/v/k36tah40mx6w/", settings)
    before = [key for key in cache._cache if "refused" in key]
    flood(client, large_team.get_absolute_url(), settings)

    [kept] = [key for key in cache._cache if "refused" in key]
    assert before == []
    assert kept == f":1:refused:{large_team.survey_round.pk}:{timezone.localdate()}"
    assert cache.get(kept.removeprefix(":1:")) == 4
    assert cache._expire_info[kept] - time.time() <= 24 * 60 * 60
