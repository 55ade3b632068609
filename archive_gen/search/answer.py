"""The answer to a query as JSON: what ``archive search --json`` and ``/api/search`` give."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive_gen.search.values import Hit, Results


def as_json(results: Results) -> dict[str, Any]:
    """``Results`` as plain values; ``docs/searching.md`` describes them."""
    return {
        "query": results.query,
        "total": results.total,
        "page": results.page,
        "limit": results.limit,
        "hits": [_hit(hit) for hit in results.hits],
        "facets": {name: dict(counts) for name, counts in results.facets.items()},
        "suggestion": results.suggestion,
        "searched": results.searched,
        "least": results.least,
        "missing": list(results.missing),
        "alternatives": [
            {"query": other.query, "total": other.total} for other in results.alternatives
        ],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "title": hit.title,
        "date": hit.date.text if hit.date else "",
        "source": hit.source,
        "tags": list(hit.tags),
        "url": hit.url,
        "path": hit.path,
        "heading": _marked(hit.heading),
        "snippet": _marked(hit.snippet),
        "score": hit.score,
        "language": hit.language,
    }


def _marked(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(
        f"<mark>{html.escape(text)}</mark>" if marked else html.escape(text)
        for text, marked in pieces
    )
