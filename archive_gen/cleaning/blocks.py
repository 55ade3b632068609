"""Raw text → ``Block``s: what can be seen of each line alone, in any language."""

from __future__ import annotations

import re

from archive_gen.cleaning.base import Block
from archive_gen.cleaning.phrases import find_prompt, fold

# How sentences end: Latin, Greek, CJK, Arabic, Urdu, Devanagari, Ethiopic, Khmer, Burmese.
_ENDS = frozenset(".!?…;。！？；｡؟۔।॥።፧៕။")
_CLOSERS = "\"'”’»›)]）」』“*"
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
# Scripts that put no spaces between words: two characters count as one word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def split_blocks(text: str) -> tuple[Block, ...]:
    """The lines of ``text`` that are not blank."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return tuple(_block(number, line, lines) for number, line in enumerate(lines) if has_word(line))


def has_word(text: str) -> bool:
    """Whether there is any letter or digit in ``text``."""
    return any(map(str.isalnum, text))


def count_words(text: str) -> int:
    """How many words; for scripts without spaces, an estimate."""
    unspaced = len(_UNSPACED.findall(text)) if not text.isascii() else 0
    return len(_WORD.findall(text)) if not unspaced else len(text.split()) + unspaced // 2


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, closing quotes and brackets aside."""
    bare = text.rstrip(_CLOSERS + " ")
    return bare[-1:] in _ENDS


def _block(number: int, line: str, lines: list[str]) -> Block:
    key = fold(line)
    prompt, alone = find_prompt(key)
    return Block(
        line=number + 1,
        text=line,
        key=key,
        words=count_words(line),
        ends=ends_sentence(line),
        gap_before=number == 0 or not lines[number - 1],
        gap_after=number + 1 == len(lines) or not lines[number + 1],
        prompt=prompt,
        alone=alone,
    )
