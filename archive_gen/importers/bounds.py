"""What no article is, however it came: such input would take the cleaning minutes or worse.

The limits lie far above what real pages have; below them every step takes linear time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.article import HTML, LARGEST, RawDocument
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from archive_gen.importers.base import Found

_LINES = 100_000
_TAGS = 100_000
_IN_A_TAG = 10_000
# Parsers compare each attribute of a tag with all before it.
_CROWDED = re.compile(rf"<[A-Za-z](?:[^<>\s]*+\s++){{{_IN_A_TAG}}}")
_HINT = "leave it out, or divide it"


def within_bounds(item: Found) -> Found:
    """``item``, or what is the matter with a document that is none."""
    if not isinstance(item, RawDocument):
        return item
    matter = _of_a_page(item.text) if item.media_type == HTML else _of_a_text(item.text)
    return Problem(item.name, 0, f"{matter}, which no article has", _HINT) if matter else item


def _of_a_text(text: str) -> str:
    if len(text) > LARGEST:
        return f"has more than {LARGEST >> 20} million characters"
    return f"has more than {_LINES:,} lines" if text.count("\n") > _LINES else ""


def _of_a_page(text: str) -> str:
    if text.count("<") > _TAGS:
        return f"has more than {_TAGS:,} tags"
    return f"has a tag of more than {_IN_A_TAG:,} words" if _CROWDED.search(text) else ""
