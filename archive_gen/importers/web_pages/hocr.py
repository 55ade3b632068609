"""hOCR: a page of print that was read by machine, as HTML. https://kba.github.io/hocr-spec/1.2/

It looks like a web page and is none: each line of a column is an element, and a word may be broken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive_gen.scripts import in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE = re.compile(r"<[a-z][^<>]{0,500}?\bclass\s{0,9}=[^<>=]{0,99}?\bocr_page\b", re.IGNORECASE)
_PARAGRAPH, _LINE, _WORD = "\f", "\n", " "
_APART = {
    _PARAGRAPH: frozenset("ocr_page ocr_carea ocr_column ocr_par ocrx_block".split()),
    _LINE: frozenset("ocr_line ocrx_line ocr_header ocr_footer ocr_caption ocr_textfloat".split()),
    _WORD: frozenset(("ocrx_word", "ocr_word")),
}
"""What stands before and behind the elements of a class; others are parts of these."""


def text_of_print(text: str) -> str | None:
    """The lines of such a page as a text, a blank one between paragraphs; None if it is none."""
    if not _PAGE.search(text):
        return None
    from lxml import etree, html  # take long to load

    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    tree = html.document_fromstring(f"<html>{text}".encode(), parser=parser)
    if not tree.find_class("ocr_page"):  # they stand in a comment
        return None
    etree.strip_elements(tree, "head", "script", "style", with_tail=False)
    paragraphs = "".join(_parts(etree.iterwalk(tree, ("start", "end")))).split(_PARAGRAPH)
    return "\n\n".join(filter(None, map(_lines, paragraphs)))


def _parts(walk: Any) -> Iterator[str]:
    for event, element in walk:
        yield _between(element)
        written = element.text if event == "start" else element.tail
        yield " ".join(re.split(r"\s+", written or ""))


def _between(element: Any) -> str:
    if element.tag == "br":
        return _LINE
    classes = str(element.get("class") or "").split()
    return next((sign for sign, names in _APART.items() if not names.isdisjoint(classes)), "")


def _lines(paragraph: str) -> str:
    return "\n".join(filter(None, (in_line(line.split()) for line in paragraph.split(_LINE))))
