"""Pages of a crawl that only lead to stories: a site's front page, its sections, months and tags.

What they show of a story reads like one, so they are known by their addresses, as content systems
give them, and by what they state of themselves.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LISTS = "front pages and lists of stories"
_PATH = re.compile(
    r"(?:/[a-z]{2})?(?:/blog)?(?:/(?:index\.\w{3,5}|home)?"
    r"|/(?:tags?|categor(?:y|ies)|authors?|topics?|search)(?:/[^/]{1,99}){0,2}"
    r"|(?:/[^/]{1,99}){0,4}/page/\d{1,6}|/\d{4}(?:/\d\d){0,2})/?",
    re.IGNORECASE,
)
_QUERY = re.compile(r"(?:(?:page|paged|q|query|s|sort|order)=[^&]*(?:&|$))*", re.IGNORECASE)
_OF_SERVER, _HEAD = re.compile(r"<title>Index of /", re.IGNORECASE), 1024
"""What a server made of a folder without a page."""
_OF_STORY = re.compile(
    r"article:published_time"
    r"|og:type[\"'][^<>]{0,99}[\"']article|content=[\"']article[\"'][^<>]{0,99}og:type"
    r"|\"@type\":\s?\[?\s?\"(?:[A-Z]\w{1,20})?(?:Article|BlogPosting)\"",
    re.IGNORECASE,
)


def is_list(address: str, page: str) -> bool:
    """Whether ``page``, the HTML at a web address, is no story: neither by that address nor by
    what it says of itself."""
    try:
        place = urlsplit(address)
    except ValueError:
        return False
    if _OF_SERVER.search(page, 0, _HEAD):
        return True
    by_address = _PATH.fullmatch(place.path or "/") and _QUERY.fullmatch(place.query)
    return bool(by_address) and _OF_STORY.search(page) is None
