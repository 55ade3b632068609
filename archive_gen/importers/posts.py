"""Front matter of posts as site generators and notebooks have it: what a file says of its text.

YAML between lines ``---`` (Jekyll, Hugo, Eleventy, Obsidian, this archive's own articles), TOML
between ``+++`` (Hugo, Zola), JSON before a blank line (Hugo), either between lines ``---json`` and
``---`` (Eleventy).
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
import tomllib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from archive_gen import yaml_nodes
from archive_gen.article import HTML
from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import DRAFTS, PAGES
from archive_gen.importers.record_dates import read_date
from archive_gen.importers.records.fields import fold_name
from archive_gen.importers.records.record import document, states_value
from archive_gen.importers.records.unseen import is_draft
from archive_gen.problems import Problem
from archive_gen.texts import strip_unwanted
from archive_gen.urls import article_url_of, slugify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive_gen.importers.base import Found

_YAML = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_FENCED = re.compile(r"---(json|toml)[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_HEADED = re.compile(r"\s*+(?:!\[[^\n]*\n\s*+)?(?:# |[^\n]+\n=+[ ]*\n)")
_JSON = re.compile(r"\{[ \t]*\n")
_NAMED = re.compile(r"(\d{4}-\d\d-\d\d)-(.+)")
"""How Jekyll names its posts."""
_TEMPLATE = re.compile(r"\{%.{0,500}?%\}|\{\{.{0,500}?\}\}")
_ADDRESS = re.compile(
    r"[^\s()<>?]+\.(?:jpe?g|png|gif|webp|avif)\?[^\s()<>]*"
    r"|[^\s()<>]+\.(?:jpe?g|png|gif|webp|avif)",
    re.IGNORECASE,
)
_PICTURED = ("image", "featured_image", "cover", "header", "banner", "thumbnail")
"""Keys of the picture that stands above a post."""
_NOTHING: tuple[Any, ...] = (None, "", [], {})
_LARGEST = 1 << 53
"""Numbers of more digits are names, and stay as they were written."""
_IN_PICTURE = re.compile(r"[\[\]\"'\n]")
_PAGES = frozenset("home page default none 404".split())
_PAGES_BY_NAME = frozenset(("_index", "404"))
_NOTES_BY_NAME = frozenset("readme license changelog contributing code_of_conduct security".split())
"""What stands in the folder of any program; a post of that name says something of itself."""
_OF_GENERATORS = frozenset(
    "layout draft tag categories category taxonomies permalink slug alias aliases "
    "weight lastmod cssclass cssclasses".split()
)
"""What front matter says beside what a record does."""


def post(name: str, data: bytes, text: str, media_type: str) -> Found:
    """The post that ``text`` is, which ``data`` spells: what it says of itself, and the rest.

    Drafts are left out, and the pages that a site has beside its posts.
    """
    text = strip_unwanted(text).replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    divided = _divided(name, text)
    if isinstance(divided, Problem):
        return divided
    fields, body = divided
    body = _TEMPLATE.sub("", body) if media_type.startswith(HTML) else body
    path = PurePosixPath(name.rpartition("#")[2].replace("\\", "/"))
    named = _NAMED.fullmatch(path.stem)
    if hidden := _hidden(path, fields, is_filed=bool(named) or "_posts" in path.parts):
        return LeftOut(hidden, name)
    stated = {key: _in_words(value) for key, value in fields.items()}
    record = {**stated, "tags": _terms(stated, in_words=named is not None), "image": None}
    if picture := _lead_picture(stated, body):
        body = f"{picture}\n\n{body}"
    found = document(name, {**record, "content": body})
    if isinstance(found, Problem):
        return Problem(name, 0, "has no text", "there is nothing below its front matter")
    known, origins = {**found.known, **_own(fields)}, dict(found.origins)
    if named and "date" not in known and not found.written_date and (day := read_date(named[1])):
        known["date"], origins["date"] = day, "the file's name"
    if named and "title" not in known and not _HEADED.match(body):
        known["title"] = _as_title(named[2])
        origins["title"] = "the file's name"
    return dataclasses.replace(
        found, data=data, text=body, media_type=media_type, known=known, origins=origins
    )


def begins_with_front_matter(text: str) -> bool:
    """Whether a file is a post of a site generator."""
    return bool(_yaml_of(text) or _TOML.match(text) or _FENCED.match(text))


def _yaml_of(text: str) -> re.Match[str] | None:
    """The YAML above a post; None if ``text`` begins with a rule, below which another may stand."""
    match = _YAML.match(text)
    if match is None or not match[1].strip():
        return match
    names = (line.partition(":")[0] for line in match[1].splitlines() if ":" in line)
    return match if any(map(_is_key, names)) else None


def _is_key(name: str) -> bool:
    return states_value(name) or fold_name(name) in _OF_GENERATORS


def _divided(name: str, text: str) -> tuple[Mapping[str, Any], str] | Problem:
    if match := _yaml_of(text):
        faults = yaml_nodes.Faults(name, match[1], 2)
        root = yaml_nodes.compose(faults)
        fields = yaml_nodes.plain(root, faults) if root is not None else {}
        if faults.found:
            return min(faults.found, key=lambda fault: fault.line)
        is_stated = isinstance(fields, dict) and any(_is_key(str(key)) for key in fields)
        return (fields, text[match.end() :]) if is_stated or not match[1].strip() else ({}, text)
    try:
        if match := _TOML.match(text):
            return _plain(tomllib.loads(match[1])), text[match.end() :]
        if match := _FENCED.match(text):
            fields = tomllib.loads(match[2]) if match[1] == "toml" else json.loads(match[2])
            return _plain(fields), text[match.end() :]
        if _JSON.match(text):
            stated, end = json.JSONDecoder().raw_decode(text)
            return _plain(stated), text[end:]
    except ValueError as error:
        message = f"its front matter can't be read: {error}"[:300]
        return Problem(name, 1, message, "see what its site generator says of it")
    return {}, text


def _plain(values: Any) -> Any:
    """TOML's and JSON's values as YAML has them."""
    if isinstance(values, dict):
        return {_plain(key): _plain(value) for key, value in values.items()}
    if isinstance(values, list):
        return list(map(_plain, values))
    if isinstance(values, str):
        return strip_unwanted(values)
    is_number = isinstance(values, (int, float)) and abs(values) < _LARGEST
    return values if is_number or values is None else _as_text(values)


def _as_text(value: Any) -> str:
    is_time = isinstance(value, (datetime.date, datetime.time))
    return value.isoformat() if is_time else str(value)


def _own(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a file says of its text that no other record does: the last part of its address, other
    addresses that it had, and keys of its writer's own."""
    slug = str(fields.get("slug") or "")
    aliases = fields.get("aliases") or ()
    addresses = map(article_url_of, map(str, aliases if isinstance(aliases, list) else [aliases]))
    own = {
        key: value
        for key, value in fields.items()
        if not (_is_key(key) or key in _PICTURED or value in _NOTHING)
    }
    found = {
        "slug": slug if slugify(slug) == slug else "",
        "aliases": tuple(dict.fromkeys(filter(None, addresses))),
        "extra": own,
    }
    return {key: value for key, value in found.items() if value}


def _in_words(value: Any) -> Any:
    """A number as a text: such are titles and years."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if is_number else value


def _hidden(path: PurePosixPath, fields: Mapping[str, Any], *, is_filed: bool) -> str:
    """What a file is that is no post; ``is_filed``: it lies or is named as posts alone do."""
    folded = {fold_name(str(key)): value for key, value in fields.items()}
    if is_draft(folded) or "_drafts" in path.parts:
        return DRAFTS
    if is_filed:
        return ""
    stem = path.stem.lower()
    is_page = str(folded.get("layout") or "").lower() in _PAGES or stem in _PAGES_BY_NAME
    return PAGES if is_page or (stem in _NOTES_BY_NAME and not fields) else ""


def _terms(fields: Mapping[str, Any], *, in_words: bool) -> list[Any]:
    """Tags, and what else a site files a post under; ``in_words``: a space parts them."""
    # Zola has them in a table of their own.
    inner = fields.get("taxonomies")
    found: list[Any] = []
    for table in (inner if isinstance(inner, dict) else {}, fields):
        for key in ("tags", "tag", "categories", "category"):
            value = table.get(key)
            if isinstance(value, str):
                is_list = "," in value or not in_words
                value = value.split(",") if is_list else value.split()
            found += value if isinstance(value, list) else []
    return list(dict.fromkeys(term.strip() for term in found if isinstance(term, str)))


def _lead_picture(fields: Mapping[str, Any], body: str) -> str:
    """The picture that stands above the post, as Markdown; empty if the post shows it itself."""
    for key in _PICTURED:
        stated = fields.get(key)
        told = stated if isinstance(stated, dict) else {"image": stated}
        sources = (told.get(name) for name in ("image", "path", "src", "url", "relative"))
        src = next((src for src in sources if isinstance(src, str)), "")
        if _ADDRESS.fullmatch(src):
            caption, alt = (
                _IN_PICTURE.sub(" ", str(told.get(k) or "")) for k in ("caption", "alt")
            )
            return "" if src in body else f'![{alt}]({src} "{caption}")'
    return ""


def _as_title(slug: str) -> str:
    words = " ".join(re.split(r"[-_\s]+", slug)).strip()
    return words[:1].upper() + words[1:]
