"""Pages that say of themselves that they are copies: for phones (AMP), for printing.

They name the address of the page that readers shall be led to as ``canonical``.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from archive_gen.urls import address_key, resolved

if TYPE_CHECKING:
    from archive_gen.article import RawDocument

_TAG = re.compile(r"<(?:link|meta)\b[^<>]*", re.IGNORECASE)
_OWN = re.compile(r"\b(?:canonical|og:url)\b", re.IGNORECASE)
_VALUE = re.compile(r"\b(?:href|content)\s?=\s?[\"']?([^\"'\s<>]+)", re.IGNORECASE)


def stated_address(page: str) -> str:
    """What a page states as its address, whole or relative; empty if it does not."""
    tags = filter(_OWN.search, _TAG.findall(page))
    return next((found[1] for tag in tags if (found := _VALUE.search(tag))), "")


def joined(address: str, stated: str) -> str:
    """What ``stated`` means on the page at ``address``."""
    return resolved(address, stated) or address


def as_copy(document: RawDocument, address: str) -> RawDocument:
    """``document``, which was at ``address``, with that of the page of which it is a copy."""
    own = joined(address, stated_address(document.text))
    is_copy = address_key(own) not in ("", address_key(address))
    return dataclasses.replace(document, found_at=address, copy_of=own if is_copy else "")
