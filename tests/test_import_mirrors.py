"""Mirrors of whole sites, as wget and HTTrack make them: addresses, lists, feeds, copies."""

from __future__ import annotations

import itertools
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from archive_gen.article import Article
from archive_gen.cli import main
from archive_gen.content import frontmatter
from tests.drawn import png

TEXT = [
    "The council of Stenning voted on Monday to close the fish market for good.",
    "Traders who have sold there for forty years called the vote a betrayal of the town.",
    "The roof alone would cost more to mend than the stalls bring in within ten years.",
    "A last market will be held on the first Saturday of June, the harbour master said.",
]
OTHER = [
    "Nobody had thought that the ferry to the islands would ever come back to Stenning.",
    "On Friday it did, with forty people on board and a cow that was to be sold in the hills.",
    "It will go twice a day until the winter, and after that as the weather lets it.",
]
SERVED = (
    '<html><head><title>Index of /files</title></head><body><a href="/">Parent Directory</a>'
    "<p>The report on the market and all that was said of it in the council</p></body></html>"
)
HTTRACK = (
    "<html><head><title>Local index</title>"
    "<!-- Mirror and index made by HTTrack Website Copier/3.49 --></head>"
    "<body><p>Index of all the sites that are in this folder to look at</p></body></html>"
)
STYLED = '<?xml-stylesheet type="text/xsl" href="feed.xsl"?>\n<!-- made by Press -->\n'
SITEMAP = (
    '<?xml version="1.0"?>\n<urlset xmlns="x"><url><loc>https://a.example</loc></url></urlset>'
)
FEED = "<item><title>{0}</title><link>{1}</link><description>{0}</description></item>"


def page(title: str, text: list[str], head: str = "", more: str = "") -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    return (
        f"<html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article>{more}</body></html>"
    )


def feed(link: str, more: str = "") -> str:
    item = FEED.format("The council voted to close the fish market of the town.", link)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{more}<rss version="2.0"><channel>'
    return f"{head}<title>Post</title>{item}</channel></rss>"


class Archive:
    """An archive beside a mirror, and what its commands print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.mirror, self.capsys = folder / "site", folder / "mirror", capsys
        (self.folder / "content").mkdir(parents=True)
        (self.folder / "site.yaml").write_text("title: T\n", "utf-8")

    def put(self, name: str, text: str) -> None:
        path = self.mirror / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def run(self, *arguments: str) -> list[dict[str, Any]]:
        with pytest.raises(SystemExit):
            main([*arguments, "--site", str(self.folder), "--json"])
        return [json.loads(line) for line in self.capsys.readouterr().out.splitlines()]

    def take(self, path: Path | None = None) -> list[dict[str, Any]]:
        return self.run("import", str(path or self.mirror))

    def article(self) -> Article:
        """The only one."""
        (path,) = (self.folder / "content").rglob("*.md")
        return self.read(path)

    def read(self, path: Path) -> Article:
        article, problems = frontmatter.parse_bytes(path.read_bytes(), str(path))
        assert article is not None, problems
        return article

    def origins(self) -> dict[str, str]:
        (path,) = (self.folder / "content").rglob("*.md")
        (shown,) = self.run("show", str(path), "--origins")
        return dict(shown["origins"])


@pytest.fixture
def archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Archive:
    return Archive(tmp_path, capsys)


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("www.post.example/2011/03/04/market.html", "/2011/03/04/market.html"),
        ("www.post.example/2011/03/04/market/index.html", "/2011/03/04/market/"),
        ("www.post.example/story.php?id=7", "/story.php?id=7"),
        ("www.post.example/story.php@id=7.html", "/story.php?id=7"),  # on Windows, wget -E
        ("www.post.example/story.php.html", "/story.php"),
        ("www.post.example/index.html?p=11.html", "/?p=11"),
        ("copies/2020/www.post.example/market.html", "/market.html"),
        ("www.post.example/Markt für Fisch.html", "/Markt%20f%C3%BCr%20Fisch.html"),
    ],
)
@pytest.mark.parametrize("is_packed", [False, True])
def test_a_page_of_a_mirror_was_where_its_folders_say(
    archive: Archive, file: str, address: str, *, is_packed: bool
) -> None:
    archive.put(file, page("Fish market to close", TEXT))
    taken = archive.mirror
    if is_packed:
        taken = archive.folder.parent / "mirror.zip"
        with zipfile.ZipFile(taken, "w") as packed:
            packed.write(archive.mirror / file, file)
    archive.take(taken)
    article = archive.article()
    assert article.url == f"http://www.post.example{address}"
    assert (article.date.text if article.date else "") == ("2011-03-04" if "/04/" in file else "")
    assert archive.origins()["url"] == "the folder of its host"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("https%3A%2F%2Fpost.example%2F2011%2F03%2F04%2Fmarket.txt", "/2011/03/04/market"),
        ("https%3a%2f%2fpost.example%2f2011%2f03%2f04%2fmarket%2f.txt", "/2011/03/04/market/"),
        ("https%3A%2F%2Fpost.example%2F2011%2F03%2F04%2Fmarket.html", "/2011/03/04/market.html"),
        ("https%3A%2F%2Fpost.example%2F2011%2F03%2F04%2Fa%3Fid%3D7.html", "/2011/03/04/a?id=7"),
    ],
)  # fmt: skip
def test_a_file_may_be_called_by_its_address(archive: Archive, name: str, address: str) -> None:
    story = ["Fish market to close", *TEXT]
    is_page = name.endswith(".html")
    archive.put(name, page("Fish market to close", TEXT) if is_page else "\n".join(story))
    archive.take()
    article = archive.article()
    assert article.url == f"https://post.example{address}"
    assert article.date
    assert article.date.text == "2011-03-04"
    assert archive.origins()["url"] == "the name of its file"


def test_a_page_knows_its_address_better_than_the_name_of_its_file(archive: Archive) -> None:
    own = '<link rel="canonical" href="https://post.example/market">'
    archive.put("https%3A%2F%2Fcopy.example%2Fa.html", page("Fish market to close", TEXT, own))
    archive.take()
    assert archive.article().url == "https://post.example/market"


@pytest.mark.parametrize(
    "file",
    [
        "websites/www.post.example/20190102030405/market.html",
        "20190102030405/www.post.example/market.html",
    ],
)
def test_the_moment_of_a_copy_is_no_part_of_the_address_and_no_date(
    archive: Archive, file: str
) -> None:
    shown = '<figure><img src="/a.png"><figcaption>The hall at noon</figcaption></figure>'
    archive.put(file, page("Fish market to close", TEXT).replace("</h1>", "</h1>" + shown))
    (archive.mirror / file).with_name("a.png").write_bytes(png(200, 200))
    archive.take()
    article = archive.article()
    assert (article.url, article.date) == ("http://www.post.example/market.html", None)
    assert article.images[0].src.startswith("a-")
    (record,) = (archive.folder / "content/_originals").glob("*/*.json")
    assert json.loads(record.read_bytes())["crawled"] == "2019-01-02"


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://post.example/market">',
        '<meta content="https://post.example/market" property="og:url">',
    ],
)
def test_the_address_that_a_page_states_counts(archive: Archive, head: str) -> None:
    archive.put("www.post.example/a/index.html", page("Fish market to close", TEXT, head))
    archive.take()
    assert archive.article().url == "https://post.example/market"


def test_an_own_address_that_was_made_relative_is_that_of_the_mirror(archive: Archive) -> None:
    head = '<link rel="canonical" href="market.html">'  # by wget --convert-links
    archive.put("www.post.example/a/market.html?x=1", page("Fish market to close", TEXT, head))
    archive.take()
    assert archive.article().url == "http://www.post.example/a/market.html"


def test_another_folder_is_a_host_only_if_its_pages_name_it(archive: Archive) -> None:
    archive.put("post.example/a.html", page("Fish market to close", TEXT))
    archive.take()
    assert archive.article().url == ""


def test_a_page_that_names_its_host_is_of_it(archive: Archive) -> None:
    more = '<p><a href="https://post.example/imprint">Imprint</a></p>'
    archive.put("post.example/a.html", page("Fish market to close", TEXT, more=more))
    archive.take()
    assert archive.article().url == "http://post.example/a.html"


def test_what_is_around_the_folder_that_was_asked_for_tells_nothing(archive: Archive) -> None:
    archive.put("www.post.example/raw/2011/a.html", page("Fish market to close", TEXT))
    archive.take(archive.mirror / "www.post.example/raw")
    assert (archive.article().url, archive.article().date) == ("", None)


def test_lists_and_feeds_of_a_mirror_are_left_out_and_counted(archive: Archive) -> None:
    teasers = [f"{text} Read more" for text in TEXT]
    for place in ("", "page/2/", "author/ada-lund/", "2011/03/", "tag/harbour/"):
        archive.put(f"www.post.example/{place}index.html", page("Harbour Post", teasers))
    link = "http://www.post.example/2011/market.html"
    archive.put("www.post.example/feed/index.html", feed(link))
    archive.put("www.post.example/comments/feed/index.html", feed(link, STYLED))
    archive.put("www.post.example/feed.xml", feed(link))
    archive.put("www.post.example/wp-json/index.html", '{"name": "Harbour Post"}\n')
    archive.put("www.post.example/sitemap.xml", SITEMAP)
    archive.put("www.post.example/files/index.html", SERVED)
    archive.put("index.html", HTTRACK)
    archive.put("www.post.example/wlwmanifest.xml", SITEMAP.replace("urlset", "manifest"))
    archive.put("www.post.example/2011/market.html", page("Fish market to close", TEXT))
    found = archive.take()
    left = sorted(str(item["left_out"]) for item in found if item["status"] == "left out")
    assert left == [
        "entries of feeds beside the pages",
        *["front pages and lists of stories"] * 6,
        "notes of crawlers",
        *["what a site has for programs"] * 5,
    ]
    assert archive.article().title == "Fish market to close"


def test_a_feed_that_is_asked_for_is_read(archive: Archive) -> None:
    archive.put("www.post.example/feed.xml", feed("http://www.post.example/2011/market.html"))
    archive.take(archive.mirror / "www.post.example/feed.xml")
    assert archive.article().url == "http://www.post.example/2011/market.html"


def test_a_page_for_phones_and_one_for_printing_are_no_articles_of_their_own(
    archive: Archive,
) -> None:
    head = (
        '<meta property="article:published_time" content="2011-03-04">'
        '<meta property="og:site_name" content="Harbour Post">'
    )
    archive.put("m.post.example/a.html", page("Fish market to close", TEXT))
    archive.put("www.post.example/a.html", page("Fish market to close", TEXT, head))
    archive.put("www.post.example/a.html?print=1", page("Fish market to close", TEXT, " "))
    found = archive.take()
    assert [item["status"] for item in found] == ["new", "duplicate", "duplicate"]
    article = archive.article()
    assert (article.date and article.date.text, article.source) == ("2011-03-04", "Harbour Post")
    assert article.url == "http://www.post.example/a.html"


@pytest.mark.parametrize(
    "copy", ["a/amp/index.html", "a/amp.html", "a/index.html?amp", "a/index.html@print=1.html"]
)
def test_a_copy_that_says_so_may_differ_a_little(archive: Archive, copy: str) -> None:
    head = '<link rel="canonical" href="http://www.post.example/a/">'
    more = [*TEXT, "The harbour master could not be reached for comment on Monday evening."]
    archive.put("www.post.example/a/index.html", page("Fish market to close", TEXT * 3 + more))
    archive.put(f"www.post.example/{copy}", page("Fish market to close", TEXT * 4, head))
    assert [item["status"] for item in archive.take()] == ["new", "duplicate"]
    assert archive.article().url == "http://www.post.example/a/"


def test_another_text_at_the_address_of_a_copy_is_a_version(archive: Archive) -> None:
    head = '<link rel="canonical" href="http://www.post.example/a/">'
    archive.put("www.post.example/a/index.html", page("Fish market to close", TEXT))
    archive.put("www.post.example/a/amp.html", page("Market saved", OTHER, head))
    assert [item["status"] for item in archive.take()] == ["new", "new"]


OWN = [
    "/uploads/a.png",
    "../../uploads/a.png",  # wget --convert-links
    "http://www.post.example/uploads/a.png",
    "https://post.example/uploads/a.png?w=300",
    "//www.post.example/uploads/a.png",
]
OF_ANOTHER_HOST = ["../../../cdn.post.example/a.png", "https://cdn.post.example/a.png"]


@pytest.mark.parametrize(
    ("taken", "address"),
    [
        *itertools.product(["folder", "zip", "tar"], [*OWN, *OF_ANOTHER_HOST]),
        *itertools.product(["host"], OWN),
    ],
)
def test_pictures_come_from_where_the_mirror_has_them(
    archive: Archive, address: str, taken: str
) -> None:
    shown = f'<figure><img src="{address}"><figcaption>The hall at noon</figcaption></figure>'
    archive.put("www.post.example/2011/03/a.html", page("Fish market to close", [shown, *TEXT]))
    for file in ("www.post.example/uploads/a.png", "cdn.post.example/a.png"):
        archive.put(file, "")
        (archive.mirror / file).write_bytes(png(640, 400))
    asked = archive.mirror / "www.post.example" if taken == "host" else archive.mirror
    if taken in ("zip", "tar"):
        asked = Path(shutil.make_archive(str(archive.folder.parent / "packed"), taken, asked))
    archive.take(asked)
    (image,) = archive.article().images
    assert image.src.startswith("a-")
    assert len(list((archive.folder / "content").rglob("a-*.png"))) == 1


@pytest.mark.parametrize(
    "address", ["../../../../secret.png", "/../../secret.png", "http://other.example/secret.png"]
)
@pytest.mark.parametrize("asked", ["", "www.post.example"])
def test_no_picture_comes_from_outside_of_what_was_asked_for(
    archive: Archive, address: str, asked: str
) -> None:
    shown = f'<figure><img src="{address}"><figcaption>The hall at noon</figcaption></figure>'
    archive.put("www.post.example/2011/03/a.html", page("Fish market to close", [shown, *TEXT]))
    for folder in (archive.mirror.parent, archive.mirror):
        (folder / "secret.png").write_bytes(png(640, 400))
    if asked:
        archive.put("other.example/secret.png", "")
        (archive.mirror / "other.example/secret.png").write_bytes(png(640, 400))
    archive.take(archive.mirror / asked)
    assert not list((archive.folder / "content").rglob("*.png"))


# ---- what a copy says --------------------------------------------------------------------------


PLAIN = page("Fish market to close", TEXT)
SIGNED = page(
    "Fish market to close",
    TEXT,
    '<meta name="author" content="Ada Lund">'
    '<meta property="article:published_time" content="2011-03-04">',
)


def the_two(archive: Archive) -> None:
    """An article without a day, then a copy that has one."""
    archive.put("a.html", PLAIN)
    archive.take()
    archive.put("b.html", SIGNED)
    assert [item["status"] for item in archive.take()] == ["unchanged", "duplicate"]


def test_a_copy_says_what_the_article_does_not(archive: Archive) -> None:
    the_two(archive)
    article = archive.article()
    assert (article.date and article.date.text, article.authors) == ("2011-03-04", ("Ada Lund",))
    assert archive.origins()["date"] == "a copy of it, mirror/b.html"
    (path,) = (archive.folder / "content").rglob("*.md")
    before = path.read_bytes()
    archive.run("clean", "--again")
    assert path.read_bytes() == before
    archive.take()
    assert path.read_bytes() == before


def test_what_a_person_took_out_stays_out(archive: Archive) -> None:
    archive.put("a.html", SIGNED)
    archive.take()
    (path,) = (archive.folder / "content").rglob("*.md")
    path.write_text(path.read_text("utf-8").replace("date: 2011-03-04\n", ""), "utf-8")
    archive.put("b.html", SIGNED + "\n")
    archive.take()
    assert archive.article().date is None


def test_what_an_article_says_stays(archive: Archive) -> None:
    archive.put("a.html", SIGNED)
    archive.put("b.html", SIGNED.replace("Ada Lund", "Bo Quill").replace("03-04", "03-05"))
    assert [item["status"] for item in archive.take()] == ["new", "duplicate"]
    article = archive.article()
    assert (article.date and article.date.text, article.authors) == ("2011-03-04", ("Ada Lund",))


def test_a_day_takes_the_place_of_its_month(archive: Archive) -> None:
    archive.put("www.post.example/2011/03/market.html", PLAIN)
    archive.put("www.post.example/print/market.html", SIGNED)
    assert [item["status"] for item in archive.take()] == ["new", "duplicate"]
    article = archive.article()
    assert article.date
    assert article.date.text == "2011-03-04"


def test_a_day_of_another_month_does_not(archive: Archive) -> None:
    archive.put("www.post.example/2011/04/market.html", PLAIN)
    archive.put("www.post.example/print/market.html", SIGNED)
    archive.take()
    article = archive.article()
    assert article.date
    assert article.date.text == "2011-04"
