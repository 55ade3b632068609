"""Links in texts that lead to articles of the archive, in place of where these once were, and to
documents beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.markup import led_elsewhere
from archive_gen.urls import address_key, link

if TYPE_CHECKING:
    from collections.abc import Iterable


def with_own_links(
    body: str, linked: Iterable[tuple[str, str]], documents: Iterable[tuple[str, str]]
) -> str:
    """``body``, safe HTML, with links to what lies here.

    ``linked``: where an article was found, as ``address_key`` writes it, and its url here.
    ``documents``: the address by which the text means one, and that beside the page.
    """
    here, beside = dict(linked), dict(documents)
    if not (here or beside):
        return body

    def lead(href: str) -> str:
        url = here.get(address_key(href))
        return beside.get(href) or (link(url) if url else "")

    return led_elsewhere(body, lead)
