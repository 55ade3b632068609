"""What press databases write when asked for text: many articles in one file.

LexisNexis (``1 of 20 DOCUMENTS``, or ``End of Document``), Factiva (with its two-letter fields, or
without; ``Document GRDN0000…``) and ProQuest (``Full text: …`` between long lines). Each has a head
that says title, source, day and author, and a foot of terms that is left behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Fields: TypeAlias = "dict[str, str]"
"""By the names that ``records`` knows; the text is ``content_text``."""

_NUMBER = re.compile(
    r"^[ \t]*(?:(?:Document|Dokument) )?\d+ (?:of|von|de|sur) \d+(?: DOCUMENTS?)?[ \t]*$",
    re.MULTILINE,
)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_ACCESSION = re.compile(
    r"^(?:AN[ \t]{0,9}\n?)?[ \t]{0,9}Document [A-Za-z]{2,8}0\w{12,40}[ \t]*$", re.MULTILINE
)
_RULE = re.compile(r"^_{40,}[ \t]*$", re.MULTILINE)
_LENGTH = re.compile(r"^[ \t]*LENGTH:[ \t]+\d", re.MULTILINE | re.IGNORECASE)
_FULL_TEXT = re.compile(r"^Full text:", re.MULTILINE)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_OF_COPYRIGHT = re.compile(r"(?:copyright\b|©|\(c\)|all rights reserved)", re.IGNORECASE)
_ONE_OF = ("ocument", "DOCUMENT", "okument")
"""Each of these forms has one of these words; most other texts have none."""
_SHORT = 60
"""Words of what stands before and after the articles."""
_FULL = 50
"""Characters of a line that was broken at its end, at least."""
_LONGEST_DATE = 8
"""Words."""


def articles(text: str) -> list[tuple[str, Fields]]:
    """The articles in such a text, each as it stands there and by its fields: without any where it
    has the length of an article and no head that is known. Of any other text there are none."""
    if not any(map(text.__contains__, _ONE_OF)):
        return []
    text = text.replace("\f", "\n")
    for parts, read in ((_of_lexis, _lexis), (_of_factiva, _factiva), (_of_proquest, _proquest)):
        found = [(part, read(part)) for part in parts(text)]
        if any(fields for _, fields in found):
            return [
                (part, fields) for part, fields in found if fields or len(part.split()) > _SHORT
            ]
    return []


# --- LexisNexis ---------------------------------------------------------------------------------

_LABEL = re.compile(r"([A-Z][A-Z-]{2,24}|[A-Z][a-z]+(?:-[A-Z][a-z]+)?):(?:[ \t]+|$)(.*)", re.DOTALL)
_HEAD = frozenset("byline section length dateline highlight".split())
_FOOT = frozenset(
    "load-date language graphic publication-type journal-code correction-date subject "
    "organization person company industry geographic acc-no notes url type".split()
)


def _of_lexis(text: str) -> list[str]:
    if not _LENGTH.search(text):
        return []
    mark = _NUMBER if _NUMBER.search(text) else _END
    return mark.split(text) if mark.search(text) else []


def _lexis(part: str) -> Fields:
    blocks = [block.strip() for block in re.split(r"\n[ \t]*\n", part) if block.strip()]
    labels = [_label(block) for block in blocks]
    first = next((i for i, label in enumerate(labels) if label in _HEAD), None)
    if first is None or "length" not in labels:
        return {}
    start = 1 + max(i for i, label in enumerate(labels) if label in _HEAD)
    start = next((i + 1 for i, block in enumerate(blocks) if block.lower() == "body"), start)
    ends = (i for i, label in enumerate(labels) if i >= start and label in _FOOT)
    body = blocks[start : next(ends, len(blocks))]
    while body and _OF_COPYRIGHT.match(body[-1]):
        body.pop()
    stated = {label: _value(block) for label, block in zip(labels, blocks, strict=True) if label}
    return {
        **_above([block for block in map(_without_copyright, blocks[:first]) if block]),
        "author": stated.get("byline", ""),
        "place": stated.get("dateline", ""),
        "summary": stated.get("highlight", ""),
        "content_text": "\n\n".join(map(_paragraph, body)),
    }


def _above(blocks: Sequence[str]) -> Fields:
    """Title, source and day: the older form has the title last, the newer one first."""
    at = max((i for i, block in enumerate(blocks) if _is_date(block)), default=None)
    if at is None:
        return {"title": _line(blocks[-1:])}
    if at >= 2:
        title, source = blocks[at - 2 : at - 1], blocks[at - 1]
    else:
        title, source = blocks[at + 1 :], blocks[0] if at else ""
    return {"title": _line(title), "source": _line([source]), "date": _day(blocks[at])}


def _paragraph(block: str) -> str:
    """A block in one line if it was broken to the width of the page."""
    lines = [" ".join(line.split()) for line in block.split("\n")]
    is_broken = all(len(line) >= _FULL for line in lines[:-1])
    return (" " if is_broken else "\n").join(lines)


def _label(block: str) -> str:
    match = _LABEL.match(block)
    name = match[1].lower() if match else ""
    return name if name in _HEAD or name in _FOOT else ""


def _value(block: str) -> str:
    match = _LABEL.match(block)
    return _line([match[2]]) if match else ""


def _without_copyright(block: str) -> str:
    return "\n".join(line for line in block.split("\n") if not _OF_COPYRIGHT.match(line.strip()))


# --- Factiva ------------------------------------------------------------------------------------

_TAG = re.compile(
    r"^(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|SE|CLM|DLN|LP|TD|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|CT|VOL)"
    r"(?:[ \t]+|$)",
    re.MULTILINE,
)
_CODES = re.compile(r"\s*\w{2,12}[ \t]*:")
_CODED = frozenset(("CO", "IN", "NS", "RE"))
_WORDS = re.compile(
    r"\d[\d,.\u00a0 ]{0,8} (?:words|Wörter|mots|palabras|parole|palavras|woorden|слов)"
)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?: [AP]M)?(?: \w+)?")
_CODE = re.compile(r"[A-Z]{2,8}")
_MOST_OF_HEAD = 12
"""Lines between the number of words and the text."""


def _of_factiva(text: str) -> list[str]:
    return _ACCESSION.split(text)[:-1]


def _factiva(part: str) -> Fields:
    values = _tagged(part)
    if "HD" in values and ("TD" in values or "LP" in values):
        return {
            "title": _line([values["HD"]]),
            "author": _line([values.get("BY", "")]),
            "source": _line([values.get("SN", "")]),
            "date": _day(values.get("PD", "")),
            "content_text": f"{values.get('LP', '')}\n\n{values.get('TD', '')}".strip(),
        }
    return _factiva_untagged([line.strip() for line in part.strip().split("\n")])


def _tagged(part: str) -> dict[str, str]:
    """Tag → value; what begins like a tag in the midst of the text is none."""
    found = [
        mark
        for mark in _TAG.finditer(part)
        if mark[1] not in _CODED or _CODES.match(part, mark.end())
    ]
    return _between(found, part)


def _factiva_untagged(lines: list[str]) -> Fields:
    at = next((i for i, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    if not at:
        return {}
    above = [line for line in lines[:at] if line]
    # Above the title may stand its section; below it, who wrote it.
    signed = len(above) > 2 or (len(above) == 2 and len(above[1].split()) < len(above[0].split()))
    head = [line for line in lines[at + 1 : at + 1 + _MOST_OF_HEAD] if line]
    named = (line for line in head if not (_is_date(line) or _CLOCK.fullmatch(line)))
    rights = [
        i for i, line in enumerate(lines[: at + 1 + _MOST_OF_HEAD]) if _OF_COPYRIGHT.match(line)
    ]
    codes = [i for i in range(at, len(lines)) if _CODE.fullmatch(lines[i])][:1]
    start = max([at + 1, *rights[-1:], *(i + 1 for i in codes)]) + 1
    return {
        "title": above[-2] if signed else above[-1] if above else "",
        "author": above[-1] if signed else "",
        "source": next(named, ""),
        "date": _day(next(filter(_is_date, head), "")),
        "content_text": "\n".join(lines[start:]).strip(),
    }


# --- ProQuest -----------------------------------------------------------------------------------

_FIELD = re.compile(r"^([A-Z][A-Za-z/ ]{1,40}): ", re.MULTILINE)
_OF_TEXT = frozenset(("Full text", "Abstract"))
_KNOWN = frozenset(
    "Title|Author|Publication title|Publication date|Publication info|Publication year|Abstract|"
    "Full text|Links|Subject|Location|People|Company / organization|Company|Volume|Issue|Pages|"
    "First page|Section|Publisher|Place of publication|Country of publication|"
    "Publication subject|ISSN|Source type|Language of publication|Document type|Dateline|"
    "ProQuest document ID|Document URL|Copyright|Last updated|Database|Credit|Column|Year|"
    "Number of pages|Identifier / keyword|Business indexing term|Product name|Edition".split("|")
)


def _of_proquest(text: str) -> list[str]:
    return _RULE.split(text) if _FULL_TEXT.search(text) else []


def _proquest(part: str) -> Fields:
    found = [mark for mark in _FIELD.finditer(part) if mark[1] in _KNOWN]
    values = _between(found, part)
    if not values.get("Full text"):
        return {}
    first = next(
        (line.strip() for line in part.split("\n") if line.strip() and not _NUMBER.match(line)), ""
    )
    source = values.get("Publication title") or values.get("Publication info", "")
    return {
        "title": _line([values.get("Title") or first]),
        "author": _line([values.get("Author", "")]),
        "source": _line([source.partition(";")[0]]),
        "date": _day(values.get("Publication date", "")),
        "place": _line([values.get("Dateline", "")]),
        "content_text": values["Full text"],
    }


# --- what they share ----------------------------------------------------------------------------


def _between(marks: Sequence[re.Match[str]], part: str) -> dict[str, str]:
    """What each mark names → what stands between it and the next one."""
    values: dict[str, str] = {}
    for mark, end in zip(marks, [*(m.start() for m in marks[1:]), len(part)], strict=False):
        values.setdefault(mark[1], part[mark.end() : end].strip())
    return values


def _is_date(block: str) -> bool:
    return len(block.split()) <= _LONGEST_DATE and bool(_YEAR.search(block))


def _day(text: str) -> str:
    """A date without what is said beside it: ``October 7, 2015 Wednesday, Final Edition``."""
    line = _line([text])
    year = _YEAR.search(line)
    return line[: year.end()] if year and not line.startswith(year[0]) else line


def _line(parts: Iterable[str]) -> str:
    return " ".join(" ".join(parts).split())
