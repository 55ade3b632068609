"""What an HTML page states of its article in its head and around its headline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.html.stated.author import find_agency
from archive_gen.cleaning.html.stated.head import find_address, find_language, find_tags
from archive_gen.cleaning.html.stated.title import find_title

if TYPE_CHECKING:
    from archive_gen.cleaning.base import Found
    from archive_gen.cleaning.html.stated.head import Head


def read_metadata(tree: Any, head: Head, address: str) -> dict[str, Found]:
    """Front-matter key → value and origin, for what ``tree`` states.

    ``address`` is where it was found, empty if nobody knows. ``agency`` and ``summary`` are for
    articles that tell no author and have no lead.
    """
    url = find_address(tree, head, address)
    found = {
        "title": find_title(tree, head),
        "agency": find_agency(head),
        "source": head.site,
        "language": find_language(tree, head),
        "tags": find_tags(tree, head),
        "url": url,
        "summary": head.summary,
    }
    return {key: value for key, value in found.items() if value.value}
