"""Raw text → ``Block``s: what can be seen of each line alone, in any language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from archive_gen.cleaning.base import Block
from archive_gen.cleaning.characters import ends_sentence, is_of_word, kinds, mapped, others_in
from archive_gen.cleaning.lines.fragments import find_fragments
from archive_gen.cleaning.lines.joining import joiner, parts_of
from archive_gen.cleaning.lines.links import (
    LISTED,
    lines_of_links,
    without_link_addresses,
    without_link_numbers,
)
from archive_gen.cleaning.lines.wrapping import find_runs, find_runs_of_screen
from archive_gen.cleaning.phrases import LETTERS, find_prompt, fold, fold_lines, lowered
from archive_gen.scripts import KANA_AND_HAN, WITH_VOWELS

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACES = "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What else ``str.split`` takes for white space inside a line."""
_NUMBER = re.compile(r"\A\d[\d ]*(?=\D)")
"""Of a prompt that counts: ``12 comments``."""
_ADDRESS = re.compile(r"https?://\S{1,2000}")
"""What may stand beside a prompt: ``Unsubscribe: https://…``."""
_JOINTS = "'’.-"
"""Inside a word, they part it not."""
_HALVES = re.compile(f"[{KANA_AND_HAN}]")
_QUARTERS = re.compile(f"[{WITH_VOWELS}]")
"""Of a word, about, in scripts without spaces."""


def _part_of_word(mark: str) -> str:
    if is_of_word(mark):
        return "u" if _HALVES.match(mark) else "v" if _QUARTERS.match(mark) else "a"
    return mark if mark == "\n" else "-" if mark in _JOINTS else " "


_PARTS_OF_WORDS = kinds(_part_of_word)


def split_blocks(text: str) -> tuple[Block, ...]:
    """The lines of ``text`` that are not blank."""
    lines = _level(text)
    seen = _see(list(dict.fromkeys(lines)))  # a dump says a third of its lines more than once
    return tuple(
        [
            Block(number, number, line, *seen[line], not above, not below)
            for number, (above, line, below) in enumerate(
                zip(["", *lines], lines, [*lines[1:], ""], strict=False), 1
            )
            if line in seen
        ]
    )


def _see(lines: list[str]) -> dict[str, tuple[str, int, bool, str, bool]]:
    """Each of ``lines`` that says anything, with what is seen of it alone: key, words, ends, …"""
    # Words are counted in the case-folded text, too: it has no more nor less of them.
    letters, shapes = mapped(lowered("\n".join(lines)), LETTERS, _PARTS_OF_WORDS)
    described = zip(lines, fold_lines(letters), count_words(shapes, lines), strict=True)
    return {
        line: (key, words, ends_sentence(line), *_prompt(line, key))
        for line, key, words in described
        if has_word(line)
    }


def split_paragraphs(text: str) -> tuple[Block, ...]:
    """The blocks of a text as it came.

    Lines that were broken to a width, or where markup was, are put together, numbers and addresses
    of links left out.
    """
    named = without_link_numbers(text)
    plain = without_link_addresses(named)
    links = lines_of_links(text)
    lines = plain.split("\n")
    # A width counts what is left out.
    here = _without(text.split("\n"), links)
    is_of_screen = bool(links) or plain != named
    runs = find_runs(here) or (find_runs_of_screen(here) if is_of_screen else find_fragments(lines))
    blocks = _put_together(lines, runs) if runs else split_blocks(plain)
    if not links:
        return blocks
    return tuple([as_prompt(b, LISTED) if b.line in links else b for b in blocks])


def _without(lines: list[str], left_out: frozenset[int]) -> list[str]:
    """``lines``, of which those that are ``left_out``, counted from 1, are blank."""
    if not left_out:
        return lines
    return ["" if number in left_out else line for number, line in enumerate(lines, 1)]


def _put_together(lines: Sequence[str], runs: Sequence[range]) -> tuple[Block, ...]:
    """The blocks of ``lines``, of which each of ``runs`` is one."""
    parts = parts_of(lines, runs)
    join = joiner(lines, runs)
    blocks = split_blocks("\n".join([join(lines[start:stop]) for start, stop in parts]))
    return tuple([_standing(block, *parts[block.line - 1]) for block in blocks])


def _standing(block: Block, start: int, stop: int) -> Block:
    """``block``, as one that takes the lines from ``start`` to before ``stop``."""
    return msgspec.structs.replace(block, line=start + 1, last=stop)


def _level(text: str) -> list[str]:
    """The lines, with single spaces between words and none around them; most have no others."""
    for space in others_in(text, _SPACES):
        text = text.replace(space, " ")
    return [
        " ".join(line.split()) if "  " in line else line.strip(" ") for line in text.split("\n")
    ]


def has_word(text: str) -> bool:
    """Whether there is any letter or digit in ``text``."""
    return text[:1].isalnum() or any(map(str.isalnum, text))


def count_words(shapes: str, lines: Sequence[str]) -> list[int]:
    """How many words each of ``lines`` has; for scripts without spaces, an estimate.

    ``shapes`` shows the parts of words in all of them.
    """
    # A joint that comes after a letter does not part; all others do.
    starts = (" " + shapes.replace("\n", "\n ")).replace("--a", " a").replace(" -a", " a")
    counts = [line.count(" a") for line in starts.split("\n")]
    if "u" not in shapes and "v" not in shapes:
        return counts
    unspaced = [line.count("u") * 2 + line.count("v") for line in shapes.split("\n")]
    parts = [len(line.split()) for line in lines]
    return [
        part + quarters // 4 if quarters else count
        for count, quarters, part in zip(counts, unspaced, parts, strict=True)
    ]


def as_prompt(block: Block, kind: str) -> Block:
    """``block``, as one that is nothing but a phrase of the page."""
    return msgspec.structs.replace(block, prompt=kind, alone=True)


def _prompt(line: str, key: str) -> tuple[str, bool]:
    """The kind of furniture whose phrase a line begins with, and whether that is all of it."""
    spoken = fold(_ADDRESS.sub("", line)) if "://" in line else key
    return find_prompt(_NUMBER.sub("", spoken, count=1) if key[:1].isdigit() else spoken)
