"""A feed that is too large to be parsed at once gives what it would give if it were."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import RawDocument
from archive_gen.importers import feed
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from archive_gen.importers.base import Found

PROSE = "<p>" + "The board met on the quay and counted its boats. " * 12 + "</p>"
CHANNEL = "<title>Courier</title><language>en</language>"
MOST = 6000
PART = 2000


def item(number: int, text: str = PROSE, name: str = "item") -> str:
    return (
        f"<{name}><title>Minutes no. {number}</title>"
        f"<pubDate>Tue, {number % 9 + 1:02} Jan 2015 10:00:00 GMT</pubDate>"
        f"<description><![CDATA[{text}]]></description></{name}>\n"
    )


def rss(*inner: str, encoding: str = "utf-8") -> str:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    return f'{declared}<rss version="2.0"><channel>{"".join(inner)}</channel></rss>'


def atom(prefix: str, count: int) -> str:
    p = f"{prefix}:" if prefix else ""
    namespace = f"xmlns{':' if prefix else ''}{prefix}"
    entries = "".join(
        f"<{p}entry><{p}title>Minutes no. {n}</{p}title><{p}updated>2015-01-{n:02}T10:00:00Z"
        f'</{p}updated><{p}content type="html"><![CDATA[{PROSE}]]></{p}content></{p}entry>'
        for n in range(1, count + 1)
    )
    title = f"<{p}title>Courier</{p}title>"
    return f'<{p}feed {namespace}="http://www.w3.org/2005/Atom">{title}{entries}</{p}feed>'


def rdf(count: int) -> str:
    items = "".join(
        f'<item rdf:about="https://courier.example/{n}"><title>Minutes no. {n}</title>'
        f"<description><![CDATA[{PROSE}]]></description></item>"
        for n in range(count)
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>Courier</title>'
        f"<items><rdf:Seq/></items></channel>{items}</rdf:RDF>"
    )


def read(data: bytes) -> list[Found]:
    return list(feed.read("f.xml", io.BytesIO(data)))


def read_in_parts(data: bytes) -> list[Found]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed, "MAX_DOCUMENT", MOST)
        patch.setattr(feed, "_PART", PART)
        assert len(data) > MOST
        return read(data)


ITEMS = [item(n) for n in range(1, 13)]


@pytest.mark.parametrize(
    "data",
    [
        rss(CHANNEL, *ITEMS).encode(),
        rss(*ITEMS, CHANNEL).encode(),
        rss(CHANNEL, "<!-- each <item> is a story -->", *ITEMS).encode(),
        rss(CHANNEL, *(one.replace("</item>", "</item >") for one in ITEMS)).encode(),
        rss(CHANNEL, *(item(n, f"a <item> ends in </item>{PROSE}") for n in range(12))).encode(),
        rss(CHANNEL, *(item(n, f"café {PROSE}") for n in range(12)), encoding="latin-1").encode(
            "latin-1"
        ),
        rss(CHANNEL, *ITEMS, encoding="utf-16").encode("utf-16"),
        rss(CHANNEL, *ITEMS, encoding="utf-16").encode("utf-16-be"),
        rss(CHANNEL, *(item(n, name="ITEM") for n in range(12))).encode(),
        rss(CHANNEL, *ITEMS, "<item/>").encode(),
        b"\xef\xbb\xbf" + rss(CHANNEL, *ITEMS).encode(),
        atom("", 12).encode(),
        atom("a", 12).encode(),
        rdf(12).encode(),
    ],
    ids=[
        "plain",
        "its title behind",
        "a remark",
        "a space in an end",
        "tags in a text",
        "Latin 1",
        "UTF-16",
        "UTF-16 without a mark",
        "large letters",
        "an empty one",
        "a mark of UTF-8",
        "Atom",
        "Atom with a prefix",
        "RDF",
    ],
)
def test_parts_give_what_the_whole_does(data: bytes) -> None:
    whole = read(data)
    assert len([one for one in whole if isinstance(one, RawDocument)]) >= 8
    assert read_in_parts(data) == whole


BETWEEN = st.sampled_from(
    ["", "\n", "<!-- </item> -->", "<?a <item>?>", "<ttl>60</ttl>", "<item/>"]
)
WITHIN = st.lists(
    st.sampled_from(["<item>", "</item>", "<!--", "-->", "<?", "<b>x</b>", PROSE, "]] >"]),
    max_size=6,
).map("".join)


@given(st.lists(st.tuples(BETWEEN, WITHIN, BETWEEN), min_size=10, max_size=30))
def test_no_markup_hides_an_entry(parts: list[tuple[str, str, str]]) -> None:
    items = (f"{a}{item(n, PROSE + text)}{b}" for n, (a, text, b) in enumerate(parts))
    data = rss(CHANNEL, *items).encode()
    assert read_in_parts(data) == read(data)


def test_an_entry_too_large_is_told_and_costs_no_other() -> None:
    data = rss(CHANNEL, item(1), item(2), item(3, PROSE * 20), item(4)).encode()
    *documents, problem = read_in_parts(data)
    assert [getattr(one, "name", "") for one in documents] == ["f.xml#1", "f.xml#2", "f.xml#4"]
    assert isinstance(problem, Problem)
    assert str(problem).startswith("f.xml#3: the entry is larger than")


def test_a_feed_that_is_cut_off_is_told() -> None:
    data = rss(CHANNEL, *ITEMS).encode()[:-300]
    *documents, problem = read_in_parts(data)
    assert len(documents) == 12
    assert str(problem).startswith("f.xml: can't be read further: it ends too early")


@pytest.mark.parametrize("lost", [3, 20, 300])
def test_a_feed_that_is_read_at_once_is_told_to_be_cut_off(lost: int) -> None:
    *documents, problem = feed.read("f.xml", io.BytesIO(rss(CHANNEL, *ITEMS).encode()[:-lost]))
    assert len(documents) == 12
    assert str(problem).startswith("f.xml: can't be read further: it ends too early")


def test_what_stands_behind_a_feed_does_not_cut_it_off() -> None:
    data = rss(CHANNEL, *ITEMS).replace("</rss>", "</RSS >\n<!-- made in 0.2 s -->\n").encode()
    assert len(list(feed.read("f.xml", io.BytesIO(data)))) == 12


def test_a_feed_without_anything_is_whole() -> None:
    assert not list(feed.read("f.xml", io.BytesIO(b'<?xml version="1.0"?><rss version="2.0"/>')))


def test_an_entry_that_is_not_closed_ends_at_the_next() -> None:
    data = rss(CHANNEL, *(one.replace("</item>", "") for one in ITEMS)).encode()
    found = read_in_parts(data)
    assert [one for one in found if isinstance(one, RawDocument)] == read(data)
    assert "ends too early" in str(found[-1])


def test_too_much_beside_the_entries_is_told() -> None:
    (problem,) = read_in_parts(rss(CHANNEL, item(1), f"<x>{'y' * MOST}</x>", item(2)).encode())
    assert "outside of its entries" in str(problem)


@pytest.mark.parametrize("name", ["item", "entry"])
def test_records_are_no_feed_though_their_elements_are_called_so(name: str) -> None:
    record = (
        f"<{name}><headline>Minutes</headline><date>2015-01-02</date><body>{PROSE}</body></{name}>"
    )
    (problem,) = read_in_parts(f"<articles>{record * 12}</articles>".encode())
    assert "and no feed" in str(problem)


def test_remarks_that_never_end_are_looked_through_once() -> None:
    """Were each looked for, this would take hours."""
    data = rss(CHANNEL, item(1), "<item>" + "<!--" * 400_000).encode()
    assert read_in_parts(data)


def test_space_without_end_is_looked_through_once() -> None:
    (problem,) = read_in_parts((" " * (1 << 20) + rss(item(1))).encode("utf-16"))
    assert "and no feed" in str(problem)


def test_whoever_stops_reading_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MAX_DOCUMENT", MOST)
    monkeypatch.setattr(feed, "_PART", PART)
    found = feed.read("f.xml", io.BytesIO(rss(CHANNEL, *ITEMS).encode()))
    assert isinstance(next(found), RawDocument)
    found.close()  # type: ignore[attr-defined]
