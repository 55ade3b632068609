"""Articles to measure with: invented ones of any number, or those of a JSONL file."""

from __future__ import annotations

import datetime
import gzip
import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive_gen.markdown_text import escape
from bench.themes import HUGO, PLAIN

REUTERS = Path(__file__).parents[2] / "shared" / "data" / "reuters" / "reuters.jsonl.gz"
"""Where the benchmark articles lie when they are there; see its README for their terms."""

_SYLLABLES = "ba do ka li mo ne pra qua rin sto tal ver win yor ze chan flet gard hol mer".split()


@dataclass(frozen=True)
class BenchArticle:
    """What every generator is given of an article."""

    title: str
    date: str
    paragraphs: list[str]
    """Markdown."""
    tags: list[str]


def invented(number: int, words: int = 135, seed: int = 1) -> Iterator[BenchArticle]:
    """Invented articles over 30 years; words and tags are as skewed as in real news."""
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(20000)]
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    tags = [f"{word} {rank}" for rank, word in enumerate(vocabulary[:450])]
    tag_weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(tags))))
    first = datetime.date(1990, 1, 1)
    for _ in range(number):
        text = chance.choices(vocabulary, cum_weights=weights, k=words + chance.randint(-40, 40))
        yield BenchArticle(
            title=" ".join(text[:7]).capitalize(),
            date=str(first + datetime.timedelta(days=int(chance.random() * 10950))),
            paragraphs=[_sentence(text[at : at + 30]) for at in range(0, len(text), 30)],
            tags=sorted(set(chance.choices(tags, cum_weights=tag_weights, k=chance.randint(1, 6)))),
        )


def from_jsonl(path: Path, number: int) -> Iterator[BenchArticle]:
    """The articles of a JSONL file, again and again with later dates until there are enough."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for at in range(number):
        row = rows[at % len(rows)]
        year, rest = row["date"][:4], row["date"][4:10]
        yield BenchArticle(
            title=row["title"],
            date=f"{int(year) + at // len(rows)}{rest}".replace("-02-29", "-02-28"),
            # As an import writes them: "<IBM.N>" is a company here and no tag.
            paragraphs=[escape(paragraph) for paragraph in row["paragraphs"]],
            tags=list(dict.fromkeys(itertools.chain.from_iterable(_lists(row)))),
        )


def write_archive(folder: Path, articles: Iterator[BenchArticle]) -> None:
    """An archive of ours."""
    folder.mkdir(parents=True)
    settings = "title: Benchmark\nbase_url: https://archive.example/\n"
    (folder / "site.yaml").write_text(settings, encoding="utf-8")
    for at, article in enumerate(articles):
        target = folder / "content" / article.date[:4] / article.date[5:7] / f"article-{at}.md"
        _write(target, _front(article, []), article)


def write_plain_archive(folder: Path, articles: Iterator[BenchArticle]) -> None:
    """An archive of ours whose pages show what Hugo's do, and no more."""
    write_archive(folder, articles)
    with (folder / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("list_files: false\n")
    (folder / "templates").mkdir()
    for name, text in PLAIN.items():
        (folder / "templates" / name).write_text(text, encoding="utf-8")


def write_hugo(folder: Path, articles: Iterator[BenchArticle]) -> None:
    """The same for Hugo, with the same kinds of page: years, months and days are taxonomies."""
    folder.mkdir(parents=True)
    for name, text in HUGO.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for at, article in enumerate(articles):
        date = article.date
        periods = [f'years: ["{date[:4]}"]', f'months: ["{date[:7]}"]', f'days: ["{date}"]']
        target = folder / "content" / "posts" / date[:4] / f"article-{at}.md"
        _write(target, _front(article, periods), article)


def write_pelican(folder: Path, articles: Iterator[BenchArticle]) -> None:
    """The same for Pelican, with its simple theme."""
    folder.mkdir(parents=True)
    (folder / "conf.py").write_text(_PELICAN, encoding="utf-8")
    for at, article in enumerate(articles):
        front = [
            f"Title: {article.title}",
            f"Date: {article.date}",
            f"Tags: {', '.join(tag.replace(',', ' ') for tag in article.tags)}",
            f"Slug: article-{at}",
        ]
        target = folder / "content" / article.date[:4] / f"article-{at}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = "\n".join([*front, "", "\n\n".join(article.paragraphs), ""])
        target.write_text(text, encoding="utf-8")


def _write(target: Path, front: list[str], article: BenchArticle) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(["---", *front, "---", "\n\n".join(article.paragraphs), ""])
    target.write_text(text, encoding="utf-8")


def _front(article: BenchArticle, more: list[str]) -> list[str]:
    tags = ", ".join(json.dumps(tag, ensure_ascii=False) for tag in article.tags)
    title = json.dumps(article.title, ensure_ascii=False)
    return [f"title: {title}", f"date: {article.date}", *more, f"tags: [{tags}]"]


def _lists(row: dict[str, list[str]]) -> Iterator[list[str]]:
    return (row.get(key, []) for key in ("topics", "places", "people", "orgs", "exchanges"))


def _sentence(words: list[str]) -> str:
    return " ".join(words).capitalize() + "."


_PELICAN = """SITENAME = "Benchmark"
SITEURL = "https://archive.example"
PATH = "content"
TIMEZONE = "UTC"
THEME = "simple"
DEFAULT_PAGINATION = 50
LOAD_CONTENT_CACHE = False
ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{date:%d}/{slug}/index.html"
YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
DAY_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/{date:%d}/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
FEED_ALL_ATOM = "feed.xml"
CATEGORY_FEED_ATOM = None
"""
