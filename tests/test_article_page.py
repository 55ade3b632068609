"""What stands on an article's page beside its text."""

from __future__ import annotations

import csv
import json
from collections import Counter
from random import Random

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from archive_gen.article import Article
from archive_gen.catalogue.catalogue import Catalogue
from archive_gen.catalogue.entry import Entry
from archive_gen.pages.related import related
from archive_gen.rendering.notes import corrections, notice
from tests.archive_folder import ArchiveFolder
from tests.entries import entry

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def page_of(archive: ArchiveFolder, name: str) -> str:
    return (archive.path / f"public/2015/10/07/{name}/index.html").read_text("utf-8")


def test_an_article_tells_its_rights_or_those_of_the_archive(archive: ArchiveFolder) -> None:
    archive.settings("title: T\nrights: © <The Courier>\n")
    archive.article("plain.md", date="2015-10-07")
    archive.article("free.md", date="2015-10-07", rights=LICENCE)
    archive.article("odd.md", date="2015-10-07", rights=f"{LICENCE} or javascript:x")
    assert archive.build().problems == []
    plain, free, odd = (page_of(archive, name) for name in ("plain", "free", "odd"))
    assert "<dd><bdi>© &lt;The Courier&gt;</bdi></dd>" in plain
    assert '<meta name="dc.rights" content="© &lt;The Courier&gt;">' in plain
    assert '"copyrightNotice": "© \\u003cThe Courier\\u003e"' in plain
    assert f'href="{LICENCE}" rel="license' in free
    assert f'"license": "{LICENCE}"' in free
    assert "The Courier" not in free
    assert f"<dd><bdi>{LICENCE} or javascript:x</bdi></dd>" in odd


def test_other_rights_make_the_pages_again_that_show_them(archive: ArchiveFolder) -> None:
    archive.article("plain.md", date="2015-10-07")
    archive.article("free.md", date="2015-10-07", rights=LICENCE)
    archive.build()
    assert "dc.rights" not in page_of(archive, "plain")
    archive.settings("title: Test archive\nrights: All reserved.\n")
    archive.build()
    assert "<bdi>All reserved.</bdi>" in page_of(archive, "plain")


def test_programs_are_told_the_rights(archive: ArchiveFolder) -> None:
    archive.settings("title: T\nrights: © <The Courier>\n")
    archive.article("plain.md", date="2015-10-07")
    archive.article("free.md", date="2015-10-08", rights=LICENCE)
    archive.build()
    public = archive.path / "public"
    items = json.loads((public / "articles.json").read_text("utf-8"))["items"]
    assert [item["rights"] for item in items] == ["© <The Courier>", LICENCE]
    with (public / "2015/articles.csv").open(encoding="utf-8-sig", newline="") as table:
        assert [row["rights"] for row in csv.DictReader(table)] == ["© <The Courier>", LICENCE]
    feed = etree.parse(public / "feed.xml")
    name = {"": "http://www.w3.org/2005/Atom"}
    assert feed.findtext("rights", namespaces=name) == "© <The Courier>"
    told = [entry.findtext("rights", "", name) for entry in feed.findall("entry", name)]
    assert told == [LICENCE, ""]  # the other has those of the feed


def test_other_rights_are_told_by_the_lists_and_feeds_at_once(archive: ArchiveFolder) -> None:
    archive.article("one.md", date="2015-10-07")
    archive.build()
    feed, data = archive.path / "public/feed.xml", archive.path / "public/articles.json"
    assert "rights" not in feed.read_text("utf-8") + data.read_text("utf-8")
    archive.settings("title: Test archive\nrights: All reserved.\n")
    archive.build()
    assert "<rights>All reserved.</rights>" in feed.read_text("utf-8")
    assert '"rights":"All reserved."' in data.read_text("utf-8")
    archive.article("one.md", date="2015-10-07", rights="Mine.")
    archive.build()
    assert "<rights>Mine.</rights>" in feed.read_text("utf-8")
    assert '"rights":"Mine."' in data.read_text("utf-8")


def titles(entries: list[Entry], path: str) -> list[str]:
    catalogue = Catalogue(entries)
    return [found.path for found in related(catalogue.by_path[path], (), catalogue)]


def test_the_rarer_term_and_the_nearer_date_come_first() -> None:
    common = [entry(f"c{n:02}.md", f"2015-01-{n + 1:02}", tags=("News",)) for n in range(30)]
    here = entry("here.md", "2015-01-15", tags=("news", "Bridge"))
    rare = [entry(f"r{y}.md", f"{y}-05-05", tags=("Bridge",)) for y in (2001, 2010, 2022)]
    assert titles([*common, here, *rare], "here.md") == [
        "r2010.md",
        "r2022.md",
        "r2001.md",
        "c14.md",
    ]


def test_versions_undated_articles_and_strangers_are_not_related() -> None:
    entries = [
        entry("here.md", "2015", tags=("x",)),
        entry("undated.md", tags=("x",)),
        entry("stranger.md", "2015", tags=("y",), sources=("Post",)),
    ]
    assert titles(entries, "here.md") == titles(entries, "undated.md") == []
    catalogue = Catalogue([*entries, entry("twin.md", "2015", tags=("x",))])
    here, twin = catalogue.by_path["here.md"], catalogue.by_path["twin.md"]
    assert related(here, (), catalogue) == [twin]
    assert related(here, (twin,), catalogue) == []


def days_of(one: Entry) -> int:
    return one.date.ordinal if one.date else 0


def most_alike(here: Entry, versions: list[Entry], entries: list[Entry]) -> list[Entry]:
    """What ``related`` says of itself, word for word."""
    weights: Counter[str] = Counter()
    dated = sorted((e for e in entries if e.date), key=lambda e: (e.date.sort_key, e.path))
    for taxonomy in ("tags", "stories"):
        for name in {name.lower() for name in here.terms[taxonomy]}:
            having = [e for e in dated if name in map(str.lower, e.terms[taxonomy])]
            at = having.index(here)
            before, after = having[max(0, at - 4) : at], having[at + 1 : at + 5]
            rarity = 16
            if len(before) == len(after) == 4:
                rarity = 1 + (days_of(after[-1]) - days_of(before[0])).bit_length()
            weights.update({e.path: rarity for e in (*before, *after)})
    found = [e for e in entries if weights[e.path] and e not in versions]
    found.sort(key=lambda e: (-weights[e.path], abs(days_of(e) - days_of(here)), e.path))
    return found[:4]


@settings(max_examples=50)
@given(st.randoms(use_true_random=False), st.integers(2, 40))
def test_those_that_share_the_rarest_terms_hereabouts_are_related(
    random: Random, count: int
) -> None:
    dates = ["", "2014", "2014-11", "2015-02-01", "2015-02-02", "2015-02-01/2015-03", "2022-07-05"]
    tags = [("News",), ("news", "Flood"), ("FLOOD",), (), ("Bridge", "News", "bridge")]
    entries = [
        entry(
            f"{number}.md",
            random.choice(dates),
            tags=random.choice(tags),
            stories=random.choice([(), ("Storm",)]),
            **dict.fromkeys(("sources", "authors", "places"), ("A",)),
        )
        for number in range(count)
    ]
    catalogue = Catalogue(entries)
    versions = [catalogue.by_path["1.md"]]
    for here in catalogue.dated:
        expected = most_alike(here, versions, entries)
        assert related(here, versions, catalogue) == expected


values = st.recursive(
    st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner), st.dictionaries(st.sampled_from(["text", "date"]), inner)
    ),
    max_leaves=6,
)


@given(values)
def test_no_front_matter_breaks_notes(value: object) -> None:
    article = Article("T", extra={"corrections": value, "notice": value})
    assert all(found.text.strip() for found in corrections(article))
    assert isinstance(notice(article), str)


def test_notes_are_shown_as_text(archive: ArchiveFolder) -> None:
    archive.article(
        "a.md",
        notice="<b>Withdrawn</b>",
        corrections='[{date: 2015-10-09, text: "<i>One</i>"}, "two"]',
    )
    archive.build()
    page = archive.page("undated/a/index.html")
    assert "&lt;b&gt;Withdrawn" in page
    assert "9 October 2015" in page or "October 9, 2015" in page
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    items = tree.findall(".//section[@class='corrections']//li")
    assert ["".join(item.itertext()).split()[-1] for item in items] == ["<i>One</i>", "two"]


def test_steps_lead_through_the_source(archive: ArchiveFolder) -> None:
    for day, source in ((1, "Post"), (2, "Mail"), (3, "Post"), (4, "Mail"), (5, "Mail")):
        archive.article(f"a{day}.md", date=f"2015-10-0{day}", source=source)
    archive.build()
    page = archive.page("2015/10/03/a3/index.html")
    assert "In Post" in page
    assert 'class="before"><a href="../../01/a1' in page.replace("../../../../2015/10/", "../../")
    assert "In Mail" not in archive.page("2015/10/05/a5/index.html")


@pytest.mark.parametrize("base_url", ["", "https://news.example/archive"])
def test_the_address_cited_is_the_permanent_one(archive: ArchiveFolder, base_url: str) -> None:
    archive.settings(f"title: T\nbase_url: '{base_url}'\n")
    archive.article("a.md", url="https://paper.example/a", date="2015-10-09")
    archive.build()
    cited = f"{base_url}/2015/10/09/a/" if base_url else "https://paper.example/a"
    tree = html5lib.parse(archive.page("2015/10/09/a/index.html"), namespaceHTMLElements=False)
    texts = ["".join(pre.itertext()) for pre in tree.findall(".//details[@class='cite']//pre")]
    assert len(texts) == 4
    assert all(cited in text for text in texts)


def test_versions_stand_side_by_side(archive: ArchiveFolder) -> None:
    same, old, new = "Nobody was hurt.", "The boats numbered 41.", "The boats numbered 27."
    archive.article("a.md", date="2015-10-07", body=f"{same}\n\n{old}")
    archive.article("b.md", date="2015-10-08", body=f"{same}\n\n{new}", versions="[a.md]")
    archive.build()
    page = html5lib.parse(
        archive.page("2015/10/07/a/versions/index.html"), namespaceHTMLElements=False
    )
    _, unchanged, changed = page.findall(".//div[@class='prose compared']/div")
    assert ["".join(side.itertext()) for side in unchanged] == [same, same]
    assert unchanged[0].get("aria-hidden") == "true"
    before, after = changed
    assert before.find(".//del") is not None
    assert "41" in "".join(before.itertext())
    assert (before.find(".//ins"), after.find(".//del")) == (None, None)
    assert "27" in "".join(after.itertext())
    assert "41" not in "".join(after.itertext())


def test_what_is_left_of_a_removed_article_is_not_for_search_engines(
    archive: ArchiveFolder,
) -> None:
    archive.article("gone.md", date="2015-10-07", notice="Removed.", body="")
    archive.article("withdrawn.md", date="2015-10-07", notice="Withdrawn elsewhere.")
    archive.build()
    assert "noindex" in archive.page("2015/10/07/gone/index.html")
    assert "noindex" not in archive.page("2015/10/07/withdrawn/index.html")
