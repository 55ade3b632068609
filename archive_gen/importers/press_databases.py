"""What press databases write when asked for text: many articles in one file.

LexisNexis (``1 of 20 DOCUMENTS``, or ``End of Document``), Factiva (with its two-letter fields, or
without; ``Document GRDN0000…``) and ProQuest (``Full text: …`` between long lines). Each has a head
that says title, source, day and author, and a foot of terms that is left behind.

Any text may hold a line that looks like one of theirs. So an article is read only where all of its
head is as its database writes it, and what its text says is not taken for a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Fields: TypeAlias = "dict[str, str]"
"""By the names that ``records`` knows; the text is ``content_text``."""

_NUMBER = re.compile(
    r"^[ \t]*(?:(?:Document|Dokument) \d+ (?:of|von|de|sur) \d+"
    r"|\d+ (?:of|von|de|sur) \d+ (?:DOCUMENTS?|DOKUMENTEN?))[ \t]*$",
    re.MULTILINE,
)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_ACCESSION = re.compile(
    r"^(?:AN[ \t]{0,9}\n?)?[ \t]{0,9}"
    r"Document [A-Za-z][A-Za-z0-9]{2,12}?(?:19|20)\d{6}\w{5,20}[ \t]*$",
    re.MULTILINE,
)
"""A code of the source, filled up with zeros; a day; a number."""
_RULE = re.compile(r"^_{40,}[ \t]*$", re.MULTILINE)
_COUNTED = (
    r"\d[\d,.\u00a0 ]{0,8} (?:words|Wörter|mots|palabras|parole|palavras|woorden|слов)[ \t]*$"
)
_LENGTH = re.compile(rf"^[ \t]*(?:LENGTH|Length):[ \t]+{_COUNTED}", re.MULTILINE)
_FULL_TEXT = re.compile(r"^Full text:", re.MULTILINE)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_DAY_OF_MONTH = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_OF_COPYRIGHT = re.compile(
    r"\(?(?:copyright[ ,]{0,2}(?:©|\(c\)|(?:1[6-9]|20)\d\d)|©|\(c\)|all rights reserved)",
    re.IGNORECASE,
)
"""A sentence may begin with the word."""
_ONE_OF = ("ocument", "DOCUMENT", "okument", "DOKUMENT")
"""Each of these forms has one of these words; most other texts have none."""
_SHORT = 60
"""Words of what stands before and after the articles."""
_FULL = 50
"""Characters of a line that was broken at its end, at least."""
_LONGEST_DATE = 8
"""Words."""


class _Parts(NamedTuple):
    """A text as its database divides it."""

    before: str
    articles: Sequence[str]
    after: str


_NONE = _Parts("", (), "")


def articles(text: str) -> list[tuple[str, Fields]]:
    """The articles in such a text, each as it stands there and by its fields: without any where
    its head is unknown. What stands before and after them is left out if it is short. Of any other
    text there are none."""
    if not any(map(text.__contains__, _ONE_OF)):
        return []
    text = text.replace("\f", "\n")
    forms: tuple[tuple[Callable[[str], _Parts], Callable[[str], Fields]], ...] = (
        (_of_lexis, _lexis),
        (_of_factiva, _factiva),
        (_of_proquest, _proquest),
    )
    for divide, read in forms:
        before, parts, after = divide(text)
        found = [(part, read(part)) for part in (before, *parts, after) if part.strip()]
        if any(fields for _, fields in found):
            frame = [part for part in (before, after) if not _is_long(part)]
            return [(part, fields) for part, fields in found if fields or part not in frame]
    return []


# --- LexisNexis ---------------------------------------------------------------------------------

_LABEL = re.compile(r"([A-Z][A-Z-]{2,24}|[A-Z][a-z]+(?:-[A-Z][a-z]+)?):(?:[ \t]+|$)(.*)", re.DOTALL)
_HEAD = frozenset("byline section length dateline highlight".split())
_FOOT = frozenset(
    "load-date language graphic publication-type journal-code correction-date subject "
    "organization person company industry geographic acc-no notes url type".split()
)
_SURE = frozenset("load-date publication-type journal-code acc-no".split())
"""No text has these."""
_TERMS = "Classification"
_BODY = re.compile(r"Body[ \t]*(?:\n|\Z)")
_BODY_IN_CAPITALS = re.compile(r"BODY(?::[ \t]|:?[ \t]*(?:\n|\Z))")
_MOST_ABOVE_BODY = 4
"""Blocks between the head and the line that says ``Body``: more of what a label began."""
_MOST_ABOVE = 5
"""Blocks of title, source and day."""
_COVER = re.compile(
    r"^[ \t]*(?:Job Number|User Name|Date and Time|Documents?[ \t]\(\d)", re.MULTILINE
)


def _of_lexis(text: str) -> _Parts:
    if not _LENGTH.search(text):
        return _NONE
    if _END.search(text):
        *parts, after = _END.split(text)
        return _Parts("", parts, after)
    before, *parts = _NUMBER.split(text)
    return _Parts(before, parts, "") if parts else _NONE


def _lexis(part: str) -> Fields:
    blocks = [block.strip() for block in re.split(r"\n[ \t]*\n", part) if block.strip()]
    labels = [_label(block) for block in blocks]
    counted = [i for i, block in enumerate(blocks) if _LENGTH.match(block)]
    if len(counted) != 1:
        return {}
    in_capitals = _is_in_capitals(blocks[counted[0]])
    of_head = [
        label if _is_in_capitals(block) == in_capitals else ""
        for block, label in zip(blocks, labels, strict=True)
    ]
    first = next(i for i, label in enumerate(of_head) if label in _HEAD)
    start = _end_of_head(of_head, first)
    end = _start_of_foot(blocks, labels, start)
    above = _above(blocks[:first], in_capitals=in_capitals)
    spare = " ".join(_spare(blocks[end:], labels[end:]))
    if not above or counted[0] >= start or _is_long(spare):
        return {}
    stated = {labels[i]: _value(blocks[i]) for i in range(first, start)}
    body = _without_mark(blocks[start:end], _BODY_IN_CAPITALS if in_capitals else _BODY)
    return {
        **above,
        "author": stated.get("byline", ""),
        "place": stated.get("dateline", ""),
        "summary": stated.get("highlight", ""),
        "content_text": "\n\n".join(map(_paragraph, body)),
    }


def _is_in_capitals(block: str) -> bool:
    return block.partition(":")[0].isupper()


def _without_mark(blocks: Sequence[str], mark: re.Pattern[str]) -> Sequence[str]:
    """Without the line above the text that says that it is one."""
    at = next((i for i, block in enumerate(blocks[:_MOST_ABOVE_BODY]) if mark.match(block)), None)
    if at is None:
        return blocks
    rest = mark.sub("", blocks[at], count=1)
    return [*blocks[:at], *([rest] if rest else ()), *blocks[at + 1 :]]


def _end_of_head(labels: Sequence[str], first: int) -> int:
    """Behind the last label of the head: it says each once, and nothing between them."""
    end = at = first
    while at < len(labels) and labels[at] and labels[at] not in labels[first:at]:
        at += 1
        if labels[at - 1] in _HEAD:
            end = at
    return end


def _start_of_foot(blocks: Sequence[str], labels: Sequence[str], start: int) -> int:
    """Where the text ends: at what no text says, or at what nothing but labels follow."""
    spare = [i for i in range(start, len(blocks)) if _spare(blocks[i : i + 1], labels[i : i + 1])]
    only = spare[-1] + 1 if spare else start
    sure = (
        i for i in range(start, len(blocks)) if labels[i] in _SURE or _are_terms(blocks, labels, i)
    )
    end = min(next(sure, len(blocks)), len(blocks))
    end = next((i for i in range(only, end) if _is_of_foot(blocks[i], labels[i])), end)
    while end > start and _is_of_foot(blocks[end - 1], labels[end - 1]):
        end -= 1
    return end


def _are_terms(blocks: Sequence[str], labels: Sequence[str], at: int) -> bool:
    return blocks[at] == _TERMS and any(label in _FOOT for label in labels[at + 1 : at + 2])


def _is_of_foot(block: str, label: str) -> bool:
    """Whether it is of the foot also right below a text, to which ``Notes: …`` may belong."""
    return (label in _FOOT and _is_in_capitals(block)) or _is_copyright(block)


def _spare(blocks: Sequence[str], labels: Sequence[str]) -> list[str]:
    """What has no place in a foot."""
    return [
        block
        for block, label in zip(blocks, labels, strict=True)
        if label not in _FOOT and block != _TERMS and not _is_copyright(block)
    ]


def _above(blocks: Sequence[str], *, in_capitals: bool) -> Fields:
    """Title, source and day: the older form, which has its labels in capitals, has the title last,
    the newer one first. Nothing if there is no day or no source above it."""
    blocks = [block for block in map(_without_copyright, blocks) if block]
    near = range(max(1, len(blocks) - _MOST_ABOVE), len(blocks))
    dates = [i for i in near if _is_date(blocks[i]) and _DAY_OF_MONTH.search(blocks[i])]
    dates = dates or [i for i in near if _is_date(blocks[i])]
    at = (min if in_capitals else max)(dates, default=0)
    if at == 0:
        return {}
    is_last = at == 1 or (in_capitals and at + 1 < len(blocks))
    title = blocks[at + 1 :] if is_last else blocks[at - 2 : at - 1]
    spare = blocks[: at - 1] if is_last else [*blocks[: at - 2], *blocks[at + 1 :]]
    if _is_long(" ".join(spare)) and not any(map(_COVER.search, spare)):
        return {}
    return {"title": _line(title), "source": _line([blocks[at - 1]]), "date": _day(blocks[at])}


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
    return "\n".join(line for line in block.split("\n") if not _is_copyright(line.strip()))


# --- Factiva ------------------------------------------------------------------------------------

_TAG = re.compile(
    r"^(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|SE|CLM|DLN|LP|TD|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|CT|VOL)"
    r"(?:(?P<inline>\t| {2,9})|(?P<alone>[ \t]*$)| )",
    re.MULTILINE,
)
_NARROW = re.compile(r"^HD \S", re.MULTILINE)
"""Some set tags off by one space only."""
_CODES = re.compile(r"\s*\w{2,12} : ")
_CODED = frozenset(("CO", "IN", "NS", "RE"))
_LEAD, _TEXT, _TAIL = 1, 2, 3
_PLACES = {
    **dict.fromkeys("HD BY CR WC PD ET SN SC ED PG LA CY SE CLM DLN VOL".split(), 0),
    "LP": _LEAD,
    "TD": _TEXT,
    **dict.fromkeys("RF CO IN NS RE IPC IPD PUB AN ART CT".split(), _TAIL),
}
"""In this order they stand."""
_WORDS = re.compile(_COUNTED)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?: [AP]M)?(?: \w+)?")
_CODE = re.compile(r"(?=\d{0,9}[A-Z])[A-Z0-9]{1,10}")
_LANGUAGES = frozenset(
    "english deutsch german français french español spanish italiano italian português portuguese "
    "nederlands dutch русский russian polski polish svenska swedish dansk danish norsk norwegian "
    "suomi finnish čeština czech magyar hungarian türkçe turkish català catalan slovenčina slovak "
    "български bulgarian العربية arabic 日本語 japanese 中文 chinese 한국어 korean".split()
)
_MOST_OF_HEAD = 12
"""Lines between the number of words and the text, and words of each."""


def _of_factiva(text: str) -> _Parts:
    *parts, after = _ACCESSION.split(text)
    return _Parts("", parts, after) if parts else _NONE


def _factiva(part: str) -> Fields:
    values = _tagged(part)
    if "HD" in values and "PD" in values and ("TD" in values or "LP" in values):
        return {
            "title": _line([values["HD"]]),
            "author": _line([values.get("BY", "")]),
            "source": _line([values.get("SN", "")]),
            "date": _day(values["PD"]),
            "content_text": f"{values.get('LP', '')}\n\n{values.get('TD', '')}".strip(),
        }
    return _factiva_untagged([line.strip() for line in part.strip().split("\n")])


def _tagged(part: str) -> Fields:
    """Tag → value; what begins like a tag in the midst of the text is none. Nothing if there seem
    to be two articles, or much stands above the first tag."""
    is_narrow = _NARROW.search(part) is not None
    found: dict[str, re.Match[str]] = {}
    place = 0
    for mark in _TAG.finditer(part):
        tag, at = mark[1], _PLACES[mark[1]]
        if not _is_field(mark, part, is_narrow=is_narrow, in_foot=place == _TAIL):
            continue
        if tag in found and at in (_LEAD, _TEXT):
            return {}
        if tag not in found and at >= place:
            found[tag] = mark
            place = at
    marks = list(found.values())
    is_whole = marks and not _is_long(part[: marks[0].start()])
    return _between(marks, part) if is_whole else {}


def _is_field(mark: re.Match[str], part: str, *, is_narrow: bool, in_foot: bool) -> bool:
    """Whether a tag is set off as its place wants; in the foot that needs codes, or other tags of
    it above: a line of its own may be a heading."""
    tag, place = mark[1], _PLACES[mark[1]]
    is_wide = bool(mark["inline"]) or mark["alone"] is not None
    if tag in _CODED:
        return (is_wide or is_narrow) and bool(_CODES.match(part, mark.end()))
    if place == _TAIL:
        return bool(mark["inline"]) or in_foot
    return is_wide or (is_narrow and place == 0)


def _factiva_untagged(lines: list[str]) -> Fields:
    counted = [i for i, line in enumerate(lines) if _WORDS.match(line) and _is_day_next(lines, i)]
    if len(counted) != 1 or not counted[0]:
        return {}
    at = counted[0]
    above = [line for line in lines[:at] if line]
    # Above the title may stand its section; below it, who wrote it.
    signed = len(above) > 2 or (len(above) == 2 and len(above[1].split()) < len(above[0].split()))
    end = _language_at(lines, at + 1)
    head = [line for line in lines[at + 1 : end] if line]
    named = [line for line in head if not (_is_date(line) or _CLOCK.fullmatch(line))]
    is_head = any(map(_CODE.fullmatch, named[1:])) and not _is_long(" ".join(above[:-2]))
    if not is_head or any(len(line.split()) > _MOST_OF_HEAD for line in head):
        return {}
    start = end + 1
    while start < len(lines) and (not lines[start] or _is_copyright(lines[start])):
        start += 1
    return {
        "title": above[-2] if signed else above[-1],
        "author": above[-1] if signed else "",
        "source": named[0],
        "date": _day(next(filter(_is_date, head), "")),
        "content_text": "\n".join(lines[start:]).strip(),
    }


def _is_day_next(lines: Sequence[str], at: int) -> bool:
    line = next((line for line in lines[at + 1 : at + 4] if line), "")
    return _is_date(line) and bool(_DAY_OF_MONTH.search(line))


def _language_at(lines: Sequence[str], start: int) -> int:
    """Where the language stands, with which a head ends; ``start`` if nowhere."""
    among = range(start, min(len(lines), start + 2 * _MOST_OF_HEAD))
    return next((i for i in among if lines[i].casefold().partition(" - ")[0] in _LANGUAGES), start)


# --- ProQuest -----------------------------------------------------------------------------------

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


def _of_proquest(text: str) -> _Parts:
    if not _FULL_TEXT.search(text):
        return _NONE
    before, *parts = _RULE.split(text)
    # A list of what is in the file may stand between the first lines.
    told = [part for part in parts[:-1] if _is_long(part) or _known_fields(part)]
    return _Parts(before, told, parts[-1]) if parts else _NONE


def _proquest(part: str) -> Fields:
    found = _known_fields(part)
    at = next((i for i, mark in enumerate(found) if mark[1] == "Full text"), None)
    if at is None:
        return {}
    head = found[: at + 1]
    foot = _foot_of(found[at + 1 :], part)
    values = _between([*head, *foot], part)
    source = values.get("Publication title") or values.get("Publication info", "")
    spare = [part[: head[0].start()], *(_unnamed(part[foot[0].start() :]) if foot else ())]
    are_two = any(mark[1] == "Full text" for mark in foot)
    if not values["Full text"] or not source or are_two or _is_long(" ".join(spare)):
        return {}
    first = next(
        (line.strip() for line in part.split("\n") if line.strip() and not _NUMBER.match(line)), ""
    )
    return {
        "title": _line([values.get("Title") or first]),
        "author": _line([values.get("Author", "")]),
        "source": _line([source.partition(";")[0]]),
        "date": _day(values.get("Publication date", "")),
        "place": _line([values.get("Dateline", "")]),
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


# --- what they share ----------------------------------------------------------------------------


def _between(marks: Sequence[re.Match[str]], part: str) -> dict[str, str]:
    """What each mark names → what stands between it and the next one."""
    values: dict[str, str] = {}
    for mark, end in zip(marks, [*(m.start() for m in marks[1:]), len(part)], strict=False):
        values.setdefault(mark[1], part[mark.end() : end].strip())
    return values


def _is_long(part: str) -> bool:
    return len(part.split()) > _SHORT


def _is_copyright(block: str) -> bool:
    return bool(_OF_COPYRIGHT.match(block)) and not _is_long(block)


def _is_date(block: str) -> bool:
    return len(block.split()) <= _LONGEST_DATE and bool(_YEAR.search(block))


def _day(text: str) -> str:
    """A date without what is said beside it: ``October 7, 2015 Wednesday, Final Edition``."""
    line = _line([text])
    year = _YEAR.search(line)
    return line[: year.end()] if year and not line.startswith(year[0]) else line


def _line(parts: Iterable[str]) -> str:
    return " ".join(" ".join(parts).split())
