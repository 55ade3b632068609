"""Where readers found each article, and where it is now: for a server that leads them there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from archive_gen.urls import absolute, host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.check.base import Subject

_MARKS = "/:?#[]@!$&'()*+,;=%~"
"""What may stand in an address as it is (RFC 3986)."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An article that has an original address."""

    path: str
    """Its file below ``content/``."""
    old: str
    """Without white space; without scheme and host if those of one host were asked for."""
    new: str
    """The public address; without ``base_url`` the path from the root of the site."""


def moved_articles(subject: Subject, site: str = "") -> Iterator[Moved]:
    """The articles with an original address, at the host ``site`` if one is named: the undated,
    then from the oldest on.

    Of several that were found at one address only the oldest is told: no server can lead to two.
    """
    found_at = {reading.path: reading.found_at for reading in subject.readings}
    wanted = host(site if "//" in site else f"//{site}") or site
    told: set[str] = set()
    catalogue = subject.catalogue
    for path, url in zip(catalogue.order.paths, catalogue.urls, strict=True):
        old = _old(found_at[path], wanted)
        if old and old not in told:
            told.add(old)
            yield Moved(path, old, absolute(subject.config.base_url, url))


def _old(address: str, site: str) -> str:
    parts = urlsplit(address)
    of_script = parts.fragment.startswith(("!", "/"))  # no server is told what follows #
    if not address or of_script or (site and host(address) != site):
        return ""
    query = f"?{parts.query}" if parts.query else ""
    start = "" if site else f"{parts.scheme}://{parts.netloc}"
    return quote(f"{start}{parts.path or '/'}{query}", safe=_MARKS)
