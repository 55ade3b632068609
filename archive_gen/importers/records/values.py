"""One value of a record, however it is written → a text, a line, names, an address, pictures."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from archive_gen.article import Image
from archive_gen.importers.records.rich_text import as_html
from archive_gen.importers.web_pages.web_copies import original_address
from archive_gen.texts import encodable, strip_unwanted
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIST = re.compile(r"(?<!\s)\s*[;,|]\s*(?:(?:and|und|et) )?")
_LISTED = re.compile(r"\s*\[([^\[\]]*)\]\s*")
_QUOTED = re.compile(r""" "([^"]*)"|'([^']*)' """.strip())
"""A list as programs write it into a table: ``['Ada Lund', "Bo O'Hara"]``."""
_ARRAY = re.compile(r"\s*\{([^{}:]*)\}\s*")
_ELEMENT = re.compile(r'"((?:[^"\\]|\\.)*+)"|([^,"]++)')
"""The same as PostgreSQL does: ``{ferry,"old harbour"}``."""
_ESCAPE = re.compile(r"\\(.)")
_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|big|br|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|ol|p|q|s"
    r"|script|small|span|strike|strong|style|sub|sup|svg|time|tt|u|ul|wbr)(?:[\s/][^<>]{0,200})?>",
    re.IGNORECASE,
)
"""A headline's markup; what else stands in such brackets, as a ticker does, is said."""
_INNER_TEXTS = ("rendered", "processed", "value", "data")
"""Where an object has its text: in WordPress, Drupal, ninjs, Plone."""
_INNER_NAMES = tuple(
    "value display_name name headline rendered basic main original title text".split()
)
"""Where an object has what it is called, or what is said with it."""
_NAMES_OF_PERSON = (
    ("first_name", "firstName", "firstname", "givenName"),
    ("last_name", "lastName", "lastname", "surname", "familyName"),
)
_DEEPEST = 8
"""Such objects and lists in one another."""
_BY = re.compile(r"(?:by|par|por|door|(?-i:Von(?=\s+[^\W\d_a-z]\S*\s+\S)))\s+(?=\S)", re.IGNORECASE)
"""A name may begin with *Von*, too, but seldom one of three words."""


def text_of(value: Any) -> str:
    """A text, a list of its paragraphs, one in an object (``{"rendered": …}``), or rich text."""
    if isinstance(value, str):
        return as_html(value) or value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    objects = value if isinstance(value, list) else [value]
    wrapped = (one.get(key) for one in objects if isinstance(one, dict) for key in _INNER_TEXTS)
    text = max((one for one in wrapped if isinstance(one, str)), key=len, default="")
    return as_html(value) or text


def line_of(value: Any) -> str:
    """A string as one line; of an object, its name."""
    for _ in range(_DEEPEST if isinstance(value, (dict, list, tuple)) else 0):
        if isinstance(value, dict):
            value = _called(value)
        elif isinstance(value, (list, tuple)) and value:
            value = value[0]
    text = value if isinstance(value, str) else ""
    # Twice: what a feed escapes, a record that was made from it may have escaped again.
    text = html.unescape(_TAG.sub(" ", html.unescape(text)))
    return " ".join(encodable(text).split())


def _called(value: Mapping[str, Any]) -> Any:
    """What an object is called; a person may have two names."""
    parts = (next((value[key] for key in keys if value.get(key)), "") for keys in _NAMES_OF_PERSON)
    whole = " ".join(part for part in parts if isinstance(part, str) and part)
    return next((value[key] for key in _INNER_NAMES if value.get(key)), whole)


def names_of(value: Any) -> tuple[str, ...]:
    """A list of names, however it is written."""
    if isinstance(value, dict) and "original" in value:
        value = line_of(value)  # a byline as it was printed
    if isinstance(value, str) and (listed := _LISTED.fullmatch(value)):
        parts = [line_of(double or single) for double, single in _QUOTED.findall(listed[1])]
    elif isinstance(value, str) and (array := _ARRAY.fullmatch(value)):
        elements = _ELEMENT.findall(array[1])
        parts = [line_of(_ESCAPE.sub(r"\1", quoted) or bare) for quoted, bare in elements]
    elif isinstance(value, str):
        parts = _LIST.split(_BY.sub("", line_of(value), count=1))
    elif isinstance(value, (list, tuple)):
        parts = [line_of(item) for item in value]
    else:
        parts = [line_of(value)]
    return tuple(dict.fromkeys(part for part in parts if part))


def authors_of(value: Any) -> tuple[str, ...]:
    """Names of people; ``Lund, Ada`` is one of them, ``Lund, Ada; Berg, Bo`` are two.

    The number that somebody has in a database is no name.
    """
    if isinstance(value, str) and ";" in value:
        value = ";".join(map(_forwards, value.split(";")))
    names = tuple(_BY.sub("", name, count=1) for name in names_of(value) if not name.isdigit())
    is_turned = isinstance(value, str) and not value.lstrip().startswith(("[", "{"))
    if is_turned and len(names) == 2 and not any(" " in name for name in names):
        return (f"{names[1]} {names[0]}",)
    return names


def _forwards(name: str) -> str:
    """``Lund, Ada`` as it is spoken."""
    last, comma, first = (part.strip() for part in name.partition(","))
    return f"{first} {last}" if comma and first and " " not in last else name


def address_of(value: Any) -> str:
    """An address on the web, of a copy that of its page; empty for anything else."""
    text = strip_unwanted(value).strip() if isinstance(value, str) else ""
    return original_address(text) if is_web_address(text) else ""


def images_of(value: Any) -> tuple[Image, ...]:
    """Pictures of which a caption or credit is told."""
    items = value if isinstance(value, (list, tuple)) else [value]
    images = (_image(item) for item in items if isinstance(item, dict))
    return tuple(dict.fromkeys(image for image in images if image.caption or image.credit))


def _image(item: Mapping[str, Any]) -> Image:
    return Image(
        line_of(item.get("caption") or item.get("description")),
        line_of(item.get("credit") or item.get("creditText") or _photographers(item)),
        address_of(item.get("url") or item.get("contentUrl") or item.get("src")),
    )


def _photographers(item: Mapping[str, Any]) -> Any:
    """As ANS names them."""
    credits_ = item.get("credits")
    return credits_.get("by") if isinstance(credits_, dict) else None
