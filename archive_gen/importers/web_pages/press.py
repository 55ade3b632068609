"""What press databases give as web pages, many articles in each: Europresse, Factiva."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive_gen.importers.own_html import classes, parsed, written
from archive_gen.importers.press_databases.documents import of_press, without_text
from archive_gen.importers.records.record import document
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found

_NAME = "DocPublicationName"
_EUROPRESSE = re.compile(rf"""class=["']?{_NAME}\b""")
_FACTIVA = re.compile(r"""class=["']article [a-z]{2,4}Article\b""")
_BLOCKS = ("div", "p", "td", "li", "h1", "h2", "h3")
_DAY = re.compile(r"·((?:19|20)\d{6})·")
"""In the number of an article: ``news·20151007·LM·7841225``."""
_BEHIND_NAME = re.compile(r",? no\.? |[,(;]| - ")
"""What parts the name of a publication from its issue, or what kind it is."""
_PRINTED = "cet article est paru dans"
"""So begins a link to where an article stood on the web."""
_SIGNED = {"docAuthors", "sm-margin-bottomNews"}
_NUMBER = "AN\n\nDocument "
"""A field and its value, which stand in two cells."""
_MARK = "\u2029"
"""Unicode's own for the end of a paragraph."""


def articles(name: str, page: str) -> Iterator[Found]:
    """The articles in such a page; none of any other."""
    if _EUROPRESSE.search(page):
        heads = (one for one in parsed(page).iter("article") if _first(one, _NAME) is not None)
        for number, article in enumerate(heads, start=1):
            yield _of_europresse(f"{name}#{number}", article)
    elif _FACTIVA.search(page):
        of_factiva = (one for one in parsed(page).iter("div") if "article" in classes(one))
        yield from of_press(name, "\n\n".join(map(_as_text, of_factiva)))


def _of_europresse(name: str, article: Any) -> Found:
    address = _where_it_stood(article)
    title, text = _first(article, "titreArticle"), _first(article, "docOcurrContainer", "DocText")
    beside = () if title is None else title.itersiblings()
    number = _DAY.search(_text(_first(article, "publiC-lblNodoc")))
    found = document(
        name,
        {
            "title": _text(_first(article, "titreArticleVisu")) or _text(title),
            "source": _BEHIND_NAME.split(_text(_first(article, _NAME)))[0],
            "date": number[1] if number else _text(_first(article, "DocHeader")),
            "summary": _text(_first(article, "rdp__subtitle")),
            "author": next((_text(one) for one in beside if classes(one) & _SIGNED), ""),
            "url": address,
            "content_html": "" if not _text(text) else written(text),
        },
    )
    return without_text(name) if isinstance(found, Problem) else found


def _where_it_stood(article: Any) -> str:
    """The address of the article on the web. The link is no part of its text."""
    for link in article.iter("a"):
        if _text(link).casefold().startswith(_PRINTED):
            link.drop_tree()
            return str(link.get("href", ""))
    return ""


def _as_text(article: Any) -> str:
    """Its text as the database writes it into a document, a block a paragraph."""
    for block in article.iter("br", *_BLOCKS):
        block.text, block.tail = f"{_MARK}{block.text or ''}", f"{_MARK}{block.tail or ''}"
    blocks = (" ".join(block.split()) for block in article.text_content().split(_MARK))
    return "\n\n".join(filter(None, blocks)).replace(_NUMBER, _NUMBER.replace("\n\n", " "))


def _first(element: Any, *names: str) -> Any:
    """The first element in another one that is of such a class; None if there is none."""
    return next((one for one in element.iter("*") if not classes(one).isdisjoint(names)), None)


def _text(element: Any) -> str:
    return "" if element is None else " ".join(element.text_content().split())
