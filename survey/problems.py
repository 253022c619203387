"""What is to be mended in what somebody sent, for the summary on top of the page."""

from dataclasses import dataclass

from django.forms import BaseForm
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Problem:
    """Something to mend: where on the page, what, and at which question (if at one)."""

    anchor: str
    message: str
    number: int | None = None


def problems_of(form: BaseForm) -> list[Problem]:
    """Return what is wrong with the fields that somebody sees, in their order."""
    return [
        Problem(field.id_for_label or field[0].id_for_label, _told(field.label, error))
        for field in form.visible_fields()
        for error in field.errors
    ]


def _told(label, error) -> str:
    """Return a label with its mistake; one that asks something ends in a sign of its own."""
    if str(label).endswith("?"):
        return f"{label} {error}"
    return _("%(label)s: %(error)s") % {"label": label, "error": error}
