"""The one clear step that a survey round asks for now."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.models import SurveyRound, Team

from .plan import Plan
from .progress import Progress


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now, with at most one button, and one quiet link beside it."""

    title: str
    explanation: str
    button: str = ""
    address: str = ""
    also: str = ""
    also_address: str = ""


def find_next_step(
    survey_round: SurveyRound, teams: list[Team], plan: Plan, progress: Progress, *, is_hr: bool
) -> NextStep:
    """Return what HR, or a facilitator, can best do now."""
    headcount = sum(team.headcount for team in teams)
    match survey_round.state:
        case SurveyRound.State.CLOSED:
            return _go_on(survey_round, progress, is_hr=is_hr)
        case SurveyRound.State.VOID:
            return _begin_again(survey_round, is_hr=is_hr)
        case _ if not survey_round.is_anonymous:
            return _fill_in_together(survey_round, teams, plan, is_hr=is_hr)
        case _ if not is_hr:
            return _wait_for_hr()
        case _ if headcount < survey_round.threshold and not plan.can_close:
            return _find_more_colleagues(survey_round, headcount)
        case SurveyRound.State.OPEN:
            return _gather(survey_round, teams, plan)
        case _:
            return _finish(survey_round, plan)


def _go_on(survey_round, progress, *, is_hr):
    """After closing: read the texts, talk, act, and ask again."""
    if is_hr and progress.pending_texts:
        return _read_texts(survey_round, progress.pending_texts)
    if not progress.actions:
        return _talk(survey_round)
    if progress.unfinished_actions:
        return _act(survey_round, progress)
    return _ask_again(survey_round, is_hr=is_hr)


def _read_texts(survey_round, count):
    return NextStep(
        title=_("Volgende stap: lees de aanvullingen na"),
        explanation=ngettext(
            "Bij ‘Andere’ staat nog één tekst die niemand nalas. Hij komt pas in het rapport "
            "als jij hem toont.",
            "Bij ‘Andere’ staan nog %(count)d teksten die niemand nalas. Ze komen pas in het "
            "rapport als jij ze toont.",
            count,
        )
        % {"count": count},
        button=_("Lees na"),
        address=reverse("review_texts", args=[survey_round.pk]),
    )


def _act(survey_round, progress):
    running = ngettext(
        "Er loopt nog één actie.",
        "Er lopen nog %(count)d acties.",
        progress.unfinished_actions,
    ) % {"count": progress.unfinished_actions}
    if progress.review_on:
        day = date_format(progress.review_on, "DATE_FORMAT")
        running += " " + _("Eerste afspraak om te kijken: %(date)s.") % {"date": day}
    return NextStep(
        title=_("Volgende stap: doe wat jullie afspraken"),
        explanation=running,
        button=_("Bekijk de acties"),
        address=reverse("organisation_actions", args=[survey_round.organisation_id]),
    )


def _ask_again(survey_round, *, is_hr):
    if not is_hr:
        return NextStep(
            title=_("Alle acties zijn rond"),
            explanation=_(
                "HR kan dezelfde vragen opnieuw stellen en beide resultaten vergelijken."
            ),
            button=_("Lees het rapport"),
            address=reverse("report", args=[survey_round.pk]),
        )
    return NextStep(
        title=_("Volgende stap: vraag het opnieuw"),
        explanation=_(
            "Alle acties zijn rond. Stel dezelfde vragen opnieuw: na de afsluiting staan beide "
            "resultaten naast elkaar."
        ),
        button=_("Vraag het opnieuw"),
        address=_from_this_one(survey_round),
    )


def _begin_again(survey_round, *, is_hr):
    """After voiding: the teams stay, so that a new round is quickly made."""
    if not is_hr:
        return NextStep(
            title=_("Deze bevraging telt niet meer"),
            explanation=_("HR kan een nieuwe starten. Je ziet ze dan bij jullie bevragingen."),
        )
    return NextStep(
        title=_("Volgende stap: begin opnieuw"),
        explanation=_(
            "De teams, aantallen en teksten staan klaar voor een nieuwe bevraging. Elk team krijgt "
            "daarin een nieuwe link."
        ),
        button=_("Begin opnieuw met dezelfde teams"),
        address=_from_this_one(survey_round),
    )


def _from_this_one(survey_round):
    """Return the address of a new round that starts from the teams and texts of this one."""
    start = reverse("survey_round_new", args=[survey_round.organisation_id])
    return f"{start}?vorige={survey_round.pk}"


def _talk(survey_round):
    return NextStep(
        title=_("Volgende stap: praat over het rapport"),
        explanation=_(
            "De cijfers liggen vast. Kies een moment met het team en breng het rapport "
            "op papier mee."
        ),
        button=_("Lees het rapport"),
        address=reverse("report", args=[survey_round.pk]),
    )


def _fill_in_together(survey_round, teams, plan, *, is_hr):
    """The report is there from the first response on, also when the date has passed."""
    if plan.can_close:
        return NextStep(
            title=_("Volgende stap: praat over het rapport"),
            explanation=_(
                "Jullie antwoorden staan in het rapport. Het groeit mee tot de bevraging "
                "afgesloten is."
            ),
            button=_("Lees het rapport"),
            address=reverse("report", args=[survey_round.pk]),
        )
    if not survey_round.is_open:
        return _give_time(survey_round, plan) if is_hr else _wait_for_time()
    return NextStep(
        title=_("Volgende stap: vul samen in"),
        explanation=_(
            "Zet je met het team rond één scherm en overloop de elf vragen. "
            "Het rapport is er zodra je verstuurt."
        ),
        button=_("Naar de vragen"),
        address=teams[0].get_absolute_url(),
    )


def _wait_for_hr():
    return NextStep(
        title=_("Volgende stap: wacht op de afsluiting"),
        explanation=_(
            "HR sluit de bevraging af. Tot dan ziet niemand een resultaat; daarna lees je hier "
            "het rapport."
        ),
    )


def _wait_for_time():
    return NextStep(
        title=_("De einddatum is voorbij"),
        explanation=_("Er is nog niets ingevuld. HR kan meer tijd geven."),
    )


def _gather(survey_round, teams, plan):
    """While colleagues answer: share, remind the team that lags most, or close."""
    if not any(team.response_count for team in teams):
        return _share(survey_round, teams)
    if all(team.response_count >= team.headcount for team in teams):
        return NextStep(
            title=_("Volgende stap: sluit af"),
            explanation=_(
                "Alle verwachte inzendingen zijn binnen. Op de einddatum wachten hoeft niet."
            ),
            button=_("Bekijk wat er verschijnt"),
            address=reverse("survey_round_close", args=[survey_round.pk]),
        )
    slowest = min(teams, key=lambda team: (team.response_count / team.headcount, team.position))
    return NextStep(
        title=_("Volgende stap: herinner %(team)s") % {"team": slowest.name},
        explanation=_said_of(slowest)
        + " "
        + _("Een zin van een collega aan de koffie werkt beter dan een mail."),
        button=_("Link van %(team)s") % {"team": slowest.name},
        address=reverse("share_team", args=[survey_round.pk, slowest.pk]),
    )


def _said_of(team):
    if not team.response_count:
        return _("Daar vulde nog niemand in.")
    return ngettext(
        "%(responses)d van de %(headcount)d vulde in.",
        "%(responses)d van de %(headcount)d vulden in.",
        team.response_count,
    ) % {"responses": team.response_count, "headcount": team.headcount}


def _share(survey_round, teams):
    if len(teams) == 1:
        title = _("Volgende stap: deel de link")
        explanation = _("Kijk eerst even wat collega’s te zien krijgen, en stuur dan de link rond.")
    else:
        title = _("Volgende stap: deel de links")
        explanation = _(
            "Elk team heeft zijn eigen link. Kijk eerst even wat collega’s te zien krijgen, "
            "en stuur dan elke link naar zijn team."
        )
    return NextStep(
        title=title,
        explanation=explanation,
        button=_("Deel de bevraging"),
        address=reverse("share", args=[survey_round.pk]),
        also=_("Bekijk als collega"),
        also_address=reverse("preview", args=[survey_round.pk]),
    )


def _find_more_colleagues(survey_round, headcount):
    """Even when everybody answers they are too few: no date and no reminder changes that."""
    numbers = {"headcount": headcount, "threshold": survey_round.threshold}
    too_few = ngettext(
        "Er doet %(headcount)s collega mee. Bij een anonieme bevraging verschijnt er pas iets "
        "vanaf %(threshold)s inzendingen.",
        "Er doen %(headcount)s collega’s mee. Bij een anonieme bevraging verschijnt er pas iets "
        "vanaf %(threshold)s inzendingen.",
        headcount,
    )
    what_to_do = _(
        "Doet er nog iemand mee? Voeg dan een team toe, of pas het aantal collega’s aan. Zijn "
        "jullie echt met zo weinig? Verklaar deze bevraging dan ongeldig, begin opnieuw en kies "
        "‘Samen’ als manier van invullen: dan is één formulier genoeg."
    )
    return NextStep(
        title=_("Zo komt er geen rapport"),
        explanation=f"{too_few % numbers} {what_to_do}",
        button=_("Voeg een team toe"),
        address=reverse("team_new", args=[survey_round.pk]),
        also=_("Verklaar ongeldig …"),
        also_address=reverse("survey_round_void", args=[survey_round.pk]),
    )


def _finish(survey_round, plan):
    """After the date nothing closes by itself."""
    if plan.can_close:
        return NextStep(
            title=_("Volgende stap: sluit af"),
            explanation=_(
                "De einddatum is voorbij en het formulier is dicht. Niets sluit vanzelf af: "
                "jij beslist."
            ),
            button=_("Bekijk wat er verschijnt"),
            address=reverse("survey_round_close", args=[survey_round.pk]),
        )
    return _give_time(survey_round, plan)


def _give_time(survey_round, plan):
    return NextStep(
        title=_("Volgende stap: geef meer tijd"),
        explanation=ngettext(
            "Er is nog %(missing)d inzending nodig voor een rapport.",
            "Er zijn nog %(missing)d inzendingen nodig voor een rapport.",
            plan.missing,
        )
        % {"missing": plan.missing},
        button=_("Geef meer tijd"),
        address=reverse("survey_round_extend", args=[survey_round.pk]),
    )
