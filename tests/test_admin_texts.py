"""Reviewing what was written at Andere: rules T1 and T7."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from survey.closing import close_round
from survey.models import AuditEntry, OtherText, SurveyRound
from tests.admin_data import answer, make_anonymous_round, make_team_round, texts_of
from tests.factories import TeamFactory, UserFactory

LIST = "/admin/survey/othertext/"
PENDING, SHOWN, HIDDEN = OtherText.State.PENDING, OtherText.State.SHOWN, OtherText.State.HIDDEN


@pytest.fixture
def closed_round(questionnaire, de_linde):
    return close_round(make_anonymous_round(de_linde))


@pytest.fixture
def desk(sign_in, ada):
    """A client with which the administrator is signed in."""
    return sign_in(ada)


def url_of(text, view="change"):
    return f"{LIST}{text.pk}/{view}/"


def listed(page):
    return [text.text for text in page.context["cl"].result_list]


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def looks():
    return list(AuditEntry.objects.order_by("pk").values_list("user_email", "what"))


def test_texts_of_an_open_anonymous_round_do_not_exist(desk, questionnaire, de_linde):
    survey_round = make_anonymous_round(de_linde)
    text = texts_of(survey_round).first()

    assert listed(desk.get(LIST)) == []
    assert listed(desk.get(LIST, {"q": "Tekst"})) == []
    assert desk.get(url_of(text)).status_code == 404
    assert desk.post(url_of(text), {"text": "anders", "state": SHOWN}).status_code == 404
    desk.post(LIST, {"action": "show_in_report", "_selected_action": text.pk})
    assert set(texts_of(survey_round).values_list("state", flat=True)) == {PENDING}
    assert looks() == []


def test_after_closing_texts_are_listed_without_their_team(desk, closed_round):
    page = desk.get(LIST)

    shown = re.search("<table.*</table>", page.content.decode(), re.DOTALL)[0]
    assert len(listed(page)) == 11
    assert listed(page) == [text.text for text in texts_of(closed_round)]
    assert shown.count("van 6 inzendingen") == 6
    assert shown.count("van 5 inzendingen") == 5
    assert shown.count("7. Mogelijkheden om nieuwe kennis op te doen") == 11
    assert not re.search("Zorg|Keuken|Onthaal", words_of(page))
    assert looks() == [("ada@site.example", "TEXTS")]


def test_texts_of_a_round_filled_in_together_are_listed_at_once(desk, questionnaire, de_linde):
    make_team_round(de_linde)

    assert listed(desk.get(LIST)) == ["Aan de voordeur"]


def test_texts_can_be_searched_and_filtered(desk, closed_round, de_linde):
    make_team_round(de_linde)

    def found(**query):
        return len(listed(desk.get(LIST, query)))

    assert found(q="VOORDEUR") == 1
    assert found(q="Keuken") == 0
    assert found(organisation=de_linde.pk) == 12
    assert found(survey_round=closed_round.pk) == 11
    assert found(question="v6") == 1
    assert found(state__exact=PENDING) == 11
    assert found(organisation=de_linde.pk, question="v7", q="Tekst") == 11


@pytest.mark.parametrize("query", ["segment=x", "segment__exact=x", "team=x", "segment__id=x"])
def test_the_segment_of_a_text_cannot_be_asked_for(desk, closed_round, query):
    assert desk.get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize(("action", "state"), [("show_in_report", SHOWN), ("hide", HIDDEN)])
def test_texts_are_shown_or_hidden_together(desk, closed_round, action, state):
    first, second, *others = texts_of(closed_round)
    chosen = {"action": action, "_selected_action": [first.pk, second.pk]}

    page = desk.post(LIST, chosen, follow=True)

    assert set(OtherText.objects.filter(state=state)) == {first, second}
    assert OtherText.objects.filter(state=PENDING).count() == len(others)
    assert f"2 aanvullingen staan nu op ‘{state.label}’." in words_of(page)


def test_all_texts_of_a_filter_are_hidden_at_once(desk, closed_round, de_linde):
    other = make_team_round(de_linde)
    chosen = {"action": "hide", "_selected_action": texts_of(closed_round)[0].pk}

    desk.post(f"{LIST}?survey_round={closed_round.pk}", {**chosen, "select_across": 1})

    assert set(texts_of(closed_round).values_list("state", flat=True)) == {HIDDEN}
    assert texts_of(other).get().state == SHOWN


def test_a_text_can_be_said_in_other_words(desk, closed_round):
    text = texts_of(closed_round)[0]

    page = desk.post(url_of(text), {"text": "  Vraag het aan █████  ", "state": SHOWN}, follow=True)

    changed = OtherText.objects.get(pk=text.pk)
    assert (changed.text, changed.state) == ("Vraag het aan █████", SHOWN)
    assert changed.segment_id == text.segment_id
    assert "De aanvulling is bewaard." in words_of(page)


def test_the_log_holds_neither_the_old_nor_the_new_text(desk, closed_round):
    text = texts_of(closed_round)[0]

    desk.post(url_of(text), {"text": "Nieuw", "state": SHOWN})

    entry = LogEntry.objects.get()
    assert entry.object_repr == str(text.pk)[:8]
    assert text.text not in str(vars(entry))
    assert "Nieuw" not in str(vars(entry))
    assert entry.get_change_message() == "Tekst en Stand gewijzigd."


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "Een aanvulling kan niet leeg zijn. Wil je ze niet tonen, kies dan ‘verborgen’."),
        (" \n ", "Een aanvulling kan niet leeg zijn. Wil je ze niet tonen, kies dan ‘verborgen’."),
        ("x" * 301, "Je tekst is 301 tekens lang. Maak hem 1 teken korter."),
        ("a\0b", "Null-tekens zijn niet toegestaan."),
    ],
)
def test_a_text_that_does_not_fit_is_refused_and_kept(desk, closed_round, typed, error):
    text = texts_of(closed_round)[0]

    page = desk.post(url_of(text), {"text": typed, "state": SHOWN})

    assert page.context["adminform"].form.errors == {"text": [error]}
    assert OtherText.objects.get(pk=text.pk) == text
    assert OtherText.objects.get(pk=text.pk).state == PENDING


def test_three_hundred_characters_fit_with_line_ends_as_one(desk, closed_round):
    text = texts_of(closed_round)[0]

    desk.post(url_of(text), {"text": "x" * 298 + "\r\n" + "y", "state": PENDING})

    assert OtherText.objects.get(pk=text.pk).text == "x" * 298 + "\n" + "y"


def test_a_text_shows_the_size_of_its_group_only(desk, closed_round):
    page = desk.get(url_of(texts_of(closed_round)[0]))

    assert re.search("van [56] inzendingen", words_of(page))
    assert not re.search("Zorg|Keuken|Onthaal", words_of(page))
    assert looks() == [("ada@site.example", "TEXTS")]


def test_a_text_cannot_be_added_or_deleted(desk, closed_round):
    text = texts_of(closed_round)[0]

    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(url_of(text, "delete"), {"post": "yes"}).status_code == 403
    assert OtherText.objects.count() == 11


def test_who_may_only_look_cannot_decide(sign_in, closed_round):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_othertext"))
    client = sign_in(user)
    text = texts_of(closed_round)[0]

    assert len(listed(client.get(LIST))) == 11
    assert client.post(url_of(text), {"text": "x", "state": SHOWN}).status_code == 403
    client.post(LIST, {"action": "hide", "_selected_action": text.pk})
    assert set(texts_of(closed_round).values_list("state", flat=True)) == {PENDING}


def test_a_list_costs_the_same_at_any_length(desk, closed_round, django_assert_num_queries):
    desk.get(LIST)
    with django_assert_num_queries(8):
        desk.get(LIST)

    SurveyRound.objects.update(closed_at=None)
    team = TeamFactory(survey_round=closed_round, name="Nacht", headcount=60)
    for number in range(40):
        answer(team, 5000 + number, "v8 andere", texts={"v8": "Nog iets"})
    segment = closed_round.segments.create(position=9, response_count=40)
    OtherText.objects.filter(team=team).update(team=None, segment=segment)
    SurveyRound.objects.update(closed_at="2026-11-20T10:00Z")

    with django_assert_num_queries(8):
        page = desk.get(LIST)
    assert len(listed(page)) == 51


def test_t9_the_history_shows_the_text_so_the_look_is_recorded(desk, closed_round, ada):
    text = texts_of(closed_round).first()

    page = desk.get(url_of(text, "history"))

    assert text.text in words_of(page)
    assert looks() == [(ada.email, AuditEntry.What.TEXTS)]
