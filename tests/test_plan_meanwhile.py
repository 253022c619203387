"""The action plan, when somebody else changes it while it is being written."""

from datetime import date

from survey.models import ActionPoint
from tests.factories import planning
from tests.test_plan import page, sent, texts_of, write

DAY = date(2027, 2, 1)


def test_who_saves_over_a_newer_plan_is_told_first(sign_in, ilse, closed, segment, action):
    client = sign_in(ilse)
    seen = client.get(planning(closed, segment)).context["seen"]
    ActionPoint.objects.update(text="Iets anders")

    refused = client.post(
        planning(closed, segment), sent({"text": "Mijn versie"}) | {"gezien": seen}
    )

    assert refused.status_code == 409
    assert texts_of(closed) == [(1, "Iets anders")]

    again = refused.context["seen"]
    client.post(planning(closed, segment), sent({"text": "Mijn versie"}) | {"gezien": again})

    assert texts_of(closed) == [(1, "Mijn versie")]


def test_a_plan_that_is_sent_twice_is_saved_once_and_nobody_else_changed_it(
    sign_in, ilse, closed, segment
):
    client, address = sign_in(ilse), planning(closed, segment)
    plan = sent({"text": "Samen eten", "topic": "v6", "is_shared": "on"}, {"text": "Samen koken"})
    plan |= {"gezien": client.get(address).context["seen"]}

    first, again = client.post(address, plan), client.post(address, plan)
    unshared = {name: value for name, value in plan.items() if "is_shared" not in name}
    other = client.post(address, unshared)

    assert [first.status_code, again.status_code, other.status_code] == [302, 302, 409]
    assert first.url == again.url
    assert texts_of(closed) == [(1, "Samen eten"), (2, "Samen koken")]


def test_what_a_colleague_added_meanwhile_is_shown_and_not_deleted_unseen(
    sign_in, ilse, closed, segment, action
):
    client = sign_in(ilse)
    address = planning(closed, segment)
    seen = client.get(address).context["seen"]
    for position, text in ((2, "Samen wandelen"), (3, "Samen koken")):
        ActionPoint.objects.create(
            survey_round=closed, segment=segment, position=position, text=text
        )

    mine = sent({"text": "Samen eten, elke week"}, {"text": ""})
    refused = client.post(address, mine | {"gezien": seen})
    shown = [form["text"].value() for form in refused.context["forms"]]

    assert refused.status_code == 409
    assert shown == ["Samen eten, elke week", "Samen wandelen", "Samen koken"]
    assert "Wat jij leeg liet, staat er zoals het nu bewaard is." in page(refused)

    again = sent(*({"text": text} for text in shown))
    client.post(address, again | {"gezien": refused.context["seen"]})

    assert texts_of(closed) == list(enumerate(shown, start=1))


def test_an_action_that_was_not_sent_stays(sign_in, ilse, closed):
    client = sign_in(ilse)
    write(client, planning(closed), {"text": "Een"}, {"text": "Twee", "topic": "v6"})

    write(client, planning(closed), {"text": ""})

    assert texts_of(closed) == [(1, "Twee")]
    assert closed.action_points.get().question.code == "v6"


def test_a_refused_plan_still_shows_what_was_not_sent(sign_in, ilse, closed):
    client = sign_in(ilse)
    write(client, planning(closed), {"text": "Een"}, {"text": "Twee"})

    refused = write(client, planning(closed), {"text": "Een", "review_on": "32 januari"})

    assert refused.status_code == 422
    assert [form["text"].value() for form in refused.context["forms"]] == ["Een", "Twee"]


def test_a_plan_without_the_hidden_field_is_not_stored(sign_in, ilse, closed):
    response = sign_in(ilse).post(planning(closed), sent({"text": "Samen eten"}))

    assert response.status_code == 409
    assert not ActionPoint.objects.exists()


def test_a_mail_that_went_out_meanwhile_is_not_forgotten(sign_in, ilse, closed, segment, action):
    client = sign_in(ilse)
    seen = client.get(planning(closed, segment)).context["seen"]
    ActionPoint.objects.update(reminded_on=DAY)

    fields = {"text": "Ander woord", "who": "Sofie", "review_on": "2027-02-01"}
    client.post(planning(closed, segment), sent(fields) | {"gezien": seen})

    action.refresh_from_db()
    assert (action.text, action.reminded_on) == ("Ander woord", DAY)
