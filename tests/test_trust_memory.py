"""Promise T7 of docs/promises.md: what was reworded or hidden is not in the app's memory either.

Seen failing with a layout that is kept under the words, with drawn questions that hold them, and
without `forget_prints` in each of the four places.
"""

import pytest
from django.core.cache import caches
from django.urls import reverse

from survey.closing import close_round
from survey.models import OtherText
from survey.report import pdf
from tests.factories import send
from tests.scan import MARKER, kept_in_memory

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Vraag het aan een collega"


@pytest.fixture
def text(survey_round, zorg):
    """What somebody wrote in a round that is closed now, and everybody reads."""
    send(zorg, v6=["andere"], texts={"v6": MARKER})
    for _ in range(5):
        send(zorg, v1="ja")
    close_round(survey_round)
    OtherText.objects.update(state=OtherText.State.SHOWN)
    return OtherText.objects.get()


def by_hr(client, text, decision):
    sent = {"tekst": text.pk, "decision": decision, "text": WORDS}
    return client.post(reverse("review_texts", args=[text.survey_round.pk]), sent)


def by_administrator(client, text, state):
    sent = {"text": WORDS, "state": state}
    return client.post(f"/admin/survey/othertext/{text.pk}/change/", sent)


def hidden_in_list(client, text, _):
    sent = {"action": "hide", "_selected_action": [text.pk]}
    return client.post("/admin/survey/othertext/", sent)


def prints():
    return [key for key in caches["prints"]._cache if "print:" in key]


@pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")
@pytest.mark.parametrize(
    ("person", "change", "how"),
    [
        ("ilse", by_hr, "show"),
        ("ilse", by_hr, "hide"),
        ("ada", by_administrator, "SHOWN"),
        ("ada", hidden_in_list, ""),
    ],
)
def test_t7_the_former_words_of_a_text_that_was_shown(
    text, sign_in, bram, request, person, change, how
):
    reader = sign_in(bram)
    page = reader.get(text.segment.get_absolute_url())
    reader.get(reverse("segment_report_pdf", args=[text.survey_round.pk, text.segment_id]))
    assert MARKER in page.text
    assert len(prints()) == 1

    changed = change(sign_in(request.getfixturevalue(person)), text, how)

    assert changed.status_code == 302
    assert prints() == []
    assert kept_in_memory(MARKER) == []


def test_t7_a_cache_that_is_away_keeps_nobody_from_rewording(text, sign_in, ilse, settings):
    nowhere = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1",
    }
    settings.CACHES = {"default": nowhere, "prints": nowhere}

    changed = by_hr(sign_in(ilse), text, "show")

    assert changed.status_code == 302
    assert OtherText.objects.get().text == WORDS
