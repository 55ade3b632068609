"""``archive serve``: what it gives, and what it refuses."""

from __future__ import annotations

import contextlib
import errno
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from archive_gen.config import load_config
from archive_gen.serving.server import SiteServer, is_loopback
from tests.archive_folder import ArchiveFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Answer = tuple[int, dict[str, str], bytes]
_PATIENCE = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    archive = ArchiveFolder(
        tmp_path_factory.mktemp("serve") / "archive",
        "title: Test archive\nbase_url: https://example.org/news\n",
    )
    archive.article("a.md", "The harbour flooded.", title="Flood & <b>fire</b>", date="2015-10-07")
    for number in range(25):
        archive.article(f"n{number}.md", "A quiet day at the harbour.", source="Post")
    archive.build()
    secret = archive.path / "secret.txt"
    secret.write_text("secret")
    public = archive.path / "public"
    (public / "out.txt").symlink_to(secret)
    (public / "out").mkdir()
    (public / "out/index.html").symlink_to(secret)
    (public / "in.txt").symlink_to(public / "robots-like.txt")
    (public / "robots-like.txt").write_text("inside")
    with served_from(archive) as served:
        yield served


@contextlib.contextmanager
def served_from(archive: ArchiveFolder) -> Iterator[SiteServer]:
    served = SiteServer(archive.path, load_config(archive.path), "127.0.0.1", 0)
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        served.shutdown()
        thread.join()
        served.server_close()


def ask(
    server: SiteServer, path: str, method: str = "GET", headers: dict[str, str] | None = None
) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=_PATIENCE)
    connection.putrequest(method, path, skip_host="Host" in (headers or {}))
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    answer = response.status, dict(response.getheaders()), response.read()
    connection.close()
    return answer


def test_pages_and_assets_have_their_types(server: SiteServer) -> None:
    status, headers, body = ask(server, "/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"<html" in body
    assert ask(server, "/search/manifest.js")[1]["Content-Type"] == "text/javascript; charset=utf-8"
    assert ask(server, "/feed.xml")[1]["Content-Type"].startswith("application/xml")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-cache"  # or a browser shows what was built before


@pytest.mark.parametrize("path", ["/", "/2015/", "/search/?q=flood", "/no/such/page"])
def test_pages_know_that_the_server_answers(server: SiteServer, path: str) -> None:
    page = ask(server, path)[2]
    assert page.startswith(b"<!doctype html>\n<html data-served lang=")
    built = server.answers.output / path.strip("/").partition("?")[0] / "index.html"
    if built.exists() and "?" not in path:
        assert page == built.read_bytes().replace(b"<html", b"<html data-served", 1)


@pytest.mark.parametrize("path", ["/search/?q=harbour", "/no/such/page"])
def test_pages_of_the_server_lead_where_those_of_the_site_lead(
    server: SiteServer, path: str
) -> None:
    links = re.compile(rb'<nav class="site-nav".*?</nav>', re.S)
    built, made = (
        re.findall(rb'href="(?:\.\./|/)*([^"]+)"', links.findall(ask(server, each)[2])[0])
        for each in ("/search/", path)
    )
    assert made == built == [b"dates/index.html", b"sources/index.html"]


def test_a_folder_gets_its_slash(server: SiteServer) -> None:
    status, headers, _ = ask(server, "/2015?x=1")
    assert (status, headers["Location"]) == (301, "/2015/?x=1")
    assert ask(server, "/2015/")[0] == 200
    assert ask(server, "//2015")[1].get("Location") == "/2015/"


def test_a_folder_whose_name_is_not_english_gets_its_slash(server: SiteServer) -> None:
    (server.answers.output / "港 1").mkdir()
    status, headers, _ = ask(server, "/%E6%B8%AF%201")
    assert (status, headers["Location"]) == (301, "/%E6%B8%AF%201/")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/2015/../../secret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/out.txt",
        "/out/",
        "/../site.yaml",
        "/..%5csecret.txt",
    ],
)
def test_nothing_outside_the_output_is_given(server: SiteServer, path: str) -> None:
    status, _, body = ask(server, path)
    assert status == 404
    assert b"secret" not in body.replace(b"secret.txt", b"")


def test_a_link_inside_the_output_is_followed(server: SiteServer) -> None:
    assert ask(server, "/in.txt")[2] == b"inside"


@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_a_file_that_vanishes_while_it_is_asked_for_is_missing(
    server: SiteServer, suffix: str
) -> None:
    file = server.answers.output / f"fleeting{suffix}"
    file.write_text("here")
    opened = Opened(file)
    opened.then = file.unlink
    assert ask(server, f"/{file.name}")[0] == 404
    assert not file.exists()


def test_a_file_that_cant_be_read_is_told(server: SiteServer) -> None:
    file = server.answers.output / "unread.txt"
    file.write_text("here")
    opened = Opened(file)

    def fail() -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    opened.then = fail
    answer = (500, b"This file can't be read: Input/output error.\n")
    assert ask(server, "/unread.txt")[::2] == answer
    assert ask(server, "/unread.txt")[::2] == (200, b"here")


class Opened:
    """What happens once in this process, just before a file is opened."""

    def __init__(self, file: Path) -> None:
        self.file = str(file)
        self.then: Callable[[], None] | None = None
        sys.addaudithook(self)

    def __call__(self, event: str, details: tuple[object, ...]) -> None:
        if event == "open" and str(details[0]) == self.file and self.then:
            then, self.then = self.then, None
            then()


@pytest.fixture
def film(server: SiteServer) -> Iterator[Path]:
    file = server.answers.output / "film.mp4"
    file.write_bytes(bytes(range(100)))
    yield file
    file.unlink()


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-", 0, 100),
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("Bytes= 90-1000 ", 90, 100),
        ("bytes=99-", 99, 100),
        ("bytes=-30", 70, 100),
        ("bytes=-1000", 0, 100),
    ],
)
def test_a_player_gets_the_part_that_it_asks_for(
    server: SiteServer, film: Path, asked: str, first: int, end: int
) -> None:
    status, headers, body = ask(server, "/film.mp4", headers={"Range": asked})
    assert (status, body) == (206, bytes(range(first, end)))
    assert headers["Content-Range"] == f"bytes {first}-{end - 1}/100"
    assert headers["Content-Type"] == "video/mp4"


def test_a_player_asks_for_one_part_after_another(server: SiteServer, film: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=_PATIENCE)
    for first in (10, 60):
        connection.request("GET", "/film.mp4", headers={"Range": f"bytes={first}-{first + 9}"})
        assert connection.getresponse().read() == bytes(range(first, first + 10))
    connection.close()


def test_a_file_whose_ending_is_in_capitals_has_its_type(server: SiteServer) -> None:
    (server.answers.output / "CHART.PNG").write_bytes(b"png")
    assert ask(server, "/CHART.PNG")[1]["Content-Type"] == "image/png"


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(server: SiteServer, film: Path, asked: str) -> None:
    status, headers, body = ask(server, "/film.mp4", headers={"Range": asked})
    assert (status, headers["Content-Range"], body) == (416, "bytes */100", b"")


@pytest.mark.parametrize(
    "asked", ["bytes=5-4", "bytes=-", "bytes=0-1,5-6", "bytes=a-", "bytes=1", "lines=0-1", "x" * 99]
)
def test_what_names_no_single_part_gets_the_whole(
    server: SiteServer, film: Path, asked: str
) -> None:
    status, headers, body = ask(server, "/film.mp4", headers={"Range": asked})
    assert (status, len(body), headers["Accept-Ranges"]) == (200, 100, "bytes")


def test_a_part_is_of_the_file_that_was_begun(server: SiteServer, film: Path) -> None:
    tag = ask(server, "/film.mp4", "HEAD", {"Range": "bytes=9-"})[1]["ETag"]
    wanted = {"Range": "bytes=50-", "If-Range": tag}
    assert ask(server, "/film.mp4", headers=wanted)[::2] == (206, bytes(range(50, 100)))
    film.write_bytes(bytes(101))
    assert ask(server, "/film.mp4", headers=wanted)[::2] == (200, bytes(101))
    date = wanted | {"If-Range": "Sat, 28 Nov 2015 00:00:00 GMT"}
    assert ask(server, "/film.mp4", headers=date)[0] == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
def test_a_file_that_a_browser_has_is_not_sent_again(
    server: SiteServer, film: Path, method: str, known: str
) -> None:
    before = ask(server, "/film.mp4")[1]
    wanted = {"If-None-Match": known.format(before["ETag"]), "Range": "bytes=0-9"}
    status, headers, body = ask(server, "/film.mp4", method, wanted)
    assert (status, body) == (304, b"")
    assert {**headers, "Date": ""} == {**before, "Date": ""}
    film.write_bytes(bytes(101))
    del wanted["Range"]
    assert ask(server, "/film.mp4", method, wanted)[0] == (304 if known == "*" else 200)


@pytest.mark.parametrize("path", ["/", "/api/search?q=harbour", "/no/such/page"])
def test_what_has_no_tag_is_always_sent(server: SiteServer, path: str) -> None:
    assert ask(server, path, headers={"If-None-Match": "*"})[0] in (200, 404)


def test_after_a_file_that_was_not_sent_the_connection_goes_on(
    server: SiteServer, film: Path
) -> None:
    film.write_bytes(b"film")
    request = "GET /film.mp4 HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: {}\r\n{}\r\n"
    known = request.format(ask(server, "/film.mp4")[1]["ETag"], "").encode()
    last = request.format("-", "Connection: close\r\n").encode()
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=_PATIENCE) as raw:
        # A client that was told of no body would take one for the next answer.
        raw.sendall(known + known + last)
        with raw.makefile("rb") as answers:
            told = re.findall(rb"HTTP/1.1 (\d+)|\r\n\r\n(film)", answers.read())
    assert told == [(b"304", b""), (b"304", b""), (b"200", b""), (b"", b"film")]


def test_only_a_get_asks_for_parts_and_pages_have_none(server: SiteServer, film: Path) -> None:
    first = {"Range": "bytes=0-9"}
    status, headers, _ = ask(server, "/film.mp4", "HEAD", first)
    assert (status, headers["Content-Length"]) == (200, "100")
    status, headers, body = ask(server, "/", headers=first)
    assert (status, headers["Content-Length"]) == (200, str(len(body)))


def test_a_long_file_arrives_whole_and_one_that_gets_shorter_ends_the_connection(
    server: SiteServer, film: Path
) -> None:
    content = os.urandom(5 << 20)
    film.write_bytes(content)
    assert ask(server, "/film.mp4")[2] == content
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=_PATIENCE) as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        for path in (b"/film.mp4", b"/feed.json"):
            raw.sendall(b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n" % path)
        raw.recv(1)  # it is open, and what is sent waits to be taken
        os.truncate(film, 1 << 20)
        answer = b""
        with contextlib.suppress(ConnectionResetError):  # an end, too: a request was left unread
            while part := raw.recv(1 << 16):
                answer += part
    assert len(answer) < len(content)
    assert b"HTTP/1.1 200" not in answer  # which would be taken for the rest of the film


def test_a_missing_page_gets_the_sites_own(server: SiteServer) -> None:
    status, _, body = ask(server, "/no/such/page.html")
    assert status == 404
    assert b'href="/index.html"' in body


@pytest.mark.parametrize("path", ["/api/build", "/api/reload.js"])
def test_what_tells_of_builds_is_there_only_while_it_watches(server: SiteServer, path: str) -> None:
    assert ask(server, path)[0] == 404


@pytest.mark.parametrize("path", ["/%00", "/%ff", "/a%zz", "/" + "x" * 5000, "/?q=%ff"])
def test_senseless_addresses_end_quietly(server: SiteServer, path: str) -> None:
    assert ask(server, path)[0] in (200, 400, 404)


def test_other_methods_are_refused_and_head_has_no_body(server: SiteServer) -> None:
    assert ask(server, "/", "POST")[0] == 501
    status, headers, _ = ask(server, "/", "HEAD")
    assert status == 200
    assert int(headers["Content-Length"]) > 0
    # A client would not even look for a body.
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=_PATIENCE) as raw:
        raw.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        with raw.makefile("rb") as answer:
            assert answer.read().partition(b"\r\n\r\n")[1:] == (b"\r\n\r\n", b"")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "", "127.0.0.1.evil.example", "203.0.113.7"]
)
def test_a_foreign_host_name_is_refused(server: SiteServer, host: str) -> None:
    assert ask(server, "/", headers={"Host": host})[0] == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]:80"])
def test_names_of_this_machine_are_good(server: SiteServer, host: str) -> None:
    assert ask(server, "/", headers={"Host": host})[0] == 200


def test_the_search_page_shows_hits_as_text(server: SiteServer) -> None:
    status, _, body = ask(server, "/search/?q=flood")
    assert status == 200
    text = body.decode()
    assert "<mark>Flood</mark> &amp; &lt;b&gt;fire&lt;/b&gt;" in text
    assert "<mark>flooded</mark>" in text
    assert "<b>fire" not in text
    assert ask(server, "/search/index.html?q=flood")[2] == body
    assert (
        ask(server, "/search/?q=%3Cscript%3Ealert(1)%3C/script%3E")[2].count(b"<script>alert") == 0
    )


@pytest.mark.parametrize(
    "query",
    ["harbour", "harbour OR mill", '"harbour', "harbour OR", "harbour NOT", "title:0 OR mill"],
)
def test_what_narrows_an_answer_finds_as_many_as_it_says(
    archive: ArchiveFolder, query: str
) -> None:
    tags = ('the "old" port', "“late”", "(draft)", "OR", "Flood")
    for number, year in enumerate((1790, 1850, 1999, 2015, 2015)):  # too many years for gaps
        tag = json.dumps(tags[number])
        archive.article(f"{number}.md", "The harbour.", date=f"{year}", tags=f"[{tag}]")
    archive.article("m.md", "The mill.", date="1999", tags="[Flood]")
    archive.build()
    with served_from(archive) as served:

        def page_of(address: str) -> str:
            status, _, body = ask(served, f"/search/{address}")
            assert status == 200
            return body.decode()

        page = page_of(f"?q={quote(query)}")
        years = re.findall(r'<a href="([^"]+)"[^>]* aria-label="\d+: (\d+)"', page)
        others = re.findall(r'<li><a href="([^"]+)"><bdi>.*?</bdi></a> <small>(\d+)</small>', page)
        assert len(years) == 4 or query.startswith("title:")
        for address, count in years + others:
            assert f"Articles found: {count}<" in page_of(unescape(address))
        total = re.search(r"Articles found: (\d+)", page)
        for address, _ in others:  # what was chosen leads back
            narrow = page_of(unescape(address))
            wider = re.search(r'<li><a href="([^"]+)" aria-current="true"', narrow)
            assert total is not None
            assert wider is not None
            assert total[0] in page_of(unescape(wider[1]))


def test_the_search_page_tells_what_is_wrong(server: SiteServer) -> None:
    status, _, body = ask(server, "/search/?q=date:2015-13")
    assert status == 200
    assert b"&#39;2015-13&#39; is not a date; write dates like 2015" in body


def test_the_api_answers(server: SiteServer) -> None:
    status, headers, body = ask(server, "/api/search?q=harbour&limit=10&page=3&sort=oldest")
    answer = json.loads(body)
    assert (status, headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert {"query": "harbour", "total": 26, "page": 3, "limit": 10}.items() <= answer.items()
    assert len(answer["hits"]) == 6
    assert answer["facets"]["sources"] == {"Post": 25}
    hit = json.loads(ask(server, "/api/search?q=flood")[2])["hits"][0]
    assert hit["snippet"] == "The harbour <mark>flooded</mark>."
    assert hit["heading"] == "<mark>Flood</mark> &amp; &lt;b&gt;fire&lt;/b&gt;"
    assert ask(server, "/" + hit["url"])[0] == 200


def test_no_answer_has_more_than_a_hundred_hits(server: SiteServer) -> None:
    assert json.loads(ask(server, "/api/search?q=harbour&limit=5000")[2])["limit"] == 100


@pytest.mark.parametrize(
    "query",
    [
        "q=date:x",
        "q=a&limit=0",
        "q=a&page=-1",
        "q=a&limit=x",
        "q=a&limit=%C2%B2",  # a digit that is no number
        "q=a&sort=best",
        "q=is:x",
        f"q=a&page={'9' * 5000}",
    ],
)
def test_the_api_refuses_with_a_sentence(server: SiteServer, query: str) -> None:
    status, _, body = ask(server, f"/api/search?{query}")
    assert status == 400
    assert json.loads(body)["error"].endswith(".")


def test_the_api_tells_of_which_build_an_answer_is(archive: ArchiveFolder) -> None:
    def builds(count: int) -> set[str]:
        answers = [ask(served, f"/api/search?q=harbour&page={page + 1}") for page in range(count)]
        return {json.loads(body)["build"] for _, _, body in answers}

    archive.article("a.md", "The harbour.", date="2015")
    archive.build()
    with served_from(archive) as served:
        (before,) = builds(2)
        archive.article("b.md", "The harbour again.", date="2015")
        archive.build()
        (after,) = builds(2)
        shutil.rmtree(archive.path / ".archive")
        archive.build()
        (anew,) = builds(2)
    assert len({before, after, anew}) == 3


def test_a_missing_index_is_told_alike_in_the_page_and_to_programs(archive: ArchiveFolder) -> None:
    archive.settings("title: T\nlanguage: de\n")
    archive.article("a.md")
    archive.build()
    shutil.rmtree(archive.path / ".archive/search")
    with served_from(archive) as served:
        status, _, body = ask(served, "/api/search?q=x")
        page = ask(served, "/search/?q=x")[2].decode()
    told = json.loads(body)["error"]
    assert status == 503
    assert told.startswith("Der Suchindex kann nicht geladen werden. (")
    assert "run 'archive build'" in told
    assert told in unescape(page)


def test_an_empty_query_has_no_hits(server: SiteServer) -> None:
    assert json.loads(ask(server, "/api/search")[2])["total"] == 0


def test_many_at_once_get_whole_answers(server: SiteServer) -> None:
    answers: list[Answer] = []
    asks = [
        threading.Thread(target=lambda: answers.append(ask(server, "/api/search?q=harb*")))
        for _ in range(12)
    ]
    for thread in asks:
        thread.start()
    for thread in asks:
        thread.join()
    assert {json.loads(body)["total"] for _, _, body in answers} == {26}


class Hasty(SiteServer):
    connections = 4
    seconds = 0.5


@pytest.fixture
def hasty(server: SiteServer) -> Iterator[SiteServer]:
    site = server.answers.output.parent
    with Hasty(site, load_config(site), "127.0.0.1", 0) as served:
        thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield served
        served.shutdown()
        thread.join()


def answered(server: SiteServer) -> bool:
    """Whether a whole request is answered: where the machine stands still, time runs out for it."""
    with contextlib.suppress(ConnectionError):
        return ask(server, "/")[0] == 200
    return False


def test_half_a_request_holds_no_more_than_its_share(hasty: SiteServer) -> None:
    before = threading.active_count()
    address = ("127.0.0.1", hasty.server_port)
    halves = [socket.create_connection(address, timeout=_PATIENCE) for _ in range(12)]
    for half in halves:
        half.sendall(b"GET / HT")
    # In its turn, after those before it are given up.
    assert any(answered(hasty) for _ in range(5))
    assert threading.active_count() - before <= hasty.connections
    for half in halves:
        half.close()


def test_a_byte_now_and_then_does_not_keep_a_request_alive(hasty: SiteServer) -> None:
    with socket.create_connection(("127.0.0.1", hasty.server_port), timeout=_PATIENCE) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        slow.settimeout(0.1)
        ended = False
        for _ in range(100):
            try:
                slow.sendall(b"x")
                ended = slow.recv(100) == b""
            except TimeoutError:
                continue
            except OSError:  # cut off while it sends
                ended = True
            if ended:
                break
        assert ended


@pytest.mark.parametrize(
    ("host", "own"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("10.0.0.1", False)]
)
def test_what_only_this_machine_reaches(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def serve(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    code = "from archive_gen.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-u", "-c", code, "serve", "--site", str(folder), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )


@contextlib.contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    with serve(folder, *arguments) as process:
        try:
            yield process
        finally:
            process.kill()  # a test that fails would wait for its end


def test_it_begins_says_where_and_ends_on_ctrl_c(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.build()
    with serving(archive.path) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("The archive is at http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        assert process.wait(_PATIENCE) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_nobody_else_reaches_it_unless_asked_to_and_then_it_warns(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.build()
    with serving(archive.path, "--port", "0") as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().split("127.0.0.1:")[1].split("/")[0])
        # Another address of this machine: a server for everybody would answer.
        with pytest.raises((ConnectionError, TimeoutError)):
            socket.create_connection(("127.0.0.2", port), timeout=5)
        process.send_signal(signal.SIGINT)
        assert "can read this archive" not in process.communicate(timeout=_PATIENCE)[1]
    with serving(archive.path, "--port", "0", "--host", "0.0.0.0") as process:  # noqa: S104
        assert process.stdout is not None
        assert process.stdout.readline().startswith("The archive is at http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        warned = process.communicate()[1]
        assert "everybody who reaches 0.0.0.0 can read this archive" in warned
        assert re.search(r"other devices find it at http://[^/]+:\d+/\n", warned)
        assert "//0.0.0.0" not in warned


def test_the_address_for_other_devices_leads_to_the_site(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.build()
    with SiteServer(archive.path, load_config(archive.path), "0.0.0.0", 0) as server:  # noqa: S104
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            host, port = server.network_url.removeprefix("http://").strip("/").split(":")
            connection = http.client.HTTPConnection(host, int(port), timeout=_PATIENCE)
            connection.request("GET", "/")
            assert connection.getresponse().status == 200
        finally:
            server.shutdown()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="no IPv6 on this machine")
def test_an_address_with_colons_is_told_as_a_browser_takes_it(archive: ArchiveFolder) -> None:
    with SiteServer(archive.path, load_config(archive.path), "::1", 0) as server:
        assert server.url == f"http://[::1]:{server.server_address[1]}/"


def test_a_taken_port_and_a_site_that_is_not_built_are_one_line(archive: ArchiveFolder) -> None:
    _, errors = serve(archive.path).communicate(timeout=_PATIENCE)
    assert errors.strip() == "public: the site is not built yet — run 'archive build' first"
    archive.article("a.md")
    archive.build()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = serve(archive.path, "--port", str(taken.getsockname()[1]))
        _, errors = process.communicate(timeout=_PATIENCE)
    assert process.returncode == 2
    assert "is in use" in errors
    assert errors.count("\n") == 1
