"""The newest articles of a list as https://www.jsonfeed.org/version/1.1/ asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from archive_gen import urls

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive_gen.config import SiteConfig
    from archive_gen.pages.values import FeedItem
    from archive_gen.pictures import Picture


def as_json_feed(
    config: SiteConfig,
    title: str,
    url: str,
    items: list[dict[str, Any]],
) -> str:
    """A feed of ``items`` for the list at ``url``, which is called ``title`` if it has a name.

    The format knows only absolute addresses of pages and feeds: where the public one of the site
    is not known, both are left out.
    """
    base = config.base_url
    facts = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{title} – {config.title}" if title else config.title,
        "description": "" if url else config.description,
        "language": config.language,
        "home_page_url": base and urls.absolute(base, url),
        "feed_url": base and urls.absolute(base, f"{url}feed.json"),
    }
    return _ENCODER.encode(_present(facts) | {"items": items}).decode() + "\n"


def json_item(
    item: FeedItem, identifier: str, published: str, address: Callable[[str], str]
) -> dict[str, Any]:
    """An article of a feed. ``published`` is empty where nobody knows when."""
    pictures = [_attachment(picture, item, address) for picture in item.pictures]
    return _present(
        {
            "id": identifier,
            "url": address(item.url),
            "title": item.title,
            "content_text": item.summary or item.title,
            "image": pictures[0]["url"] if pictures else "",
            "date_published": published,
            "language": item.language,
            "authors": [{"name": name} for name in item.authors],
            "tags": item.tags,
            "attachments": pictures,
        }
    )


def _attachment(picture: Picture, item: FeedItem, address: Callable[[str], str]) -> dict[str, str]:
    return {"url": address(item.url + picture.name), "mime_type": picture.media_type}


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


_ENCODER = msgspec.json.Encoder()
