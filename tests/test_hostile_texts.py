"""Texts and names that no honest person types: stored as typed, shown inert, or refused whole."""

import time

import pytest

from survey.models import OtherText, Response, SurveyRound
from tests.factories import TeamFactory, form_fields
from tests.scan import stored

ODD_TEXTS = {
    "right-to-left": "\u202egnp.exe",
    "combining": "e" + "\u0301" * 250,
    "no space": "a" * 300,
    "markup": "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ settings.SECRET_KEY }}{% debug %}{{ 7|add:7 }}%(text)s {0}",
    "attribute": "\" onfocus='alert(1)' autofocus x=\"",
    "formula": '=HYPERLINK("http://x.example")',
    "emoji": "👩🏽‍⚕️" * 20,
    "replacement": "\ufffd\ufeff\u2028\u2029\x0b\x1f",
}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_text_is_stored_as_typed_and_shown_inert(quiet_client, zorg, text):
    sent = form_fields(v6=["andere"], **{"v6-tekst": text})

    answer = quiet_client.post(zorg.get_absolute_url(), sent)

    assert answer.status_code == 302
    assert OtherText.objects.get().text == text.strip()


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_text_comes_back_inert_when_the_form_is_drawn_again(quiet_client, zorg, text):
    page = quiet_client.post(
        zorg.get_absolute_url(), form_fields(taal="nl", v6=["andere"], **{"v6-tekst": text})
    ).content.decode()

    assert "<script>alert" not in page
    assert "onfocus='alert" not in page
    assert "<img src=x" not in page
    assert "only-for-a-trial" not in page
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("name", [text[:100] for text in ODD_TEXTS.values()], ids=ODD_TEXTS)
def test_odd_names_are_inert_on_every_page(client, survey_round, ilse, name):
    SurveyRound.objects.update(title=name, asked_by=name, purpose=name, contact=name)
    survey_round.organisation.name = name
    survey_round.organisation.save()
    team = TeamFactory(survey_round=survey_round, name=name)
    TeamFactory(survey_round=survey_round, name="Zorg")
    client.force_login(ilse, backend="django.contrib.auth.backends.ModelBackend")

    for address in [
        team.get_absolute_url(),
        f"/v/{survey_round.token}/",
        survey_round.get_absolute_url(),
        survey_round.organisation.get_absolute_url(),
    ]:
        page = client.get(address).content.decode()

        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "autofocus x" not in page.replace("&#x27;", "").split("&quot;")[0]
        assert "only-for-a-trial" not in page


@pytest.mark.parametrize("raw", ["\x00", "a\x00b"])
def test_a_nul_in_a_text_is_refused_with_the_answers_on_the_page(quiet_client, zorg, raw):
    page = quiet_client.post(
        zorg.get_absolute_url(), form_fields(v6=["andere"], **{"v6-tekst": raw, "v2": "nee"})
    )

    assert page.status_code == 422
    assert stored() == (0, 0, 0)


def test_301_characters_are_too_many_and_300_with_line_ends_are_not(quiet_client, zorg):
    address = zorg.get_absolute_url()

    too_long = quiet_client.post(address, form_fields(**{"v6-tekst": "a" * 301}))
    fits = quiet_client.post(address, form_fields(**{"v6-tekst": "a\r\n" * 149 + "aa"}))

    assert (too_long.status_code, fits.status_code) == (422, 302)
    assert Response.objects.count() == 1


def test_a_text_of_900_kilobytes_is_refused_within_a_second(quiet_client, zorg):
    start = time.monotonic()

    page = quiet_client.post(zorg.get_absolute_url(), form_fields(**{"v6-tekst": "a" * 900_000}))

    assert page.status_code == 422
    assert time.monotonic() - start < 1
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize(
    ("hostile", "status"),
    [
        ({"v6-tekst": "a" * 1_000_001}, 413),
        ({f"veld{number}": "x" for number in range(1001)}, 400),
    ],
    ids=["a megabyte", "1001 fields"],
)
def test_too_much_is_refused_clearly(quiet_client, zorg, hostile, status):
    page = quiet_client.post(zorg.get_absolute_url(), form_fields(**hostile))

    assert page.status_code == status
    assert "Er is niets bewaard" in page.content.decode()
    assert stored() == (0, 0, 0)
