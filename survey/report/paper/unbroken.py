"""What may not be parted at the end of a line on paper. Pure."""

import re

LONGEST = 24  # characters: a longer word has to part somewhere

_heading = re.compile(r"<(h[23])\b.*?</\1>", re.DOTALL)
_hyphenated = re.compile(r"(?<![\w’'-])[\w’']+(?:-[\w’']+)+(?![\w-])(?=[^<>]*<)")


def keep_together(html: str) -> str:
    """Return the page with ‘…’ beside the word before it, and no heading parted at a hyphen."""
    return _heading.sub(_keep_words, html.replace(" …", "\N{NO-BREAK SPACE}…"))


def _keep_words(heading):
    return _hyphenated.sub(_keep_word, heading[0])


def _keep_word(word):
    if len(word[0]) > LONGEST:
        return word[0]
    return f'<span class="unbroken">{word[0]}</span>'
