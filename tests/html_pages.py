"""A story, and what cleaning makes of a web page with it."""

from __future__ import annotations

from archive_gen.article import HTML, RawDocument
from archive_gen.cleaning import clean
from archive_gen.cleaning.base import Cleaned

STORY = [
    "The council of Marrow Bay voted on Tuesday to close the old ferry terminal, ending a service "
    "that has linked the two shores since 1911.",
    "Residents packed the hall for three hours of argument before the count, which went seven to "
    "four in favour of the closure.",
    "The ferry company, Nordlys Lines, said it would move its two boats to the northern route by "
    "the end of April.",
]
HEADLINE = "Ferry terminal to close"


def cleaned(page: str) -> Cleaned:
    return clean(RawDocument("page.html", page.encode(), page, HTML))


def paragraphs(found: Cleaned) -> list[str]:
    return found.article.body.strip().split("\n\n")
