"""Our templates may only use variables that exist."""

import sys

import pytest
from django.conf import settings


class MustExist(str):
    """Django's `string_if_invalid`, which fails the test.

    Templates of packages count on the quiet default, so they still get it; a page of a package
    that we override is ours.
    """

    def __contains__(self, key):
        return key == "%s"

    def __mod__(self, variable):
        template = self._template_being_drawn()
        if template.startswith(str(settings.BASE_DIR / "templates")):
            pytest.fail(f"{template} uses {variable}, which does not exist")
        return ""

    @staticmethod
    def _template_being_drawn():
        """Return the path of the template of the innermost node that is being drawn."""
        frame = sys._getframe(2)
        while frame:
            origin = getattr(frame.f_locals.get("self"), "origin", None)
            if origin:
                return str(origin)
            frame = frame.f_back
        return ""
