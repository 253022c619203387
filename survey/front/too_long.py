"""A form that is longer than we take: a page that says so, and names the text that is too long."""

from collections import Counter

from django.conf import settings
from django.http import HttpResponse
from django.http.request import UnreadablePostError
from django.template.loader import render_to_string
from django.utils.translation import get_language

from survey.instrument import read_instrument
from survey.models import Questionnaire
from survey.models.responses import OTHER_TEXT_LENGTH
from survey.question_fields import text_name

AT_ONCE = 65_536  # bytes
# More than nginx lets through. What is longer is not read: nobody types that.
LONGEST_READ = 4_000_000  # bytes
LONGEST_NAME = 40


class RefuseTooLongMiddleware:
    """Answers 413, so that no view reads what was sent."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdecimal() or int(announced) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self.get_response(request)
        # Read it even so: nginx hears no answer from who hangs up while it is still sending.
        field = longest_field(request) if int(announced) <= LONGEST_READ else ""
        context = {
            "question": _question_with_text(field),
            "most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000,
            "most_in_text": OTHER_TEXT_LENGTH,
        }
        return HttpResponse(render_to_string("413.html", context), status=413)


def longest_field(request) -> str:
    """Return the name of the longest field; "" if it is none. Keeps one piece at a time."""
    lengths: Counter[str] = Counter()
    name, is_name = b"", True
    try:
        while piece := request.read(AT_ONCE):
            for number, part in enumerate(piece.split(b"&")):
                if number:
                    name, is_name = b"", True
                if is_name:
                    start, equals, part = part.partition(b"=")
                    name, is_name = (name + start)[:LONGEST_NAME], not equals
                if len(lengths) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
                    lengths[name.decode("ascii", "replace")] += len(part)
    except UnreadablePostError:
        return ""
    return max(lengths, key=lambda each: lengths[each], default="")


def _question_with_text(field):
    """Return the question whose text this field holds, in the visitor's language; None if none."""
    questionnaire = Questionnaire.objects.newest() if field else None
    if questionnaire is None:
        return None
    questions = read_instrument(questionnaire.pk, get_language()).questions
    return next((each for each in questions if each.other and text_name(each) == field), None)
