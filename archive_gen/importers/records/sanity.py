"""Documents of Sanity, which name each other by id: who wrote a post is a document of its own.

https://www.sanity.io/docs/content-lake/importing-data
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import DRAFTS, PAGES
from archive_gen.importers.records.values import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_UNSEEN = ("drafts.", "versions.")
"""With these the ids of what nobody has published begin."""
_OF_ELASTICSEARCH = frozenset(("_index", "_source"))
"""A search server has ``_id`` and ``_type``, too."""
_LONGEST = 200
"""Characters of a name."""
_DEEPEST = 60
_LEADING = ("mainImage", "coverImage", "heroImage", "image")
"""What schemas call the picture above a story."""
_FILE = "file://./"
"""An export has the files of pictures in a folder beside the documents."""


def is_document(value: Any) -> bool:
    """Whether a JSON value is one of its documents."""
    return (
        isinstance(value, dict)
        and all(isinstance(value.get(key), str) for key in ("_id", "_type"))
        and _OF_ELASTICSEARCH.isdisjoint(value)
    )


def shown(document: Mapping[str, Any]) -> Mapping[str, Any] | LeftOut:
    """A document that readers saw; a page of the site is no article."""
    if document["_id"].startswith(_UNSEEN):
        return LeftOut(DRAFTS)
    return LeftOut(PAGES) if document["_type"] == "page" else document


def names(values: Iterable[Any]) -> dict[str, str]:
    """Id → what a document is called, and of one of a picture its address."""
    found = {}
    for value in filter(is_document, values):
        called = value.get("url") or line_of(value.get("name") or value.get("title"))
        if isinstance(called, str) and 0 < len(called) <= _LONGEST:
            found[value["_id"]] = called
    return found


def completed(document: Any, called: Mapping[str, str]) -> Any:
    """A document with names in place of ids, its categories as tags, and the picture above it as
    the first of its text."""
    if not is_document(document):
        return document
    told = {key: _named(value, called, _DEEPEST) for key, value in document.items()}
    told["tags"] = told.get("tags") or told.get("categories") or told.get("category")
    body = told.get("body")
    leads = [told[key] for key in _LEADING if isinstance(told.get(key), dict)][:1]
    return {**told, "body": [*leads, *body]} if isinstance(body, list) else told


def _named(value: Any, called: Mapping[str, str], deepest: int) -> Any:
    if not deepest:
        return value
    if isinstance(value, list):
        return [_named(one, called, deepest - 1) for one in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("_ref"), str):
        return {"name": called.get(value["_ref"], "")}
    told = {key: _named(one, called, deepest - 1) for key, one in value.items()}
    address = _address(value, told)
    return {**told, "url": address} if address else told


def _address(value: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    """Where the file of a picture is: in the export, or on the web."""
    if value.get("_type") != "image":
        return ""
    asset = told.get("asset")
    web = asset.get("name") if isinstance(asset, dict) else ""
    return str(value.get("_sanityAsset") or "").partition(_FILE)[2] or str(web or "")
