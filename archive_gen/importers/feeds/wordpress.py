"""What an export of WordPress (WXR) says beside the texts of its posts: the names of authors, the
notes, and the pictures that a post shows without holding them: its galleries and the one above it.

A picture is an entry of its own, an *attachment*; a post names it by number.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import parse_xml
from archive_gen.importers.beside import SMALLER_COPY
from archive_gen.urls import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_GALLERY = re.compile(r"\[gallery\b([^\]]{0,2000})\]")
_CHOSEN = re.compile(r"""\b(?:ids|include)=["']([\d\s,]+)["']""")
_NUMBER = re.compile(r"\d+")
_GUEST = "guest-author"
_LEADS = "_thumbnail_id"
_NOTES = "footnotes"
_PLACE_OF_NOTES = re.compile(r"<!-- wp:footnotes\b[^<>]{0,500}-->")
_SHARED = re.compile(r"<!-- wp:block \{[^<>]{0,200}\"ref\":(\d{1,19})[^<>]{0,200}/-->")
_OF_SHARED = "wp_block"
_ALT = "_wp_attachment_image_alt"
_COPY = f"(?:{SMALLER_COPY})?"
"""The name of a large picture ends so itself (``-scaled``)."""
_MOST = 1 << 20
"""So many characters of figures come into a post: those of some thousand pictures."""
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")


@dataclass(frozen=True, slots=True)
class _Attachment:
    url: str
    caption: str
    alt: str

    def figure(self) -> str:
        image = f'<img src="{html.escape(self.url)}" alt="{html.escape(self.alt)}">'
        return f"<figure>{image}<figcaption>{html.escape(self.caption)}</figcaption></figure>"

    def is_in(self, text: str) -> bool:
        """Whether a post shows the picture, or a smaller copy of it."""
        stem, ending = posixpath.splitext(posixpath.basename(self.url))
        stem = re.sub(f"{_COPY}$", "", stem)
        return bool(re.search(f"/{re.escape(stem)}{_COPY}{re.escape(ending)}", text))


@dataclass(frozen=True, slots=True)
class Export:
    """What the other entries tell of a post. Posts and pictures go by their numbers."""

    people: Mapping[str, str] = field(default_factory=dict)
    """Login → the name that readers saw."""
    attachments: Mapping[str, _Attachment] = field(default_factory=dict)
    attached: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Post → the pictures that were put into it, in the order of a gallery of all of them."""
    leading: Mapping[str, str] = field(default_factory=dict)
    """Post → the picture above it."""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Post → its notes, as HTML."""
    shared: Mapping[str, str] = field(default_factory=dict)
    """Number of a block that many posts show → its text."""

    def joined(self, other: Export) -> Export:
        """What this part of an export and ``other``, which comes after it, tell together."""
        posts = dict.fromkeys((*self.attached, *other.attached))
        return Export(
            {**self.people, **other.people},
            {**self.attachments, **other.attachments},
            {post: self.attached.get(post, ()) + other.attached.get(post, ()) for post in posts},
            {**self.leading, **other.leading},
            {**self.notes, **other.notes},
            {**self.shared, **other.shared},
        )

    def authors(self, stated: Iterable[str], together: Iterable[str]) -> list[str]:
        """The names that readers saw of those who wrote a post: ``together`` if that tells of any,
        for then who ``stated`` it only put it there."""
        together = list(together)
        tells = any(login in self.people or " " in login for login in together)
        return [self.people.get(login, login) for login in (together if tells else stated) if login]

    def completed(self, post: str, text: str) -> str:
        """``text`` of a post with its notes and the blocks that it shares with others, and with
        figures in place of its galleries, below the leading picture."""
        if self.shared:
            text = _SHARED.sub(_Blocks(self.shared), text)
        if notes := self.notes.get(post):
            listed = "".join(f"<li>{note}</li>" for note in notes)
            text = _PLACE_OF_NOTES.sub(lambda _: f"\n\n<ol>{listed}</ol>\n\n", text, count=1)
        text = _GALLERY.sub(_Figures(self.attachments, iter(self.attached.get(post, ()))), text)
        lead = self.attachments.get(self.leading.get(post, ""))
        if lead is None or lead.is_in(text):
            return text
        return f"{lead.figure()}\n\n{text}"


@dataclass(slots=True)
class _Blocks:
    """What stands in place of the shared blocks of one post: each once, as with pictures."""

    shared: Mapping[str, str]
    shown: set[str] = field(default_factory=set)
    room: int = _MOST

    def __call__(self, block: re.Match[str]) -> str:
        text = self.shared.get(block[1], "")
        if block[1] in self.shown or len(text) > self.room:
            return ""
        self.shown.add(block[1])
        self.room -= len(text)
        return f"\n\n{text}\n\n"


@dataclass(slots=True)
class _Figures:
    """What stands in place of the galleries of one post, from the first to the last: each
    picture once, so that the work is in proportion to the post and its pictures."""

    attachments: Mapping[str, _Attachment]
    attached: Iterator[str]
    """Those that a gallery of all has not shown yet."""
    shown: set[str] = field(default_factory=set)
    room: int = _MOST

    def __call__(self, gallery: re.Match[str]) -> str:
        chosen = _CHOSEN.search(gallery[1])
        numbers = _NUMBER.findall(chosen[1]) if chosen else self.attached
        return f"\n\n{''.join(map(self._figure, numbers))}\n\n"

    def _figure(self, number: str) -> str:
        if number in self.shown or number not in self.attachments:
            return ""
        self.shown.add(number)
        figure = self.attachments[number].figure()
        if len(figure) > self.room:
            return ""
        self.room -= len(figure)
        return figure


def read_export(data: bytes) -> Export:
    """What a feed says in the words of WordPress; of any other feed nothing."""
    if b"<wp:" not in data:
        return Export()
    root, _ = parse_xml(data)
    if root is None:
        return Export()
    items = list(root.iterfind(".//{*}item"))
    pictures = [item for item in items if _is_picture(item)]
    leading = {_own(item, "post_id"): _meta(item, _LEADS) for item in items}
    return Export(
        people={**_guests(items), **_people(root.iterfind(".//{*}author"))},
        attachments={_own(item, "post_id"): _attachment(item) for item in pictures},
        attached=_attached(pictures),
        leading={post: number for post, number in leading.items() if number},
        notes={_own(item, "post_id"): notes for item in items if (notes := _notes(item))},
        shared={_own(item, "post_id"): _text(item) for item in items if _is_shared(item)},
    )


def _people(authors: Iterable[Any]) -> dict[str, str]:
    rows = ((_own(one, "author_login"), _own(one, "author_display_name")) for one in authors)
    return {login: name for login, name in rows if login and name}


def _guests(items: Iterable[Any]) -> dict[str, str]:
    """Login → name of the authors who never had an account (*Co-Authors Plus*)."""
    guests = (item for item in items if _own(item, "post_type") == _GUEST)
    rows = ((_meta(one, "cap-user_login"), _meta(one, "cap-display_name")) for one in guests)
    return {login: name for login, name in rows if login and name}


def _is_shared(item: Any) -> bool:
    """Whether it is a block that posts show, and that its editors have published."""
    return _own(item, "post_type") == _OF_SHARED and _own(item, "status") == "publish"


def _text(item: Any) -> str:
    contents = (one.text or "" for one in item.iterfind("{*}encoded") if "content" in one.tag)
    return next(contents, "")


def _is_picture(item: Any) -> bool:
    path = path_of(_own(item, "attachment_url"))
    return _own(item, "post_type") == "attachment" and path.lower().endswith(_PICTURES)


def _attachment(item: Any) -> _Attachment:
    excerpts = (one.text or "" for one in item.iterfind("{*}encoded") if "excerpt" in one.tag)
    caption = re.sub(r"<[^<>]*>", "", next(excerpts, "")).strip()
    return _Attachment(_own(item, "attachment_url"), html.unescape(caption), _meta(item, _ALT))


def _attached(pictures: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for item in pictures:
        number, order = _own(item, "post_id"), _own(item, "menu_order")
        place = (_as_number(order), _as_number(number), number)
        found[_own(item, "post_parent")].append(place)
    return {post: tuple(number for *_, number in sorted(rows)) for post, rows in found.items()}


def _as_number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) and len(text) < 20 else 0


def _meta(item: Any, key: str) -> str:
    rows = item.iterfind("{*}postmeta")
    return next((_own(row, "meta_value") for row in rows if _own(row, "meta_key") == key), "")


def _notes(item: Any) -> tuple[str, ...]:
    try:
        rows = json.loads(_meta(item, _NOTES) or "[]")
    except (ValueError, RecursionError):
        return ()
    told = (
        (row.get("content") for row in rows if isinstance(row, dict))
        if isinstance(rows, list)
        else ()
    )
    return tuple(note for note in told if isinstance(note, str))


def _own(element: Any, name: str) -> str:
    return (element.findtext("{*}" + name) or "").strip()
