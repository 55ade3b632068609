"""Raw text → ``Block``s: what can be seen of each line alone, in any language."""

from __future__ import annotations

import re

from archive_gen.cleaning.base import Block
from archive_gen.cleaning.characters import Kinds, mapped
from archive_gen.cleaning.phrases import find_prompt, fold_lines

# How sentences end: Latin, Greek, CJK, Arabic, Urdu, Devanagari, Ethiopic, Khmer, Burmese.
_ENDS = frozenset(".!?…;。！？；｡؟۔।॥።፧៕။")
_CLOSERS = "\"'”’»›)]）」』“* "
_NUMBER = re.compile(r"\A\d[\d ]*(?=\D)")
"""Of a prompt that counts: ``12 comments``."""
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_JOINTS = "'’.-"
"""Inside a word, they part it not."""
# Scripts that put no spaces between words: two characters count as one word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def _part_of_word(mark: str) -> str:
    if mark.isalnum():
        return "u" if _UNSPACED.match(mark) else "a"
    return mark if mark == "\n" else "-" if mark in _JOINTS else " "


_PARTS_OF_WORDS = Kinds(_part_of_word)


def split_blocks(text: str) -> tuple[Block, ...]:
    """The lines of ``text`` that are not blank."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    level = "\n".join(lines)
    described = zip(lines, fold_lines(level), count_words(level), strict=True)
    return tuple(
        [
            _block(number, line, key, words, lines)
            for number, (line, key, words) in enumerate(described)
            if line and has_word(line)
        ]
    )


def has_word(text: str) -> bool:
    """Whether there is any letter or digit in ``text``."""
    return text[:1].isalnum() or any(map(str.isalnum, text))


def count_words(text: str) -> list[int]:
    """How many words each line has; for scripts without spaces, an estimate."""
    (shapes,) = mapped(text, _PARTS_OF_WORDS)
    if "u" in shapes:
        return [_count_in_any_script(line) for line in text.split("\n")]
    # A joint that comes after a letter does not part; all others do.
    starts = (" " + shapes.replace("\n", "\n ")).replace("--a", " a").replace(" -a", " a")
    return [line.count(" a") for line in starts.split("\n")]


def _count_in_any_script(line: str) -> int:
    unspaced = len(_UNSPACED.findall(line))
    return len(_WORD.findall(line)) if not unspaced else len(line.split()) + unspaced // 2


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, closing quotes and brackets aside."""
    return not text[-1:].isalnum() and text.rstrip(_CLOSERS)[-1:] in _ENDS


def _block(number: int, line: str, key: str, words: int, lines: list[str]) -> Block:
    prompt, alone = find_prompt(_NUMBER.sub("", key, count=1) if key[:1].isdigit() else key)
    return Block(
        line=number + 1,
        text=line,
        key=key,
        words=words,
        ends=ends_sentence(line),
        gap_before=number == 0 or not lines[number - 1],
        gap_after=number + 1 == len(lines) or not lines[number + 1],
        prompt=prompt,
        alone=alone,
    )
