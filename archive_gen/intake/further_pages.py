"""Stories that a site parted into several pages: what the further ones tell goes to the first.

Nothing on a further page says for sure that it is one. It is, if its address is that of an article
with a number of a page in it, and it has that article's headline, but another text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from archive_gen.cleaning.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archive_gen.article import Article

_NUMBER = r"(?P<number>[1-4]?\d)"
_WORD = r"(?:page|pagina|página|seite|side|sida|strona|sayfa|p)"
# ``story-2`` is none of them: content systems give that name to another story of one headline.
_PATH = re.compile(
    rf"(?P<before>.*?[^/_,.-])(?P<mark>/{_WORD}/|/|[_,]|[-_.,/]{_WORD}[-_=]?){_NUMBER}"
    r"(?P<end>/|\.[a-z]{3,5}|)",
    re.IGNORECASE,
)
_ENDS_IN_NUMBER = re.compile(r"(?<!\d)[1-4]?\d(?:/|\.[a-z]{3,5})?$", re.IGNORECASE)
"""What is looked for first, as most of the names of a hundred thousand files have none."""
_PARAMETER = re.compile(rf"(?:^|(?<=&)){_WORD}(?:no|num)?={_NUMBER}(?:&|$)", re.IGNORECASE)
_IN_TITLE = re.compile(
    rf"\W{{0,9}}\b(?:{_WORD}\s{{0,2}}\d{{1,2}}(?:\s\w{{2,4}}\s\d{{1,2}})?|\d{{1,2}}/\d{{1,2}})\W{{0,9}}$",
    re.IGNORECASE,
)
"""``… – page 2 of 3``, ``… (2/3)``."""
_INDEX = re.compile(r"(?<=/)index\.html?(?:$|(?=[?@]))", re.IGNORECASE)


def first_pages(address: str) -> tuple[list[str], int]:
    """Where the first page of a story may be, the likeliest first, of which this is the address of
    a further page, and the number of that; none, and 1, if it is none."""
    firsts, number = _numbered(address)
    return (firsts, number) if number > 1 else ([], 1)


def _numbered(address: str) -> tuple[list[str], int]:
    """The same, also for the first of pages that all have a number."""
    if found := _in_query(address):
        return found
    try:
        parts = urlsplit(address)
    except ValueError:
        return [], 1
    match = _PATH.fullmatch(parts.path) if _ENDS_IN_NUMBER.search(parts.path) else None
    if match is None:
        return [], 1
    before, mark, end = match["before"], match["mark"], match["end"]
    names = [before + end, f"{before}{mark}1{end}"]
    if mark.startswith("/"):
        names[1:1] = [before, f"{before}.html"]
    number = int(match["number"])
    return [parts._replace(path=name).geturl() for name in dict.fromkeys(names)], number


def _in_query(address: str) -> tuple[list[str], int] | None:
    place, mark, query = address.partition("?")
    match = _PARAMETER.search(query) if mark else None
    if match is None:
        return None
    rest = (query[: match.start()] + query[match.end() :]).rstrip("&")
    first = f"{query[: match.start('number')]}1{query[match.end('number') :]}"
    return [f"{place}?{rest}" if rest else place, f"{place}?{first}"], int(match["number"])


def in_order(file: Path) -> tuple[str, int]:
    """Sorts the file of a first page before those of the further ones, and these by number."""
    name = _INDEX.sub("", file.as_posix().replace("@", "?"))
    firsts, number = _numbered(name.removesuffix(".html") if "?" in name else name)
    return (firsts[0] if firsts else name).rstrip("/"), number


def goes_on(first: Article, further: Article) -> bool:
    """Whether ``further``, found at a further page of ``first``, tells the rest of it."""
    same = fold(_IN_TITLE.sub("", further.title)) == fold(_IN_TITLE.sub("", first.title))
    days = sorted(page.date.text[:10] for page in (first, further) if page.date)
    is_one_day = not days or days[-1].startswith(days[0])
    return same and is_one_day and further.body not in first.body


def joined(article: Article, others: Iterable[Article]) -> Article:
    """``article`` with the text and the pictures of its further pages."""
    pages = (article, *others)
    return msgspec.structs.replace(
        article,
        body="\n\n".join(page.body for page in pages if page.body),
        images=tuple(dict.fromkeys(image for page in pages for image in page.images)),
    )
