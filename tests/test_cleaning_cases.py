"""The golden cases in ``cases/*.md``: each a page with the label of every line.

A line is ``label | text``; ``=> key: value`` below it says what the article must have.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from archive_gen.article import Article, RawDocument
from archive_gen.cleaning import Label, clean


class Case(NamedTuple):
    name: str
    lines: list[tuple[str, str]]
    values: dict[str, str]


def read_cases(path: Path) -> list[Case]:
    cases: list[Case] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            cases.append(Case(f"{path.stem}: {line[3:]}", [], {}))
        elif line.startswith("=> "):
            key, _, value = line[3:].partition(":")
            cases[-1].values[key] = value.strip()
        elif "|" in line:
            label, _, text = line.partition("|")
            cases[-1].lines.append((label.strip(), text.strip()))
    return cases


CASES = [
    case
    for path in sorted(Path(__file__, "..").resolve().glob("cases/*.md"))
    for case in read_cases(path)
]


def shown(article: Article, key: str) -> str:
    value = getattr(article, key)
    if key == "images":
        return "; ".join(f"{image.caption} / {image.credit}" for image in value)
    if key == "date":
        return value.text if value else ""
    return ", ".join(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    text = "\n".join(text for _, text in case.lines)
    cleaned = clean(RawDocument("case.txt", text.encode(), text))
    got = [(line.label or "", line.text) for line in cleaned.lines]
    assert got == case.lines
    assert {key: shown(cleaned.article, key) for key in case.values} == case.values


def test_there_is_a_case_for_every_label() -> None:
    # A text has no tables: only in web pages are they known.
    told = {label for case in CASES for label, _ in case.lines if label}
    assert told == {*Label} - {Label.TABLE}


def test_every_line_has_a_reason() -> None:
    for case in CASES:
        text = "\n".join(text for _, text in case.lines)
        for line in clean(RawDocument("case.txt", text.encode(), text)).lines:
            assert bool(line.reason) == (line.label is not None)
