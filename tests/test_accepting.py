"""Accepting an invitation, and everything that can be wrong with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from survey.models import Invitation, Membership, User
from tests.factories import UserFactory

HR, FACILITATOR = Membership.Role.HR, Membership.Role.FACILITATOR


def page(response):
    return response.content.decode()


@pytest.fixture
def invitation(de_linde):
    return Invitation.objects.create(
        organisation=de_linde, email="mia@delinde.example", role=FACILITATOR
    )


def expire(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(
        sent_at=timezone.now() - timedelta(days=7, minutes=1)
    )


def test_who_is_signed_in_accepts_and_is_a_member(sign_in, de_linde, invitation):
    mia = UserFactory(email="mia@delinde.example")
    client = sign_in(mia)

    shown = page(client.get(invitation.get_absolute_url()))
    before = mia.memberships.exists()
    response = client.post(invitation.get_absolute_url())

    assert "Neem de uitnodiging aan" in shown
    assert "De uitnodiging was voor" not in shown
    assert not before
    assert response.url == de_linde.get_absolute_url()
    assert mia.memberships.get().role == FACILITATOR
    assert not Invitation.objects.exists()


def test_pressing_twice_leads_to_the_organisation_both_times(sign_in, de_linde, invitation):
    mia = UserFactory()
    client = sign_in(mia)

    client.post(invitation.get_absolute_url())
    again = client.post(invitation.get_absolute_url())

    assert again.url == de_linde.get_absolute_url()
    assert mia.memberships.count() == 1


def test_another_address_is_told_for_whom_it_was(sign_in, invitation):
    shown = page(sign_in(UserFactory(email="m@elders.example")).get(invitation.get_absolute_url()))

    assert "De uitnodiging was voor mia@delinde.example." in shown


def test_who_is_a_member_already_keeps_her_role_is_told_so_and_uses_the_invitation_up(
    sign_in, bram, de_linde, invitation
):
    Invitation.objects.update(role=HR, email=bram.email)
    client = sign_in(bram)

    shown = page(client.post(invitation.get_absolute_url(), follow=True))
    again = client.post(invitation.get_absolute_url())

    assert "Je was al lid van Woonzorgcentrum De Linde en houdt je rol." in shown
    assert "Welkom. Je bent nu lid" not in shown
    assert bram.memberships.get().role == FACILITATOR
    assert not Invitation.objects.exists()
    assert again.url == de_linde.get_absolute_url()


def test_a_member_who_tries_the_link_of_a_colleague_leaves_it_to_her(sign_in, bram, invitation):
    sign_in(bram).post(invitation.get_absolute_url())

    assert Invitation.objects.get() == invitation


def test_an_invited_visitor_signs_up_also_when_sign_up_is_closed(client, settings, invitation):
    settings.SIGNUP_OPEN = False

    shown = page(client.get(invitation.get_absolute_url()))
    to_sign_up = client.post(invitation.get_absolute_url())
    form = page(client.get(to_sign_up.url))
    signed_up = client.post(
        "/account/signup/",
        {
            "email": "mia@delinde.example",
            "password1": "koffie om tien",
            "next": invitation.get_absolute_url(),
        },
    )
    client.post(signed_up.url)

    assert "Ik heb er al een" in shown
    assert 'value="mia@delinde.example"' in form
    assert signed_up.url == invitation.get_absolute_url()
    assert User.objects.get().memberships.get().role == FACILITATOR


def test_looking_at_an_invitation_changes_nothing(client, settings, invitation):
    settings.SIGNUP_OPEN = False

    client.get(invitation.get_absolute_url())

    assert "session" not in client.cookies
    assert "kan hier zelf geen account maken" in page(client.get("/account/signup/"))


def test_an_expired_invitation_lets_nobody_sign_up(client, settings, invitation):
    settings.SIGNUP_OPEN = False
    client.post(invitation.get_absolute_url())

    expire(invitation)

    assert "kan hier zelf geen account maken" in page(client.get("/account/signup/"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_expired_invitation_says_so(sign_in, invitation, method):
    expire(invitation)
    mia = UserFactory()

    response = getattr(sign_in(mia), method)(invitation.get_absolute_url())

    assert response.status_code == 410
    assert "Ze was zeven dagen geldig" in page(response)
    assert not mia.memberships.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_invitation_says_so(client, db, method):
    response = getattr(client, method)(f"/uitnodiging/{'a' * 32}/")

    assert response.status_code == 404
    assert "Deze uitnodiging werkt niet meer" in page(response)


@pytest.mark.parametrize("code", ["kort", "a" * 31 + "-", "é" * 32])
def test_what_is_no_code_is_not_found(client, db, code):
    assert client.get(f"/uitnodiging/{code}/").status_code == 404


def test_a_wrong_method_is_refused(client, invitation):
    assert client.put(invitation.get_absolute_url()).status_code == 405
