"""Pages saved from the Wayback Machine are read as the pages that they are copies of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive_gen.article import HTML, Article, RawDocument
from archive_gen.content import frontmatter
from archive_gen.importers.web_pages.web_copies import as_before_copying
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.intake.reclean import reclean
from archive_gen.parallel import SerialMapper
from tests.html_pages import HEADLINE, STORY

PAGE = "http://www.portpost.example/2015/10/ferry.html"
COPY = "https://web.archive.org/web/20151009120000"
NOTE = f"<!-- saved from url=(0075){COPY}/{PAGE} -->"
WOMBAT = (
    f'<script>__wm.wombat("{PAGE}","20151009120000","https://web.archive.org/","web");</script>'
)
BAR = (
    "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div><p>45 captures</p><p>07 Oct 2014 - 03 Jan 2021</p>"
    "<p>Alexa Internet has been donating their crawl data to the Internet Archive since 1996.</p>"
    "</div><!-- END WAYBACK TOOLBAR INSERT -->"
)
END = (
    "<!--\n     FILE ARCHIVED ON 12:00:00 Oct 09, 2015 AND RETRIEVED FROM THE\n"
    "     INTERNET ARCHIVE ON 10:00:00 Nov 20, 2026. -->"
)
CANONICAL = f'<link rel="canonical" href="{COPY}/{PAGE}">'


def saved(*, note: str = "", head: str = "", bar: str = BAR, end: str = END) -> str:
    shown = "".join(f"<p>{each}</p>" for each in STORY)
    picture = (
        f"<figure><img src='/web/20151009120000im_/{PAGE}.jpg' width=600 height=400>"
        "<figcaption>The terminal was built in 1911</figcaption></figure>"
    )
    return (
        f"<!DOCTYPE html>{note}<html lang='en'><head><title>{HEADLINE}</title>{head}</head>"
        f"<body>{bar}<article><h1>{HEADLINE}</h1><p>By Ada Quill, yesterday</p>{picture}{shown}"
        f"</article></body></html>{end}"
    )


def read(folder: Path, page: str) -> Article:
    (folder / "page.html").write_text(page, "utf-8")
    content = folder / "content"
    (found,) = ingest(content, [folder / "page.html"], Stated({}), SerialMapper())
    article, problems = frontmatter.parse_bytes((content / str(found.path)).read_bytes(), "")
    assert article, problems
    return article


@pytest.mark.parametrize(
    "page",
    [
        saved(note=NOTE, head=WOMBAT),
        saved(head=WOMBAT),
        saved(head=CANONICAL),
        saved(note=NOTE, bar="", end=""),
    ],
    ids=["by a browser", "by a program", "with a canonical address", "without its bar"],
)
def test_a_copy_is_the_page_that_it_shows(tmp_path: Path, page: str) -> None:
    article = read(tmp_path, page)
    assert (article.title, article.url) == (HEADLINE, PAGE)
    assert [line for line in paragraphs_of(article) if "captures" in line or "Alexa" in line] == []
    assert paragraphs_of(article) == STORY
    (record,) = (tmp_path / "content/_originals").glob("*/*.json")
    assert json.loads(record.read_bytes())["crawled"] == "2015-10-09"


def test_pictures_have_their_own_addresses(tmp_path: Path) -> None:
    (image,) = read(tmp_path, saved(head=WOMBAT)).images
    assert image.src == f"{PAGE}.jpg"


def paragraphs_of(article: Article) -> list[str]:
    return article.body.split("\n\n")


def test_cleaning_again_tells_the_same_origins(tmp_path: Path) -> None:
    post = "\n\n".join(STORY)
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/2015-10-07-ferry.md").write_text(f"---\nlayout: x\n---\n{post} Posted.")
    (tmp_path / "page.html").write_text(saved(head=WOMBAT))
    files = [tmp_path / "_posts/2015-10-07-ferry.md", tmp_path / "page.html"]
    list(ingest(tmp_path / "content", files, Stated({}), SerialMapper()))
    before = origins(tmp_path)
    assert {before[0].get("date"), before[1].get("date")} > {"the file's name"}
    assert {before[0].get("url"), before[1].get("url")} == {None, "the Wayback Machine"}
    list(reclean(tmp_path / "content", SerialMapper()))
    assert origins(tmp_path) == before


def test_an_address_that_the_container_gave_is_its_own() -> None:
    page = RawDocument("a", b"", saved(head=WOMBAT), HTML, {"url": "https://a.example/1"})
    found = as_before_copying(page)
    assert (found.known, found.origins) == (page.known, {})


def test_a_bar_without_an_end_stays() -> None:
    begins = "<!-- BEGIN WAYBACK TOOLBAR INSERT -->"
    page = RawDocument("a", b"", f"A{BAR}B{BAR}C{begins}D{begins}", HTML)
    assert as_before_copying(page).text == f"ABC{begins}D{begins}"


def origins(folder: Path) -> list[dict[str, str]]:
    records = sorted((folder / "content/_originals").glob("*/*.json"))
    return [json.loads(record.read_bytes())["origins"] for record in records]


CACHE = f"This is Google's cache of {PAGE}. It is a snapshot of the page as it appeared on"
SCREEN = """\
%s
http://www.portpost.example/2015/10/ferry.html
46 captures
8 Oct 2015 - 3 Feb 2018
SEP
OCT
About this capture
Full version Text-only version View source
Tip: To quickly find your search term on this page, press Ctrl+F and use the find bar.

Port Post
Ferry terminal opens its doors again
By Ada Quill
Yesterday
The ferry terminal opened on Tuesday after two years of repairs that cost 4.2 million crowns.
Some 300 people walked through it behind a brass band, and the first ship left at noon.
"We waited long enough for this day," said the harbour master, who cut the ribbon himself.
"""


@pytest.mark.parametrize(
    "bar",
    [
        f"The Wayback Machine - {COPY}/{PAGE}",
        f"{COPY}/{PAGE}",
        f"{CACHE} 9 Oct 2015 04:11:22 GMT. The current page could have changed in the meantime.",
        f"{CACHE} Oct 9, 2015 04:11:22 GMT. Learn more",
    ],
)
def test_the_bar_above_a_text_copied_from_the_screen_is_read_and_is_no_headline(
    tmp_path: Path, bar: str
) -> None:
    (tmp_path / "page.txt").write_text(SCREEN % bar, "utf-8")
    (found,) = ingest(tmp_path / "content", [tmp_path / "page.txt"], Stated({}), SerialMapper())
    article, problems = frontmatter.parse_bytes(
        (tmp_path / "content" / str(found.path)).read_bytes(), ""
    )
    assert article, problems
    assert (article.title, article.url) == ("Ferry terminal opens its doors again", PAGE)
    assert article.date
    assert article.date.text == "2015-10-08"
    assert article.body.startswith("The ferry terminal opened")
