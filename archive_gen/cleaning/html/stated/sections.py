"""The names that a page gives its sections and topics: they stand beside dates as authors do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.html.stated.head import find_tags
from archive_gen.cleaning.people.persons import EVERYWHERE
from archive_gen.cleaning.phrases import fold

if TYPE_CHECKING:
    from archive_gen.cleaning.html.stated.head import Head

_NAMES = "article:section section parsely-section sailthru.section cxenseparse:section".split()
_REL = frozenset(("category", "tag"))
_LISTS = re.compile(r"/(?:categor(?:y|ies)|categoria|kategorie|tags?|topics?|sections?|rubrik)/")
_LONGEST = 60
"""Characters of a section's name."""


def section_keys(tree: Any, head: Head) -> frozenset[str]:
    """The folded names of sections, topics and keywords that the page names."""
    names = [found.value for found in (*head.told(_NAMES), *head.linked("articleSection"))]
    names += find_tags(tree, head).value
    for link in tree.iter("a"):
        told = link.attrib
        listed = _LISTS.search(told.get("href", "")) or _REL & set(told.get("rel", "").split())
        if listed:
            names.append("".join(link.itertext())[: _LONGEST + 1])
    keys = {fold(name) for name in names if len(name) <= _LONGEST}
    return frozenset(keys - {""}) | EVERYWHERE
