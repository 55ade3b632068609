"""A Markdown file with YAML front matter ↔ ``Article``. Pure: text in, text out.

Known keys are read straight from YAML's nodes. So a scalar keeps the text that a person
wrote (``1984``, ``Yes``, ``007`` and ``12:30`` are titles, not numbers), and each fault has
its line. Keys that we don't know become plain values in ``Article.extra``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from archive_gen.article import LARGEST, Article, Image
from archive_gen.dates import ArchiveDate, NoDateError, parse_date
from archive_gen.language_tags import LANGUAGE_TAG
from archive_gen.pictures import is_beside, is_document
from archive_gen.problems import Problem, no_text, unmerged
from archive_gen.texts import nearest, quoted, strip_unwanted, tidy
from archive_gen.urls import article_url_of, is_web_address, slugify
from archive_gen.yaml_edit import PlainDumper, set_key, write
from archive_gen.yaml_nodes import (
    Faults,
    check_tag,
    compose,
    is_empty,
    pairs,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

Value: TypeAlias = "str | tuple[str, ...] | tuple[Image, ...] | ArchiveDate"
"""What a known key can hold."""

_OPEN = re.compile(r"\ufeff?(?:[ \t]*\r?\n)*---[ \t]*\r?\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_SLIP = 0.8
"""How alike a key and one are of which it is a slip: `titel` is one, `subtitle` is not."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_IMAGE_KEYS = ("caption", "credit", "src", "alt")
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False, "": False}
_ORIGINAL = re.compile(r"sha256:[0-9a-f]{64}")
_DATE_HINT = (
    "write it like 2015-10-07, 2015-10-07T14:05:00Z, 2015-10, 2015 or 2015~ (approximate); "
    "leave it out if nobody knows"
)


def oversized(size: int, path: str) -> Problem | None:
    """What is wrong with an article's file of so many bytes: nothing, or that it is too large."""
    if size <= LARGEST:
        return None
    message = f"is larger than {LARGEST >> 20} MiB, which no article is"
    return Problem(path, 0, message, "divide it")


def parse_bytes(data: bytes, path: str) -> tuple[Article | None, list[Problem]]:
    """``parse`` for the bytes of a file."""
    if problem := oversized(len(data), path):
        return None, [problem]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [no_text(path, error)]
    return parse(text, path)


def parse(text: str, path: str) -> tuple[Article | None, list[Problem]]:
    """The article that ``text`` states, or every fault that keeps it from being one.

    ``path`` is what the problems name. With any fault the article is None.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = strip_unwanted(text)
    if problem := unmerged(path, text):
        return None, [problem]
    opening = _OPEN.match(text)
    if not opening:
        hint = "begin it with a line '---', a line 'title: …' and a line '---'"
        return None, [Problem(path, 1, "has no front matter", hint)]
    start = opening.end()
    line = text.count("\n", 0, start)
    closing = _CLOSE.search(text, start)
    if not closing:
        hint = "add a line '---' after the last key"
        return None, [Problem(path, line, "front matter is not closed", hint)]
    faults = Faults(path, text[start : closing.start()], line + 1)
    values = _read(faults)
    if faults.found:
        return None, sorted(faults.found, key=lambda problem: problem.line)
    return Article(body=text[closing.end() :].rstrip().lstrip("\n"), **values), []


def _read(faults: Faults) -> dict[str, Any]:
    root = compose(faults)
    if faults.found:
        return {}
    if root is not None and type(root) is not MappingNode:
        faults.add(
            root,
            "front matter is no list of keys",
            "write 'key: value' lines, with a space in each",
        )
        return {}
    values: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    has_title = False
    for key, node in pairs(root, faults) if root else ():
        has_title |= key == "title"
        reader = _READERS.get(key)
        if reader:
            values[key] = reader(key, node, faults)
        else:
            extra[key] = plain(node, faults)
    if not has_title:
        written = {key.strip().lower(): key for key in extra}
        other = written.get(nearest("title", written, _SLIP), "")
        hint = f"write 'title:', not '{other}:'" if other else "add a line 'title: …'"
        faults.add(None, "has no title", hint)
    if extra.get("published") is False:  # as Jekyll and others say it
        values["draft"] = True
    return {**values, "extra": extra}


# --- readers of known keys: (key, node, faults) → value -------------------------------------


def _text(key: str, node: Node, faults: Faults) -> str:
    if type(node) is not ScalarNode:
        kind = "a list" if type(node) is SequenceNode else "keys of its own"
        hint = f"write '{key}: …' on one line; use quotes if it holds ': ' or begins with [ or {{"
        faults.add(node, f"'{key}' must be one text, not {kind}", hint)
        return ""
    if node.tag is not None:
        check_tag(node, faults)
    return "" if is_empty(node) else tidy(node.value)


def _title(key: str, node: Node, faults: Faults) -> str:
    text = _text(key, node, faults)
    if not text and type(node) is ScalarNode:
        faults.add(node, "'title' is empty", "write the headline behind 'title:'")
    return text


def _texts(key: str, node: Node, faults: Faults) -> tuple[str, ...]:
    if type(node) is ScalarNode:
        text = _text(key, node, faults)
        return (text,) if text else ()
    if type(node) is MappingNode:
        hint = f"write '{key}: [one, two]', or one a line after '- '"
        faults.add(node, f"'{key}' must be a list of texts", hint)
        return ()
    check_tag(node, faults)
    items = [_text(key, item, faults) for item in node.value]
    return tuple(dict.fromkeys(item for item in items if item))


def _date(key: str, node: Node, faults: Faults) -> ArchiveDate | None:
    text = _text(key, node, faults)
    try:
        return parse_date(text) if text else None
    except ValueError as error:
        hint = _DATE_HINT
        if isinstance(error, NoDateError):
            from archive_gen.cleaning.dates.meant import meant_date  # only who errs waits for it

            hint = f"write {meant} if that is meant" if (meant := meant_date(text)) else hint
        faults.add(node, f"'date': {error}", hint)
        return None


def _matching(pattern: re.Pattern[str], message: str, hint: str) -> Callable[..., str]:
    """A reader of one text that must match ``pattern``."""

    def read(key: str, node: Node, faults: Faults) -> str:
        text = _text(key, node, faults)
        if text and not pattern.fullmatch(text):
            faults.add(node, f"'{key}': {quoted(text)} {message}", hint)
        return text

    return read


def _url(key: str, node: Node, faults: Faults) -> str:
    text = _text(key, node, faults)
    if text and not is_web_address(text):
        hint = "write one that begins with https:// or http://, without spaces"
        faults.add(node, f"'{key}': {quoted(text)} is not a web address", hint)
    return text


def _document(key: str, node: Node, faults: Faults) -> str:
    text = _text(key, node, faults)
    if text and not (is_beside(text) and is_document(text)):
        hint = (
            "write the path of a PDF or the like from this file; a web address goes into the text"
        )
        faults.add(node, f"'{key}': {quoted(text)} is no path of a document", hint)
        return ""
    return text


def _slug(key: str, node: Node, faults: Faults) -> str:
    text = _text(key, node, faults)
    if text and slugify(text) != text:
        hint = f"write it like {slugify(text)}"
        faults.add(node, f"'{key}': {quoted(text)} can't stand in an address", hint)
    return text


def _versions(key: str, node: Node, faults: Faults) -> tuple[str, ...]:
    paths = _texts(key, node, faults)
    for path in paths:
        parts = path.split("/")
        if not path.endswith(".md") or "\\" in path or {"", ".", ".."} & set(parts):
            hint = "write paths below content/, like 2015/10/some-story.md"
            faults.add(node, f"'{key}': {quoted(path)} is not an article's path", hint)
    return paths


def _aliases(key: str, node: Node, faults: Faults) -> tuple[str, ...]:
    addresses = {text: article_url_of(text) for text in _texts(key, node, faults)}
    for text, address in addresses.items():
        if not address:
            hint = "write it from the root of the site, like /2015/10/07/some-story/"
            faults.add(node, f"'{key}': {quoted(text)} is no address of an article here", hint)
    return tuple(dict.fromkeys(filter(None, addresses.values())))


def _truth(key: str, node: Node, faults: Faults) -> bool:
    text = _text(key, node, faults).lower()
    if text not in _TRUTHS:
        hint = "write true or false"
        faults.add(node, f"'{key}': {quoted(text)} is neither true nor false", hint)
    return _TRUTHS.get(text, False)


def _images(key: str, node: Node, faults: Faults) -> tuple[Image, ...]:
    if type(node) is ScalarNode and is_empty(node):
        return ()
    nodes = node.value if type(node) is SequenceNode else [node]
    images = [_image(key, item, faults) for item in nodes]
    return tuple(image for image in images if image != Image())


def _image(key: str, node: Node, faults: Faults) -> Image:
    if type(node) is not MappingNode:
        hint = "write '- caption: …' and below it, indented, 'credit: …' and 'src: …'"
        faults.add(node, f"'{key}' must be a list of pictures", hint)
        return Image()
    values: dict[str, str] = {}
    for name, value in pairs(node, faults):
        if name in _IMAGE_KEYS:
            values[name] = _text(name, value, faults)
        else:
            hint = "a picture has caption, credit, src and alt"
            faults.add(value, f"'{key}': unknown {quoted(name)}", hint)
    src = values.get("src", "")
    if _SCHEME.match(src) and not is_web_address(src):
        hint = "write an https:// address or a relative path"
        faults.add(node, f"'{key}': {quoted(src)} is not an address", hint)
    return Image(**values)


_READERS: dict[str, Callable[[str, Node, Faults], Any]] = {
    "title": _title,
    "date": _date,
    "source": _text,
    "summary": _text,
    "authors": _texts,
    "place": _text,
    "language": _matching(
        LANGUAGE_TAG, "is not a language tag", "write one like en, pt-BR or zh-Hant"
    ),
    "tags": _texts,
    "url": _url,
    "images": _images,
    "document": _document,
    "original": _matching(
        _ORIGINAL, "is not a checksum", "write 'sha256:' and 64 hexadecimal digits"
    ),
    "slug": _slug,
    "versions": _versions,
    "aliases": _aliases,
    "draft": _truth,
}
"""The known keys, in the order in which ``dump`` writes them."""
KNOWN_KEYS = tuple(_READERS)


# --- writing ----------------------------------------------------------------------------------


class _Dumper(PlainDumper):
    pass


def _represent_date(dumper: Any, date: ArchiveDate) -> ScalarNode:
    # With the type that YAML would guess, the date needs no quotes.
    tag = dumper.resolve(ScalarNode, date.text, (True, False))
    node: ScalarNode = dumper.represent_scalar(tag, date.text)
    return node


def _represent_float(dumper: Any, value: float) -> ScalarNode:
    # All digits: ``1e-05`` would be read as a text.
    written = format(Decimal(repr(value)), "f")
    node: ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:float", written)
    return node


def _represent_image(dumper: Any, image: Image) -> MappingNode:
    fields = {key: getattr(image, key) for key in _IMAGE_KEYS}
    stated = {key: value for key, value in fields.items() if value}
    node: MappingNode = dumper.represent_dict(stated.items())
    return node


_Dumper.add_representer(ArchiveDate, _represent_date)
_Dumper.add_representer(float, _represent_float)
_Dumper.add_representer(Image, _represent_image)


def dump(article: Article) -> str:
    """The Markdown file of ``article``: ``parse(dump(article))`` is that article again.

    That holds for values as ``parse`` gives them: texts trimmed, on one line, without controls.
    """
    known = {key: getattr(article, key) for key in _READERS}
    stated = {key: value for key, value in known.items() if value}
    extra = {key: value for key, value in article.extra.items() if key not in _READERS}
    body = f"\n{article.body}\n" if article.body else ""
    return f"---\n{_write({**stated, **extra})}---\n{body}"


def _write(values: Mapping[str, object]) -> str:
    return write(values, _Dumper)


def _without(article: Article, keys: Collection[str]) -> dict[str, Any]:
    """All that an article says but for some keys."""
    values = {
        name: getattr(article, name) for name in Article.__struct_fields__ if name not in keys
    }
    return values | {"extra": {k: value for k, value in article.extra.items() if k not in keys}}


def with_body(text: str, body: str) -> str:
    """``text`` with another body; its front matter stays byte for byte. Raises ``ValueError``."""
    opening = _OPEN.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if closing is None:
        raise ValueError("has no front matter")
    newline = "\r\n" if "\r\n" in text[: closing.end()] else "\n"
    written = f"\n\n{body}\n" if body else "\n"
    return text[: closing.end()].rstrip("\r") + written.replace("\n", newline)


def splice(text: str, changes: Mapping[str, Value | None]) -> str:
    """``text`` with only the keys in ``changes`` set, or taken out where None or empty.

    All else stays byte for byte: comments, order, quoting, body. Raises ``ValueError`` with a
    sentence for a person if ``text`` is no article or is written so that a key can't be
    changed alone (as one ``{…}``, or with an ``*alias`` to the key).
    """
    before, problems = parse(text, "")
    opening = _OPEN.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if before is None or opening is None or closing is None:
        raise ValueError(problems[0].message if problems else "is not an article")
    front = text[opening.end() : closing.start()]
    newline = "\r\n" if "\r\n" in text[: opening.end()] else "\n"
    try:
        for key, value in changes.items():
            entry = _write({key: value}).replace("\n", newline) if value else ""
            front = set_key(front, key, entry, (*_READERS, *(changes.keys() - _READERS.keys())))
    except yaml.YAMLError as error:
        raise ValueError("its front matter holds characters that can't be kept") from error
    except ValueError as error:
        raise ValueError(f"its front matter {error}") from None
    result = text[: opening.end()] + front + text[closing.start() :]
    after, _ = parse(result, "")
    if after is None or _without(after, changes) != _without(before, changes):
        raise ValueError("its front matter is written so that no key can be changed alone")
    return result
