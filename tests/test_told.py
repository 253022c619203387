"""What colleagues are told: proposed texts in the language of who reads, HR's own as typed."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from survey.models.told import PROPOSED, in_readers_language, proposed_texts
from survey.prepare.forms import RoundForm
from survey.prepare.sharing import write_invitations
from survey.report.build import build_report

LANGUAGES = ["nl", "fr", "en", "de"]


def leave_as_proposed(survey_round, language="nl"):
    with override(language):
        for field, text in proposed_texts().items():
            setattr(survey_round, field, text)
    survey_round.save()


@pytest.mark.parametrize("stored_in", LANGUAGES)
@pytest.mark.parametrize("read_in", LANGUAGES)
def test_a_proposed_text_is_read_in_ones_own_language(stored_in, read_in):
    with override(stored_in):
        stored = proposed_texts()

    with override(read_in):
        read = {field: in_readers_language(text) for field, text in stored.items()}
        own = proposed_texts()

    assert read == own


def test_the_proposed_texts_differ_in_every_language():
    texts = set()
    for language in LANGUAGES:
        with override(language):
            texts |= set(proposed_texts().values())

    assert len(texts) == len(LANGUAGES) * len(PROPOSED)


@pytest.mark.parametrize("text", ["Andere", "Omdat we het willen weten.", "De HR-dienst, Ilse", ""])
def test_what_hr_typed_herself_is_never_translated(text):
    with override("fr"):
        assert in_readers_language(text) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_colleague_reads_form_and_thanks_in_one_language(survey_round, zorg, language):
    leave_as_proposed(survey_round, "de")
    client = Client(headers={"accept-language": language})

    form = client.get(zorg.get_absolute_url()).content.decode()
    thanks = client.get(reverse("thanks", args=[zorg.grouped_token])).content.decode()

    with override(language):
        told = proposed_texts()
    assert [text in form for text in told.values()] == [True] * 4
    assert [told[field] in thanks for field in ("read_by", "heard_when")] == [True, True]


def test_the_two_languages_of_one_form_do_not_mix(survey_round, zorg):
    leave_as_proposed(survey_round)

    pages = {
        language: Client(headers={"accept-language": language}).get(zorg.get_absolute_url())
        for language in ("fr", "nl", "fr")
    }

    dutch = PROPOSED["purpose"]
    assert [dutch in pages[code].content.decode() for code in ("nl", "fr")] == [True, False]


def test_each_mail_is_in_one_language(survey_round, zorg):
    leave_as_proposed(survey_round)

    for invitation in write_invitations(survey_round, zorg):
        with override(invitation.language):
            told = proposed_texts()
        assert told["asked_by"] in invitation.mail
        assert told["purpose"] in invitation.mail


def test_the_report_tells_in_the_language_of_its_reader_who_gets_it(survey_round, zorg):
    leave_as_proposed(survey_round)

    with override("fr"):
        read_by = build_report(survey_round).read_by
        assert read_by == proposed_texts()["read_by"]


def test_hr_changes_the_proposed_texts_in_her_own_language(survey_round):
    leave_as_proposed(survey_round)
    survey_round.purpose = "Omdat het telt."

    with override("fr"):
        form = RoundForm(instance=survey_round)
        own = proposed_texts()

    assert form["read_by"].value() == own["read_by"]
    assert form["purpose"].value() == "Omdat het telt."
