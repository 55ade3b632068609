"""A PDF: the text of its pages, in the order in which the program that made it wrote it.

What is cleaned, and kept as the original, is that text, as of a text file with form feeds between
pages. The file itself is kept beside the article.
"""

from __future__ import annotations

import io
import logging
from math import hypot
from typing import TYPE_CHECKING, Any

from archive_gen.importers import text
from archive_gen.importers.base import damaged, of_one_document, with_document
from archive_gen.importers.pdf_pages.lines import Line, lines_of
from archive_gen.importers.pdf_pages.paragraphs import text_of
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pypdf import PageObject

    from archive_gen.importers.base import Found

_MOST_PAGES = 2000
_MOST_STEPS = 5_000_000
"""Letters, and orders to draw something, of all pages: to read one takes microseconds. …"""
_A_STEP = 16
"""… So do as many bytes of what says how to draw, as most orders have about as many."""
# The library tells of each fault that it mends.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class _TooMuchError(Exception):
    """There is more than any article has."""


@of_one_document
def read(name: str, data: bytes) -> Iterator[Found]:
    """The one article of the document, or all that a press database put into it."""
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        written = text_of(list(_pages(data)))
    except (FileNotDecryptedError, DependencyError):  # most ciphers need another library
        yield Problem(name, 0, "is locked", "unlock it first: qpdf --decrypt FILE UNLOCKED.pdf")
    except _TooMuchError as error:
        yield Problem(name, 0, f"has more than {error}, which no article has", "divide it")
    except Exception as error:  # the library may stumble in any way over a broken file
        yield damaged(name, str(error) or "it is no PDF")
    else:
        if written.strip():
            yield from with_document(text.articles(name, written), name, data, ".pdf")
        else:
            hint = "let a machine read it first: ocrmypdf FILE FILE"
            yield Problem(name, 0, "has no text, only pictures", hint)


def _pages(data: bytes) -> Iterator[list[Line]]:
    """The lines of each page."""
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(data)).pages
    if len(pages) > _MOST_PAGES:
        raise _TooMuchError(f"{_MOST_PAGES:,} pages")
    left = _MOST_STEPS

    def spend(steps: int) -> None:
        nonlocal left
        left -= steps
        if left < 0:
            raise _TooMuchError(f"{_MOST_STEPS:,} letters and strokes")

    for page in pages:
        yield list(lines_of(_pieces(page, spend)))


def _pieces(page: PageObject, spend: Callable[[int], None]) -> list[Line]:
    """What the page writes, piece by piece, with ends of lines in some of them."""
    found: list[Line] = []

    def visit(words: str, page_matrix: Any, matrix: Any, font: Any, size: float) -> None:
        spend(len(words))
        found.append(Line(words, *_place(matrix, page_matrix, size), _is_bold(font)))

    contents = page.get_contents()
    if contents is not None:
        spend(len(contents.get_data()) // _A_STEP)
    page.extract_text(visitor_text=visit, visitor_operand_before=lambda *_: spend(1))
    return found


def _is_bold(font: Mapping[str, object] | None) -> bool:
    name = str((font or {}).get("/BaseFont", "")).lower()
    return "bold" in name or "black" in name


def _place(text: Sequence[float], page: Sequence[float], size: float) -> tuple[float, float, float]:
    """Where text begins, along its line and across, and how large its letters are: its matrix is
    one of the page's, which has one of its own (ISO 32000-2, 9.4.4)."""
    along_x, along_y, up_x, up_y, x, y = (
        text[row] * page[column] + text[row + 1] * page[column + 2] + own * page[column + 4]
        for row, own in ((0, 0), (2, 0), (4, 1))
        for column in (0, 1)
    )
    width, height = hypot(along_x, along_y) or 1, hypot(up_x, up_y) or 1
    along = (x * along_x + y * along_y) / width
    return along, (x * up_x + y * up_y) / height, round(size * height, 1)
