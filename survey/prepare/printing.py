"""One template per print: as a page that prints well from the browser, and as a PDF."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.text import slugify

from survey.report import pdf

STYLESHEETS = ["base.css", "poster.css", "paper.css"]


def show_print(request, template, context, *, name, as_pdf):
    """Return the print as a page, or as a tagged PDF under a name that tells what it is.

    Where no PDF can be made the page is shown; the browser prints it.
    """
    if not as_pdf:
        on_screen = {
            "layout": "survey/prepare/share/on_screen.html",
            "pdf_address": f"{request.path}pdf/" if pdf.is_available() else "",
        }
        return render(request, template, context | on_screen)
    if not pdf.is_available():
        return redirect(request.path.removesuffix("pdf/"))
    html = render_to_string(template, context | {"layout": "printable.html"})
    return HttpResponse(
        pdf.draw(html, STYLESHEETS),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{slugify(name) or "leercultuur"}.pdf"'},
    )
