"""Sending invitations, again or back; test_accepting.py is about accepting them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from survey.models import Invitation, Membership
from survey.prepare.members import MOST_INVITATIONS
from tests.factories import OrganisationFactory

HR, FACILITATOR = Membership.Role.HR, Membership.Role.FACILITATOR
DOWN = "tests.test_account_mails.MailServerIsDown"


def page(response):
    return response.content.decode()


def address(name, organisation, **kwargs):
    return reverse(name, kwargs={"organisation_id": organisation.pk} | kwargs)


@pytest.fixture
def invitation(de_linde):
    return Invitation.objects.create(
        organisation=de_linde, email="mia@delinde.example", role=FACILITATOR
    )


def expire(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(
        sent_at=timezone.now() - timedelta(days=7, minutes=1)
    )


def test_an_invitation_is_mailed_in_the_language_of_who_invites(
    sign_in, ilse, de_linde, mailoutbox
):
    sign_in(ilse).post(
        address("member_invite", de_linde), {"email": "mia@delinde.example", "role": HR}
    )

    invitation = Invitation.objects.get()
    [mail] = mailoutbox
    assert mail.to == ["mia@delinde.example"]
    assert mail.subject == "Uitnodiging voor Woonzorgcentrum De Linde"
    assert f"http://localhost:8000/uitnodiging/{invitation.code}/" in mail.body
    assert "ilse@delinde.example nodigt je uit om als HR" in mail.body
    assert invitation.role == HR


def test_a_mail_server_that_is_down_is_told_and_the_link_can_be_copied(
    sign_in, ilse, de_linde, settings, caplog
):
    settings.EMAIL_BACKEND = DOWN

    response = sign_in(ilse).post(
        address("member_invite", de_linde),
        {"email": "mia@delinde.example", "role": HR},
        follow=True,
    )

    shown = page(response)
    assert "We konden geen mail sturen naar mia@delinde.example" in shown
    assert Invitation.objects.get().code in shown
    assert "delinde.example" not in caplog.text


def test_without_a_mail_server_the_link_is_shown_and_nothing_is_sent(
    sign_in, ilse, de_linde, settings, caplog
):
    settings.EMAIL_BACKEND = "survey.mailing.NoMailServer"

    response = sign_in(ilse).post(
        address("member_invite", de_linde),
        {"email": "mia@delinde.example", "role": HR},
        follow=True,
    )

    assert "We konden geen mail sturen naar mia@delinde.example" in page(response)
    assert Invitation.objects.get().code in page(response)
    assert caplog.messages == []


def test_on_the_own_machine_an_invitation_is_printed_and_its_link_is_shown(
    sign_in, ilse, de_linde, settings, capsys
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

    response = sign_in(ilse).post(
        address("member_invite", de_linde),
        {"email": "mia@delinde.example", "role": HR},
        follow=True,
    )

    link = f"http://localhost:8000/uitnodiging/{Invitation.objects.get().code}/"
    assert link in capsys.readouterr().out
    assert link in page(response)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "E-mailadres van je collega"),
        ({"email": "geen adres", "role": "HR"}, "geldig e-mailadres"),
        ({"email": "mia@delinde.example", "role": "BAAS"}, "Rol"),
        ({"email": "BRAM@delinde.example", "role": "HR"}, "Deze collega is al lid."),
        ({"email": f"{'a' * 250}@delinde.example", "role": "HR"}, "E-mailadres"),
    ],
)
def test_bad_input_is_told_and_invites_nobody(sign_in, ilse, bram, de_linde, sent, said):
    response = sign_in(ilse).post(address("member_invite", de_linde), sent)

    assert response.status_code == 422
    assert said in page(response)
    assert not Invitation.objects.exists()


def test_the_same_address_is_not_invited_twice(sign_in, ilse, de_linde, invitation):
    response = sign_in(ilse).post(
        address("member_invite", de_linde), {"email": "MIA@delinde.example", "role": HR}
    )

    assert response.status_code == 422
    assert "Dit adres is al uitgenodigd" in page(response)
    assert Invitation.objects.count() == 1


def test_an_organisation_does_not_mail_the_whole_world(sign_in, ilse, de_linde):
    Invitation.objects.bulk_create(
        Invitation(organisation=de_linde, email=f"{n}@delinde.example", role=HR)
        for n in range(MOST_INVITATIONS)
    )

    response = sign_in(ilse).post(
        address("member_invite", de_linde), {"email": "mia@delinde.example", "role": HR}
    )

    assert response.status_code == 422
    assert Invitation.objects.count() == MOST_INVITATIONS


def test_sending_again_renews_the_same_link(sign_in, ilse, de_linde, invitation, mailoutbox):
    expire(invitation)

    sign_in(ilse).post(address("invitation_resend", de_linde, invitation_id=invitation.pk))

    renewed = Invitation.objects.get()
    assert renewed.is_valid
    assert renewed.code == invitation.code
    assert invitation.code in mailoutbox[0].body


def test_a_withdrawn_invitation_no_longer_works(sign_in, ilse, de_linde, invitation):
    client = sign_in(ilse)

    client.post(address("invitation_withdraw", de_linde, invitation_id=invitation.pk))

    assert client.get(invitation.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["invitation_resend", "invitation_withdraw"])
def test_an_invitation_that_is_gone_is_told_kindly(
    sign_in, ilse, de_linde, invitation, mailoutbox, name
):
    target = address(name, de_linde, invitation_id=invitation.pk)
    invitation.delete()

    response = sign_in(ilse).post(target, follow=True)

    assert response.redirect_chain == [(address("members", de_linde), 302)]
    assert "Deze uitnodiging is er niet meer" in page(response)
    assert mailoutbox == []


@pytest.mark.parametrize("name", ["invitation_resend", "invitation_withdraw"])
def test_an_invitation_of_another_organisation_looks_like_one_that_is_gone(
    sign_in, ilse, de_linde, invitation, mailoutbox, name
):
    elsewhere = OrganisationFactory(name="Elders")
    Invitation.objects.update(organisation=elsewhere)

    response = sign_in(ilse).post(address(name, de_linde, invitation_id=invitation.pk), follow=True)
    in_there = sign_in(ilse).post(address(name, elsewhere, invitation_id=invitation.pk))

    assert "Deze uitnodiging is er niet meer" in page(response)
    assert "mia@delinde.example" not in page(response)
    assert in_there.status_code == 404
    assert Invitation.objects.count() == 1
    assert mailoutbox == []


def test_hr_reads_until_when_a_link_works_and_that_it_expired(sign_in, ilse, de_linde, invitation):
    client = sign_in(ilse)
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=4))
    last_day = date_format(timezone.localdate() + timedelta(days=3), "l j F Y")

    valid = page(client.get(address("members", de_linde)))
    expire(invitation)
    expired = page(client.get(address("members", de_linde)))

    assert f"De link hieronder werkt tot {last_day}" in valid
    assert 'Kopieer de link<span class="visually-hidden"> mia@delinde.example</span>' in valid
    assert "Deze uitnodiging is verlopen op" in expired


def test_expired_invitations_leave_room_for_new_ones(sign_in, ilse, de_linde):
    Invitation.objects.bulk_create(
        Invitation(
            organisation=de_linde,
            email=f"{n}@delinde.example",
            role=HR,
            sent_at=timezone.now() - timedelta(days=8),
        )
        for n in range(MOST_INVITATIONS)
    )

    sign_in(ilse).post(
        address("member_invite", de_linde), {"email": "mia@delinde.example", "role": HR}
    )

    assert Invitation.objects.valid().get().email == "mia@delinde.example"


@pytest.mark.parametrize("name", ["invitation_resend", "invitation_withdraw"])
def test_only_hr_of_the_organisation_handles_invitations(
    client, sign_in, ilse, bram, noor, de_linde, invitation, name
):
    target = address(name, de_linde, invitation_id=invitation.pk)

    assert client.post(target).url.startswith("/account/login/")
    assert sign_in(bram).post(target).status_code == 403
    assert sign_in(noor).post(target).status_code == 404
    assert sign_in(ilse).put(target).status_code == 405
    assert sign_in(ilse).get(target).url == address("members", de_linde)
    assert Invitation.objects.count() == 1


def test_a_facilitator_invites_nobody(sign_in, bram, de_linde):
    response = sign_in(bram).post(
        address("member_invite", de_linde), {"email": "mia@delinde.example", "role": HR}
    )

    assert response.status_code == 403
    assert not Invitation.objects.exists()
