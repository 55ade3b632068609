"""The built site on a local web server, with Whoosh behind its search page.

Made for one person on one machine: it answers GET and HEAD, from the output folder only, to
addresses that are this machine's own (a foreign name in ``Host`` means that some web page is
trying to read the archive through the visitor's browser).
"""

from __future__ import annotations

import io
import ipaddress
import json
import secrets
import socket
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from archive_gen.pages.base import Page
from archive_gen.pages.values import NotFoundData, SearchData
from archive_gen.problems import ArchiveError
from archive_gen.rendering.render import Renderer
from archive_gen.search import INDEX_FOLDER
from archive_gen.search.answer import as_json
from archive_gen.search.base import IndexMissingError, QueryError, Results
from archive_gen.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from archive_gen.config import SiteConfig
    from archive_gen.search.base import SortOrder

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}

_RELOAD = "api/reload.js"
_MAX_LIMIT = 100
_PAGE_LIMIT = 20
_SORTS: Mapping[str, SortOrder] = {
    "relevance": "relevance", "newest": "newest", "oldest": "oldest",
}  # fmt: skip


class SiteServer(ThreadingHTTPServer):
    """Serves the site in folder ``site``; raises ``OSError`` if it can't have the port."""

    daemon_threads = True
    request_queue_size = 128
    connections = 32
    """So many are answered at once, by a thread each; others wait in the system's queue."""
    seconds = 15.0
    """A request may take so long to arrive, and its answer to be taken away."""

    # On Windows a taken port could be taken again.
    allow_reuse_address = not hasattr(socket, "SO_EXCLUSIVEADDRUSE")

    build = ""
    """Names the latest build, where the site is built while it is served."""

    def __init__(self, site: Path, config: SiteConfig, host: str, port: int) -> None:
        self.site = site
        self.configure(config)
        self.index = Searcher(site / INDEX_FOLDER)
        # A reader of Whoosh moves about in its files, and a template engine fills its caches:
        # one thread at a time.
        self.turn = threading.Lock()
        self._free = threading.BoundedSemaphore(self.connections)
        self.names = {"localhost", host.lower(), socket.gethostname().lower()}
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def configure(self, config: SiteConfig) -> None:
        """Show pages of the server's own with these settings, and the site from their folder."""
        self.output = self.site / config.output
        # Here the site is at the root, wherever it is published.
        self.renderer = Renderer(self.site, config.model_copy(update={"base_url": ""}))

    def renew(self) -> None:
        """The site is another than it was: open pages are to show it."""
        self.build = secrets.token_hex(8)

    @property
    def url(self) -> str:
        """Where a browser on this machine finds the site."""
        host = str(self.server_address[0])
        return self._url_at("127.0.0.1" if host in _EVERY else host)

    @property
    def network_url(self) -> str:
        """Where a browser on another device finds it, as far as this machine can tell."""
        host = str(self.server_address[0])
        return self._url_at((_own_address() or socket.gethostname()) if host in _EVERY else host)

    def _url_at(self, host: str) -> str:
        port = self.server_address[1]
        return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name, which may take long."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, self.allow_reuse_address)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, once one is free: half-open requests end by their deadlines."""
        self._free.acquire()
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and let the next one in."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away or is too slow is no event."""

    def is_own(self, host: str) -> bool:
        """Whether a ``Host`` header names this machine."""
        name = urlsplit(f"//{host}").hostname or ""
        if name in self.names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or not is_loopback(str(self.server_address[0]))


_EVERY = ("0.0.0.0", "::")  # noqa: S104 (compared, not bound)
"""Addresses that stand for all of this machine."""


def _own_address() -> str:
    """The address of this machine in the network that leads outwards; empty if there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Of datagrams this only chooses the way: nothing is sent. The address is nobody's
            # (RFC 5737).
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches ``host``."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Handler(BaseHTTPRequestHandler):
    server: SiteServer
    protocol_version = "HTTP/1.1"
    server_version = "archive-gen"
    sys_version = ""

    def setup(self) -> None:
        """Read through a clock: to send a byte now and then is as slow as to be silent."""
        super().setup()
        self._clock = _TimedReader(self.connection, self.server.seconds)
        self.rfile = io.BufferedReader(self._clock)

    def handle_one_request(self) -> None:
        """Read a request and answer it; each of the two has its time in all."""
        self._clock.start()
        super().handle_one_request()

    def do_GET(self) -> None:
        """Answer; nothing that a request holds may raise."""
        try:
            self._answer()
        except ArchiveError as error:  # a template of the site fails
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, ".txt", str(error).encode())
        except (ValueError, UnicodeError):
            self._send(HTTPStatus.BAD_REQUEST, ".txt", b"This address makes no sense.\n")

    do_HEAD = do_GET  # noqa: N815

    def _answer(self) -> None:
        self._build = self.server.build  # before a page is read: it is not of a later one
        if not self.server.is_own(self.headers.get("Host", "")):
            self._send(HTTPStatus.FORBIDDEN, ".txt", b"This server has another name.\n")
            return
        address = urlsplit(self.path)
        path = unquote(address.path, errors="strict").lstrip("/")
        wanted = {name: values[-1] for name, values in parse_qs(address.query).items()}
        if path == "api/search":
            self._send_search(wanted)
        elif path in ("search/", "search/index.html") and wanted.get("q", "").strip():
            self._send_search_page(wanted)
        elif self._build and path == "api/build":
            # A connection that is kept would keep one of the threads from other readers.
            self._send(HTTPStatus.OK, ".txt", self._build.encode(), {"Connection": "close"})
        elif self._build and path == _RELOAD:
            self._send(HTTPStatus.OK, ".js", _reload_script())
        else:
            self._send_file(path, address.query)

    def _send_search(self, wanted: Mapping[str, str]) -> None:
        status, value = HTTPStatus.OK, {}
        try:
            results, build = self._search(wanted, 10)
            value = as_json(results) | {"build": build}
        except QueryError as error:
            told = {"error": str(error), "text": error.text, "value": error.value}
            status, value = HTTPStatus.BAD_REQUEST, told
        except IndexMissingError as error:
            status, value = HTTPStatus.SERVICE_UNAVAILABLE, {"error": f"{error}"}
        self._send(status, ".json", json.dumps(value, ensure_ascii=False).encode())

    def _send_search_page(self, wanted: Mapping[str, str]) -> None:
        results, fault = None, ""
        try:
            results, _ = self._search(wanted, _PAGE_LIMIT)
        except QueryError as error:
            sentence = self.server.renderer.text(error.text)
            fault = sentence.replace("{value}", error.value)
        except IndexMissingError as error:
            fault = f"{error}: run 'archive build'"
        sort = _SORTS.get(wanted.get("sort", ""), "relevance")
        page = Page("search/", "search.html", SearchData(wanted["q"], results, fault, sort))
        with self.server.turn:
            body = self.server.renderer.render(page)
        self._send(HTTPStatus.OK, ".html", body)

    def _search(self, wanted: Mapping[str, str], limit: int) -> tuple[Results, str]:
        """An answer, and which state of the index it is of."""
        sort = wanted.get("sort", "relevance")
        if sort not in _SORTS:
            raise QueryError("The order is one of: {value}.", ", ".join(_SORTS))
        limit = min(_number(wanted, "limit", limit), _MAX_LIMIT)
        page = _number(wanted, "page", 1)
        with self.server.turn:
            query = wanted.get("q", "")
            found = self.server.index.search(query, limit=limit, page=page, sort=_SORTS[sort])
            return found, self.server.index.build

    def _send_file(self, path: str, query: str) -> None:
        found = _file_in(self.server.output, path)
        if found is None:
            self._send_missing()
        elif found.is_dir():
            # A link that climbs out of a folder needs the slash at its end.
            target = f"/{quote(path)}/" + (f"?{query}" if query else "")
            self._send(HTTPStatus.MOVED_PERMANENTLY, ".txt", b"", {"Location": target})
        else:
            self._send(HTTPStatus.OK, found.suffix.lower(), found.read_bytes())

    def _send_missing(self) -> None:
        with self.server.turn:
            body = self.server.renderer.render(Page("404.html", "404.html", NotFoundData()))
        self._send(HTTPStatus.NOT_FOUND, ".html", body)

    def _send(
        self,
        status: HTTPStatus,
        suffix: str,
        body: bytes,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        if suffix == ".html":
            body = _knowing(body, self._build)
        self.send_response(status)
        self.send_header("Content-Type", MEDIA_TYPES.get(suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (named by the base class)
        """Say nothing: the terminal is for the person."""


def _knowing(page: bytes, build: str) -> bytes:
    """A page as built, but it knows that it may ask ``/api/search``, and of which build it is."""
    if not build:
        return page.replace(b"<html", b"<html data-served", 1)
    page = page.replace(b"<html", b'<html data-served data-build="%s"' % build.encode(), 1)
    script = b'<script src="/%s" defer></script>\n</head>' % _RELOAD.encode()
    return page.replace(b"</head>", script, 1)


def _reload_script() -> bytes:
    return resources.files(__package__).joinpath("reload.js").read_bytes()


class _TimedReader(io.RawIOBase):
    """Reads a connection until a moment, however the bytes come."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self._connection = connection
        self._seconds = seconds
        self.start()

    def start(self) -> None:
        """From now on there are so many seconds again."""
        self._end = time.monotonic() + self._seconds

    def readable(self) -> bool:
        """See ``io.RawIOBase``."""
        return True

    def readinto(self, buffer: Any) -> int:
        """See ``io.RawIOBase``; raises ``TimeoutError`` when the time is over."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        try:
            return self._connection.recv_into(buffer)
        finally:
            # What is sent meanwhile has a time of its own, in all.
            self._connection.settimeout(self._seconds)


def _file_in(folder: Path, path: str) -> Path | None:
    """The file or folder that ``path`` names; None if there is none inside ``folder``."""
    root = folder.resolve()
    try:
        target = (root / path).resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    if not target.is_relative_to(root):
        return None
    if target.is_dir() and (path.endswith("/") or not path):
        target = _file_in(folder, f"{path}index.html") or target / "index.html"
    return target if target.exists() else None


def _number(wanted: Mapping[str, str], name: str, default: int) -> int:
    text = wanted.get(name, str(default))
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 6 and int(text) > 0):
        raise QueryError("'{value}' is a number from 1.", name)
    return int(text)
