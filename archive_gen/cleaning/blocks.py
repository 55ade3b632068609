"""Raw text → ``Block``s: what can be seen of each line alone, in any language."""

from __future__ import annotations

import re

from archive_gen.cleaning.base import Block
from archive_gen.cleaning.phrases import find_prompt, fold_lines

# How sentences end: Latin, Greek, CJK, Arabic, Urdu, Devanagari, Ethiopic, Khmer, Burmese.
_ENDS = frozenset(".!?…;。！？；｡؟۔।॥።፧៕။")
_CLOSERS = "\"'”’»›)]）」』“* "
_NUMBER = re.compile(r"\A\d[\d ]*(?=\D)")
"""Of a prompt that counts: ``12 comments``."""
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_JOINT = re.compile(r"['.\-](?<=[A-Za-z0-9].)(?=[A-Za-z0-9])")
# Scripts that put no spaces between words: two characters count as one word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def split_blocks(text: str) -> tuple[Block, ...]:
    """The lines of ``text`` that are not blank."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    keys = fold_lines(text)
    return tuple(
        [
            _block(number, line, key, lines)
            for number, (line, key) in enumerate(zip(lines, keys, strict=True))
            if line and has_word(line)
        ]
    )


def has_word(text: str) -> bool:
    """Whether there is any letter or digit in ``text``."""
    return text[:1].isalnum() or any(map(str.isalnum, text))


def count_words(text: str) -> int:
    """How many words; for scripts without spaces, an estimate."""
    unspaced = len(_UNSPACED.findall(text)) if not text.isascii() else 0
    return len(_WORD.findall(text)) if not unspaced else len(text.split()) + unspaced // 2


def _count_ascii(text: str, key: str) -> int:
    """The same as ``count_words``, from what folding found already."""
    if "_" in key:
        return count_words(text)
    return key.count(" ") + 1 - len(_JOINT.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, closing quotes and brackets aside."""
    return not text[-1:].isalnum() and text.rstrip(_CLOSERS)[-1:] in _ENDS


def _block(number: int, line: str, key: str, lines: list[str]) -> Block:
    prompt, alone = find_prompt(_NUMBER.sub("", key, count=1) if key[:1].isdigit() else key)
    return Block(
        line=number + 1,
        text=line,
        key=key,
        words=_count_ascii(line, key) if line.isascii() else count_words(line),
        ends=ends_sentence(line),
        gap_before=number == 0 or not lines[number - 1],
        gap_after=number + 1 == len(lines) or not lines[number + 1],
        prompt=prompt,
        alone=alone,
    )
