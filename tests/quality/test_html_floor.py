"""Floors under how well cleaning reads HTML: our own dumps, put into pages as sites build them."""

from __future__ import annotations

import html
import json
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any

from archive_gen.article import HTML, RawDocument
from archive_gen.cleaning import BODY_LABELS, Cleaned, clean
from tests.quality.test_cleaning_floor import DUMPS, shingles

FLOOR_F1 = 0.97
FLOOR_RECALL = 0.98


def tags(name: str, lines: list[str]) -> str:
    return "\n".join(f"<{name}>{html.escape(line)}</{name}>" for line in lines)


def page_of(dump: str, gold: dict[str, Any]) -> str:
    """The dump as a page: its menus around its story, the facts in the head."""
    lines = [line.strip() for line in dump.split("\n") if line.strip()]
    told = {*gold["body"], gold["title"], gold["lead"], *gold["authors"]}
    start = next((n for n, line in enumerate(lines) if line in gold["body"]), len(lines))
    end = next((n for n in range(len(lines) - 1, -1, -1) if lines[n] in gold["body"]), start)
    before = [line for line in lines[:start] if line not in told][:12]
    after = [line for line in lines[end + 1 :] if line not in told]
    linked = {"@type": "NewsArticle", "headline": gold["title"], "datePublished": gold["date"]}
    linked["author"] = [{"@type": "Person", "name": name} for name in gold["authors"]]
    return f"""<!doctype html><html lang="{gold["language"]}"><head>
<title>{html.escape(gold["title"])} | {html.escape(gold["source"])}</title>
<script type="application/ld+json">{json.dumps(linked)}</script></head><body>
<nav class="menu"><ul>{tags("li", before)}</ul></nav>
<main><article><h1>{html.escape(gold["title"])}</h1>
<p class="standfirst">{html.escape(gold["lead"] or "")}</p>
<div class="article-body">{tags("p", gold["body"])}</div>
<div class="share"><a href="#">Share</a> <a href="#">Tweet</a></div></article></main>
<aside class="related"><ul>{tags("li", after)}</ul></aside>
<footer><p>© {html.escape(gold["source"])}</p></footer></body></html>"""


@cache
def read(path: Path) -> tuple[dict[str, Any], Cleaned]:
    gold = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
    page = page_of(path.read_text("utf-8"), gold)
    return gold, clean(RawDocument(path.name, page.encode(), page, HTML))


def test_the_body_is_found() -> None:
    scores, recalls = [], []
    for gold, cleaned in map(read, DUMPS):
        lines = [line.text for line in cleaned.lines if line.label in BODY_LABELS]
        wanted, found = shingles("\n".join(gold["body"])), shingles("\n".join(lines))
        both = (wanted & found).total()
        scores.append(2 * both / (wanted.total() + found.total()))
        recalls.append(both / wanted.total())
    assert fmean(scores) >= FLOOR_F1
    assert fmean(recalls) >= FLOOR_RECALL


def test_the_facts_are_found() -> None:
    for gold, cleaned in map(read, DUMPS):
        article = cleaned.article
        assert article.title == gold["title"]
        assert article.authors == tuple(gold["authors"])
        assert (article.date.period if article.date else None) == gold["date"]
        assert cleaned.origins["title"] == "h1"
        assert cleaned.confidence > 0.8
