"""A term taken into the vocabulary of ``site.yaml``: text in, text out, all else stays as it is."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import msgspec
import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from archive_gen.config import SiteConfig, parse_config
from archive_gen.layout import SETTINGS_FILE
from archive_gen.problems import OperationError, Problem, SettingsError
from archive_gen.texts import fold_term, tidy
from archive_gen.yaml_edit import PlainDumper, line_end, line_start, set_key
from archive_gen.yaml_nodes import compose_text, is_empty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive_gen.intake.vocabulary import Vocabulary

_SETTING = "tags"
_BY_HAND = "write the tag into it by hand"


def accept(text: str, vocabulary: Vocabulary, term: str, aliases: Sequence[str]) -> str:
    """The text of a ``site.yaml`` whose vocabulary has the tag ``term`` and other words for it.

    ``vocabulary`` is what it has now. What is there already is not written again. Raises
    ``OperationError`` if a word leads to another tag, or if the file is written so that the
    tag can't be added alone.
    """
    term = tidy(term)
    tag = vocabulary.tag_of(term) or term
    if fold_term(tag) != fold_term(term):
        raise OperationError(_taken(term, tag))
    words = {fold_term(word): word for word in reversed([tidy(alias) for alias in aliases])}
    for word in words.values():
        if (other := vocabulary.tag_of(word)) not in ("", tag):
            raise OperationError(_taken(word, other))
    new = [w for key, w in reversed(words.items()) if not vocabulary.tag_of(w) and key]
    new = [word for word in new if fold_term(word) != fold_term(tag)]
    if tag in vocabulary.tags and not new:
        return text
    wanted = {**vocabulary.tags, tag: (*vocabulary.tags.get(tag, ()), *new)}
    try:
        after = _with_words(text, tag, new, known=tag in vocabulary.tags)
    except ValueError:
        after = ""
    return _checked(text, after, wanted)


def _taken(word: str, tag: str) -> Problem:
    hint = f"a word can lead to one tag only: take it out of 'tags.{tag}' first"
    return Problem(SETTINGS_FILE, 0, f"'{word}' is another word for '{tag}'", hint)


def _checked(before: str, after: str, wanted: Mapping[str, Sequence[str]]) -> str:
    """``after``, if it says what is ``wanted`` of tags and nothing else new."""
    try:
        now = parse_config(after)
    except SettingsError:
        now = None
    tags = {tag: list(words) for tag, words in wanted.items()}
    if now is None or now != msgspec.structs.replace(parse_config(before), **{_SETTING: tags}):
        message = "is written so that no tag can be added alone"
        raise OperationError(Problem(SETTINGS_FILE, 0, message, _BY_HAND))
    return after


def _with_words(text: str, tag: str, words: Sequence[str], *, known: bool) -> str:
    tags = _setting(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    if not isinstance(tags, MappingNode) or not tags.value:
        entry = textwrap.indent(_entry(tag, words), "  ").replace("\n", newline)
        return _with_first(_closed(text, newline), tags, entry, newline)
    if known:
        names = {fold_term(key.value): value for key, value in tags.value}
        return _with_aliases(text, names.get(fold_term(tag)), words, newline)
    if tags.flow_style:
        last = tags.value[-1][1].end_mark.index
        return f"{text[:last]}, {_entry(tag, words).strip()}{text[last:]}"
    key, value = tags.value[-1]
    text = _closed(text, newline)
    at = _end(text, key, value)
    indent = text[line_start(text, key) : key.start_mark.index]
    entry = textwrap.indent(_entry(tag, words), indent)
    return text[:at] + entry.replace("\n", newline) + text[at:]


def _with_first(text: str, tags: Node | None, entry: str, newline: str) -> str:
    """``text`` with the first tag of all; a comment beside ``tags:`` stays."""
    if tags is None:
        return set_key(text, _SETTING, f"{_SETTING}:{newline}{entry}", _KEYS)
    start, end = tags.start_mark.index, tags.end_mark.index
    text = text[:start].rstrip(" ") + text[end:]
    at = text.find("\n", len(text[:start].rstrip(" "))) + 1
    return text[:at] + entry + text[at:]


def _with_aliases(text: str, node: Node | None, words: Sequence[str], newline: str) -> str:
    """``text`` with more words in the list ``node``, or in one that takes its place."""
    if node is None:
        return text
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, SequenceNode) and node.value and not node.flow_style:
        text = _closed(text, newline)
        first, at = node.value[0], line_end(text, node.value[-1])
        before = text[line_start(text, first) : first.start_mark.index]
        added = "".join(f"{before}{_flow([word])[1:-1]}{newline}" for word in words)
        return text[:at] + added + text[at:]
    if isinstance(node, SequenceNode) and node.value:
        at = node.value[-1].end_mark.index
        return f"{text[:at]}, {_flow(list(words))[1:-1]}{text[at:]}"
    held = [node.value] if isinstance(node, ScalarNode) and not is_empty(node) else []
    space = "" if text[start - 1 : start].isspace() else " "
    return text[:start] + space + _flow([*held, *words]) + text[end:]


def _setting(text: str) -> Node | None:
    root: Any = compose_text(text)
    return next((value for key, value in root.value if key.value == _SETTING), None)


def _end(text: str, key: Node, value: Any) -> int:
    """Where the lines of an entry end, with the comment on its last one."""
    last = value
    while isinstance(last, SequenceNode) and last.value and not last.flow_style:
        last = last.value[-1]
    return line_end(text, last if last.end_mark.index > key.end_mark.index else key)


def _closed(text: str, newline: str) -> str:
    return text if text.endswith("\n") else text + newline


def _entry(tag: str, words: Sequence[str]) -> str:
    """``Syria: [Syrian, Damascus]`` and a line's end."""
    return f"{_flow({tag: list(words)})[1:-1]}\n"


def _flow(value: object) -> str:
    """``value`` on one line; what is quoted for it may stand anywhere."""
    written: str = yaml.dump(
        value, Dumper=PlainDumper, allow_unicode=True, width=1 << 30, default_flow_style=True
    )
    return written.rstrip("\n")


_KEYS = tuple(SiteConfig.__struct_fields__)
