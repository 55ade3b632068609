"""hOCR: a page of print that was read by machine, as HTML. https://kba.github.io/hocr-spec/1.2/

It looks like a web page and is none: each line of a column is an element, and a word may be broken.
"""

from __future__ import annotations

import re
from typing import Any

_PAGE = re.compile(r"\bclass\s*=\s*[\"']?ocr_page\b")
_LINES = frozenset("ocr_line ocrx_line ocr_header ocr_caption ocr_textfloat".split())
_PARAGRAPHS = frozenset(("ocr_par", "ocr_carea", "ocrx_block"))


def is_hocr(text: str) -> bool:
    """Whether a page of HTML was written by a machine that reads print."""
    return _PAGE.search(text) is not None


def lines_of_print(text: str) -> str:
    """The lines of such a page as a text; a blank one between paragraphs."""
    from lxml import html  # takes long to load

    tree = html.document_fromstring(text.encode("utf-8"), html.HTMLParser(encoding="utf-8"))
    paragraphs: dict[Any, list[str]] = {}
    for element in tree.iter("span", "p", "div"):
        if _LINES.intersection(_classes(element)):
            line = " ".join("".join(element.itertext()).split())
            around = (one for one in element.iterancestors() if _is_paragraph(one))
            if line:
                paragraphs.setdefault(next(around, None), []).append(line)
    return "\n\n".join("\n".join(lines) for lines in paragraphs.values())


def _is_paragraph(element: Any) -> bool:
    return not _PARAGRAPHS.isdisjoint(_classes(element))


def _classes(element: Any) -> list[str]:
    return str(element.get("class") or "").split()
