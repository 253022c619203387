"""The summary above a form with mistakes: every line leads to where the mistake is."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms

CHOICES = [("a", "A"), ("b", "B")]


class EveryKind(forms.Form):
    text = forms.CharField()
    one = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    certain = forms.BooleanField()
    listed = forms.ChoiceField(choices=CHOICES)

    helper = FormHelper()


@pytest.fixture
def page():
    return render_crispy_form(EveryKind({}))


def test_each_mistake_leads_to_its_first_input(page):
    links = re.findall(r'href="#([^"]*)"', page)

    assert links == ["id_text", "id_one_0", "id_several_0", "id_certain", "id_listed"]


def test_each_link_has_one_target(page):
    for target in re.findall(r'href="#([^"]*)"', page):
        assert page.count(f' id="{target}"') == 1
