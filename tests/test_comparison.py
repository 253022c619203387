"""Two closed rounds side by side: what may be compared, and what may be said about it."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from survey.closing import close_round
from survey.instrument import read_instrument
from survey.models import Question, Segment, SurveyRound
from survey.report import pdf
from survey.report.comparing import build_comparison
from survey.report.comparison import Change, Obstacle, Side, find_change
from tests.factories import SurveyRoundFactory, TeamFactory, send


def side(chosen, responses, answered=None):
    return Side({"ja": chosen}, responses if answered is None else answered, responses)


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (side(5, 10), side(7, 10), Change.MORE),
        (side(7, 10), side(5, 10), Change.LESS),
        (side(5, 10), side(5, 10), None),
        (side(10, 20), side(13, 20), None),  # three twentieths
        (side(10, 20), side(14, 20), Change.MORE),  # exactly a fifth
        (side(100, 1000), side(299, 1000), None),
        (side(100, 1000), side(300, 1000), Change.MORE),
        (side(1, 9), side(9, 9), None),  # nine answered
        (side(0, 10), side(9, 9), None),
        (side(0, 9), side(10, 10), None),
        (side(0, 10), side(10, 10), Change.MORE),
        (side(0, 12, answered=9), side(12, 12), None),  # twelve sent a form, nine answered this
        (side(0, 12, answered=10), side(12, 12), Change.MORE),
        (side(9, 10), side(9, 30, answered=10), Change.LESS),  # of all, not of who answered
    ],
)
def test_a_difference_is_only_named_when_it_is_large_and_many_answered(before, now, change):
    assert find_change("ja", before, now) == change


def test_an_option_that_nobody_was_counted_for_is_none_chosen():
    assert find_change("nee", side(5, 10), side(5, 10)) is None


@pytest.fixture
def earlier(questionnaire, de_linde):
    return SurveyRoundFactory(
        organisation=de_linde, questionnaire=questionnaire, title="Leercultuur 2025"
    )


@pytest.fixture
def later(earlier):
    return SurveyRoundFactory(
        organisation=earlier.organisation,
        questionnaire=earlier.questionnaire,
        previous=earlier,
        title="Leercultuur 2026",
    )


def fill(survey_round, **responses):
    """Add teams with so many responses (yes, no) to question 1, and close."""
    for position, (name, (yes, no)) in enumerate(responses.items(), start=1):
        team = TeamFactory(survey_round=survey_round, name=name, headcount=30, position=position)
        for _ in range(yes):
            send(team, v1="ja")
        for _ in range(no):
            send(team, v1="nee")
    return close_round(survey_round)


def segment_of(survey_round, name):
    return survey_round.segments.get(teams__name=name)


def ja(comparison):
    choice = comparison.questions[0].choices[0]
    return (choice.before.count, choice.before.total, choice.now.count, choice.now.total)


def page(response):
    return response.content.decode()


def comparing(survey_round, segment=None):
    if segment is None:
        return reverse("comparison", args=[survey_round.pk])
    return reverse("segment_comparison", args=[survey_round.pk, segment.pk])


def test_the_organisation_is_the_sum_of_its_segments_both_times(earlier, later):
    fill(earlier, Zorg=(5, 5), Keuken=(1, 4))
    later = fill(later, Zorg=(8, 2), Keuken=(2, 4))

    comparison = build_comparison(later)

    assert comparison.obstacle is None
    assert (comparison.response_count_before, comparison.response_count) == (15, 16)
    assert ja(comparison) == (6, 15, 10, 16)
    assert len(comparison.questions) == 11
    assert len(comparison.prompts) == 2


def test_a_segment_is_compared_with_the_same_team(earlier, later):
    fill(earlier, Zorg=(5, 5), Keuken=(1, 4))
    later = fill(later, Zorg=(8, 2), Keuken=(2, 4))

    comparison = build_comparison(later, segment_of(later, "Zorg").pk)

    assert comparison.name == "Zorg"
    assert ja(comparison) == (5, 10, 8, 10)
    assert comparison.questions[0].choices[0].change == Change.MORE
    assert comparison.questions[0].choices[1].change == Change.LESS


def test_a_pool_is_compared_with_a_pool_of_the_same_teams(earlier, later):
    fill(earlier, Zorg=(5, 0), Keuken=(3, 0), Onthaal=(0, 3))
    later = fill(later, Zorg=(5, 0), Keuken=(2, 0), Onthaal=(0, 4))

    comparison = build_comparison(later, segment_of(later, "Onthaal").pk)

    assert comparison.name == "Keuken en Onthaal samen"
    assert ja(comparison) == (3, 6, 2, 6)


def test_a_segment_of_other_teams_is_not_compared(earlier, later):
    fill(earlier, Zorg=(5, 0), Keuken=(3, 0), Onthaal=(0, 3))
    later = fill(later, Zorg=(5, 0), Keuken=(6, 0), Onthaal=(0, 5))

    of_segment = build_comparison(later, segment_of(later, "Keuken").pk)

    assert of_segment.obstacle == Obstacle.OTHER_SEGMENT
    assert of_segment.questions == ()
    assert build_comparison(later).obstacle is None


def test_other_teams_are_not_compared(earlier, later):
    fill(earlier, Zorg=(5, 5), Keuken=(1, 4))
    later = fill(later, Zorg=(8, 2), Onthaal=(2, 4))

    comparison = build_comparison(later)

    assert comparison.obstacle == Obstacle.OTHER_TEAMS
    assert comparison.questions == ()


def test_a_round_of_its_own_has_nothing_to_compare_with(earlier):
    earlier = fill(earlier, Zorg=(5, 5))

    assert build_comparison(earlier).obstacle == Obstacle.NO_PREVIOUS


def test_before_both_are_closed_there_are_no_counts(earlier, later):
    fill(earlier, Zorg=(5, 5))
    send(TeamFactory(survey_round=later, name="Zorg"), v1="ja")

    comparison = build_comparison(later)

    assert comparison.obstacle == Obstacle.NOT_CLOSED
    assert comparison.questions == ()


def test_an_earlier_round_that_is_still_open_shows_nothing(earlier, later):
    send(TeamFactory(survey_round=earlier, name="Zorg"), v1="ja")
    later = fill(later, Zorg=(5, 5))

    assert build_comparison(later).obstacle == Obstacle.NOT_CLOSED


def test_a_segment_of_another_round_does_not_exist(earlier, later):
    earlier = fill(earlier, Zorg=(5, 5))
    later = fill(later, Zorg=(5, 5))

    with pytest.raises(Segment.DoesNotExist):
        build_comparison(later, segment_of(earlier, "Zorg").pk)


def new_version(questionnaire, **changes):
    """Return a copy of the questionnaire in which the Dutch text of some questions changed."""
    questions = list(questionnaire.questions.prefetch_related("choices"))
    questionnaire.pk, questionnaire.version = None, 2
    questionnaire.save()
    for question in questions:
        choices = list(question.choices.all())
        text = changes.get(question.code)
        question.pk, question.questionnaire = None, questionnaire
        question._prefetched_objects_cache = {}
        question.text = question.text | ({"nl": text} if text else {})
        question.save()
        for choice in choices:
            choice.pk, choice.question = None, question
            choice.save()
    return questionnaire


def test_a_question_with_other_words_is_left_out_and_named(earlier, later, questionnaire):
    fill(earlier, Zorg=(5, 5))
    SurveyRound.objects.filter(pk=later.pk).update(
        questionnaire=new_version(questionnaire, v2="Iets helemaal anders?")
    )
    later = fill(SurveyRound.objects.get(pk=later.pk), Zorg=(8, 2))

    comparison = build_comparison(later)

    assert ja(comparison) == (5, 10, 8, 10)
    assert [question.number for question in comparison.questions] == [1, *range(3, 12)]
    assert comparison.left_out == ("Iets helemaal anders?",)


def test_without_any_question_in_the_same_words_nothing_is_compared(earlier, later, questionnaire):
    fill(earlier, Zorg=(5, 5))
    codes = list(Question.objects.values_list("code", flat=True))
    SurveyRound.objects.filter(pk=later.pk).update(
        questionnaire=new_version(questionnaire, **dict.fromkeys(codes, "Anders?"))
    )
    later = fill(SurveyRound.objects.get(pk=later.pk), Zorg=(8, 2))

    assert build_comparison(later).obstacle == Obstacle.OTHER_QUESTIONS


def test_the_page_names_a_large_difference_and_no_other(sign_in, bram, earlier, later):
    fill(earlier, Zorg=(5, 5))
    later = fill(later, Zorg=(8, 2))

    response = sign_in(bram).get(comparing(later))

    assert response.status_code == 200
    assert page(response).count("nu vaker</mark>") == 1
    assert page(response).count("nu minder vaak</mark>") == 1
    assert "Leercultuur 2025 naast Leercultuur 2026" in page(response)


def test_below_ten_answers_the_page_names_nothing(sign_in, bram, earlier, later):
    fill(earlier, Zorg=(9, 0))
    later = fill(later, Zorg=(0, 9))

    response = sign_in(bram).get(comparing(later))

    assert "9 van 9" in page(response)
    assert "<mark>" not in page(response)


def test_the_page_says_why_there_is_no_comparison(sign_in, bram, earlier, later):
    fill(earlier, Zorg=(5, 5), Keuken=(1, 4))
    later = fill(later, Zorg=(8, 2), Onthaal=(2, 4))

    response = sign_in(bram).get(comparing(later))

    assert response.status_code == 200
    assert "De teams zijn niet dezelfde als vorige keer." in page(response)


def test_the_report_leads_to_the_comparison(sign_in, bram, earlier, later):
    earlier = fill(earlier, Zorg=(5, 5))
    later = fill(later, Zorg=(8, 2))
    client = sign_in(bram)

    reports = [page(client.get(reverse("report", args=[each.pk]))) for each in (earlier, later)]

    assert [f'href="{comparing(later)}"' in report for report in reports] == [False, True]


@pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")
def test_the_pdf_of_the_report_can_hold_the_comparison(sign_in, bram, earlier, later):
    fill(earlier, Zorg=(5, 5))
    later = fill(later, Zorg=(8, 2))
    client = sign_in(bram)
    address = reverse("report_pdf", args=[later.pk])

    plain, with_annex = [
        PdfReader(io.BytesIO(client.get(asked).content))
        for asked in (address, f"{address}?met=vergelijking")
    ]

    text = " ".join(with_annex.pages[len(plain.pages)].extract_text().split())
    assert "Leercultuur 2025 naast Leercultuur 2026" in text
    assert len(with_annex.pages) <= len(plain.pages) + 3


def test_members_of_another_organisation_find_nothing(sign_in, noor, earlier, later):
    fill(earlier, Zorg=(5, 5))
    later = fill(later, Zorg=(8, 2))

    assert sign_in(noor).get(comparing(later)).status_code == 404


def test_a_segment_of_another_round_is_not_found(sign_in, bram, earlier, later):
    earlier = fill(earlier, Zorg=(5, 5))

    assert sign_in(bram).get(comparing(later, segment_of(earlier, "Zorg"))).status_code == 404


def test_a_visitor_signs_in_first(client, earlier, later):
    response = client.get(comparing(later))

    assert response.url == f"{reverse('account_login')}?next={comparing(later)}"


def test_the_comparison_takes_no_post(sign_in, ilse, later):
    assert sign_in(ilse).post(comparing(later)).status_code == 405


def test_more_teams_cost_no_more_queries(sign_in, bram, earlier, later, django_assert_num_queries):
    fill(earlier, Zorg=(5, 0), Keuken=(5, 0), Onthaal=(5, 0))
    later = fill(later, Zorg=(5, 0), Keuken=(5, 0), Onthaal=(5, 0))
    read_instrument(later.questionnaire_id, "nl")
    client = sign_in(bram)

    # Session, user, round; the previous round, the teams and tallies of both.
    with django_assert_num_queries(6):
        client.get(comparing(later))
