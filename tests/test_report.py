"""The report: what it holds, when it holds nothing, and what it costs."""

import pytest
from django.utils.translation import override

from survey.closing import close_round
from survey.models import ActionPoint, OtherText, Segment, SurveyRound
from survey.report.build import build_report
from survey.report.contents import Withheld
from survey.report.patterns import Pattern
from tests.factories import SurveyRoundFactory, TeamFactory, send


@pytest.fixture
def closed_round(survey_round):
    """Zorg with 12 responses; Keuken (3) and Onthaal (2) pooled; Techniek without any."""
    zorg = TeamFactory(survey_round=survey_round, name="Zorg", headcount=15, position=0)
    keuken = TeamFactory(survey_round=survey_round, name="Keuken", headcount=6, position=1)
    onthaal = TeamFactory(survey_round=survey_round, name="Onthaal", headcount=4, position=2)
    TeamFactory(survey_round=survey_round, name="Techniek", headcount=7, position=3)
    for number in range(12):
        send(zorg, v2="ja" if number < 7 else "nee", v3="nee", v6=["koffie"])
    for _ in range(3):
        send(keuken, v1="ja", texts={"v6": "Op de parking"})
    for _ in range(2):
        send(onthaal, v1="nee")
    return close_round(survey_round)


def question(report, number):
    return report.results.questions[number - 1]


def counts(report, number):
    return {choice.code: choice.count for choice in question(report, number).choices}


def segment_of(closed_round, team_name):
    return closed_round.teams.get(name=team_name).segment_id


def test_a_segment_reports_its_own_counts(closed_round):
    report = build_report(closed_round, segment_of(closed_round, "Zorg"))

    assert report.name == "Zorg"
    assert report.headcount == 15
    assert report.results.response_count == 12
    assert counts(report, 2) == {"ja": 7, "nee": 5}
    assert question(report, 1).skipped.count == 12


def test_pooled_teams_are_named_together_and_silent_ones_apart(closed_round):
    report = build_report(closed_round, segment_of(closed_round, "Keuken"))

    assert report.name == "Keuken en Onthaal samen"
    assert report.silent_teams == ("Techniek",)
    assert counts(report, 1) == {"ja": 3, "nee": 2}


def test_the_organisation_is_the_sum_of_its_segments(closed_round):
    whole = build_report(closed_round)
    parts = [build_report(closed_round, segment.pk) for segment in closed_round.segments.all()]

    assert whole.is_whole_organisation
    assert whole.results.response_count == 17
    for number in range(1, 12):
        for code, count in counts(whole, number).items():
            assert count == sum(counts(part, number)[code] for part in parts)


def test_one_segment_means_one_report(survey_round):
    team = TeamFactory(survey_round=survey_round, name="Iedereen")
    for _ in range(5):
        send(team, v1="ja")
    closed = close_round(survey_round)

    report = build_report(closed)

    assert report.name == "Iedereen"
    assert report.segments == ()


def test_a_round_that_is_not_closed_gives_a_report_without_results(zorg):
    for _ in range(12):
        send(zorg, v1="ja")

    report = build_report(zorg.survey_round)

    assert report.withheld == Withheld.NOT_CLOSED
    assert report.results is None


def test_a_void_round_gives_a_report_without_results(closed_round):
    SurveyRound.objects.filter(pk=closed_round.pk).update(
        closed_at=None, voided_at=closed_round.closed_at, void_reason="Spam"
    )
    closed_round.refresh_from_db()

    assert build_report(closed_round).withheld == Withheld.VOID


def test_a_team_that_fills_in_together_sees_its_report_after_the_first_response(survey_round):
    survey_round.mode = SurveyRound.Mode.ORGANISATION
    survey_round.save()
    team = TeamFactory(survey_round=survey_round, name="Ploeg A")

    assert build_report(survey_round).withheld == Withheld.NO_RESPONSES

    send(team, v1="ja", texts={"v6": "Aan de koelkast"})
    report = build_report(survey_round)

    assert report.results.is_single
    assert counts(report, 1) == {"ja": 1, "nee": 0}
    assert question(report, 6).texts == ("Aan de koelkast",)
    assert question(report, 1).pattern is None


def test_a_segment_of_another_round_is_not_found(closed_round, de_linde):
    other = SurveyRoundFactory(organisation=de_linde, title="Later")

    with pytest.raises(Segment.DoesNotExist):
        build_report(other, segment_of(closed_round, "Zorg"))


def test_patterns_come_with_prompts_that_are_filled_in(closed_round):
    report = build_report(closed_round, segment_of(closed_round, "Zorg"))

    assert question(report, 2).pattern.pattern == Pattern.SPLIT
    assert question(report, 2).pattern.prompts[1].endswith("‘elke medewerker’?")
    assert question(report, 3).pattern.pattern == Pattern.ALMOST_ALL_NO
    assert [finding.number for finding in report.results.to_discuss] == [2, 3, 6]


def test_texts_are_shown_only_after_review(closed_round):
    pool = segment_of(closed_round, "Keuken")

    before = build_report(closed_round, pool)
    OtherText.objects.of_round(closed_round).update(state=OtherText.State.SHOWN)
    after = build_report(closed_round, pool)

    assert (question(before, 6).texts, before.results.pending_count) == ((), 3)
    assert (question(after, 6).texts, after.results.pending_count) == (("Op de parking",) * 3, 0)


def test_a_long_text_is_shortened_in_the_overview_and_whole_at_its_question(closed_round):
    OtherText.objects.update(state=OtherText.State.SHOWN, text="x" * 200)

    report = build_report(closed_round)

    [added] = report.results.added
    assert added.text == "x" * 89 + "…"
    assert question(report, 6).texts[0] == "x" * 200


def test_thousands_of_texts_do_not_make_the_report_longer(closed_round, questionnaire):
    segment = segment_of(closed_round, "Zorg")
    six = questionnaire.questions.get(number=6)
    OtherText.objects.bulk_create(
        OtherText(segment_id=segment, question=six, text=f"Tekst {n}", state="SHOWN")
        for n in range(3000)
    )

    result = question(build_report(closed_round, segment), 6)

    assert len(result.texts) + len(result.further_texts) == 20
    assert (result.left_out_text_count, result.has_uncounted_texts) == (80, True)


def test_a_text_with_braces_is_quoted_as_typed(closed_round):
    segment = segment_of(closed_round, "Keuken")
    OtherText.objects.of_round(closed_round).update(text="{keyword} {0} %s", state="SHOWN")

    pattern = question(build_report(closed_round, segment), 6).pattern

    assert "‘{keyword} {0} %s’" in " ".join(pattern.prompts)


def test_earlier_actions_of_any_of_its_teams_stand_at_the_start(closed_round, de_linde):
    later = SurveyRoundFactory(organisation=de_linde, title="Later", previous=closed_round)
    keuken = TeamFactory(survey_round=later, name="Keuken")
    TeamFactory(survey_round=later, name="Zorg")
    ActionPoint.objects.create(
        survey_round=closed_round,
        segment_id=segment_of(closed_round, "Onthaal"),
        position=1,
        text="Elke nieuwe collega krijgt een meter of peter.",
    )
    for _ in range(5):
        send(keuken, v1="ja")

    report = build_report(close_round(later))

    assert [action.text for action in report.earlier_actions] == [
        "Elke nieuwe collega krijgt een meter of peter."
    ]


@pytest.fixture
def later(closed_round, de_linde):
    """A round that follows the closed one, after which Onthaal agreed on something."""
    ActionPoint.objects.create(
        survey_round=closed_round,
        segment_id=segment_of(closed_round, "Onthaal"),
        position=1,
        text="Een peter of meter",
    )
    return SurveyRoundFactory(organisation=de_linde, title="Later", previous=closed_round)


def earlier_actions(survey_round, team):
    for _ in range(5):
        send(team, v1="ja")
    TeamFactory(survey_round=survey_round, name="Stil")
    close_round(survey_round)
    team.refresh_from_db()
    report = build_report(survey_round, team.segment_id)
    return [action.text for action in report.earlier_actions]


def test_a_renamed_team_keeps_what_it_agreed_on(closed_round, later):
    balie = TeamFactory(survey_round=later, name="Balie")
    balie.previous_teams.add(closed_round.teams.get(name="Onthaal"))

    assert earlier_actions(later, balie) == ["Een peter of meter"]


def test_a_team_with_the_name_of_another_does_not_inherit_its_actions(closed_round, later):
    onthaal = TeamFactory(survey_round=later, name="Onthaal")
    onthaal.previous_teams.add(closed_round.teams.get(name="Zorg"))
    other = TeamFactory(survey_round=later, name="Huis")
    for _ in range(5):
        send(other, v1="ja")

    assert earlier_actions(later, onthaal) == []


def test_a_name_counts_for_nothing_once_another_team_is_known_to_have_had_it(closed_round, later):
    balie = TeamFactory(survey_round=later, name="Balie")
    balie.previous_teams.add(*closed_round.teams.filter(name__in=["Onthaal", "Keuken"]))
    for _ in range(5):
        send(balie, v1="ja")

    assert earlier_actions(later, TeamFactory(survey_round=later, name="Onthaal")) == []


def test_earlier_actions_cost_no_query_more(closed_round, later, django_assert_num_queries):
    balie = TeamFactory(survey_round=later, name="Balie")
    balie.previous_teams.add(closed_round.teams.get(name="Onthaal"))
    for _ in range(5):
        send(balie, v1="ja")
    closed = close_round(later)
    ActionPoint.objects.update(question=closed.questionnaire.questions.get(code="v6"))

    with django_assert_num_queries(5):
        [action] = build_report(closed).earlier_actions
        assert action.topic.startswith("6. ")


def test_the_report_is_in_the_readers_language_and_texts_stay_as_typed(closed_round):
    OtherText.objects.of_round(closed_round).update(state=OtherText.State.SHOWN)

    with override("fr"):
        report = build_report(closed_round, segment_of(closed_round, "Keuken"))

    assert report.language == "fr"
    assert question(report, 1).choices[0].text == "Oui"
    assert question(report, 6).texts[0] == "Op de parking"


@pytest.mark.parametrize("whole", [True, False])
def test_a_report_takes_five_queries_and_four_once_the_questionnaire_is_read(
    closed_round, django_assert_num_queries, whole
):
    segment = None if whole else segment_of(closed_round, "Zorg")

    with django_assert_num_queries(5):  # teams, questionnaire, tallies, texts, actions
        build_report(closed_round, segment)
    with django_assert_num_queries(4):  # the questionnaire is remembered
        build_report(closed_round, segment)


def test_ten_times_the_teams_cost_no_query_more(survey_round, django_assert_num_queries):
    for number in range(20):
        team = TeamFactory(survey_round=survey_round, name=f"Ploeg {number}")
        for _ in range(5):
            send(team, v1="ja")
    closed = close_round(survey_round)

    with django_assert_num_queries(5):
        assert len(build_report(closed).segments) == 21
