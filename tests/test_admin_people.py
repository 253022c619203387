"""Users, members, invitations and second steps in the admin."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from survey.models import Invitation, Membership, User
from tests.factories import UserFactory


@pytest.fixture
def desk(sign_in, ada):
    """A client with which the administrator is signed in."""
    return sign_in(ada)


@pytest.fixture
def clerk(db):
    """Staff with every permission, but no superuser."""
    user = UserFactory(email="klerk@site.example", is_staff=True)
    user.user_permissions.set(Permission.objects.all())
    return user


def url_of(user, view="change"):
    return reverse(f"admin:survey_user_{view}", args=[user.pk])


def test_a_user_is_made_with_an_address_and_a_password(desk):
    sent = {
        "email": "nieuw@delinde.example",
        "language": "fr",
        "usable_password": "true",
        "password1": "een-lang-wachtwoord",
        "password2": "een-lang-wachtwoord",
    }

    answer = desk.post("/admin/survey/user/add/", sent)

    user = User.objects.get(email="nieuw@delinde.example")
    assert answer.status_code == 302
    assert user.language == "fr"
    assert user.check_password("een-lang-wachtwoord")


@pytest.mark.parametrize("email", ["ilse@delinde.example", "Ilse@delinde.example"])
def test_an_address_is_used_once_whatever_the_capitals(desk, ilse, email):
    sent = {"email": email, "language": "nl", "usable_password": "false"}

    page = desk.post("/admin/survey/user/add/", sent)

    assert page.context["adminform"].form.errors == {
        "email": ["Er is al iemand met dit e-mailadres."]
    }


def test_the_database_holds_an_address_once_whatever_the_capitals(ilse):
    with pytest.raises(IntegrityError, match="user_once_per_address"):
        User.objects.create_user("Ilse@delinde.example")


def test_a_user_can_be_changed(desk, ilse):
    sent = {"email": ilse.email, "first_name": "Ilse", "language": "nl", "is_active": "on"}

    answer = desk.post(url_of(ilse), sent)

    ilse.refresh_from_db()
    assert answer.status_code == 302
    assert (ilse.first_name, ilse.is_active, ilse.is_staff) == ("Ilse", True, False)


def test_the_former_address_of_a_user_opens_nothing_any_more(desk, ilse, mailoutbox):
    former = ilse.email
    EmailAddress.objects.create(user=ilse, email=former, primary=True, verified=True)
    sent = {"email": "ilse@elders.example", "language": "nl", "is_active": "on"}

    desk.post(url_of(ilse), sent)
    Client().post(reverse("account_request_login_code"), {"email": former})

    assert User.objects.get(pk=ilse.pk).email == "ilse@elders.example"
    assert mailoutbox[0].subject == "Er is geen account met dit adres"


def test_only_a_superuser_hands_out_rights(sign_in, clerk, ilse):
    client = sign_in(clerk)
    rights = {"is_superuser": "on", "is_staff": "on"}

    for user in (clerk, ilse):
        client.post(url_of(user), {"email": user.email, "language": "nl", **rights})

    assert list(User.objects.filter(is_superuser=True)) == []
    assert list(User.objects.filter(is_staff=True)) == [clerk]


@pytest.mark.parametrize("view", ["change", "delete"])
def test_a_superuser_is_out_of_reach_of_other_staff(sign_in, clerk, ada, view):
    answer = sign_in(clerk).post(url_of(ada, view), {"post": "yes", "email": "x@site.example"})

    assert answer.status_code == 403
    assert User.objects.get(pk=ada.pk).email == "ada@site.example"


def test_the_password_of_a_superuser_is_out_of_reach_too(sign_in, clerk, ada):
    url = reverse("admin:auth_user_password_change", args=[ada.pk])

    assert sign_in(clerk).get(url).status_code == 403


def test_a_user_goes_with_addresses_and_memberships(desk, ilse):
    EmailAddress.objects.create(user=ilse, email=ilse.email)

    answer = desk.post(url_of(ilse, "delete"), {"post": "yes"})

    assert answer.status_code == 302
    assert User.objects.filter(email="ilse@delinde.example").count() == 0
    assert Membership.objects.count() == 0


def test_members_are_changed_with_their_organisation(desk, ilse, bram, de_linde):
    first, second = de_linde.memberships.order_by("pk")
    sent = {
        "name": "De Linde",
        "memberships-TOTAL_FORMS": 2,
        "memberships-INITIAL_FORMS": 2,
        "memberships-0-id": first.pk,
        "memberships-0-organisation": de_linde.pk,
        "memberships-0-user": ilse.pk,
        "memberships-0-role": "FACILITATOR",
        "memberships-1-id": second.pk,
        "memberships-1-organisation": de_linde.pk,
        "memberships-1-user": bram.pk,
        "memberships-1-role": "HR",
    }

    answer = desk.post(reverse("admin:survey_organisation_change", args=[de_linde.pk]), sent)

    de_linde.refresh_from_db()
    assert answer.status_code == 302
    assert de_linde.name == "De Linde"
    assert dict(de_linde.memberships.values_list("user", "role")) == {
        ilse.pk: "FACILITATOR",
        bram.pk: "HR",
    }


def test_an_organisation_is_found_by_its_name(desk, de_linde, noor):
    page = desk.get("/admin/survey/organisation/", {"q": "linde"})

    assert list(page.context["cl"].result_list) == [de_linde]


def test_an_invitation_never_shows_its_code(desk, de_linde):
    invitation = Invitation.objects.create(
        organisation=de_linde, email="x@delinde.example", role="HR"
    )
    url = reverse("admin:survey_invitation_change", args=[invitation.pk])

    pages = [desk.get("/admin/survey/invitation/"), desk.get(url)]

    assert [page.status_code for page in pages] == [200, 200]
    assert [page.content.decode().count(invitation.code) for page in pages] == [0, 0]
    assert desk.post(url, {"role": "FACILITATOR"}).status_code == 403


def test_a_second_step_can_be_taken_away_but_not_read(desk, ilse):
    step = Authenticator.objects.create(user=ilse, type="totp", data={"secret": "GEHEIM"})
    url = reverse("admin:mfa_authenticator_change", args=[step.pk])

    page = desk.get(url)
    desk.post(url.replace("change", "delete"), {"post": "yes"})

    assert "GEHEIM" not in page.content.decode()
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize("name", ["user", "membership", "organisation", "invitation"])
def test_lists_cost_the_same_at_any_length(
    desk, ilse, bram, de_linde, name, django_assert_num_queries
):
    url = f"/admin/survey/{name}/"
    with django_assert_num_queries(4):
        desk.get(url)

    for number in range(5):
        user = UserFactory(email=f"extra{number}@delinde.example")
        Membership.objects.create(organisation=de_linde, user=user)
        de_linde.invitations.create(email=user.email, role="HR")

    with django_assert_num_queries(4):
        desk.get(url)
