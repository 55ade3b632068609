"""An e-mail, as a newsletter arrives: the sender is the source, the subject the headline."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from archive_gen.article import HTML, PLAIN, RawDocument
from archive_gen.importers.base import of_one_document
from archive_gen.importers.encodings import decode, decode_html
from archive_gen.importers.record_dates import iso_of_mail
from archive_gen.importers.records.record import known_values
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found

_PASSED_ON = re.compile(r"\s*(?:(?:fwd?|wg|tr|rv|re|aw)\s?:\s*)+", re.IGNORECASE)
"""What mail programs put before the subject of a mail that is sent on or answered."""

_OF_SUBSTACK = "@substack.com"
"""Its mails come from *Ada Quill from Port Post*."""
_SIGNATURE = re.compile(r"^-- \r?\n", re.MULTILINE)
"""RFC 3676, 4.3"""
_LONGEST_SIGNATURE = 2000
"""Characters."""


@of_one_document
def read(name: str, data: bytes) -> Iterator[Found]:
    """The one document of a mail: its HTML part if it has one, else its text."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    part = message.get_body(preferencelist=("html", "plain"))
    if not isinstance(part, EmailMessage):
        yield Problem(name, 0, "the mail holds no text")
        return
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    html = part.get_content_subtype() == "html"
    text = (decode_html if html else decode)(content, str(part.get_content_charset() or ""))
    if not text or not text.strip():
        yield Problem(name, 0, "the mail holds no text that can be read")
        return
    known = _known(message)
    if html:
        yield RawDocument(name, data, text.replace("\0", ""), HTML, known)
    else:
        text = _without_signature(text.replace("\0", ""))
        yield RawDocument(name, data, _as_shown(known, text), PLAIN, known)


def _without_signature(text: str) -> str:
    """A mail without what stands below the line with which mail programs begin a signature."""
    marks = list(_SIGNATURE.finditer(text))
    is_one = bool(marks) and len(text) - marks[-1].end() <= _LONGEST_SIGNATURE
    story = text[: marks[-1].start()] if is_one else text
    return story if story.strip() else text


def _as_shown(known: dict[str, Any], text: str) -> str:
    """The text below its subject, where who reads mail sees it: there a headline is looked for."""
    subject = known.get("title", "")
    return f"{subject}\n\n{text}" if subject else text


def _known(message: Any) -> dict[str, Any]:
    subject = _header(message, "subject")
    passed_on = _PASSED_ON.match(subject)
    sender, address = parseaddr(_header(message, "from"))
    author = ""
    if address.lower().endswith(_OF_SUBSTACK) and not passed_on:
        author, _, sender = sender.rpartition(" from ")
    # Who passes a newsletter on is not where it is from, and an address is nobody's name.
    is_source = not passed_on and "@" not in sender
    return known_values(
        {
            "title": subject[passed_on.end() :] if passed_on else subject,
            "author": author,
            "date": iso_of_mail(_header(message, "date")),
            "source": sender if is_source else "",
            "url": _header(message, "archived-at").strip("<> "),
            "language": _header(message, "content-language"),
        }
    )


def _header(message: Any, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (ValueError, LookupError, IndexError, AttributeError):
        return ""  # the standard library fails on some malformed headers
