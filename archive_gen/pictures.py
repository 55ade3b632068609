"""Pictures and documents beside articles: which file an article means, what kind it is, how large.

Only raster pictures are published: an SVG that is opened by itself is a page that can run
scripts, so it is none of them. A file is taken for what its bytes say, whatever its name ends in.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import unquote

from msgspec import Struct

from archive_gen.problems import Problem
from archive_gen.urls import slugify

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
_SOUNDS = (".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac")
_DOCUMENTS = (".pdf", ".docx", ".odt", ".rtf", ".epub", *_SOUNDS, ".mp4", ".webm")
"""Files that a text leads to. None of them is a page: that could run scripts."""
_LOWER = (*_PICTURES, *_DOCUMENTS)
ENDINGS = (*_LOWER, *(ending.upper() for ending in _LOWER))
"""Of files that are taken for pictures or documents."""
MAX_BYTES = 64 << 20
"""Of a picture's file: larger ones are prints' masters, which no page should load."""
MAX_DOCUMENT = 256 << 20
"""Bytes of a document."""
HEAD = 16
"""Bytes that tell what kind a picture is."""

_SIGNATURES = (
    ("jpg", re.compile(rb"\xff\xd8\xff")),
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("avif", re.compile(rb"....ftypavi[fs]", re.DOTALL)),
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]", re.IGNORECASE)
_KINDS = "JPEG, PNG, GIF, WebP or AVIF"


class Picture(Struct, frozen=True):
    """A picture's file below ``content/``, or a document's, which has no size in pixels."""

    file: str
    """As the folder lists it; articles mean it by ``same_name``."""
    digest: str
    """Of its bytes."""
    ending: str
    """Without a dot. Of a picture by its bytes: ``jpg``, ``png``, ``gif``, ``webp`` or ``avif``."""
    width: int
    """In pixels, as it is shown: a photo that was taken upright is higher than it is wide."""
    height: int
    size: int
    """In bytes."""

    @property
    def is_shown(self) -> bool:
        """Whether it is a picture: a text leads to a document."""
        return self.width > 0

    @property
    def media_type(self) -> str:
        """Of a picture, as IANA registers it."""
        return f"image/{'jpeg' if self.ending == 'jpg' else self.ending}"

    @property
    def name(self) -> str:
        """Its file in the folder of an article's page: another content has another name."""
        stem = slugify(PurePosixPath(same_name(self.file)).stem)
        return f"{stem}.{self.digest[:10]}.{self.ending}"

    def address(self, src: str) -> str:
        """The same, at the place in it that ``src`` names (``#page=3``)."""
        return self.name + "".join(src.partition("#")[1:])


def is_beside_text(path: str) -> bool:
    """Whether a file is taken for a picture or a document, by its name."""
    return path.endswith(ENDINGS)


def is_document(path: str) -> bool:
    """Whether a file, or what an address means, is taken for a document, by its name."""
    return _plain(path).lower().endswith(_DOCUMENTS)


def most_bytes(path: str) -> int:
    """How large a file of that name may be."""
    return MAX_DOCUMENT if is_document(path) else MAX_BYTES


def is_beside(src: str) -> bool:
    """Whether an address means a file beside the article, and none of the web or the disk."""
    return bool(src) and not _ELSEWHERE.match(src)


def path_meant(article: str, src: str) -> str:
    """The path below ``content/`` that ``src`` means in the article at path ``article``.

    Empty if it leads out of ``content/``. Composed characters are one with those in parts: what
    the article says and what a disk calls the file may differ in that.
    """
    path = posixpath.normpath(posixpath.join(posixpath.dirname(article), _plain(src)))
    return "" if path.startswith(("../", "/")) or path in (".", "..") else same_name(path)


def _plain(src: str) -> str:
    return unquote(src.partition("#")[0].partition("?")[0])


def same_name(path: str) -> str:
    """``path`` with its characters composed."""
    return unicodedata.normalize("NFC", path)


def digest_of(data: bytes) -> str:
    """What tells the bytes of one picture from another's."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def oversized(size: int, path: str) -> Problem | None:
    """What is wrong with a picture's file of so many bytes: nothing, or that it is too large."""
    if size <= MAX_BYTES:
        return None
    message = f"is larger than {MAX_BYTES >> 20} MiB, which no page should load"
    return Problem(path, 0, message, "save it smaller")


def oversized_file(size: int, path: str) -> Problem | None:
    """The same of a file that may be a document."""
    if not is_document(path):
        return oversized(size, path)
    message = f"is larger than {MAX_DOCUMENT >> 20} MiB"
    hint = "save it smaller, or lead to it on a server"
    return Problem(path, 0, message, hint) if size > MAX_DOCUMENT else None


def kind_of(head: bytes) -> str:
    """The ending of the kind of picture that begins with ``head``; empty if it is none."""
    return next((name for name, mark in _SIGNATURES if mark.match(head)), "")


def examine(path: str, data: bytes) -> Picture | Problem:
    """The picture that the bytes of a file are, or why they are none."""
    shown = f"content/{path}"
    ending = kind_of(data)
    if not ending:
        return Problem(shown, 0, f"is no {_KINDS} picture", "save it as one of these, or remove it")
    # With all that it imports it takes as long as listing thousands of articles, and most builds
    # examine no picture.
    import imagesize

    width, height = imagesize.get(io.BytesIO(data))
    if width <= 0 or height <= 0:
        return Problem(shown, 0, "is a damaged picture", "bring it back from a copy, or remove it")
    return Picture(path, digest_of(data), ending, int(width), int(height), len(data))


def examine_file(path: str, data: bytes) -> Picture | Problem:
    """The same of a file that is a document, if its name says so."""
    if is_document(path):
        ending = PurePosixPath(path).suffix[1:].lower()
        return Picture(path, digest_of(data), ending, 0, 0, len(data))
    return examine(path, data)


def fault_of(article: str, src: str) -> Problem:
    """Why an article shows nothing where it names ``src``, which is no file of ours."""
    name = src if len(src) <= 60 else f"{src[:59]}…"
    if is_document(src):
        message = f"leads to '{name}', and there is no such file below content/"
        hint = "put the file beside the article (no link to it), or mend the path"
        return Problem(f"content/{article}", 0, message, hint)
    ending = PurePosixPath(path_meant(article, src)).suffix
    if ending.lower() == ".svg":
        message = f"shows '{name}', and an SVG can run scripts"
        hint = "save it as PNG or WebP, and name that"
    elif path_meant(article, src) and ending.lower() not in _PICTURES:
        message = f"shows '{name}', which is no {_KINDS} picture"
        hint = "save it as one of these, and name that"
    else:
        message = f"shows '{name}', and there is no such file below content/"
        hint = "put the picture beside the article (no link to it), or mend the path"
    return Problem(f"content/{article}", 0, message, hint)
