"""The parts of the search in the page: all are shipped, and each uses only what comes before it."""

from __future__ import annotations

import re

import pytest

from archive_gen.rendering.search_script import FOLDER, PARTS, joined
from archive_gen.rendering.theme_files import SHIPPED

_USED = re.compile(r"\barchive[A-Z]\w+")
_MADE = re.compile(r"^var (\w+) = ", re.MULTILINE)


def source(part: str) -> str:
    return (SHIPPED / f"{FOLDER}{part}.js").read_text("utf-8")


def test_every_part_is_shipped() -> None:
    assert sorted(PARTS) == sorted(path.stem for path in (SHIPPED / FOLDER).glob("*"))


@pytest.mark.parametrize("place", range(len(PARTS)), ids=PARTS)
def test_a_part_uses_only_those_before_it(place: int) -> None:
    there = {name for part in PARTS[: place + 1] for name in _MADE.findall(source(part))}
    assert set(_USED.findall(source(PARTS[place]))) <= there


def test_a_line_of_the_script_tells_its_part() -> None:
    lines = joined(SHIPPED).decode().splitlines()
    assert [line for line in lines if line.startswith("// search/")] == [
        f"// {FOLDER}{part}.js" for part in PARTS
    ]
