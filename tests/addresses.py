"""Every address of the site, found in the URL map itself, for tests that leave none out."""

import re
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One pattern: its name with namespace, its route and the names of what it takes."""

    name: str
    route: str
    takes: tuple[str, ...]

    def fill(self, values) -> str:
        """Return the path with these values; raises KeyError for one that is missing."""
        filled = re.sub(
            r"<(?:\w+:)?(\w+)>", lambda parameter: str(values[parameter.group(1)]), self.route
        )
        return "/" + filled


def all_addresses() -> list[Address]:
    """Return every pattern that leads to a view, in the order of the URL map."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns, route, namespaces):
    for pattern in patterns:
        here = route + _plain(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            name = ":".join((*namespaces, pattern.name or here))
            takes = tuple(re.findall(r"<(?:\w+:)?(\w+)>", here))
            yield Address(name, here, takes)


def _plain(pattern):
    """Return the route of a pattern; what a package says as a regex, as a route."""
    return re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", str(pattern)).strip("^$")
