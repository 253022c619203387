"""The summary above a form with mistakes: every line leads to where the mistake is."""

import re
import uuid

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms
from django.urls import reverse

from survey.models import Membership, OtherText
from tests.factories import TeamFactory, UserFactory, send

CHOICES = [("a", "A"), ("b", "B")]


class EveryKind(forms.Form):
    text = forms.CharField()
    one = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, help_text="Kies er een.")
    several = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    certain = forms.BooleanField()
    listed = forms.ChoiceField(choices=CHOICES)

    helper = FormHelper()

    def clean(self):
        raise forms.ValidationError("Zo kan het niet.")


@pytest.fixture
def drawn():
    return render_crispy_form(EveryKind({}))


def test_each_mistake_leads_to_its_first_input(drawn):
    links = re.findall(r'href="#([^"]*)"', drawn)

    of_the_whole, *of_fields = links
    assert of_the_whole == "id_text"
    assert of_fields == ["id_text", "id_one_0", "id_several_0", "id_certain", "id_listed"]


def test_each_link_has_one_target(drawn):
    for target in re.findall(r'href="#([^"]*)"', drawn):
        assert drawn.count(f' id="{target}"') == 1


def test_a_group_of_inputs_is_described_by_its_hint_and_its_mistake(drawn):
    described_by = re.findall(r'<fieldset[^>]* aria-describedby="([^"]+)"', drawn)

    assert described_by == ["id_one_helptext id_one_error", "id_several_error"]
    for identifier in " ".join(described_by).split():
        assert drawn.count(f' id="{identifier}"') == 1


# Every page with a form


def of_round(view, survey_round, /, **sent):
    return reverse(view, args=[survey_round.pk]), sent


def of_team(view, team, /, **sent):
    return reverse(view, args=[team.survey_round.pk, team.pk]), sent


@pytest.fixture
def open_round(survey_round, zorg):
    TeamFactory(survey_round=survey_round, name="Keuken", headcount=6, position=2)
    for _ in range(5):
        send(zorg, v1="ja")
    return survey_round


MISTAKES_OF_HR = {
    "organisation_new": lambda open_round: (reverse("organisation_new"), {"name": ""}),
    "survey_round_new": lambda open_round: (
        reverse("survey_round_new", args=[open_round.organisation_id]),
        {"team-TOTAL_FORMS": "1", "team-INITIAL_FORMS": "0", "team-0-name": "Zorg"},
    ),
    "survey_round_edit": lambda open_round: of_round("survey_round_edit", open_round),
    "survey_round_extend": lambda open_round: of_round(
        "survey_round_extend", open_round, closing_date="2020-01-01"
    ),
    "survey_round_close": lambda open_round: of_round(
        "survey_round_close", open_round, papers_left="3"
    ),
    "survey_round_void": lambda open_round: of_round("survey_round_void", open_round),
    "team_new": lambda open_round: of_round("team_new", open_round, name="Zorg", headcount="0"),
    "teams_join": lambda open_round: of_round("teams_join", open_round, name=""),
    "paper_entry": lambda open_round: of_team("paper_entry", open_round.teams.first(), v1="soms"),
    "member": lambda open_round: (
        reverse("member", args=[open_round.organisation_id, Membership.objects.get().pk]),
        {"role": "BAAS"},
    ),
    "member_invite": lambda open_round: (
        reverse("member_invite", args=[open_round.organisation_id]),
        {"email": "geen adres"},
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES_OF_HR.values(), ids=MISTAKES_OF_HR)
def test_hr_reads_first_what_is_wrong(sign_in, ilse, open_round, mistake):
    address, sent = mistake(open_round)

    shown = sign_in(ilse).post(address, sent)

    assert shown.status_code == 422
    check_summary(shown)


def test_a_plan_with_a_mistake_says_first_what_is_wrong(sign_in, ilse, closed):
    shown = sign_in(ilse).post(*of_round("plan", closed, **{"actie-1-who": "Sofie"}))

    check_summary(shown)
    assert "Actie 1, Wij kiezen …: Wat kiezen jullie?" in shown.content.decode()


def test_too_much_on_the_board_is_said_first(sign_in, ilse, closed):
    shown = sign_in(ilse).post(*of_round("notice", closed, questions=["v1", "v2", "v3", "v4"]))

    check_summary(shown)


@pytest.mark.parametrize("decision", ["show", ""])
def test_words_that_cannot_be_shown_are_said_first(sign_in, ilse, open_round, decision):
    send(open_round.teams.first(), v6=["andere"], texts={"v6": "Vraag het aan Rita"})
    client = sign_in(ilse)
    address, sent = of_round("survey_round_close", open_round, papers_left="0", is_certain="on")
    sent["plan"] = client.get(address).context["plan"].fingerprint
    client.post(address, sent)
    key = OtherText.objects.get().pk

    shown = client.post(*of_round("review_texts", open_round, tekst=key, decision=decision))

    check_summary(shown)


def test_trial_answers_that_cannot_be_kept_are_said_first(sign_in, questionnaire):
    client = sign_in(UserFactory())
    client.post("/probeer/hou-bij/", {"v1": "ja"})

    shown = client.post("/organisaties/hou-bij/", {"name": ""})

    check_summary(shown)


@pytest.mark.parametrize("sent", [{}, {"v1": "soms"}, {"v6": "nergens"}, {"v6-tekst": "x" * 301}])
def test_a_colleague_reads_first_what_is_wrong(client, zorg, sent):
    check_summary(client.post(zorg.get_absolute_url(), {"sleutel": uuid.uuid4()} | sent))
    check_summary(client.post("/probeer/", sent))


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/account/login/", {"login": "ilse@delinde.example", "password": "verkeerd"}),
        ("/account/signup/", {"email": "geen adres"}),
        ("/account/password/reset/", {"email": ""}),
    ],
)
def test_who_signs_in_reads_first_what_is_wrong(client, ilse, address, sent):
    check_summary(client.post(address, sent))


@pytest.mark.parametrize("address", ["/account/password/change/", "/account/email/"])
def test_who_changes_an_account_reads_first_what_is_wrong(sign_in, ilse, address):
    check_summary(sign_in(ilse).post(address, {"email": "geen adres", "action_add": ""}))


def check_summary(shown):
    """The page starts with 'Fout:', its one summary gets the focus, each line has its target."""
    page = shown.content.decode()
    [title] = re.findall(r"<title>([^<]*)</title>", page)
    assert title.startswith("Fout: ")
    [summary] = re.findall(r'<div class="error-summary"[^>]*>.*?</ul>', page, re.DOTALL)
    assert 'role="alert" tabindex="-1" autofocus' in summary
    assert page.count("autofocus") == 1
    lines = re.findall(r"<li>(.*?)</li>", summary, re.DOTALL)
    targets = re.findall(r'<li><a href="#([^"]+)">', summary)
    assert len(targets) == len(lines) >= 1
    assert {target: page.count(f' id="{target}"') for target in targets} == dict.fromkeys(
        targets, 1
    )


def test_a_question_is_described_by_its_hint_and_its_mistake(client, zorg):
    sent = {"sleutel": uuid.uuid4(), "v1": "soms", "v6": "nergens"}

    page = client.post(zorg.get_absolute_url(), sent).content.decode()

    found = re.findall(
        r'<fieldset class="question ([^"]+)" id="vraag-\d+" aria-describedby="([^"]+)"', page
    )
    assert found[0] == ("yes-no has-error", "v1-uitleg v1_error")
    assert found[1] == ("yes-no", "v2-uitleg")
    assert found[5] == ("multiple has-error", "v6-uitleg v6_error")
    assert page.count('id="v1_error"') == page.count('id="v6_error"') == 1


def test_a_question_of_a_sheet_is_described_by_its_mistake(sign_in, ilse, zorg):
    page = sign_in(ilse).post(*of_team("paper_entry", zorg, v1="soms")).content.decode()

    assert re.findall(r'id="vraag-\d+" aria-describedby="([^"]+)"', page) == ["v1_error"]
    assert page.count('id="v1_error"') == 1
