"""A term taken into ``site.yaml`` with other words for it; all else in the file stays as it is."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import msgspec
import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from archive_gen.config import SiteConfig, load_config, parse_config
from archive_gen.content import disk
from archive_gen.intake.terms.vocabulary import vocabulary_of
from archive_gen.layout import SETTINGS_FILE
from archive_gen.locks import exclusive
from archive_gen.problems import OperationError, Problem, SettingsError
from archive_gen.texts import fold_term, tidy
from archive_gen.yaml_edit import PlainDumper, line_end, line_start, set_key
from archive_gen.yaml_nodes import compose_text, is_empty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from archive_gen.intake.terms.vocabulary import Vocabulary

TAGS = ("tags",)
"""Where the vocabulary stands in the settings."""
_BY_HAND = "write it by hand"
_BUSY = Problem(SETTINGS_FILE, 0, "another command is changing it", "wait for its end")


def accept_into_settings(
    site: Path, where: tuple[str, ...], term: str, aliases: Sequence[str]
) -> tuple[str, bool]:
    """``accept`` in the ``site.yaml`` of an archive. Returns the term as it is written there, and
    whether anything is new."""
    with exclusive(site, "settings", _BUSY):
        # Through a symbolic link, the file itself.
        path = (site / SETTINGS_FILE).resolve()
        setting, *rest = where
        terms = getattr(load_config(site), setting)
        vocabulary = vocabulary_of(terms.get(rest[0], {}) if rest else terms)
        before = path.read_bytes().decode("utf-8")
        after = accept(before, vocabulary, term, aliases, where)
        if after != before:
            disk.write(path.parent, path.name, after.encode("utf-8"))
    return vocabulary.tag_of(term) or tidy(term), after != before


def accept(
    text: str,
    vocabulary: Vocabulary,
    term: str,
    aliases: Sequence[str],
    where: tuple[str, ...] = TAGS,
) -> str:
    """The text of a ``site.yaml`` that has ``term`` and other words for it at ``where``.

    ``vocabulary`` is what stands there now. What is there already is not written again. Raises
    ``OperationError`` if a word leads to another term, or if the file is written so that the
    term can't be added alone.
    """
    term = tidy(term)
    known = vocabulary.tag_of(term) or term
    if fold_term(known) != fold_term(term):
        raise OperationError(_taken(term, known, where))
    words = {fold_term(word): word for word in reversed([tidy(alias) for alias in aliases])}
    for word in words.values():
        if (other := vocabulary.tag_of(word)) not in ("", known):
            raise OperationError(_taken(word, other, where))
    new = [w for key, w in reversed(words.items()) if not vocabulary.tag_of(w) and key]
    new = [word for word in new if fold_term(word) != fold_term(known)]
    if known in vocabulary.tags and not new:
        return text
    wanted = {**vocabulary.tags, known: (*vocabulary.tags.get(known, ()), *new)}
    try:
        after = _with_words(text, where, known, new)
    except ValueError:
        after = ""
    return _checked(text, after, where, wanted)


def _taken(word: str, term: str, where: tuple[str, ...]) -> Problem:
    group = ".".join((*where, term))
    hint = f"a word can lead to one of them only: take it out of '{group}' first"
    return Problem(SETTINGS_FILE, 0, f"'{word}' is another word for '{term}'", hint)


def _checked(
    before: str, after: str, where: tuple[str, ...], wanted: Mapping[str, Sequence[str]]
) -> str:
    """``after``, if it says what is ``wanted`` at ``where`` and nothing else new."""
    try:
        now = parse_config(after)
    except SettingsError:
        now = None
    was = parse_config(before)
    setting, *rest = where
    terms: object = {term: list(words) for term, words in wanted.items()}
    if rest:
        terms = {**getattr(was, setting), rest[0]: terms}
    if now is None or now != msgspec.structs.replace(was, **{setting: terms}):
        message = "is written so that nothing can be added to it alone"
        raise OperationError(Problem(SETTINGS_FILE, 0, message, _BY_HAND))
    return after


def _with_words(text: str, where: tuple[str, ...], term: str, words: Sequence[str]) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    reached, node = _reached(text, where)
    missing = where[reached:]
    if not reached:
        entry = textwrap.indent(_entry((*missing[1:], term), words), "  ")
        return _with_first(
            _closed(text, newline), where[0], node, entry.replace("\n", newline), newline
        )
    entries = {fold_term(key.value): value for key, value in node.value}
    there = entries.get(fold_term((*missing, term)[0]))
    if there and missing:  # a group without a term
        raise ValueError
    if there:
        return _with_aliases(text, there, words, newline)
    if node.flow_style:
        last = node.value[-1][1].end_mark.index
        return f"{text[:last]}, {_flow(_nested((*missing, term), words))[1:-1]}{text[last:]}"
    key, value = node.value[-1]
    text = _closed(text, newline)
    at = _end(text, key, value)
    indent = text[line_start(text, key) : key.start_mark.index]
    entry = textwrap.indent(_entry((*missing, term), words), indent)
    return text[:at] + entry.replace("\n", newline) + text[at:]


def _with_first(text: str, setting: str, node: Node | None, entry: str, newline: str) -> str:
    """``text`` with the first entry of a setting; a comment beside its key stays."""
    if node is None:
        return set_key(text, setting, f"{setting}:{newline}{entry}", _KEYS)
    start, end = node.start_mark.index, node.end_mark.index
    head = text[:start].rstrip(" ")
    text = head + text[end:]
    at = text.find("\n", len(head)) + 1
    return text[:at] + entry + text[at:]


def _with_aliases(text: str, node: Node, words: Sequence[str], newline: str) -> str:
    """``text`` with more words in the list ``node``, or in one that takes its place."""
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


def _reached(text: str, where: tuple[str, ...]) -> tuple[int, Any]:
    """How many of the keys ``where`` lead to entries, and the node of the last of these.

    If none does, the node of the first key, which is empty then or None.
    """
    node: Any = compose_text(text)
    reached = 0
    for key in where:
        inner: Any = next((value for name, value in node.value if name.value == key), None)
        if not (isinstance(inner, MappingNode) and inner.value):
            return reached, node if reached else inner
        reached, node = reached + 1, inner
    return reached, node


def _end(text: str, key: Node, value: Any) -> int:
    """Where the lines of an entry end, with the comment on its last one."""
    last = value
    while isinstance(last, CollectionNode) and last.value and not last.flow_style:
        last = last.value[-1]
        if isinstance(last, tuple):
            key, last = last
    return line_end(text, last if last.end_mark.index > key.end_mark.index else key)


def _closed(text: str, newline: str) -> str:
    return text if text.endswith("\n") else text + newline


def _entry(path: tuple[str, ...], words: Sequence[str]) -> str:
    """``Syria: [Syrian, Damascus]`` and a line's end, below the lines of the keys before it."""
    *above, term = path
    lines = [f"{'  ' * depth}{_flow([key])[1:-1]}:" for depth, key in enumerate(above)]
    lines.append("  " * len(above) + _flow({term: list(words)})[1:-1])
    return "\n".join(lines) + "\n"


def _nested(path: tuple[str, ...], words: Sequence[str]) -> dict[str, Any]:
    first, *rest = path
    return {first: _nested(tuple(rest), words) if rest else list(words)}


def _flow(value: object) -> str:
    """``value`` on one line; what is quoted for it may stand anywhere."""
    written: str = yaml.dump(
        value, Dumper=PlainDumper, allow_unicode=True, width=1 << 30, default_flow_style=True
    )
    return written.rstrip("\n")


_KEYS = tuple(SiteConfig.__struct_fields__)
