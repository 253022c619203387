"""HR blacks out a name in what colleagues wrote at Andere."""

import pytest
from django.urls import reverse

from survey.closing import close_round
from survey.models import OtherText
from tests.factories import send


@pytest.fixture
def text(survey_round, zorg):
    """What somebody wrote, in a round that is closed."""
    send(zorg, v6=["andere"], texts={"v6": "Vraag het aan Rita"})
    for _ in range(5):
        send(zorg, v1="ja")
    close_round(survey_round)
    return OtherText.objects.get()


def show(client, text, wording):
    address = reverse("review_texts", kwargs={"round_id": text.survey_round.pk})
    return client.post(address, {"tekst": text.pk, "decision": "show", "text": wording})


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Vraag het aan [Rita]", "Vraag het aan █████"),
        ("[Rita van de nacht] en [ik]", "█████ en █████"),
        ("Vraag het [] aan Rita [x", "Vraag het [] aan Rita [x"),
        ("Vraag het aan\r\n[Rita]", "Vraag het aan\n█████"),
    ],
)
def test_what_hr_puts_between_square_brackets_is_blacked_out(sign_in, ilse, text, typed, shown):
    show(sign_in(ilse), text, typed)

    text.refresh_from_db()
    assert (text.state, text.text) == (OtherText.State.SHOWN, shown)


def test_brackets_of_who_wrote_the_text_stay(sign_in, ilse, text):
    OtherText.objects.update(text="[grapje]\nVraag het aan Rita")

    show(sign_in(ilse), text, "[grapje]\r\nVraag het aan Rita")

    text.refresh_from_db()
    assert text.text == "[grapje]\nVraag het aan Rita"


def test_blacking_out_never_makes_a_text_too_long_to_keep(sign_in, ilse, text):
    response = show(sign_in(ilse), text, "[a]" * 100)

    text.refresh_from_db()
    assert response.status_code == 422
    assert text.text == "Vraag het aan Rita"
