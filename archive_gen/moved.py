"""Where readers found each article, and where it is now: for a server that leads them there, and
for pages at old addresses that do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

import msgspec

from archive_gen.catalogue.addresses import settle_urls
from archive_gen.catalogue.order import place_of
from archive_gen.content.editing import edit
from archive_gen.urls import absolute, host

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from archive_gen.article import Article
    from archive_gen.catalogue.entry import Entry
    from archive_gen.problems import Problem

_MARKS = "/:?#[]@!$&'()*+,;=%~"
"""What may stand in an address as it is (RFC 3986)."""


class Placed(NamedTuple):
    """An article and where it is now."""

    path: str
    """Its file below ``content/``."""
    url: str
    found_at: str
    """Its original address, as its file has it."""


def placed(entries: Iterable[Entry], language: str) -> list[Placed]:
    """The articles, the undated before those with a date. ``language``: the site's."""
    order = sorted((place_of(entry, language), entry.url, entry.original_url) for entry in entries)
    paths = [place[-1] for place, _, _ in order]
    elsewhere, _ = settle_urls(paths, [claim for _, claim, _ in order])
    return [
        Placed(path, elsewhere.get(path, claim), found_at)
        for path, (_, claim, found_at) in zip(paths, order, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Moved:
    """An article that has an original address."""

    path: str
    """Its file below ``content/``."""
    old: str
    """Without white space; without scheme and host if those of one host were asked for."""
    new: str
    """The public address; without ``base_url`` the path from the root of the site."""


def moved_articles(articles: Iterable[Placed], base_url: str, site: str = "") -> Iterator[Moved]:
    """The articles with an original address, at the host ``site`` if one is named, in their order.

    Of several that were found at one address only the first is told: no server can lead to two.
    """
    wanted = host(site if "//" in site else f"//{site}") or site
    told: set[str] = set()
    for path, url, found_at in articles:
        old = _old(found_at, wanted)
        if old and old not in told:
            told.add(old)
            yield Moved(path, old, absolute(base_url, url))


def left_addresses(articles: Iterable[Placed], noted: Mapping[str, str]) -> dict[str, list[str]]:
    """Path of each article → the addresses that its page has had, and nobody else's has now.

    ``noted``: an old address → the next one of the same article.
    """
    now = {url: path for path, url, _ in articles}
    left: dict[str, list[str]] = {}
    for old in noted:
        if old not in now and (path := now.get(_last(old, noted, now))):
            left.setdefault(path, []).append(old)
    return left


def _last(old: str, noted: Mapping[str, str], now: Container[str]) -> str:
    """Where the article from ``old`` went in the end."""
    passed = set[str]()
    while old not in now and old not in passed:
        passed.add(old)
        old = noted.get(old, old)
    return old


def keep_addresses(content: Path, left: Mapping[str, Sequence[str]]) -> Iterator[str | Problem]:
    """Write addresses into articles, as ``aliases``: what ``left_addresses`` found.

    Yields the path of each that was written, and what is wrong with one that could not be.
    """
    for path, addresses in left.items():
        found = edit(content, path, partial(_with_aliases, addresses=addresses))
        yield path if isinstance(found, bool) else found


def _with_aliases(article: Article, addresses: Sequence[str]) -> Article:
    aliases = tuple(f"/{url}" for url in dict.fromkeys((*article.aliases, *addresses)))
    return msgspec.structs.replace(article, aliases=aliases)


def _old(address: str, site: str) -> str:
    parts = urlsplit(address)
    of_script = parts.fragment.startswith(("!", "/"))  # no server is told what follows #
    if not address or of_script or (site and host(address) != site):
        return ""
    query = f"?{parts.query}" if parts.query else ""
    start = "" if site else f"{parts.scheme}://{parts.netloc}"
    return quote(f"{start}{parts.path or '/'}{query}", safe=_MARKS)
