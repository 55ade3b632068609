"""How to cite an article: plain, BibTeX, RIS and CSL-JSON.

Titles and names come from outside: in each format they are escaped so that they stay what they
are, a value, whatever they hold.

BibTeX: https://ctan.org/pkg/bibtex · RIS: https://en.wikipedia.org/wiki/RIS_(file_format) ·
CSL-JSON: https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from archive_gen.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.article import Article
    from archive_gen.catalogue.entry import Row

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# Braces as commands: BibTeX counts braces even behind a backslash.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "$&#%_"},
    }
)
# In an address the same marks are written as percent codes: nothing there may change.
_IN_ADDRESS = str.maketrans({mark: f"%{ord(mark):02X}" for mark in '\\{}^`"<> |'})
_ACTIVE_IN_TEX = re.compile(r"[\\{}~^$&#%_]")


class Citation(NamedTuple):
    """An article in one format."""

    name: str
    """``BibTeX``, ``RIS``, ``CSL-JSON``, or the interface's word for text."""
    text: str


class _Work(NamedTuple):
    """What all formats say, as plain one-line values; empty where nobody knows."""

    key: str
    title: str
    authors: Sequence[str]
    source: str
    archive: str
    date: str
    """In words."""
    dates: Sequence[Sequence[int]]
    """One, or the two ends of an interval: year, and month and day where known."""
    approximate: bool
    language: str
    address: str


def citations(
    entry: Row, article: Article, *, address: str, archive: str, date: str, plain: str = "Text"
) -> list[Citation]:
    """``entry`` in each format.

    ``date`` is in words, ``address`` where it is read for ever; ``plain`` names the first format.
    """
    known = entry.date
    ends = [] if not known else [(known.year, known.month, known.day)]
    if known and known.end:
        end = parse_date(known.end)
        ends.append((end.year, end.month, end.day))
    work = _Work(
        key=entry.url.rstrip("/"),  # a slug may come again in another month
        title=_line(entry.title),
        authors=[_line(name) for name in article.authors],
        source=_line(entry.source),
        archive=_line(archive),
        date=date,
        dates=[[part for part in end if part] for end in ends],
        approximate=bool(known and (known.approximate or known.uncertain)),
        language=entry.language,
        address=_line(address).translate(_IN_ADDRESS),
    )
    return [
        Citation(plain, _plain(work)),
        Citation("BibTeX", _bibtex(work)),
        Citation("RIS", _ris(work)),
        Citation("CSL-JSON", _csl_json(work)),
    ]


def _line(text: str) -> str:
    if text.isprintable() and "  " not in text:
        return text
    return " ".join(_CONTROLS.sub(" ", text).split())


def _plain(work: _Work) -> str:
    parts = (", ".join(work.authors), f"“{work.title}”", work.source, work.date, work.archive)
    text = ", ".join(filter(None, parts))
    return f"{text}. {work.address}" if work.address else f"{text}."


def _tex(text: str) -> str:
    return text.translate(_TEX) if _ACTIVE_IN_TEX.search(text) else text


def _bibtex(work: _Work) -> str:
    lines = [f"@article{{{work.key},", f"  title = {{{{{_tex(work.title)}}}}},"]
    if work.authors:
        lines.append(
            f"  author = {{{' and '.join(f'{{{_tex(name)}}}' for name in work.authors)}}},"
        )
    if work.source:
        lines.append(f"  journal = {{{_tex(work.source)}}},")
    if work.dates:
        year, *rest = work.dates[0]
        lines.append(f"  year = {{{year}}},")
        lines += (f"  month = {_MONTHS[month - 1]}," for month in rest[:1])
        lines += (f"  day = {{{day}}}," for day in rest[1:])
    if work.address:
        lines.append(f"  url = {{{work.address}}},")
    lines += (f"  langid = {{{work.language}}},", f"  note = {{{_tex(work.archive)}}},", "}")
    return "\n".join(lines)


def _ris(work: _Work) -> str:
    lines = ["TY  - NEWS", f"TI  - {work.title}", *(f"AU  - {name}" for name in work.authors)]
    if work.source:
        lines.append(f"T2  - {work.source}")
    if work.dates:
        year, month, day = (*work.dates[0], 0, 0)[:3]
        date = f"{year:04}/{month:02}/{day:02}".replace("/00", "/")
        lines += (f"PY  - {year:04}", f"DA  - {date}/")
    lines += (f"LA  - {work.language}", f"DB  - {work.archive}")
    if work.address:
        lines.append(f"UR  - {work.address}")
    lines.append("ER  - ")
    return "\n".join(lines)


def _csl_json(work: _Work) -> str:
    issued: dict[str, Any] = {"date-parts": work.dates}
    if work.approximate:
        issued["circa"] = True
    item = {
        "id": work.key,
        "type": "article-newspaper",
        "title": work.title,
        "author": [{"literal": name} for name in work.authors],
        "container-title": work.source,
        "issued": issued if work.dates else None,
        "language": work.language,
        "archive": work.archive,
        "URL": work.address,
    }
    encoded = msgspec.json.encode([{name: value for name, value in item.items() if value}])
    return msgspec.json.format(encoded, indent=1).decode()
