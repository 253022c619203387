"""What every file keeps to, so that nobody has to look for it in review."""

import re
from pathlib import Path

import crispy_forms
import pytest
from django.apps import apps
from django.template.loaders.app_directories import get_app_template_dirs
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
TEMPLATE_PATHS = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
PYTHON_PATHS = sorted([*(ROOT / "survey").rglob("*.py"), *(ROOT / "leercultuur").rglob("*.py")])

LONGEST_FILE = 300
# Django and allauth look for these by themselves.
ERROR_PAGES = {"400.html", "403.html", "404.html", "429.html", "500.html"}
EXTENDS = re.compile(r'{% extends (?:"([^"]+)"|layout) %}')


def name_of(path):
    return path.relative_to(TEMPLATES).as_posix()


def each_template(test):
    return pytest.mark.parametrize("path", TEMPLATE_PATHS, ids=name_of)(test)


@pytest.fixture(scope="module")
def named():
    """Patterns of every template that something names, also f"mails/{kind}.txt"."""
    sources = "\n".join(path.read_text("utf-8") for path in [*PYTHON_PATHS, *TEMPLATE_PATHS])
    names = set(re.findall(r"""["']([\w./{}-]+\.(?:html|txt))["']""", sources))
    return [re.compile(re.sub(r"{\w+}", r"\\w+", name)) for name in names]


@pytest.fixture(scope="module")
def form_pack_sources():
    """The crispy-forms package, which names the templates of a pack without the pack's name."""
    folder = Path(crispy_forms.__file__).parent
    return "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py"))


# Templates


@each_template
def test_a_template_is_used(path, named, form_pack_sources):
    name = name_of(path)

    is_used = (
        any(pattern.fullmatch(name) for pattern in named)
        or name in ERROR_PAGES
        or _belongs_to_a_package(name)
        or (name.startswith("paper/") and name.removeprefix("paper/") in form_pack_sources)
    )

    assert is_used


def _belongs_to_a_package(name):
    """Whether a package has a template of this name, which ours stands in for."""
    return any((folder / name).exists() for folder in get_app_template_dirs("templates"))


@each_template
def test_a_template_has_nothing_inline_and_trusts_no_text(path):
    source = path.read_text("utf-8")

    found = re.findall(
        r"<style\b|\sstyle=|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+=|javascript:"
        r"|\|\s*safe(?:seq)?\b",
        source,
    )
    # A mail in plain text has nothing to escape.
    found += re.findall(r"autoescape off", source) if path.suffix == ".html" else []
    assert found == []


# Pages are put in these, and bring the title.
LAYOUTS = {"base.html", "bare.html", "printable.html"}
IN_BETWEEN = {"survey/prepare/share/on_screen.html"}
# Pieces of forms for crispy-forms; pages to which Django's admin brings the title.
OF_A_PACKAGE = ("paper/", "admin/")
PAGES = [
    path
    for path in TEMPLATE_PATHS
    if path.suffix == ".html"
    and not path.name.startswith("_")
    and not name_of(path).startswith(OF_A_PACKAGE)
    and name_of(path) not in LAYOUTS | IN_BETWEEN
]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_has_a_title(path):
    *chain, root = _ancestry(path)

    assert root in LAYOUTS
    assert [name for name in chain if "{% block title %}" in _read(name)] != []


def _ancestry(path):
    """Return the names of a template and of what it extends, up to the root."""
    names = [name_of(path)]
    while found := EXTENDS.search(_read(names[-1])):
        # A view can choose the layout: paper or screen.
        parent = found.group(1) or "base.html"
        # Ours may extend the one of a package, even under its own name.
        if parent in names or not (TEMPLATES / parent).exists():
            return [*names, parent]
        names.append(parent)
    return names


def _read(name):
    return (TEMPLATES / name).read_text("utf-8")


@each_template
def test_a_whole_document_says_its_language(path):
    source = path.read_text("utf-8")

    assert re.findall(r"<html(?![^>]*\slang=)", source) == []


# Words


@pytest.mark.parametrize("path", [*TEMPLATE_PATHS, *PYTHON_PATHS], ids=lambda path: path.name)
def test_screens_say_bevraging(path):
    assert re.findall(r"\b[Rr]ondes?\b", path.read_text("utf-8")) == []


def test_verbose_names_are_lower_case():
    """They stand inside sentences; names and abbreviations keep their capital."""
    names = []
    for model in apps.get_app_config("survey").get_models():
        fields = [field for field in model._meta.get_fields() if hasattr(field, "verbose_name")]
        names += [model._meta.verbose_name, model._meta.verbose_name_plural]
        names += [field.verbose_name for field in fields if not field.primary_key]

    wrong = [str(name) for name in names if str(name)[:1].isupper()]
    assert [name for name in wrong if name.split()[0] not in {"Andere", "HR"}] == []


# Files


def test_files_stay_short():
    folders = ("leercultuur", "survey", "templates", "static", "tests", "tools", "benchmarks")
    endings = {".py", ".html", ".txt", ".css", ".js"}
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in endings and "migrations" not in path.parts
    }
    # The form of a colleague loads one style sheet (docs/decisions/0009).
    assert lengths.pop("static/css/base.css") < 500

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.mark.parametrize("name", ["base", "dev"])
def test_the_lock_holds_what_was_asked_for(name):
    folder = ROOT / "requirements"
    locked = dict(
        re.findall(r"^([\w.-]+)==([^\s;\\]+)", (folder / f"{name}.txt").read_text("utf-8"), re.M)
    )
    asked = [
        Requirement(line)
        for line in (folder / f"{name}.in").read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "-r"))
    ]

    wrong = [str(each) for each in asked if not _satisfied(each, locked)]
    assert wrong == []


def _satisfied(requirement, locked):
    version = locked.get(re.sub(r"[-_.]+", "-", requirement.name).lower())
    return version is not None and requirement.specifier.contains(version)
