"""A page that a browser printed or saved as a PDF, as text: around each of its pages stand the
name of the page, its address, the moment and the number.

::

    11/28/26, 3:01 PM             Ferry returns to Orme Sound | The Courier
    …
    https://courier.example/2021/03/ferry.html                          1/3

Programs that make text of a PDF write these in one line or in several, and some write all of them
below the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.dates import ArchiveDate, parse_date
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

_MOMENT = (
    r"(?P<moment>\d{1,4}[./-] ?\d{1,2}[./-] ?\d{2,4},?\s{1,3}\d{1,2}[:.]\d\d(?:[:.]\d\d)?"
    r"(?:\s?[AaPp]\.?\s?[Mm]\.?)?)"
)
_ADDRESS = r"(?P<address>(?:https?|file)://\S{1,2000})"
_NUMBER = r"(?P<number>\d{1,4})\s?(?:/|of|von|sur|de|di|van|av|из)\s?(?P<sheets>\d{1,4})"
_WITH_NUMBER = re.compile(rf"(?:{_ADDRESS}\s{{1,400}})?{_NUMBER}(?:\s{{1,400}}{_MOMENT})?")
_WITH_MOMENT = re.compile(rf"{_MOMENT}(?:\s{{1,400}}(?P<title>\S.*))?")
_ONLY_ADDRESS = re.compile(_ADDRESS)
_CUT = ("…", "...")
"""With these ends an address that was too long to be printed."""
_NUMBERS = re.compile(r"(\d{1,4})([./-]) ?(\d{1,2})[./-] ?(\d{2,4})")
_CENTURY = 2000
_MONTHS = 12
_MOST = 4
"""Lines of a headline."""


class Print(NamedTuple):
    """A page, and what a browser put around its sheets."""

    title: str
    """What the page's window is called; empty if that is not told."""
    address: str
    """Empty if the page was printed from a file."""
    day: ArchiveDate | None
    """When it was printed; None where that may be one of two days."""
    text: str
    """The sheets, with form feeds between them."""


def read_print(text: str) -> Print | None:
    """The page that was printed, if a browser did; None of any other text."""
    lines = text.replace("\f", "\n").split("\n")
    said = [line.strip() for line in lines]
    sheets = _count(found for line in said if (found := _WITH_NUMBER.fullmatch(line)))
    if not sheets:
        return None
    marks = {at: mark for at, line in enumerate(said) if (mark := _read(line))}
    same = {name: _common(name, marks.values(), sheets) for name in ("moment", "address")}
    if not all(same.values()):
        return None
    same["sheets"] = str(sheets)
    around = {
        at: mark
        for at, mark in marks.items()
        if any(mark.get(name) == value for name, value in same.items())
    }
    title = _title(said, around, sheets)
    left_out = {*around, *(at for at, line in enumerate(said) if title and line == title)}
    address = same["address"]
    is_whole = is_web_address(address) and not address.endswith(_CUT)
    day = _day(same["moment"])
    return Print(title, address if is_whole else "", day, _without(lines, left_out))


def with_headline(lines: Sequence[str], title: str) -> tuple[str, list[str]]:
    """The headline, as far as the ``title`` has it, and ``lines`` with it in one of them.

    A title tells the name of the site, too. Where no lines are most of it, the headline is empty,
    and the title stands above.
    """
    letters = [
        (sign, at) for at, one in enumerate(title) for sign in one.casefold() if sign.isalnum()
    ]
    wanted = "".join(sign for sign, _ in letters)
    said, at = max(
        _headlines(lines, wanted), key=lambda found: len(found[0]), default=("", range(0))
    )
    if 2 * len(said) <= len(wanted):
        return "", [title, "", *lines]
    first = wanted.index(said)
    start, stop = letters[first][1], letters[first + len(said) - 1][1] + 1
    while start and _is_mark(title[start - 1]):
        start -= 1
    while stop < len(title) and _is_mark(title[stop]):
        stop += 1
    headline = title[start:stop]
    return headline, [*lines[: at.start], headline, *lines[at.stop :]]


def _headlines(lines: Sequence[str], wanted: str) -> Iterator[tuple[str, range]]:
    """The letters of lines, one or several, that are in those ``wanted``."""
    told = [(at, letters) for at, line in enumerate(lines) if (letters := _letters(line))]
    for index in range(len(told)):
        said = ""
        for at, letters in told[index : index + _MOST]:
            said += letters
            if said not in wanted:
                break
            yield said, range(told[index][0], at + 1)


def _is_mark(sign: str) -> bool:
    return not sign.isalnum() and not sign.isspace()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _read(line: str) -> dict[str, str]:
    """What a line tells that a browser may have put above or below a sheet."""
    if found := _WITH_NUMBER.fullmatch(line) or _WITH_MOMENT.fullmatch(line):
        return {name: value for name, value in found.groupdict().items() if value}
    title, _, address = line.rpartition(" ")
    if not _ONLY_ADDRESS.fullmatch(address):
        return {}
    return {"address": address, **({"title": title.rstrip()} if title else {})}


def _count(found: Iterable[re.Match[str]]) -> int:
    """Of how many sheets lines count all; 0 if they count none."""
    counted: dict[int, set[int]] = defaultdict(set)
    for each in found:
        counted[int(each["sheets"])].add(int(each["number"]))
    return max((all_ for all_, at in counted.items() if at == set(range(1, all_ + 1))), default=0)


def _common(name: str, marks: Iterable[Mapping[str, str]], sheets: int) -> str:
    """What is told as often as there are sheets; empty if nothing is."""
    told = Counter(mark[name] for mark in marks if name in mark)
    ((value, count),) = told.most_common(1) or [("", 0)]
    return value if count >= sheets else ""


def _title(lines: Sequence[str], around: Mapping[int, Mapping[str, str]], sheets: int) -> str:
    """What stands beside the moment or the address, or in the next line, on most sheets."""
    told = Counter(mark["title"] for mark in around.values() if "title" in mark)
    for at, mark in around.items():
        if "moment" in mark and "title" not in mark:
            below = next((i for i in range(at + 1, len(lines)) if lines[i]), at)
            told.update([] if below in around else [lines[below]])
    ((title, count),) = told.most_common(1) or [("", 0)]
    return title if 2 * count >= sheets else ""


def _without(lines: Sequence[str], around: Container[int]) -> str:
    """The text of ``lines``, in which a form feed stands for those ``around`` a sheet."""
    kept: list[str] = []
    for at, line in enumerate(lines):
        if at not in around:
            kept.append(line)
        elif kept:
            kept[-1] += "\f"
    return "\n".join(kept)


def _day(moment: str) -> ArchiveDate | None:
    """The day of ``11/28/26, 3:01 PM``, ``28.11.2026, 15:01``, ``2026/11/28 15:01``."""
    found = _NUMBERS.match(moment)
    if found is None:
        return None
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) > 2:
        year, month, day = first, second, third
    elif found[2] != "/" or first > _MONTHS:
        day, month, year = first, second, third
    elif second > _MONTHS or (len(found[4]) == 2 and moment.endswith("M")):
        month, day, year = first, second, third
    else:
        return None
    try:
        return parse_date(f"{year if year >= 100 else _CENTURY + year}-{month:02}-{day:02}")
    except ValueError:
        return None
