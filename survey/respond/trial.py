"""Try it without an account: eleven questions, and at once the report of that one form.

Nothing is stored: the answers travel in the page, until somebody asks to keep them.
"""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from survey import kept_trial
from survey.answering import AnswerForm, Submission, blank_questions, draw_questions
from survey.counting import Counts
from survey.instrument import Instrument, read_instrument
from survey.models import Questionnaire
from survey.report import pdf
from survey.report.build import build_trial_report

from .languages import chosen_language, remember

# Sent by the language buttons above the report, so that they draw the report again.
REPORT_FIELD = "rapport"


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
def try_it(request):
    """The form, and after sending the report of what was filled in."""
    if request.method != "POST":
        return _draw(request, _instrument())
    language = chosen_language(request)
    form = AnswerForm(_instrument(), request.POST)
    if language and REPORT_FIELD not in request.POST:
        page = _draw(request, form.instrument, form)
    elif form.is_valid():
        page = _draw_report(request, form)
    else:
        page = _draw(request, form.instrument, form, status=422, problems=form.problems())
    return remember(page, language) if language else page


@require_POST
def try_pdf(request):
    """The same report as a PDF, from the answers that travelled in the page."""
    form = AnswerForm(_instrument(), request.POST)
    if not form.is_valid() or not pdf.is_available():
        return HttpResponseRedirect(reverse("try"))
    report = _report(form)
    page = pdf.show_pdf(pdf.write_pdf(report), report)
    add_never_cache_headers(page)
    return page


@require_POST
def keep_trial(request):
    """Put the answers in the session, as the page said, and lead to who can keep them."""
    form = AnswerForm(_instrument(), request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("try"))
    kept_trial.keep(request.session, form.instrument.questionnaire_id, form.submission())
    keep_answers = reverse("keep_answers")
    if request.user.is_authenticated:
        return HttpResponseRedirect(keep_answers)
    return redirect(f"{reverse('account_signup')}?{urlencode({'next': keep_answers})}")


def count_one(instrument: Instrument, submission: Submission) -> Counts:
    """Return the counts of one form."""
    chosen = dict.fromkeys(submission.choices, 1)
    answered = {
        question.id: 1
        for question in instrument.questions
        if any(choice.id in chosen for choice in question.choices)
    }
    return Counts(1, chosen, answered)


def _instrument():
    newest = Questionnaire.objects.newest()
    if newest is None:
        raise Http404
    return read_instrument(newest.pk, get_language())


def _report(form):
    submission = form.submission()
    counts = count_one(form.instrument, submission)
    return build_trial_report(form.instrument, counts, dict(submission.texts))


def _answers(form):
    """Return what was sent, as the hidden fields of the next page."""
    names = form.question_fields()
    return [(name, value) for name in names for value in form.data.getlist(name) if value]


def _draw_report(request, form):
    report = _report(form)
    page = render(
        request,
        "survey/respond/trial_report.html",
        {
            "report": report,
            "answers": _answers(form),
            "report_field": REPORT_FIELD,
            "can_make_pdf": pdf.is_available(),
        },
    )
    add_never_cache_headers(page)
    return page


def _draw(request, instrument, form=None, *, status=200, problems=()):
    return render(
        request,
        "survey/respond/try.html",
        {
            "questions": draw_questions(form)
            if form
            else blank_questions(instrument.questionnaire_id, instrument.language),
            "question_count": len(instrument.questions),
            "translation_note": instrument.translation_note,
            "is_filled_in": form is not None,
            "problems": problems,
        },
        status=status,
    )
