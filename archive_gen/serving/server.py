"""The built site on a local web server.

Made for one person on one machine: it answers GET and HEAD, from the output folder only, to
addresses that are this machine's own (a foreign name in ``Host`` means that some web page is
trying to read the archive through the visitor's browser).
"""

from __future__ import annotations

import io
import ipaddress
import socket
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive_gen.problems import ArchiveError, failed_on
from archive_gen.serving.answers import Answer, Answers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archive_gen.config import SiteConfig


class SiteServer(ThreadingHTTPServer):
    """Serves the site in folder ``site``; raises ``OSError`` if it can't have the port."""

    daemon_threads = True
    request_queue_size = 128
    connections = 32
    """So many are answered at once, by a thread each; others wait in the system's queue."""
    seconds = 15.0
    """A request may take so long to arrive, and each megabyte of its answer to be taken away."""

    # On Windows a taken port could be taken again.
    allow_reuse_address = not hasattr(socket, "SO_EXCLUSIVEADDRUSE")

    def __init__(self, site: Path, config: SiteConfig, host: str, port: int) -> None:
        self.answers = Answers(site, config)
        self._free = threading.BoundedSemaphore(self.connections)
        self.names = {"localhost", host.lower(), socket.gethostname().lower()}
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

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
        """Read a request and answer it; both have their time."""
        self._clock.start()
        super().handle_one_request()

    def do_GET(self) -> None:
        """Answer; nothing that a request holds may raise."""
        header = self.headers.get
        answer = self._answer().unless_known(header("If-None-Match", ""))
        # For no other method parts are defined.
        if self.command == "GET" and answer.status is HTTPStatus.OK:
            answer = answer.part(header("Range", ""), header("If-Range", ""))
        if isinstance(answer.body, bytes):
            self._send(answer, [answer.body])
        else:
            with answer.body.file:
                self._send(answer, answer.body.blocks())

    do_HEAD = do_GET  # noqa: N815

    def _answer(self) -> Answer:
        try:
            if not self.server.is_own(self.headers.get("Host", "")):
                return Answer(HTTPStatus.FORBIDDEN, ".txt", b"This server has another name.\n")
            return self.server.answers.answer(self.path)
        except ArchiveError as error:  # a template of the site fails
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, ".txt", str(error).encode())
        except OSError as error:
            told = f"This file can't be read: {error.strerror}.\n"
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, ".txt", told.encode())
        except ValueError:
            return Answer(HTTPStatus.BAD_REQUEST, ".txt", b"This address makes no sense.\n")
        except Exception as error:
            told = str(failed_on(self.path, error))
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, ".txt", told.encode())

    def _send(self, answer: Answer, blocks: Iterable[bytes]) -> None:
        self.send_response(answer.status)
        headers = {
            "Content-Type": answer.media_type,
            "Content-Length": str(len(answer.body)),
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            **answer.headers,
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD" or answer.status is HTTPStatus.NOT_MODIFIED:
            return
        left = len(answer.body)
        for block in blocks:
            self.wfile.write(block)
            left -= len(block)
        if left:  # nobody may take what comes next for the rest
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (named by the base class)
        """Say nothing: the terminal is for the person."""


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
