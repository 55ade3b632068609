"""What each parser promises of any bytes: a function that raises where it is not kept."""

from __future__ import annotations

import dataclasses
import functools
import io
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

from archive_gen.article import ARTICLE, HTML, MARKDOWN, PLAIN, Article, RawDocument
from archive_gen.cleaning.dates.in_text import find_dates
from archive_gen.config import parse_config
from archive_gen.content.frontmatter import dump, parse, parse_bytes
from archive_gen.dates import ArchiveDate, parse_date
from archive_gen.importers import importer_for, read_stream
from archive_gen.importers.encodings import decode, decode_html
from archive_gen.importers.record_dates import read_date
from archive_gen.intake.stated import clean_document
from archive_gen.markup import excerpt, plain_text, to_html
from archive_gen.problems import Problem, SettingsError
from archive_gen.search.query import parse_query
from archive_gen.search.searcher import Searcher
from archive_gen.search.values import QueryError
from archive_gen.search.whoosh.index import WhooshIndex
from tests.contracts.search_corpus import corpus
from tests.test_markup import assert_harmless

CRAWLED = parse_date("2015-10-07T14:05:00Z")


def front_matter(data: bytes) -> None:
    """A file is an article or faults; an article that is written says the same when read."""
    article, problems = parse_bytes(data, "a.md")
    assert (article is None) == bool(problems)
    assert_told(problems, data)
    if article:
        assert parse(dump(article), "a.md") == (article, [])


def settings(data: bytes) -> None:
    """A ``site.yaml`` is settings or faults."""
    try:
        parse_config(data.decode("utf-8", "replace"))
    except SettingsError as error:
        assert_told(error.problems, data)


def dates(data: bytes) -> None:
    """A date is what it says, or none; so is one in a record or in a line of text."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        assert_date(parse_date(text))
    except ValueError as error:
        assert_line(str(error))
    if (read := read_date(text)) is not None:
        assert_date(read)
    for found in find_dates(text):
        assert_date(parse_date(found.date))
    # Relative to when it was fetched: "3 days ago".
    document = RawDocument("a", b"x", "x", PLAIN + ARTICLE, {}, CRAWLED, written_date=text)
    date = clean_document(document).article.date
    assert date is None or parse_date(date.text) == date


def query(data: bytes) -> None:
    """A query has an answer, or a sentence says why it has none."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        node = parse_query(text)
        results = _searcher().search(text)
    except QueryError as error:
        assert_line(str(error))
    else:
        assert node is not None or not results.hits
        assert len(results.hits) <= results.total


def text_dump(data: bytes) -> None:
    """Each line of a page is explained, and an article says nothing that the page does not."""
    text = decode(data)
    if text is None:
        return
    for kind in (PLAIN, PLAIN + ARTICLE):
        cleaned = clean_document(RawDocument("a.txt", data, text, kind))
        assert [line.text for line in cleaned.lines] == text.split("\n")
        article = cleaned.article
        said = [skeleton(line) for line in text.split("\n")]
        body = article.body.replace("&lt;", "<").replace("&amp;", "&")
        for line in (*body.split("\n"), article.summary):
            assert any(skeleton(line) in one for one in said), f"{line!r} stands nowhere"
        assert_readable(article)


def page(data: bytes) -> None:
    """An HTML page becomes an article that can be written and read."""
    text = decode_html(data)
    if text is not None:
        assert_readable(clean_document(RawDocument("a.html", data, text, HTML)).article)


def fragment(data: bytes) -> None:
    """So does a piece of HTML that is nothing but the article."""
    text = data.decode("utf-8", "replace")
    assert_readable(clean_document(RawDocument("a", data, text, HTML + ARTICLE)).article)


def markdown_story(data: bytes) -> None:
    """So does a text that its writer wrote as Markdown, and its page is harmless."""
    text = data.decode("utf-8", "replace").replace("\r", "")
    article = clean_document(RawDocument("a", data, text, MARKDOWN + ARTICLE)).article
    assert_readable(article)
    assert_harmless(to_html(article.body))


def markdown(data: bytes) -> None:
    """No Markdown becomes HTML that can run or load anything."""
    text = data.decode("utf-8", "replace")
    assert_harmless(to_html(text))
    assert plain_text(text) is not None
    assert len(excerpt(text, 50)) <= 51


def imported(name: str, data: bytes) -> None:
    """A file is documents and problems; what a document states can stand in an article."""
    importer = importer_for(name)
    assert importer
    for item in read_stream(name, io.BytesIO(data), importer):
        if isinstance(item, Problem):
            assert_told([item])
        elif isinstance(item, RawDocument):
            item.text.encode("utf-8")  # can be kept
            # Of the container's own words only; what cleaning adds is tried with a page.
            told = RawDocument("a", b"x", "Text.", PLAIN + ARTICLE, item.known, item.crawled)
            told = dataclasses.replace(told, origins=item.origins, written_date=item.written_date)
            assert_readable(clean_document(told).article)


FILES = {
    "text": "a.txt",
    "html": "a.html",
    "post": "_posts/2015-10-07-a.md",
    "json": "a.json",
    "json_lines": "a.jsonl",
    "csv": "a.csv",
    "sql": "a.sql",
    "sqlite": "a.sqlite",
    "feed": "a.xml",
    "sgml": "a.sgml",
    "warc": "a.warc",
    "mail": "a.eml",
    "mailbox": "a.mbox",
    "mhtml": "a.mhtml",
    "zip": "a.zip",
    "tar": "a.tar",
    "gzip": "a.txt.gz",
    "unknown": "-",
    "word": "a.docx",
    "odt": "a.odt",
    "rtf": "a.rtf",
    "pdf": "a.pdf",
}
"""A name of a file for each importer, and for each way of packing."""
TARGETS: dict[str, Callable[[bytes], None]] = {
    "front_matter": front_matter,
    "settings": settings,
    "dates": dates,
    "query": query,
    "text_dump": text_dump,
    "page": page,
    "fragment": fragment,
    "markdown_story": markdown_story,
    "markdown": markdown,
    **{f"import_{kind}": functools.partial(imported, name) for kind, name in FILES.items()},
}
CORPUS = Path(__file__).parent / "corpus"


def inputs(target: str) -> list[Path]:
    """The corpus of ``target``, in a fixed order."""
    return sorted(path for path in (CORPUS / target).glob("*") if path.is_file())


def assert_told(problems: list[Problem], data: bytes | None = None) -> None:
    """Each is one short line, about a line that is there."""
    for problem in problems:
        assert problem.message
        assert_line(str(problem))
        if data is not None:
            assert 0 <= problem.line <= 1 + data.count(b"\n") + data.count(b"\r")


def assert_line(text: str) -> None:
    assert len(text.splitlines()) == 1, text
    assert len(text) < 1000, text


def assert_date(date: ArchiveDate) -> None:
    assert parse_date(date.text) == date
    assert date.periods[-1] == date.period
    assert date.ordinal > 0


def assert_readable(article: Article) -> None:
    """It can be written as a file, which is an article again and stays the same."""
    again, problems = parse_bytes(dump(article).encode("utf-8"), "a.md")
    assert not problems, problems[0]
    assert again
    assert parse(dump(again), "a.md") == (again, [])


def skeleton(text: str) -> str:
    """The letters and digits of ``text``."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


@functools.cache
def _searcher() -> Searcher:
    """A small index, in a folder that lasts as long as the process."""
    folder = tempfile.TemporaryDirectory()
    index = Path(folder.name) / "index"
    WhooshIndex(index).update(corpus(), [])
    searcher = Searcher(index)
    searcher_folders.append(folder)
    return searcher


searcher_folders: list[tempfile.TemporaryDirectory[str]] = []
