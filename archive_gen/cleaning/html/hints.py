"""What an element of a page says of the lines in it: by its tag, its class names and its id."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

AREAS = frozenset("nav aside footer header form figure blockquote article main table".split())
HINTS = {
    "caption": r"caption|credit|photo|image|gallery|media|figure|legend|video|slide",
    "related": r"relat|recommend|more-?(?:on|from|stor)|read-?(?:more|next|also)|teaser|promo"
    r"|popular|trending|most-|latest|outbrain|taboola|similar|see-?also|card",
    "share": r"share|social|follow|toolbar|print|button|btn",
    "comment": r"comment|disqus|reply|respond",
    "about": r"byline|author|bio|contributor|writer|signature",
    "when": r"date|time|publish|meta\b",
    "sell": r"newsletter|subscri|paywall|sign-?up|donat|advert|\bads?\b|sponsor|cookie|consent"
    r"|banner|cta\b",
    "tags": r"tags?\b|keyword|topic|categor|breadcrumb",
    "lead": r"lead|standfirst|dek|subtitle|subhead|intro|excerpt|summary|deck|chapo|sapo",
    "frame": r"nav|menu|footer|sidebar|header|widget|rail|aside|copyright|disclaimer|popup|modal",
    "notes": r"footnote|correction|notes?\b|disclosure|editor",
    "story": r"(?:article|story|post)[-_]{0,2}(?:body|text|content)|entry-?content"
    r"|body-?(?:text|copy|content)|maincontent|content-?body",
}
_NO_HINTS: frozenset[str] = frozenset()
_AREA_HINTS = {tag: frozenset((tag,)) for tag in AREAS}
_LONGEST_NAMES = 300
"""So many characters of an element's names are read."""
_HINT = re.compile("|".join(f"(?P<{name}>{words})" for name, words in HINTS.items()))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_NOT_LOWER = re.compile(r"(?<=[a-z])(?=[A-Z])")


def hints_of(tag: str, element: Any) -> frozenset[str]:
    """The area that an element is, what its names say of it, and ``hidden`` if it is not shown."""
    told = element.attrib
    if not told:
        return _AREA_HINTS.get(tag, _NO_HINTS)
    get = told.get
    hints = (
        _AREA_HINTS.get(tag, _NO_HINTS)
        if tag in ("html", "body")
        else _of_names(tag, get("class"), get("id"), get("itemprop"))
    )
    style = get("style")
    hidden = "hidden" in told or (style and _HIDDEN.search(style))
    return hints | {"hidden"} if hidden else hints


@lru_cache(maxsize=1 << 14)
def _of_names(tag: str, *attributes: str | None) -> frozenset[str]:
    """What tag, class names and ids say: ``articleBody`` → ``story``."""
    names = " ".join(filter(None, attributes))[:_LONGEST_NAMES].split()
    return _AREA_HINTS.get(tag, _NO_HINTS).union(*map(_of_name, names))


@lru_cache(maxsize=1 << 15)
def _of_name(name: str) -> frozenset[str]:
    """What one name says; those of a page are few, and many sites share them."""
    text = _NOT_LOWER.sub("-", name).lower()
    return frozenset([str(match.lastgroup) for match in _HINT.finditer(text)])
