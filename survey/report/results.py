"""From counts to results: what each question shows, and what stands out."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import Truncator

from survey.counting import Counts
from survey.instrument import Instrument, QuestionText

from .contents import (
    TEXTS_TO_COUNT,
    AddedText,
    ChoiceResult,
    Finding,
    PatternPrompts,
    QuestionResult,
    Results,
)
from .paper.blocks import Words, opening_height
from .paper.pages import Place, lay_out
from .patterns import (
    AGREED,
    MOST_FINDINGS,
    PERCENTAGES_FROM,
    TO_DISCUSS,
    Mark,
    Pattern,
    QuestionCounts,
    choose_patterns,
    find_marks,
)

TEXTS_TO_READ = 20  # of a question; more than any page has room for
LONGEST_QUOTE = 110  # characters of a text that a prompt repeats
LONGEST_IN_OVERVIEW = 90


@dataclass(frozen=True)
class Texts:
    """The texts behind Andere of one question: the first shown ones, and how many at least."""

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
    findings = [
        _finding(question, counted[question.number], mark, counts.responses)
        for question in instrument.questions
        for mark in marks[question.number]
    ]
    agreed, to_discuss = _most_agreed(findings), _most_to_discuss(findings, counted)
    added = _added_texts(instrument, texts)
    pending_count = sum(each.pending for each in texts.values())

    patterns = {
        question.number: _pattern_prompts(
            instrument,
            question,
            counts,
            texts.get(question.id, Texts()),
            picked.get(question.number),
        )
        for question in instrument.questions
    }
    layout = lay_out(
        _opening(counts, agreed, to_discuss, added, pending_count),
        tuple(
            _words(
                question,
                counts,
                texts.get(question.id, Texts()),
                marks[question.number],
                patterns[question.number],
            )
            for question in instrument.questions
        ),
    )
    return Results(
        response_count=counts.responses,
        questions=tuple(
            _question_result(
                question,
                counts,
                texts.get(question.id, Texts()),
                marks[question.number],
                patterns[question.number],
                place,
            )
            for question, place in zip(instrument.questions, layout.places, strict=True)
        ),
        agreed=agreed,
        to_discuss=to_discuss,
        added=added,
        pending_count=pending_count,
        has_uncounted_pending=any(each.pending >= TEXTS_TO_COUNT for each in texts.values()),
        is_compact=layout.is_compact,
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


def _words(question, counts, texts, marks, pattern) -> Words:
    """Return the question with all its words, to see what fits on paper."""
    skipped = counts.skipped(question.id)
    return Words(
        is_yes_no=question.is_yes_no,
        heading=question.text,
        topic=question.topic,
        options=tuple(choice.text for choice in question.choices) + ("",) * bool(skipped),
        has_percentages=counts.responses >= PERCENTAGES_FROM,
        is_marked=pattern is None and any(mark.pattern is Pattern.SPLIT for mark in marks),
        pattern=pattern.prompts if pattern else (),
        prompts=question.prompts,
        texts=texts.first,
        text_count=texts.count,
    )


def _opening(counts, agreed, to_discuss, added, pending_count) -> float:
    """Return the height in mm of everything above the first question: the overview."""
    if counts.responses == 1:
        return opening_height([], pending_count)
    columns = [
        [f"{finding.choice or finding.topic}: 10 van 12 zeggen ja. Vraag 10" for finding in agreed],
        [
            f"{finding.choice or finding.topic}: bijna allemaal nee, 10 van 12. Vraag 10"
            for finding in to_discuss
        ],
        [f"‘{each.text}’ Vraag 10" for each in added],
    ]
    return opening_height(columns, pending_count)


def _question_result(question, counts, texts, marks, pattern, place: Place) -> QuestionResult:
    shown = place.texts + place.further_texts
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
        pattern=pattern,
        prompts=question.prompts,
        texts=texts.first[: place.texts],
        further_texts=texts.first[place.texts : shown],
        text_count=texts.count,
        is_split=any(mark.pattern is Pattern.SPLIT for mark in marks),
        writing_line_count=place.writing_lines,
        writes_under_counts=place.writes_under_counts,
        starts_page=place.starts_page,
    )


def _pattern_prompts(instrument, question, counts, texts, mark: Mark | None):
    if mark is None:
        return None
    chosen = {choice.code: counts.chosen.get(choice.id, 0) for choice in question.choices}
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


def _added_texts(instrument, texts) -> tuple[AddedText, ...]:
    """Return one text of each question that has any, the first few, cut if they are long."""
    added = [
        AddedText(
            question.number,
            Truncator(texts[question.id].first[0]).chars(LONGEST_IN_OVERVIEW),
        )
        for question in instrument.questions
        if question.id in texts and texts[question.id].first
    ]
    return tuple(added[:MOST_FINDINGS])


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
