"""A picture that a system has in fields of its own → a figure above the text."""

from __future__ import annotations

import json
from html import escape
from typing import Any, TypeVar

_Kind = TypeVar("_Kind", dict[str, Any], list[Any])


def figure(source: str, caption: str, alt: str = "") -> str:
    """A picture with its caption as HTML; empty if there is neither."""
    if not (source or caption):
        return ""
    image = f'<img src="{escape(source)}" alt="{escape(alt)}">' if source else ""
    return f"<figure>{image}<figcaption>{escape(caption)}</figcaption></figure>"


def json_of(value: Any, kind: type[_Kind]) -> _Kind | None:
    """What a column holds as JSON; None if that is nothing of its ``kind``."""
    try:
        found = json.loads(value) if isinstance(value, str) else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, kind) else None
