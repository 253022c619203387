import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from survey.models import Choice, Prompt, Question, Questionnaire
from survey.questionnaires.file import read_questionnaire

pytestmark = pytest.mark.django_db

SHIPPED = Path(__file__).parent.parent / "survey" / "questionnaires" / "leercultuur-1.toml"


def load(*files):
    output = io.StringIO()
    call_command("load_questionnaire", *files, stdout=output)
    return output.getvalue()


@pytest.fixture
def changed(tmp_path):
    """The shipped file with another word in it, under the same version."""
    path = tmp_path / "leercultuur-1.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace("Bij de koffie", "Bij de thee"), "utf-8")
    return path


def test_the_shipped_questionnaire_is_loaded_whole():
    said = load()

    assert said == "leercultuur version 1: loaded\n"
    assert Question.objects.count() == 11
    assert Choice.objects.count() == 10 + 35 + 6
    assert Choice.objects.filter(is_other=True).count() == 6
    assert Prompt.objects.filter(pattern="").count() == 22
    assert set(Prompt.objects.exclude(pattern="").values_list("pattern", flat=True)) == set(
        Prompt.Pattern
    )
    questionnaire = Questionnaire.objects.get()
    assert questionnaire.languages == ["nl", "fr", "en", "de"]
    assert questionnaire.digest == read_questionnaire(SHIPPED).digest


def test_rows_fit_their_fields():
    load()

    for model in (Questionnaire, Question, Choice, Prompt):
        for row in model.objects.all():
            row.full_clean(validate_unique=False, validate_constraints=False)


def test_loading_again_changes_nothing():
    load()
    before = list(Choice.objects.values_list("pk", "text"))

    assert load() == "leercultuur version 1: unchanged\n"

    assert list(Choice.objects.values_list("pk", "text")) == before


def test_a_loaded_version_never_changes(changed):
    load()

    with pytest.raises(CommandError, match="Make a new version") as error:
        load(changed)

    assert "leercultuur-2.toml" in str(error.value)
    assert Choice.objects.get(code="koffie").text["nl"] == "Bij de koffie"


def test_a_new_version_stands_beside_the_old_one(changed):
    load()
    changed.write_text(changed.read_text("utf-8").replace("version = 1", "version = 2"), "utf-8")

    assert load(changed) == "leercultuur version 2: loaded\n"

    assert sorted(choice.text["nl"] for choice in Choice.objects.filter(code="koffie")) == [
        "Bij de koffie",
        "Bij de thee",
    ]


def test_a_wrong_file_loads_nothing(tmp_path, changed):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('code = "proef"\n', "utf-8")

    with pytest.raises(CommandError) as error:
        load(changed, wrong)

    assert "wrong.toml cannot be used:" in str(error.value)
    assert "- version: is missing" in str(error.value)
    assert not Questionnaire.objects.exists()
