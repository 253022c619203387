"""Links, texts and prints to share a survey round."""

import io
from datetime import timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, override
from pypdf import PdfReader

from survey.closing import close_round
from survey.models import SurveyRound
from survey.prepare.sharing import draw_qr, link_to, make_handouts, write_invitations
from survey.prepare.voiding import void_round
from tests.factories import TeamFactory, send

OF_ROUND = [
    "share", "posters", "posters_pdf", "hand_over", "hand_over_pdf", "five_sentences",
    "five_sentences_pdf",
]  # fmt: skip
OF_TEAM = [
    "share_team", "poster", "poster_pdf", "cards", "cards_pdf", "paper_form", "paper_form_pdf",
]  # fmt: skip
LANGUAGES = ["nl", "fr", "en", "de"]
LONG_NAME = ("Verpleegkundigen en zorgkundigen van de nachtdienst op Beuk, Eik en Linde, " * 2)[
    :100
]


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://leren.example"


def at(name, team, **arguments):
    arguments["round_id"] = team.survey_round.pk
    if name in OF_TEAM:
        arguments["team_id"] = team.pk
    return reverse(name, kwargs=arguments)


def page(response):
    return response.content.decode()


def read_pdf(response):
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def fill_up(survey_round):
    """Every text as long as it may be."""
    sentence = "Een heel lange zin die uitlegt waarom we dit vragen en wat ermee gebeurt. " * 3
    survey_round.organisation.name = LONG_NAME
    survey_round.organisation.save()
    survey_round.asked_by = sentence[:100]
    survey_round.purpose = survey_round.read_by = survey_round.heard_when = sentence[:200]
    survey_round.contact = sentence[:200]
    survey_round.save()


def test_a_link_is_whole_to_copy_and_in_groups_to_type(zorg):
    zorg.token = "k7m2pq9dx4hs"

    link = link_to(zorg)

    assert link.address == "https://leren.example/v/k7m2-pq9d-x4hs/"
    assert (link.start, link.code) == ("leren.example/v/", "k7m2-pq9d-x4hs")


def test_a_qr_code_has_four_white_modules_around_it(zorg):
    qr = draw_qr("https://leren.example/v/k7m2-pq9d-x4hs/")

    starts = [run.split("h")[0].split() for run in qr.path.split("M")[1:]]
    columns, rows = ([int(number) for number in axis] for axis in zip(*starts, strict=True))
    assert (min(columns), min(rows), max(rows)) == (4, 4, qr.side - 5)


def test_invitations_come_in_four_languages_the_readers_own_first(survey_round, zorg):
    with override("fr"):
        invitations = write_invitations(survey_round, zorg)

    assert [each.language for each in invitations] == ["fr", "nl", "en", "de"]
    for invitation in invitations:
        assert link_to(zorg).address in invitation.mail
        assert link_to(zorg).address in invitation.chat
        for words in [survey_round.asked_by, survey_round.purpose, "Woonzorgcentrum De Linde"]:
            assert words in invitation.mail


def test_what_hr_typed_stands_in_the_texts_as_typed_and_inert(sign_in, ilse, survey_round, zorg):
    survey_round.purpose = "Leren & <b>praten</b>"
    survey_round.save()

    response = sign_in(ilse).get(at("share_team", zorg))

    assert "Leren & <b>praten</b>" in response.context["invitations"][0].mail
    assert "Leren &amp; &lt;b&gt;praten&lt;/b&gt;" in page(response)
    assert "<b>praten" not in page(response)


def test_an_organisation_round_never_says_anonymous(sign_in, ilse, survey_round, zorg):
    survey_round.mode = SurveyRound.Mode.ORGANISATION
    survey_round.save()
    client = sign_in(ilse)

    for name in ["share_team", "poster", "cards", "paper_form", "hand_over", "five_sentences"]:
        body = page(client.get(at(name, zorg)))
        assert "niet anoniem" in body
        assert "Dit is anoniem" not in body


def test_the_general_link_asks_for_the_team_first(sign_in, ilse, survey_round, zorg):
    TeamFactory(survey_round=survey_round, name="Keuken", position=2)

    response = sign_in(ilse).get(at("share", zorg))

    assert f"https://leren.example/v/{survey_round.grouped_token}/" in page(response)
    assert at("share_team", zorg) in page(response)


@pytest.mark.parametrize("name", [*OF_ROUND, *OF_TEAM])
def test_members_share_and_others_find_nothing(sign_in, bram, noor, client, zorg, name):
    assert client.get(at(name, zorg)).status_code == 302
    assert sign_in(bram).get(at(name, zorg)).status_code == 200
    assert sign_in(noor).get(at(name, zorg)).status_code == 404


@pytest.mark.parametrize("name", [*OF_ROUND, *OF_TEAM])
def test_sharing_only_reads(sign_in, ilse, zorg, name):
    assert sign_in(ilse).post(at(name, zorg)).status_code == 405


@pytest.mark.parametrize("name", OF_TEAM)
def test_a_team_of_another_round_is_not_found(sign_in, ilse, zorg, name):
    foreign = TeamFactory(survey_round__questionnaire=zorg.survey_round.questionnaire)
    address = reverse(name, kwargs={"round_id": zorg.survey_round.pk, "team_id": foreign.pk})

    assert sign_in(ilse).get(address).status_code == 404


def test_after_the_date_the_page_says_that_the_link_is_dead(sign_in, ilse, survey_round, zorg):
    survey_round.opened_on = survey_round.closing_date = timezone.localdate() - timedelta(days=1)
    survey_round.save()

    response = sign_in(ilse).get(at("share_team", zorg))

    assert "de link werkt niet meer" in page(response)


@pytest.mark.parametrize(
    "name", ["share", "posters", "five_sentences", "share_team", "poster", "paper_form"]
)
def test_a_closed_round_is_shared_no_more(sign_in, ilse, survey_round, zorg, name):
    for _ in range(5):
        send(zorg, v1="ja")
    close_round(survey_round)

    response = sign_in(ilse).get(at(name, zorg))

    assert response.status_code == 302
    assert response.url == survey_round.get_absolute_url()


def test_the_page_to_hand_over_stays_after_closing_but_not_after_voiding(
    sign_in, ilse, survey_round, zorg
):
    for _ in range(5):
        send(zorg, v1="ja")
    close_round(survey_round)
    assert sign_in(ilse).get(at("hand_over", zorg)).status_code == 200

    void = TeamFactory(survey_round__organisation=survey_round.organisation)
    void_round(void.survey_round, "Verkeerde link")

    response = sign_in(ilse).get(at("hand_over", void))
    assert response.url == void.survey_round.get_absolute_url()


def test_the_page_to_hand_over_is_filled_in(sign_in, ilse, survey_round, zorg, settings):
    settings.RETENTION_MONTHS, settings.BACKUP_DAYS = 9, 21
    survey_round.threshold = 7
    survey_round.save()

    body = page(sign_in(ilse).get(at("hand_over", zorg)))

    for words in [
        "minstens 7 inzendingen",
        "9 maanden na de afsluiting gewist",
        "met e-mailadres en tijdstip.</td><td>9 maanden</td>",
        "21 dagen",
        "Zorg (15)",
        "Ilse Maes, HR",
        "https://leren.example/probeer/",
        "Rechtsgrond",
    ]:
        assert words in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_print_has_its_pages_language_and_title(sign_in, ilse, survey_round, zorg, language):
    TeamFactory(survey_round=survey_round, name="Keuken", position=2)
    client = sign_in(ilse)
    client.cookies["taal"] = language
    pages = {
        "poster_pdf": 1,
        "posters_pdf": 2,
        "cards_pdf": 1,
        "paper_form_pdf": 2,
        "hand_over_pdf": 3,
        "five_sentences_pdf": 1,
    }

    for name, expected in pages.items():
        document = read_pdf(client.get(at(name, zorg)))
        assert (name, len(document.pages)) == (name, expected)
        assert document.trailer["/Root"]["/Lang"] == language
        assert "Woonzorgcentrum De Linde" in document.metadata.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_prints_keep_their_pages_with_the_longest_texts(
    sign_in, ilse, survey_round, zorg, language
):
    fill_up(survey_round)
    zorg.name = LONG_NAME
    zorg.save()
    client = sign_in(ilse)
    client.cookies["taal"] = language

    pages = {"poster_pdf": 1, "cards_pdf": 1, "paper_form_pdf": 2, "five_sentences_pdf": 1}
    for name, expected in pages.items():
        assert (name, len(read_pdf(client.get(at(name, zorg))).pages)) == (name, expected)


def test_a_longer_name_is_never_printed_larger():
    order = ["huge", "large", "medium", "small"]
    names = ["Zorg", "Onthaal", "Onthaal en administratie", "Technische dienst en magazijn, " * 2]
    teams = [TeamFactory.build(survey_round=None, name=name) for name in names]

    sizes = [order.index(handout.name_size) for handout in make_handouts(teams)]

    assert all(shorter <= longer for shorter, longer in pairwise(sizes))
    assert make_handouts([TeamFactory.build(survey_round=None, name="M" * 100)])[0].name_size == (
        "small"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_poster_asks_in_the_other_languages_too(sign_in, ilse, zorg, language):
    client = sign_in(ilse)
    client.cookies["taal"] = language

    body = page(client.get(at("poster", zorg)))

    asked = set()
    for code in LANGUAGES:
        with override(code):
            asked.add(gettext("Wat leer jij hier, en van wie?"))
    assert len(asked) == 4
    assert [escape(question) in body for question in asked] == [True] * 4
    others = [code for code in LANGUAGES if code != language]
    assert [f'<li lang="{code}">' in body for code in others] == [True] * 3


def test_the_sentences_for_who_leads_stand_apart_from_what_is_handed_over(sign_in, ilse, zorg):
    client = sign_in(ilse)

    pages = [page(client.get(at(name, zorg))) for name in ["five_sentences", "hand_over"]]

    assert ["Meedoen mag, moet niet" in body for body in pages] == [True, False]
    assert ["Rechtsgrond" in body for body in pages] == [False, True]


def test_eight_cards_stand_on_one_sheet_each_with_who_asks(sign_in, ilse, zorg):
    body = page(sign_in(ilse).get(at("cards", zorg)))

    assert body.count('class="card"') == 8
    assert body.count('<p class="card-organisation">Woonzorgcentrum De Linde</p>') == 8


def test_the_paper_form_says_who_types_it_and_sees_it(sign_in, ilse, zorg):
    body = page(sign_in(ilse).get(at("paper_form", zorg)))

    assert "Wie typt dit over?</strong> Ilse Maes, HR. Die persoon ziet dit blad" in body
    assert body.count('class="paper-question') == 11
    assert link_to(zorg).code in body
