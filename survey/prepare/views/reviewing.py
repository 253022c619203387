"""Read what colleagues wrote at Andere, and decide what the report shows (T7)."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.access import hr_required
from survey.models import AuditEntry

from .. import reviewing
from ..reviewing import HIDDEN, SHOWN, TEXTS_AT_ONCE, WordingForm


@require_http_methods(["GET", "HEAD", "POST"])
@hr_required
def review_texts(request, survey_round):
    """The texts to read, then those already read; each decided by a press of its own."""
    if not reviewing.is_reviewable(survey_round):
        messages.info(request, _("Aanvullingen lees je na zodra de bevraging afgesloten is."))
        return redirect(survey_round)
    if request.method != "POST":
        return _draw(request, survey_round)

    text = _find_text(survey_round, request.POST.get("tekst", ""))
    form = WordingForm(request.POST, text=text)
    if not form.is_valid():
        return _draw(request, survey_round, form, status=422)
    if not form.decide():
        raise Http404
    return redirect(_where_to_go_on(request, survey_round, text))


def _find_text(survey_round, key):
    texts = reviewing.texts_of(survey_round)
    try:
        return get_object_or_404(texts, pk=UUID(key))
    except ValueError as unreadable:
        raise Http404 from unreadable


def _where_to_go_on(request, survey_round, text):
    """Return the address of the next text to read; what was read before stays in view."""
    address = reverse("review_texts", kwargs={"round_id": survey_round.pk})
    if text.state != reviewing.PENDING:
        return f"{address}?gelezen={_page_number(request)}#tekst-{text.pk}"
    following = reviewing.find_next(survey_round, text)
    return f"{address}#tekst-{following.pk}" if following else f"{address}#gelezen"


def _page_number(request):
    number = request.GET.get("gelezen", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1


def _draw(request, survey_round, refused=None, status=200):
    texts = reviewing.texts_of(survey_round)
    pending = texts.pending()
    pending_count = pending.count()
    read = Paginator(texts.filter(state__in=[SHOWN, HIDDEN]), TEXTS_AT_ONCE)
    read_page = read.get_page(_page_number(request))
    AuditEntry.objects.record(request.user, [survey_round], AuditEntry.What.TEXTS)
    return render(
        request,
        "survey/prepare/review_texts.html",
        {
            "survey_round": survey_round,
            "may_be_reworded": reviewing.may_be_reworded(survey_round),
            "pending": reviewing.group_by_question(pending[:TEXTS_AT_ONCE], refused),
            "pending_count": pending_count,
            "later_count": max(0, pending_count - TEXTS_AT_ONCE),
            "read": reviewing.group_by_question(read_page, refused),
            "read_page": read_page,
            "form": refused,
        },
        status=status,
    )
