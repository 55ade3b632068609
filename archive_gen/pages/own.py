"""Pages that are no articles: what an archive's owner wrote to its readers."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from archive_gen import markup
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.values import OwnPageData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archive_gen.catalogue.entry import Entry
    from archive_gen.pictures import Picture


def names(archive: Archive) -> Iterable[str]:
    """A group a page, by its url."""
    return [url for _, url, _ in archive.own_links]


def touched(entry: Entry, archive: Archive) -> Iterable[str]:  # noqa: ARG001 (the contract)
    """By no article."""
    return ()


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """One page, while there is its file, and its pictures beside it."""
    page = next((page for page in archive.own.pages if f"{page.slug}/" == name), None)
    if page:
        files = dict(page.pictures)
        language = page.language or archive.config.language
        body = markup.IMG.sub(lambda tag: _shown(tag[0], files), page.body)
        body = markup.led_elsewhere(body, lambda to: files[to].address(to) if to in files else "")
        yield Page(name, "page.html", OwnPageData(page.title, language, body))
        for picture in dict.fromkeys(files.values()):
            yield Page(name + picture.name, "", picture)


def _shown(tag: str, files: Mapping[str, Picture]) -> str:
    """A picture of the text with the file beside the page; its words where there is none."""
    values = markup.attributes(tag)
    picture, alt = files.get(values.get("src", "")), html.escape(values.get("alt", ""))
    if not (picture and picture.is_shown):
        return alt
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<img src="{picture.name}" {size} alt="{alt}" loading="lazy">'
