"""Who may do what in an organisation: invited again, not after all, another role, and leaving."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from survey.models import Invitation, Membership
from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

LAST_HR = "Er moet minstens één lid van HR blijven. Geef eerst iemand anders de rol HR."


@pytest.fixture
def invitation(de_linde):
    """An invitation that Mia left unread for longer than it is valid."""
    return Invitation.objects.create(
        organisation=de_linde,
        email="mia@delinde.example",
        role=Membership.Role.FACILITATOR,
        sent_at=timezone.now() - Invitation.VALID_FOR - timedelta(days=1),
    )


def roles_in(organisation):
    return dict(organisation.memberships.values_list("user__email", "role"))


def leave(page):
    page.get_by_role("link", name="Verlaat de organisatie").click()
    page.get_by_role("button", name="Ik ben geen lid meer").click()


def test_an_invitation_is_sent_again_and_then_withdrawn(new_context, invitation, hr, axe):
    hr.get_by_role("link", name="Leden").click()
    expect(hr.get_by_text("Deze uitnodiging is verlopen")).to_be_visible()

    hr.get_by_role("button", name="Stuur opnieuw mia@delinde.example").click()

    expect(hr.get_by_role("status").first).to_have_text(
        "De uitnodiging voor mia@delinde.example is verstuurd."
    )
    [sent] = mail.outbox
    assert sent.to == ["mia@delinde.example"]
    [link] = re.findall(r"https?://\S+", sent.body)
    expect(hr.get_by_text(link)).to_be_visible()
    assert Invitation.objects.get().is_valid
    mia = new_context().new_page()
    mia.goto(link)
    expect(mia.get_by_role("heading", level=1)).to_contain_text("Woonzorgcentrum De Linde")

    hr.get_by_role("button", name="Trek in mia@delinde.example").click()

    expect(hr.get_by_role("status").first).to_have_text(
        "De uitnodiging voor mia@delinde.example is ingetrokken."
    )
    expect(hr.get_by_role("heading", name="Uitgenodigd")).to_have_count(0)
    axe(hr)
    assert not Invitation.objects.exists()
    mia.reload()
    expect(mia.get_by_role("heading", level=1)).to_have_text("Deze uitnodiging werkt niet meer")


def test_a_facilitator_becomes_hr_and_may_invite_from_then_on(new_context, hr, bram, de_linde, axe):
    facilitator = new_context().new_page()
    sign_in(facilitator, bram)
    facilitator.get_by_role("link", name="Leden").click()
    expect(facilitator.get_by_text("HR nodigt leden uit en verandert rollen.")).to_be_visible()
    hr.get_by_role("link", name="Leden").click()

    hr.get_by_role("link", name="Verander bram@delinde.example").click()
    axe(hr)
    hr.get_by_label("HR: maakt ook bevragingen").check()
    hr.get_by_role("button", name="Bewaar").click()

    expect(hr.get_by_role("status").first).to_have_text("De rol is veranderd.")
    assert roles_in(de_linde) == {"ilse@delinde.example": "HR", "bram@delinde.example": "HR"}
    facilitator.reload()
    expect(facilitator.get_by_role("button", name="Verstuur de uitnodiging")).to_be_visible()


def test_the_last_of_hr_leaves_once_somebody_else_has_the_role(hr, bram, de_linde, axe):
    hr.get_by_role("link", name="Leden").click()

    hr.get_by_role("link", name="Verlaat de organisatie").click()
    expect(hr.get_by_text(LAST_HR)).to_be_visible()
    expect(hr.get_by_role("button", name="Ik ben geen lid meer")).to_have_count(0)
    axe(hr)
    hr.get_by_role("main").get_by_role("link", name="Leden van").click()
    assert roles_in(de_linde)["ilse@delinde.example"] == "HR"
    hr.get_by_role("link", name="Verander bram@delinde.example").click()
    hr.get_by_label("HR: maakt ook bevragingen").check()
    hr.get_by_role("button", name="Bewaar").click()
    leave(hr)

    expect(hr.get_by_role("status").first).to_have_text(
        "Je bent geen lid meer van Woonzorgcentrum De Linde."
    )
    assert roles_in(de_linde) == {"bram@delinde.example": "HR"}
