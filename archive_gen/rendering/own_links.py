"""Links in texts that lead to articles of the archive, in place of where these once were."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen import markup
from archive_gen.urls import address_key, link

if TYPE_CHECKING:
    from collections.abc import Iterable

_HREF = re.compile(r' (?:href|rel)="[^"]*"')


def with_own_links(body: str, linked: Iterable[tuple[str, str]]) -> str:
    """``body``, safe HTML, with links to articles that lie here.

    ``linked``: where an article was found, as ``address_key`` writes it, and its url here.
    """
    here = dict(linked)
    if not here:
        return body

    def lead(match: re.Match[str]) -> str:
        tag = match[0]
        url = here.get(address_key(markup.attributes(tag).get("href", "")))
        return f'<a href="{link(url)}"{_HREF.sub("", tag)[2:]}' if url else tag

    return markup.LINK.sub(lead, body)
