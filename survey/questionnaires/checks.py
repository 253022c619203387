"""Checks of values in a questionnaire file. Pure.

Each check returns a usable value, also for a wrong one, so that all problems are found in one
go; the caller looks at `problems` before using anything.
"""

import re
import unicodedata


class QuestionnaireFileError(Exception):
    """A questionnaire file is wrong. `problems` says everything that is, with its key."""

    def __init__(self, name, problems):
        self.name = name
        self.problems = tuple(problems)
        super().__init__("\n".join([f"{name} cannot be used:", *(f"- {it}" for it in problems)]))


class Checker:
    """Collects problems, each with the key where it is."""

    def __init__(self, languages, problems=None):
        self.languages = languages
        self.problems = [] if problems is None else problems

    def problem(self, key, what):
        self.problems.append(f"{key}: {what}" if key else what)

    def keys(self, table, key, *, required, optional=frozenset()):
        """Every required key is there, and none that is not known."""
        prefix = f"{key}." if key else ""
        for missing in sorted(required - table.keys()):
            self.problem(prefix + missing, "is missing")
        for unknown in sorted(table.keys() - required - optional):
            self.problem(prefix + unknown, "is not a known key")

    def tables(self, tables, key, *, at_least):
        """Return pairs of a table and its key, counted from 1."""
        if tables is None:
            return []  # `keys` has said so
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.problem(key, "must be a list of tables, written [[…]]")
            return []
        if len(tables) < at_least:
            self.problem(key, f"at least {at_least} needed")
        return [(table, f"{key}[{number}]") for number, table in enumerate(tables, start=1)]

    def texts(self, texts, key, length, placeholders=frozenset()):
        """Return the text in every language; each complete, with the same placeholders."""
        if texts is None:
            return {}
        if not isinstance(texts, dict):
            self.problem(key, "must have a text per language")
            return {}
        self.keys(texts, key, required=set(self.languages))
        checked = {
            language: self.sentence(text, f"{key}.{language}", length, placeholders)
            for language, text in texts.items()
            if language in self.languages
        }
        self._same_placeholders(checked, key)
        return checked

    def _same_placeholders(self, texts, key):
        used = {language: set(re.findall(r"{(\w+)}", text)) for language, text in texts.items()}
        for language, names in used.items():
            for name in sorted(set().union(*used.values()) - names):
                self.problem(f"{key}.{language}", f"lacks {{{name}}}, which other languages have")

    def sentence(self, text, key, length, placeholders=frozenset()):
        """Return a text of at most `length` signs, on one line."""
        if text is None:
            return ""
        if not isinstance(text, str):
            self.problem(key, "must be a text")
            return ""
        if not text.strip():
            self.problem(key, "is empty")
        elif text != text.strip():
            self.problem(key, "starts or ends with white space")
        if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
            self.problem(key, "holds a line end or another control character")
        if len(text) > length:
            self.problem(key, f"has {len(text)} signs, at most {length} fit")
        self._known_placeholders(text, key, placeholders)
        return text

    def _known_placeholders(self, text, key, placeholders):
        for name in re.findall(r"{(\w+)}", text):
            if name not in placeholders:
                self.problem(key, f"{{{name}}} cannot be filled in here")
        if re.search(r"[{}]", re.sub(r"{\w+}", "", text)):
            self.problem(key, "has a brace that belongs to no placeholder")

    def code(self, code, key, length):
        """Return a code: small letters, digits and hyphens."""
        if code is None:
            return ""
        if not isinstance(code, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code):
            self.problem(key, "must be small letters, digits and single hyphens")
            return ""
        if len(code) > length:
            self.problem(key, f"has {len(code)} signs, at most {length} fit")
        return code

    def number(self, number, key, *, highest):
        """Return a whole number from 1."""
        if number is None:
            return 0
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= highest:
            self.problem(key, f"must be a whole number from 1 to {highest}")
            return 0
        return number

    def yes_or_no(self, value, key):
        if not isinstance(value, bool):
            self.problem(key, "must be true or false")
            return False
        return value

    def one_of(self, value, key, known):
        if value is None:
            return ""
        if value not in known:
            self.problem(key, f"must be one of {', '.join(known)}")
            return ""
        return value

    def once(self, values, key):
        """No value stands in the list twice; empty ones were told elsewhere."""
        for value in sorted({value for value in values if value and values.count(value) > 1}):
            self.problem(key, f"{value!r} is there more than once")
