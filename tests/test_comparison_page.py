"""Two closed rounds side by side, on screen and behind the printed report."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from survey.instrument import read_instrument
from survey.report import pdf
from tests.factories import close_with, segment_of


def page(response):
    return response.content.decode()


def comparing(survey_round, segment=None):
    if segment is None:
        return reverse("comparison", args=[survey_round.pk])
    return reverse("segment_comparison", args=[survey_round.pk, segment.pk])


def test_the_page_names_a_large_difference_and_no_other(sign_in, bram, earlier, later):
    close_with(earlier, Zorg=(5, 5))
    later = close_with(later, Zorg=(8, 2))

    response = sign_in(bram).get(comparing(later))

    assert response.status_code == 200
    assert page(response).count("nu vaker</mark>") == 1
    assert page(response).count("nu minder vaak</mark>") == 1
    assert "Leercultuur 2025 naast Leercultuur 2026" in page(response)


def test_below_ten_answers_the_page_names_nothing(sign_in, bram, earlier, later):
    close_with(earlier, Zorg=(9, 0))
    later = close_with(later, Zorg=(0, 9))

    response = sign_in(bram).get(comparing(later))

    assert "9 van 9" in page(response)
    assert "<mark>" not in page(response)


def test_the_page_says_why_there_is_no_comparison(sign_in, bram, earlier, later):
    close_with(earlier, Zorg=(5, 5), Keuken=(1, 4))
    later = close_with(later, Zorg=(8, 2), Onthaal=(2, 4))

    response = sign_in(bram).get(comparing(later))

    assert response.status_code == 200
    assert "De teams zijn niet dezelfde als vorige keer." in page(response)


def test_the_report_leads_to_the_comparison(sign_in, bram, earlier, later):
    earlier = close_with(earlier, Zorg=(5, 5))
    later = close_with(later, Zorg=(8, 2))
    client = sign_in(bram)

    reports = [page(client.get(reverse("report", args=[each.pk]))) for each in (earlier, later)]

    assert [f'href="{comparing(later)}"' in report for report in reports] == [False, True]


@pytest.mark.skipif(not pdf.is_available(), reason="Pango is not there")
def test_the_pdf_of_the_report_can_hold_the_comparison(sign_in, bram, earlier, later):
    close_with(earlier, Zorg=(5, 5))
    later = close_with(later, Zorg=(8, 2))
    client = sign_in(bram)
    address = reverse("report_pdf", args=[later.pk])

    plain, with_annex = [
        PdfReader(io.BytesIO(client.get(asked).content))
        for asked in (address, f"{address}?met=vergelijking")
    ]

    text = " ".join(with_annex.pages[len(plain.pages)].extract_text().split())
    assert "Leercultuur 2025 naast Leercultuur 2026" in text
    assert len(with_annex.pages) <= len(plain.pages) + 3


def test_members_of_another_organisation_find_nothing(sign_in, noor, earlier, later):
    close_with(earlier, Zorg=(5, 5))
    later = close_with(later, Zorg=(8, 2))

    assert sign_in(noor).get(comparing(later)).status_code == 404


def test_a_segment_of_another_round_is_not_found(sign_in, bram, earlier, later):
    earlier = close_with(earlier, Zorg=(5, 5))

    assert sign_in(bram).get(comparing(later, segment_of(earlier, "Zorg"))).status_code == 404


def test_a_visitor_signs_in_first(client, earlier, later):
    response = client.get(comparing(later))

    assert response.url == f"{reverse('account_login')}?next={comparing(later)}"


def test_the_comparison_takes_no_post(sign_in, ilse, later):
    assert sign_in(ilse).post(comparing(later)).status_code == 405


def test_more_teams_cost_no_more_queries(sign_in, bram, earlier, later, django_assert_num_queries):
    close_with(earlier, Zorg=(5, 0), Keuken=(5, 0), Onthaal=(5, 0))
    later = close_with(later, Zorg=(5, 0), Keuken=(5, 0), Onthaal=(5, 0))
    read_instrument(later.questionnaire_id, "nl")
    client = sign_in(bram)

    # Session, user, round; the previous round, the teams and tallies of both.
    with django_assert_num_queries(6):
        client.get(comparing(later))
