"""A wrong link of respondents, asked for by somebody who is signed in; and where others go on."""

from django.urls import reverse

HOME = f'<a class="button" href="{reverse("home")}">Naar mijn bevragingen</a>'
LANDING = f'<a class="button" href="{reverse("landing")}">Naar de beginpagina</a>'


def test_t8_a_wrong_link_does_not_look_at_who_is_signed_in(sign_in, ilse):
    page = sign_in(ilse).get("/v/k36tah40mx6w/")

    assert page.status_code == 404
    assert "Mijn bevragingen" not in page.content.decode()
    assert "no-store" not in page.headers.get("Cache-Control", "")


def test_another_wrong_address_keeps_the_menu(sign_in, ilse):
    page = sign_in(ilse).get("/bestaat-niet/")

    assert page.status_code == 404
    assert "Mijn bevragingen" in page.content.decode()


def test_a_wrong_address_leads_somebody_who_is_signed_in_to_her_survey_rounds(sign_in, ilse):
    shown = sign_in(ilse).get("/bestaat-niet/").content.decode()

    assert HOME in shown
    assert LANDING not in shown


def test_a_wrong_address_leads_a_visitor_to_the_first_page(client):
    shown = client.get("/bestaat-niet/").content.decode()

    assert LANDING in shown
    assert HOME not in shown


def test_t8_a_wrong_link_leads_to_the_first_page_whoever_is_signed_in(sign_in, ilse):
    shown = sign_in(ilse).get("/v/k36tah40mx6w/").content.decode()

    assert LANDING in shown
    assert HOME not in shown


def test_a_page_of_hr_leads_a_facilitator_to_her_survey_rounds(sign_in, bram, survey_round):
    page = sign_in(bram).get(reverse("survey_round_edit", args=[survey_round.pk]))

    assert page.status_code == 403
    assert HOME in page.content.decode()
