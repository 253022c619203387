"""Members of an organisation: roles, leaving, and who may change what."""

import pytest
from django.urls import reverse

from survey.models import Invitation, Membership
from tests.factories import MembershipFactory, UserFactory

HR, FACILITATOR = Membership.Role.HR, Membership.Role.FACILITATOR


def page(response):
    return response.content.decode()


def address(name, organisation, **kwargs):
    return reverse(name, kwargs={"organisation_id": organisation.pk} | kwargs)


def membership_of(user):
    return user.memberships.get()


# Looking


def test_members_see_who_is_a_member(sign_in, ilse, bram, de_linde):
    shown = page(sign_in(bram).get(address("members", de_linde)))

    assert "ilse@delinde.example" in shown
    assert "HR nodigt leden uit" in shown
    assert "Verstuur de uitnodiging" not in shown


def test_hr_sees_the_links_of_invitations_and_a_facilitator_does_not(sign_in, ilse, bram, de_linde):
    invitation = Invitation.objects.create(
        organisation=de_linde, email="mia@delinde.example", role=HR
    )

    by_hr = page(sign_in(ilse).get(address("members", de_linde)))
    by_facilitator = page(sign_in(bram).get(address("members", de_linde)))

    assert f"http://localhost:8000/uitnodiging/{invitation.code}/" in by_hr
    assert invitation.code not in by_facilitator
    assert "mia@delinde.example" not in by_facilitator


def test_the_organisation_page_leads_to_its_members(sign_in, bram, de_linde):
    shown = page(sign_in(bram).get(de_linde.get_absolute_url()))

    assert f'href="{address("members", de_linde)}"' in shown


@pytest.mark.parametrize("name", ["members", "leave"])
def test_somebody_elses_organisation_is_not_found(client, sign_in, noor, de_linde, name):
    assert client.get(address(name, de_linde)).url.startswith("/account/login/")
    assert sign_in(noor).get(address(name, de_linde)).status_code == 404


@pytest.mark.parametrize("name", ["member", "member_remove"])
def test_only_hr_of_the_organisation_changes_a_member(
    client, sign_in, ilse, bram, noor, de_linde, name
):
    target = address(name, de_linde, membership_id=membership_of(ilse).pk)

    assert client.post(target).url.startswith("/account/login/")
    assert sign_in(bram).post(target, {"role": FACILITATOR}).status_code == 403
    assert sign_in(noor).post(target, {"role": FACILITATOR}).status_code == 404
    assert membership_of(ilse).role == HR


@pytest.mark.parametrize("name", ["member", "member_remove"])
def test_a_member_of_another_organisation_is_not_found(sign_in, ilse, noor, de_linde, name):
    target = address(name, de_linde, membership_id=membership_of(noor).pk)

    assert sign_in(ilse).post(target, {"role": FACILITATOR}).status_code == 404
    assert membership_of(noor).role == HR


def test_wrong_methods_are_refused(sign_in, ilse, bram, de_linde):
    client = sign_in(ilse)
    pk = membership_of(bram).pk

    assert client.post(address("members", de_linde)).status_code == 405
    assert client.put(address("member_invite", de_linde)).status_code == 405
    assert client.put(address("member_remove", de_linde, membership_id=pk)).status_code == 405
    assert client.put(address("member", de_linde, membership_id=pk)).status_code == 405
    assert client.put(address("leave", de_linde)).status_code == 405


def test_looking_where_only_a_form_is_sent_leads_to_that_form(sign_in, ilse, bram, de_linde):
    client = sign_in(ilse)
    pk = membership_of(bram).pk

    inviting = client.get(address("member_invite", de_linde))
    removing = client.get(address("member_remove", de_linde, membership_id=pk))

    assert inviting.url == address("members", de_linde)
    assert removing.url == address("member", de_linde, membership_id=pk)
    assert bram.memberships.exists()


# Roles


def test_hr_changes_a_role(sign_in, ilse, bram, de_linde):
    target = address("member", de_linde, membership_id=membership_of(bram).pk)
    client = sign_in(ilse)

    shown = page(client.get(target))
    response = client.post(target, {"role": HR})

    assert "bram@delinde.example" in shown
    assert response.url == address("members", de_linde)
    assert membership_of(bram).role == HR


@pytest.mark.parametrize("sent", [{}, {"role": ""}, {"role": "BAAS"}])
def test_an_unknown_role_is_refused(sign_in, ilse, bram, de_linde, sent):
    target = address("member", de_linde, membership_id=membership_of(bram).pk)

    response = sign_in(ilse).post(target, sent)

    assert response.status_code == 422
    assert membership_of(bram).role == FACILITATOR


def test_the_last_hr_member_keeps_her_role(sign_in, ilse, bram, de_linde):
    target = address("member", de_linde, membership_id=membership_of(ilse).pk)

    response = sign_in(ilse).post(target, {"role": FACILITATOR}, follow=True)

    assert "Er moet minstens één lid van HR blijven" in page(response)
    assert membership_of(ilse).role == HR


def test_one_of_two_hr_members_can_become_facilitator(sign_in, ilse, de_linde):
    MembershipFactory(organisation=de_linde, role=HR)
    target = address("member", de_linde, membership_id=membership_of(ilse).pk)

    sign_in(ilse).post(target, {"role": FACILITATOR})

    assert membership_of(ilse).role == FACILITATOR


# Leaving


def test_hr_removes_a_member(sign_in, ilse, bram, de_linde):
    target = address("member_remove", de_linde, membership_id=membership_of(bram).pk)

    sign_in(ilse).post(target)

    assert not bram.memberships.exists()


def test_a_facilitator_leaves_after_a_page_that_says_what_it_means(sign_in, bram, de_linde):
    client = sign_in(bram)

    shown = page(client.get(address("leave", de_linde)))
    still = bram.memberships.exists()
    response = client.post(address("leave", de_linde))

    assert "HR je opnieuw uitnodigt" in shown
    assert still
    assert response.url == reverse("home")
    assert not bram.memberships.exists()


@pytest.mark.parametrize("name", ["leave", "member_remove"])
def test_the_last_hr_member_cannot_go(sign_in, ilse, bram, de_linde, name):
    kwargs = {"membership_id": membership_of(ilse).pk} if name == "member_remove" else {}

    sign_in(ilse).post(address(name, de_linde, **kwargs))

    assert membership_of(ilse).role == HR


def test_the_last_hr_member_reads_that_she_cannot_go_and_finds_no_button(sign_in, ilse, de_linde):
    client = sign_in(ilse)

    for shown in (
        page(client.get(address("leave", de_linde))),
        page(client.get(address("member", de_linde, membership_id=membership_of(ilse).pk))),
    ):
        assert "Er moet minstens één lid van HR blijven." in shown
        assert "Ik ben geen lid meer" not in shown
        assert "Verwijder ilse@delinde.example" not in shown


def test_one_of_two_hr_members_finds_the_button_to_leave(sign_in, ilse, de_linde):
    MembershipFactory(organisation=de_linde, role=HR)

    shown = page(sign_in(ilse).get(address("leave", de_linde)))

    assert "Ik ben geen lid meer" in shown
    assert "Er moet minstens één lid van HR blijven." not in shown


def test_somebody_whose_account_is_shut_does_not_count_as_hr(sign_in, ilse, de_linde):
    MembershipFactory(organisation=de_linde, user=UserFactory(is_active=False), role=HR)

    sign_in(ilse).post(address("leave", de_linde))

    assert ilse.memberships.exists()
