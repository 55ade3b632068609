"""ProQuest: ``Full text: …`` among other named fields, and long lines between the articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.importers.press_databases.base import (
    NO_PARTS,
    NUMBER,
    Parts,
    date_in,
    is_long,
    one_line,
    values_between,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.importers.press_databases.base import Fields

_RULE = re.compile(r"^_{40,}[ \t]*$", re.MULTILINE)
_FULL_TEXT = re.compile(r"^Full text:", re.MULTILINE)
_FIELD = re.compile(r"^([A-Z][A-Za-z/ ]{1,40}): ", re.MULTILINE)
_KNOWN = frozenset(
    "Title|Author|Publication title|Publication date|Publication info|Publication year|Abstract|"
    "Full text|Links|Subject|Location|People|Company / organization|Company|Volume|Issue|Pages|"
    "First page|Section|Publisher|Place of publication|Country of publication|"
    "Publication subject|ISSN|Source type|Language of publication|Document type|Dateline|"
    "ProQuest document ID|Document URL|Copyright|Last updated|Database|Credit|Column|Year|"
    "Number of pages|Identifier / keyword|Business indexing term|Product name|Edition".split("|")
)
_BEGIN_FOOT = frozenset(
    "Links|Subject|Business indexing term|People|Company / organization|Identifier / keyword|"
    "Publication title|Publication info|Publication year|Publication date|Publication subject|"
    "Place of publication|Country of publication|Source type|Language of publication|"
    "Document type|ProQuest document ID|Document URL|Copyright|Last updated|Database".split("|")
)
"""With one of these a foot begins, if nothing but fields follow."""
_SURE_FIELDS = frozenset(
    ("ProQuest document ID", "Document URL", "Language of publication", "Publication title")
)
"""No text has these."""


def divide(text: str) -> Parts:
    """By the long lines between articles."""
    if not _FULL_TEXT.search(text):
        return NO_PARTS
    before, *parts = _RULE.split(text)
    # A list of what is in the file may stand between the first lines.
    told = [part for part in parts[:-1] if is_long(part) or _known_fields(part)]
    return Parts(before, told, parts[-1]) if parts else NO_PARTS


def read(part: str) -> Fields:
    """By its named fields; what begins like one in the midst of the text is none."""
    found = _known_fields(part)
    at = next((i for i, mark in enumerate(found) if mark[1] == "Full text"), None)
    if at is None:
        return {}
    head = found[: at + 1]
    foot = _foot_of(found[at + 1 :], part)
    values = values_between([*head, *foot], part)
    source = values.get("Publication title") or values.get("Publication info", "")
    spare = [part[: head[0].start()], *(_unnamed(part[foot[0].start() :]) if foot else ())]
    are_two = any(mark[1] == "Full text" for mark in foot)
    if not values["Full text"] or not source or are_two or is_long(" ".join(spare)):
        return {}
    first = next(
        (line.strip() for line in part.split("\n") if line.strip() and not NUMBER.match(line)), ""
    )
    return {
        "title": one_line([values.get("Title") or first]),
        "author": one_line([values.get("Author", "")]),
        "source": one_line([source.partition(";")[0]]),
        "date": date_in(values.get("Publication date", "")),
        "place": one_line([values.get("Dateline", "")]),
        "content_text": values["Full text"],
    }


def _known_fields(part: str) -> list[re.Match[str]]:
    return [mark for mark in _FIELD.finditer(part) if mark[1] in _KNOWN]


def _unnamed(foot: str) -> list[str]:
    """Its paragraphs that begin with no field."""
    return [block for block in re.split(r"\n[ \t]*\n", foot) if not _FIELD.match(block.lstrip())]


def _foot_of(fields: Sequence[re.Match[str]], part: str) -> Sequence[re.Match[str]]:
    """Those of ``fields`` that stand below the text: each once, and nothing between them."""
    sure = next((i for i, mark in enumerate(fields) if mark[1] in _SURE_FIELDS), len(fields))
    start = sure
    for i in range(sure - 1, -1, -1):
        end = fields[i + 1].start() if i + 1 < len(fields) else len(part)
        is_one_line = "\n" not in part[fields[i].end() : end].strip()
        if not is_one_line or any(mark[1] == fields[i][1] for mark in fields[i + 1 :]):
            break
        if fields[i][1] in _BEGIN_FOOT:
            start = i
    return fields[start:]
