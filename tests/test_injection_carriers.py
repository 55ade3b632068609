"""Hostile texts that come by every way into a site and out of it: imports, queries, hits."""

from __future__ import annotations

import csv
import io
import json
import random
import threading
import urllib.parse
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from archive_gen.cli import group
from archive_gen.config import load_config
from archive_gen.serving.server import SiteServer
from tests import injections
from tests.archive_folder import ArchiveFolder
from tests.verdicts import assert_data_inactive, assert_inactive

if TYPE_CHECKING:
    from collections.abc import Iterator

_A_PAGE = 5
_WORDS = (
    "harbour quay council master engineer report winter pilot lantern ferry ledger clerk warden "
    "storm autumn letter timber cargo witness inspector ferryman bridge market chapel orchard"
).split()
_ANSWERED = (
    "() => !['', 'Searching …'].includes(document.querySelector('#search-status').innerText)"
)
_TRAP = "window.zap = () => { console.log('fired') }"


def sentence(number: int) -> str:
    """One like no other: what articles share counts as furniture."""
    chance = random.Random(number)  # noqa: S311
    words = [chance.choice(_WORDS) for _ in range(18)]
    return f"The {' of the '.join(words[:4])} said that {', '.join(words[4:])} had been sold."


def write_pages(folder: Path) -> None:
    """Web pages whose stories carry markup between their words."""
    texts = injections.payloads()[::3]
    for start in range(0, len(texts), _A_PAGE):
        paragraphs = (
            f"<p>{sentence(number)} {text}</p>"
            for number, text in enumerate(texts[start : start + _A_PAGE], start)
        )
        title = injections.lines()[start % len(injections.lines())]
        (folder / f"{start}.html").write_text(
            f"<title>{title}</title><article><h1>Quay shut, part {start}</h1>"
            + "\n".join(paragraphs)
            + "</article>",
            encoding="utf-8",
        )


def write_records(folder: Path) -> None:
    """What a crawler wrote, hostile in every field."""
    keys = ("title", "url", "image_url", "source_domain", "language", "description", "section")
    with (folder / "crawl.jsonl").open("w", encoding="utf-8") as stream:
        for number, line in enumerate(injections.lines()):
            record = dict.fromkeys(keys, line) | {
                "authors": [line],
                "keywords": [line],
                "date_publish": f"2015-10-{number % 28 + 1:02}",
                "text": f"The quay was shut again.\n\n{line}\n\nIt opened on day {number}.",
            }
            stream.write(json.dumps(record) + "\n")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> ArchiveFolder:
    """Imported, then built."""
    folder = tmp_path_factory.mktemp("carried")
    archive = ArchiveFolder(folder / "site", "title: T\nbase_url: https://home.example\n")
    inputs = folder / "inputs"
    inputs.mkdir()
    write_pages(inputs)
    write_records(inputs)
    call = ["import", str(inputs), "--jobs", "1", "--site", str(archive.path)]
    # Elements that are never closed swallow the story of some pages: these are told as failed.
    result = CliRunner().invoke(group, call)
    assert result.exit_code in (0, 1), result.output
    assert "Traceback" not in result.output
    # An import leaves no element in a text; a person may write of one.
    tag = "<img src=x onerror=zap()>"
    archive.article("by-hand.md", f"Low at moonrise, `{tag}`.", title=f"'Tide {tag}'", date="2016")
    report = archive.build()
    assert report.problems == []
    return archive


def test_what_was_imported_is_inactive(site: ArchiveFolder) -> None:
    pages = {path: data for path, data in site.output().items() if path.endswith(".html")}
    articles = [path for path in pages if path.startswith(("undated/", "2015/10/"))]
    assert len(articles) > 200
    for path, data in pages.items():
        assert_inactive(path, data.decode())
    assert_data_inactive(site.output())


def test_no_cell_of_a_table_is_a_formula(site: ArchiveFolder) -> None:
    site.article("formula.md", title="'=HYPERLINK(\"https://x.example\")'", date="2016-01-01")
    site.build()
    tables = [data for path, data in site.output().items() if path.endswith(".csv")]
    assert tables
    for data in tables:
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            # https://owasp.org/www-community/attacks/CSV_Injection
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]


@pytest.fixture(scope="module")
def server(site: ArchiveFolder) -> Iterator[str]:
    served = SiteServer(site.path, load_config(site.path), "127.0.0.1", 0)
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    thread.join()
    served.server_close()


def test_no_query_runs_in_the_servers_answer(server: str) -> None:
    for line in [*injections.lines(), *injections.payloads()[::150], "quay", "zap title:zap"]:
        for parameters in ({"q": line}, {"q": "quay", "sort": line}, {"q": "quay", "page": line}):
            address = f"{server}/search/?{urllib.parse.urlencode(parameters)}"
            with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
                assert_inactive(address, answer.read().decode())


@pytest.mark.browser
@pytest.mark.parametrize("where", ["file", "server"])
def test_neither_queries_nor_hits_run_in_the_page(
    site: ArchiveFolder, server: str, chromium: Any, where: str
) -> None:
    root = server if where == "server" else (site.path / "public").as_uri()
    fired: list[str] = []
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script(_TRAP)
    page = context.new_page()
    page.on("console", lambda message: fired.append(message.text))
    page.on("dialog", lambda dialog: (fired.append("dialog"), dialog.dismiss()))
    for line in ["quay", "moonrise", "zap", *injections.lines()[::9]]:
        page.goto(f"{root}/search/index.html?{urllib.parse.urlencode({'q': line})}")
        page.wait_for_function(_ANSWERED)
        if line in ("quay", "moonrise"):
            page.wait_for_selector("main li a")
        if line == "quay":
            page.wait_for_selector("#search-facets li")
        page.evaluate(
            "for (const e of document.querySelectorAll('main *')) for (const t of "
            "['mouseover', 'focus', 'error', 'toggle']) e.dispatchEvent(new Event(t))"
        )
        assert [text for text in fired if text in ("fired", "dialog")] == [], line
    with page.expect_console_message(lambda message: message.text == "fired"):
        page.evaluate("zap()")
    assert "fired" in fired, "the trap itself works"
    context.close()
