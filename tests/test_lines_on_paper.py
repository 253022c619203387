"""Where lines end on paper, and what fits on the line above a page."""

from survey.report.paper.cover import shorten_names
from survey.report.paper.unbroken import keep_together

LONG_TEAM = "Verzorging en nachtdienst, tweede etages"  # 40 characters
LONG_ORGANISATION = "Woonzorgcentrum De Linde Lokeren"  # 32


def test_three_dots_never_stand_alone_on_a_line():
    assert keep_together("<p>Draaiboeken, …</p>") == "<p>Draaiboeken,\N{NO-BREAK SPACE}…</p>"


def test_a_heading_is_not_parted_at_a_hyphen():
    kept = keep_together('<h3 class="of-round">Les équipes peuvent-elles choisir ?</h3>')

    assert kept == (
        '<h3 class="of-round">Les équipes <span class="unbroken">peuvent-elles</span> '
        "choisir ?</h3>"
    )


def test_names_of_classes_in_a_heading_stay_as_they_are():
    heading = '<h2 id="in-te-vullen"><span class="visually-hidden">Vraag </span>1</h2>'

    assert keep_together(heading) == heading


def test_words_outside_headings_and_very_long_ones_may_part():
    page = "<p>a-t-il</p><h2>verzorgings-nachtdienst-coördinatie</h2>"

    assert keep_together(page) == page


def test_the_running_head_has_the_whole_names_when_they_fit_together():
    both = shorten_names(LONG_ORGANISATION, LONG_TEAM)

    assert both == f"{LONG_ORGANISATION} · {LONG_TEAM}"


def test_the_running_head_shortens_both_names_when_both_are_long():
    shortened = shorten_names("o" * 100, "t" * 100)

    assert shortened == "o" * 35 + "… · " + "t" * 35 + "…"
