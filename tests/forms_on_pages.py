"""The forms that stand on a page, as a browser finds them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

NOT_SENT = {"submit", "button", "reset", "image", "file"}


@dataclass
class Form:
    """Where a form goes, how, and what it would send as it stands."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)


def forms_on(page: str, path: str) -> list[Form]:
    """Return the forms of this page."""
    finder = _Finder(path)
    finder.feed(page)
    return finder.forms


class _Finder(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path = path
        self.forms = []
        self.inside = None
        self.select = None

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            action = urljoin(self.path, given.get("action", "") or self.path)
            self.inside = Form(action, given.get("method", "get").lower())
            self.forms.append(self.inside)
        elif self.inside is None:
            return
        elif tag in {"input", "textarea", "button"} and given.get("name"):
            is_sent = given.get("type") not in NOT_SENT or tag == "button"
            if is_sent and given["name"] not in self.inside.values:
                self.inside.values[given["name"]] = given.get("value", "")
        elif tag == "select" and given.get("name"):
            self.select = given["name"]
            self.inside.values.setdefault(self.select, "")
        elif tag == "option" and self.select and "selected" in given:
            self.inside.values[self.select] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None
