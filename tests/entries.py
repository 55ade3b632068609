"""Entries for the tests of the catalogue and of the pages."""

from __future__ import annotations

from hypothesis import strategies as st

from archive_gen.catalogue.entry import Entry, claimed_url
from archive_gen.config import BUILT_IN_TAXONOMIES
from archive_gen.dates import parse_date
from archive_gen.urls import short_digest


def entry(
    path: str,
    date: str = "",
    *,
    title: str = "",
    slug: str = "",
    versions: tuple[str, ...] = (),
    summary: str = "",
    pictures: tuple[str, ...] = (),
    found_at: str = "",
    links: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    **terms: tuple[str, ...],
) -> Entry:
    """As loading would make it; ``path`` is enough."""
    parsed = parse_date(date) if date else None
    values = {
        "path": path,
        "url": claimed_url(slug, path, parsed),
        "title": title or path,
        "summary": summary,
        "date": parsed,
        "source": "".join(terms.get("sources", ())[:1]),
        "place": "",
        "language": "en",
        "terms": {name: terms.get(name, ()) for name in BUILT_IN_TAXONOMIES},
        "versions": versions,
        "pictures": pictures,
        "found_at": found_at,
        "links": links,
        "aliases": aliases,
        "rights": "",
        "original_url": f"https://{found_at}" if found_at else "",
    }
    assert {*values, "digest"} == {*Entry.__struct_fields__}
    return Entry(**values, digest=short_digest(repr(values)))


PATHS = tuple(f"{folder}/{name}.md" for folder in "abc" for name in ("x", "y", "z"))
DATES = (
    *("", "2014", "2014-12", "2014-12-31", "2015", "2015~", "2015-02", "2015-02-01", "2015-02-02"),
    *("2015-02-01T10:00", "2015-03-09", "2015-02-01/2015-03-09", "2016-01-01", "2017-05"),
)
TAGS = ("C", "C++", "C#", "c", "Syria", "syria", "SYRIA", "!", "?")

tag_tuples = st.lists(st.sampled_from(TAGS), max_size=3).map(tuple)


def entries_at(path: str) -> st.SearchStrategy[Entry]:
    return st.builds(
        entry,
        st.just(path),
        st.sampled_from(DATES),
        title=st.sampled_from(["", "A title", "Another title"]),
        slug=st.sampled_from(["", "same", "page-1"]),
        versions=st.lists(st.sampled_from([*PATHS, "gone.md"]), max_size=2).map(tuple),
        tags=tag_tuples,
        sources=st.lists(st.sampled_from(["Post", "POST", "Mail"]), max_size=1).map(tuple),
        stories=st.lists(st.sampled_from(["Flood", "flood", "Bridge"]), max_size=2).map(tuple),
        pictures=st.lists(st.sampled_from(["a.jpg", "../b.jpg"]), max_size=2).map(tuple),
        found_at=st.sampled_from(["", "p.example/1", "p.example/2", "p.example/3"]),
        links=st.lists(st.sampled_from(["p.example/1", "p.example/2"]), unique=True).map(tuple),
        aliases=st.lists(st.sampled_from(["undated/old/", "undated/x/"]), unique=True).map(tuple),
    )


archives = st.lists(st.sampled_from(PATHS), unique=True, max_size=9).flatmap(
    lambda paths: st.tuples(*map(entries_at, paths)).map(list)
)
