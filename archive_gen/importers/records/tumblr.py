"""The pictures of a post of Tumblr, which stand beside what is said of them.

https://www.tumblr.com/docs/en/api/v2#posts
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive_gen.importers.records.figures import figure

if TYPE_CHECKING:
    from collections.abc import Mapping


def pictures(fields: Mapping[str, Any]) -> str:
    """The photographs above the text of a post, as figures."""
    photos = fields.get("photos")
    told = [one for one in photos if isinstance(one, dict)] if isinstance(photos, list) else []
    return "".join(
        figure(str(size.get("url") or ""), str(photo.get("caption") or ""))
        for photo in told
        if isinstance(size := photo.get("original_size"), dict)
    )
