"""A web page that a browser saved as one file (MHTML, RFC 2557): a mail that a page is in."""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING

from archive_gen.importers import html
from archive_gen.importers.base import of_one_document
from archive_gen.importers.beside import with_parts
from archive_gen.importers.record_dates import iso_of_mail, read_date
from archive_gen.importers.records.record import known_values
from archive_gen.problems import Problem
from archive_gen.urls import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from archive_gen.importers.base import Found


@of_one_document
def read(name: str, data: bytes) -> Iterator[Found]:
    """The one page of the file: its first part that is HTML; the frames after it are its parts."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    content = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(content, bytes):
        yield Problem(name, 0, "the file holds no web page")
        return
    address = message.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
    declared = str(page.get_content_charset() or "")
    found = html.page(name, content, declared, known_values({"url": str(address)}))
    if isinstance(found, Problem):
        yield found
        return
    found = with_parts(found, _Pictures(message, str(page.get("Content-Location") or address)))
    yield html.fetched(found, read_date(iso_of_mail(str(message.get("Date", "")))))


class _Pictures:
    """The parts that a page may name, by their addresses and ids (RFC 2557, RFC 2392)."""

    def __init__(self, message: Message, base: str) -> None:
        self._base = base
        self._parts: dict[str, Message] = {}
        for part in message.walk():
            if part.get_content_maintype() == "image":
                identity = str(part.get("Content-ID") or "").strip().strip("<>")
                for name in (str(part.get("Content-Location") or "").strip(), f"cid:{identity}"):
                    self._parts.setdefault(name, part)

    def __call__(self, address: str) -> bytes | None:
        """The bytes of a picture; None if there is no such part."""
        part = self._parts.get(address) or self._parts.get(resolved(self._base, address))
        data = part.get_payload(decode=True) if part is not None and address else None
        return data if isinstance(data, bytes) else None
