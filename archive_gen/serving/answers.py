"""What the local server answers to a request: a file of the built site, or what a search finds.

Nothing here knows of connections: an address goes in, an ``Answer`` comes out.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlsplit

from msgspec.structs import replace

from archive_gen.content.own_pages import links, read_own_pages
from archive_gen.layout import CONTENT_FOLDER, INDEX_FOLDER
from archive_gen.pages.base import Page, navigation
from archive_gen.pages.values import NotFoundData, SearchData
from archive_gen.rendering.render import Renderer
from archive_gen.search.answer import as_json
from archive_gen.search.searcher import Searcher
from archive_gen.search.values import IndexMissingError, QueryError, Results
from archive_gen.serving.parts import FilePart, is_among, span_asked

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.config import SiteConfig
    from archive_gen.search.values import SortOrder

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
    ".epub": "application/epub+zip",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}

_RELOAD = "api/reload.js"
_MAX_LIMIT = 100
_PAGE_LIMIT = 20
_SORTS: Mapping[str, SortOrder] = {
    "relevance": "relevance", "newest": "newest", "oldest": "oldest",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back."""

    status: HTTPStatus
    suffix: str
    """Of a file of the kind that ``body`` is."""
    body: bytes | FilePart
    headers: Mapping[str, str] = field(default_factory=dict)
    """Those that other answers have not."""

    @property
    def media_type(self) -> str:
        """As a header names it."""
        return MEDIA_TYPES.get(self.suffix, "application/octet-stream")

    def unless_known(self, tags: str) -> Answer:
        """What answers whoever may have the file: ``If-None-Match``, empty if missing."""
        whole = self.body
        if isinstance(whole, bytes) or not is_among(whole.tag, tags):
            return self
        return Answer(HTTPStatus.NOT_MODIFIED, self.suffix, whole, self.headers)

    def part(self, asked: str, unless_changed: str) -> Answer:
        """What answers if headers ask for a part: ``Range`` and ``If-Range``, empty if missing."""
        whole = self.body
        if isinstance(whole, bytes) or unless_changed not in ("", whole.tag):
            return self
        size = len(whole)
        span = span_asked(asked, size)
        if span is None:
            return self
        status = HTTPStatus.PARTIAL_CONTENT if span else HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        where = f"{span.start}-{span.stop - 1}" if span else "*"
        headers = {**self.headers, "Content-Range": f"bytes {where}/{size}"}
        return Answer(status, self.suffix, FilePart(whole.file, span, whole.tag), headers)


class Answers:
    """Those of one archive; several threads may ask at once."""

    build = ""
    """Names the latest build, where the site is built while it is served."""

    def __init__(self, site: Path, config: SiteConfig) -> None:
        self.site = site
        self.configure(config)
        self._index = Searcher(site / INDEX_FOLDER)
        # A reader of Whoosh moves about in its files, and a template engine fills its caches:
        # one thread at a time.
        self._turn = threading.Lock()

    def configure(self, config: SiteConfig) -> None:
        """Show pages of the server's own with these settings, and the site from their folder."""
        self.output = self.site / config.output
        self._config = config
        # Here the site is at the root, wherever it is published.
        self._renderer = Renderer(self.site, replace(config, base_url=""))

    def renew(self) -> None:
        """The site is another than it was: open pages are to show it."""
        self.build = secrets.token_hex(8)

    def answer(self, address: str) -> Answer:
        """The answer to a request for ``address``, which is a path and perhaps a query.

        Raises ``ValueError`` if the address makes no sense, ``ArchiveError`` if a template fails,
        ``OSError`` if a file can't be read.
        """
        build = self.build  # before a page is read: it is not of a later one
        parts = urlsplit(address)
        path = unquote(parts.path, errors="strict").lstrip("/")
        wanted = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if path == "api/search":
            return self._search_result(wanted)
        if path in ("search/", "search/index.html") and wanted.get("q", "").strip():
            return _html(HTTPStatus.OK, self._search_page(wanted), build)
        if build and path == "api/build":
            # A connection that is kept would keep one of the threads from other readers.
            return Answer(HTTPStatus.OK, ".txt", build.encode(), {"Connection": "close"})
        if build and path == _RELOAD:
            script = resources.files(__package__).joinpath("reload.js").read_bytes()
            return Answer(HTTPStatus.OK, ".js", script)
        return self._file(path, parts.query, build)

    def _search_result(self, wanted: Mapping[str, str]) -> Answer:
        status, value = HTTPStatus.OK, {}
        try:
            results, build = self._search(wanted, 10)
            value = as_json(results) | {"build": build}
        except QueryError as error:
            told = {"error": str(error), "text": error.text, "value": error.value}
            status, value = HTTPStatus.BAD_REQUEST, told
        except IndexMissingError as error:
            status, value = HTTPStatus.SERVICE_UNAVAILABLE, {"error": self._told(error)}
        return Answer(status, ".json", json.dumps(value, ensure_ascii=False).encode())

    def _search_page(self, wanted: Mapping[str, str]) -> bytes:
        results, fault = None, ""
        try:
            results, _ = self._search(wanted, _PAGE_LIMIT)
        except QueryError as error:
            fault = self._renderer.text(error.text).replace("{value}", error.value)
        except IndexMissingError as error:
            fault = self._told(error)
        sort = _SORTS.get(wanted.get("sort", ""), "relevance")
        return self._render(
            Page("search/", "search.html", SearchData(wanted["q"], results, fault, sort))
        )

    def _told(self, error: IndexMissingError) -> str:
        """A reader learns that it is not the query; whoever serves the archive, what to do."""
        failed = self._renderer.text("The search index can't be loaded.")
        return f"{failed} ({error}: run 'archive build')"

    def _search(self, wanted: Mapping[str, str], limit: int) -> tuple[Results, str]:
        """What is found, and which state of the index it is of."""
        sort = wanted.get("sort", "relevance")
        if sort not in _SORTS:
            raise QueryError("The order is one of: {value}.", ", ".join(_SORTS))
        limit = min(_number(wanted, "limit", limit), _MAX_LIMIT)
        page = _number(wanted, "page", 1)
        with self._turn:
            query = wanted.get("q", "")
            found = self._index.search(query, limit=limit, page=page, sort=_SORTS[sort])
            return found, self._index.build

    def _file(self, path: str, query: str, build: str) -> Answer:
        found = _file_in(self.output, path)
        if found is not None and found.is_dir():
            # A link that climbs out of a folder needs the slash at its end.
            target = f"/{quote(path)}/" + (f"?{query}" if query else "")
            return Answer(HTTPStatus.MOVED_PERMANENTLY, ".txt", b"", {"Location": target})
        body = _opened(found) if found is not None else None
        if found is None or body is None:
            missing = self._render(Page("404.html", "404.html", NotFoundData()))
            return _html(HTTPStatus.NOT_FOUND, missing, build)
        suffix = found.suffix.lower()
        if suffix == ".html":
            with body.file as file:
                return _html(HTTPStatus.OK, file.read(), build)
        return Answer(HTTPStatus.OK, suffix, body, {"Accept-Ranges": "bytes", "ETag": body.tag})

    def _render(self, page: Page) -> bytes:
        leads_to = navigation(self._config, self._has_index)
        own_pages = links(read_own_pages(self.site / CONTENT_FOLDER, self._config.folders))
        with self._turn:
            return self._renderer.render(replace(page, navigation=leads_to, own_pages=own_pages))

    def _has_index(self, taxonomy: str) -> bool:
        return (self.output / taxonomy / "index.html").is_file()


def _html(status: HTTPStatus, page: bytes, build: str) -> Answer:
    """A page as built, but it knows that it may ask ``/api/search``, and of which build it is."""
    if not build:
        return Answer(status, ".html", page.replace(b"<html", b"<html data-served", 1))
    page = page.replace(b"<html", b'<html data-served data-build="%s"' % build.encode(), 1)
    script = b'<script src="/%s" defer></script>\n</head>' % _RELOAD.encode()
    return Answer(status, ".html", page.replace(b"</head>", script, 1))


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
        return _file_in(folder, f"{path}index.html")
    return target


def _opened(file: Path) -> FilePart | None:
    """All of it; None if it is gone by now, or is no file. Raises ``OSError``."""
    try:
        return FilePart.whole(file) if file.is_file() else None
    except FileNotFoundError:
        return None


def _number(wanted: Mapping[str, str], name: str, default: int) -> int:
    text = wanted.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) > 0):
        raise QueryError("'{value}' is a number from 1.", name)
    return int(text)
