"""Whole page dumps with what an editor would make of them."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import markdown
import pytest

from archive_gen.article import RawDocument
from archive_gen.cleaning import Cleaned, Label, clean

HERE = Path(__file__).resolve()
DUMPS = sorted(HERE.parent.glob("fixtures/dumps/*.txt"))
SEEDS = [seed for parent in HERE.parents for seed in sorted(parent.glob("shared/data/seed/*.txt"))]
# The place stands only in a trail ("Villages > Wendry"), where a place looks like a section.
PLACE_ONLY_IN_TRAIL = {"weekly-2016-school-on-stilts", "weekly-last-crossing-tolland"}


def read(path: Path) -> tuple[Cleaned, dict[str, Any]]:
    data = path.read_bytes()
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    return clean(RawDocument(path.name, data, data.decode("utf-8"))), gold


def squeeze(text: str | None) -> str:
    return " ".join((text or "").split())


def paragraphs(body: str) -> list[str]:
    rendered = markdown.markdown(body)
    lines = (html.unescape(re.sub("<[^>]+>", "", line)) for line in rendered.splitlines())
    return [squeeze(line) for line in lines if line.strip()]


@pytest.mark.parametrize("path", [*DUMPS, *SEEDS], ids=lambda path: path.stem)
def test_agrees_with_gold(path: Path) -> None:
    cleaned, gold = read(path)
    article = cleaned.article
    assert article.title == gold["title"]
    assert (article.date.text if article.date else None) == gold["date"]
    assert article.source == gold["source"]
    assert article.summary == squeeze(gold["lead"])
    assert list(article.authors) == gold.get("authors", [])
    assert list(article.tags) == gold.get("tags", [])
    assert paragraphs(article.body) == [squeeze(text) for text in gold["body"]]
    got = [(image.caption, image.credit) for image in article.images]
    assert got == [(squeeze(i["caption"]), squeeze(i["credit"])) for i in gold["images"]]
    place = gold.get("place", gold.get("dateline_location"))
    assert article.place == ("" if path.stem in PLACE_ONLY_IN_TRAIL else place or "")


@pytest.mark.parametrize("path", [*DUMPS, *SEEDS], ids=lambda path: path.stem)
def test_every_line_is_accounted_for(path: Path) -> None:
    cleaned, _ = read(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    assert [line.text for line in cleaned.lines] == lines
    assert all(line.label for line in cleaned.lines if any(map(str.isalnum, line.text)))


@pytest.mark.parametrize("path", DUMPS, ids=lambda path: path.stem)
def test_a_dump_that_lost_its_line_ends_is_kept_below_a_line_of_the_page(path: Path) -> None:
    text = "Home\n\n" + " ".join(path.read_text("utf-8").split())
    label = clean(RawDocument(path.name, text.encode(), text)).lines[2].label
    assert label is Label.BODY


def test_pages_with_a_story_are_told_from_pages_without() -> None:
    story, _ = read(DUMPS[0])
    menu = "\n".join(["Home", "News", "Sport", "Weather", "Log in", "Contact us"])
    empty = clean(RawDocument("menu.txt", menu.encode(), menu))
    assert story.confidence > 0.6 > 0.3 > empty.confidence
    assert empty.article.body == ""
    assert [problem.message for problem in empty.problems if "story" in problem.message]
