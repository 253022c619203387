"""From counts to results: what each question shows, and what stands out."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.counting import Counts
from survey.instrument import Instrument, QuestionText

from .contents import (
    AddedText,
    ChoiceResult,
    Finding,
    PatternPrompts,
    QuestionResult,
    Results,
)
from .patterns import Mark, Pattern, QuestionCounts, choose_patterns, find_marks

TEXTS_AT_QUESTION = 8
LINES_AT_QUESTION = 6  # of about so many characters, on A4
LINES_IN_ANNEX = 72
CHARACTERS_PER_LINE = 56
LONGEST_QUOTE = 110  # characters of a text that a prompt repeats
MOST_FINDINGS = 3

AGREED = (Pattern.ALMOST_ALL_YES, Pattern.CHOSEN_BY_ALMOST_ALL)
TO_DISCUSS = (Pattern.SPLIT, Pattern.ALMOST_ALL_NO, Pattern.CHOSEN_BY_NONE)


@dataclass(frozen=True)
class Texts:
    """The texts behind Andere of one question: the first shown ones, and how many there are."""

    first: tuple[str, ...] = ()
    count: int = 0
    pending: int = 0


def build_results(instrument: Instrument, counts: Counts, texts: Mapping[int, Texts]) -> Results:
    """Return everything that was counted, with the patterns in it and their prompts."""
    counted = {
        question.number: _question_counts(question, counts, texts.get(question.id, Texts()))
        for question in instrument.questions
    }
    picked = choose_patterns(counted.values(), counts.responses)
    marks = {number: find_marks(question, counts.responses) for number, question in counted.items()}
    questions = tuple(
        _question_result(
            instrument,
            question,
            counts,
            texts.get(question.id, Texts()),
            marks[question.number],
            picked.get(question.number),
        )
        for question in instrument.questions
    )
    findings = [
        _finding(question, counted[question.number], mark, counts.responses)
        for question in instrument.questions
        for mark in marks[question.number]
    ]
    return Results(
        response_count=counts.responses,
        questions=questions,
        agreed=_most_agreed(findings),
        to_discuss=_most_to_discuss(findings, counted),
        added=_added_texts(questions),
        pending_count=sum(question.pending_texts for question in questions),
    )


def _question_counts(question: QuestionText, counts: Counts, texts: Texts) -> QuestionCounts:
    return QuestionCounts(
        number=question.number,
        is_yes_no=question.is_yes_no,
        chosen={choice.code: counts.chosen.get(choice.id, 0) for choice in question.choices},
        answered=counts.answered.get(question.id, 0),
        other=question.other.code if question.other else "",
        has_new_text=bool(texts.first),
    )


def _question_result(instrument, question, counts, texts, marks, picked) -> QuestionResult:
    beside = _how_many_fit(texts.first[:TEXTS_AT_QUESTION], LINES_AT_QUESTION)
    further = texts.first[beside:]
    mark_of = {mark.choice: mark for mark in marks}
    chosen = {choice.code: counts.chosen.get(choice.id, 0) for choice in question.choices}
    return QuestionResult(
        number=question.number,
        code=question.code,
        is_yes_no=question.is_yes_no,
        text=question.text,
        topic=question.topic,
        choices=tuple(
            ChoiceResult(
                code=choice.code,
                text=choice.text,
                is_other=choice.is_other,
                count=chosen[choice.code],
                total=counts.responses,
                mark=mark_of.get(choice.code),
            )
            for choice in question.choices
        ),
        skipped=ChoiceResult(
            code="",
            text="",
            is_other=False,
            count=counts.skipped(question.id),
            total=counts.responses,
            mark=None,
        ),
        pattern=_pattern_prompts(instrument, question, chosen, texts, picked),
        prompts=question.prompts,
        texts=texts.first[:beside],
        further_texts=further[: _how_many_fit(further, LINES_IN_ANNEX)],
        text_count=texts.count,
        pending_texts=texts.pending,
        is_split=any(mark.pattern is Pattern.SPLIT for mark in marks),
    )


def _how_many_fit(texts, lines: int) -> int:
    """Return how many of these texts fit in so many printed lines; at least one."""
    fitting = 0
    for text in texts:
        lines -= sum(-(-len(line) // CHARACTERS_PER_LINE) or 1 for line in text.split("\n"))
        if lines < 0 and fitting:
            break
        fitting += 1
    return fitting


def _pattern_prompts(instrument, question, chosen, texts, mark: Mark | None):
    if mark is None:
        return None
    names = {choice.code: choice.text for choice in question.choices}
    words = {
        "keyword": question.keyword,
        "choice": names.get(mark.choice, ""),
        "text": _shorten(texts.first[0]) if texts.first else "",
    }
    prompts = instrument.pattern_prompts[mark.pattern]
    return PatternPrompts(
        pattern=mark.pattern,
        prompts=tuple(prompt.format(**words) for prompt in prompts),
        count=chosen.get(mark.choice, 0),
        yes=chosen.get("ja", 0),
        no=chosen.get("nee", 0),
    )


def _shorten(text: str) -> str:
    """Return the text on one line, cut after a word if it is too long to quote in a prompt."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_QUOTE:
        return line
    return line[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def _finding(question, counted, mark, responses) -> Finding:
    names = {choice.code: choice.text for choice in question.choices}
    return Finding(
        number=question.number,
        topic=question.topic,
        pattern=mark.pattern,
        choice=names.get(mark.choice, ""),
        count=counted.chosen.get(mark.choice, 0),
        total=responses,
        yes=counted.chosen.get("ja", 0),
        no=counted.chosen.get("nee", 0),
    )


def _most_agreed(findings) -> tuple[Finding, ...]:
    """Return what most people share, the most shared first."""
    agreed = (finding for finding in findings if finding.pattern in AGREED)
    return tuple(sorted(agreed, key=lambda finding: -finding.count)[:MOST_FINDINGS])


def _added_texts(questions) -> tuple[AddedText, ...]:
    """Return one text of each question that has any, the first few."""
    with_texts = [question for question in questions if question.texts]
    return tuple(
        AddedText(question.number, question.texts[0]) for question in with_texts[:MOST_FINDINGS]
    )


def _most_to_discuss(findings, counted) -> tuple[Finding, ...]:
    """Return what to talk about, one finding per question, in the order of the patterns."""

    def importance(finding):
        ticks = sum(counted[finding.number].chosen.values())
        few_first = ticks if finding.pattern is Pattern.CHOSEN_BY_NONE else 0
        return (TO_DISCUSS.index(finding.pattern), few_first, finding.number)

    one_per_question: dict[int, Finding] = {}
    candidates = (finding for finding in findings if finding.pattern in TO_DISCUSS)
    for finding in sorted(candidates, key=importance):
        one_per_question.setdefault(finding.number, finding)
    return tuple(one_per_question.values())[:MOST_FINDINGS]
