"""Whether a line of an HTML page speaks with the words of its story, headline and JSON-LD."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from archive_gen.cleaning.model.columns import column, twentieths
from archive_gen.cleaning.phrases import words as phrase_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.model.columns import Columns

_SEEN = 2000
"""Characters of a line that are looked at."""
_STEM = 6
"""Letters of a word that count; those of three and less say nothing."""
_STATED = (
    "stated-share stated-cover stated-kept stated-inside stated-since stated-until stated-here"
).split()
NAMES = (
    *"story-words other-words title-words title-said phrase-share".split(),
    *_STATED,
)
"""The columns, in order."""
_FEWEST = 5
"""A line of fewer words is stated only as a whole."""


def shared_words(blocks: Sequence[Block], kept: Sequence[bool], title: str) -> Columns:
    """Twentieths of a line's words that kept lines, dropped ones, the headline have as well."""
    stems = [
        frozenset([word[:_STEM] for word in block.key[:_SEEN].split() if len(word) > 3])
        for block in blocks
    ]
    pairs = list(zip(stems, kept, strict=True))
    ours = Counter(chain.from_iterable([words for words, keep in pairs if keep]))
    others = Counter(chain.from_iterable([words for words, keep in pairs if not keep]))
    # A line's own words do not count: in its own kind, a word must stand twice.
    once, twice = frozenset(ours), _again(ours)
    other_once, other_twice = frozenset(others), _again(others)
    head = frozenset([word[:_STEM] for word in title.split() if len(word) > 3])
    phrases = phrase_words(_STEM)
    sizes = [len(words) or 1 for words in stems]
    both = [20 * len(words & head) for words in stems]
    return {
        "story-words": twentieths([len(w & (twice if keep else once)) for w, keep in pairs], sizes),
        "other-words": twentieths(
            [len(w & (other_once if keep else other_twice)) for w, keep in pairs], sizes
        ),
        "title-words": column([found // size for found, size in zip(both, sizes, strict=True)]),
        "title-said": column([found // (len(head) or 1) for found in both]),
        "phrase-share": twentieths([len(words & phrases) for words in stems], sizes),
    }


def _again(counts: Counter[str]) -> frozenset[str]:
    return frozenset([word for word, count in counts.items() if count > 1])


def stated(blocks: Sequence[Block], kept: Sequence[bool], body: str) -> Columns:
    """What of each line stands in the story that JSON-LD tells, and how far that can be trusted.

    ``body`` is folded and may be empty. It can be cut short, or be of another page: so how much
    of it the page shows, and how much of it the library kept, is said, too.
    """
    count = len(blocks)
    if not body:
        return dict.fromkeys(_STATED, b"\1" * count)
    shares = _shares(blocks, body)
    here = [share >= 50 and b.words >= 8 for share, b in zip(shares, blocks, strict=True)]
    shown = sum(block.words for block, mine in zip(blocks, here, strict=True) if mine)
    chosen = [block.words if keep else 0 for block, keep in zip(blocks, kept, strict=True)]
    agreed = sum(words for words, mine in zip(chosen, here, strict=True) if mine)
    first = here.index(True) if shown else count
    last = count - 1 - here[::-1].index(True) if shown else -1
    return {
        "stated-share": bytes([2 + share for share in shares]),
        "stated-cover": bytes([2 + min(150, 100 * shown // (body.count(" ") + 1))]) * count,
        "stated-kept": bytes([2 + 100 * agreed // (sum(chosen) or 1)]) * count,
        "stated-inside": bytes([2 if n < first else 3 if n <= last else 4 for n in range(count)]),
        "stated-since": _since(here),
        "stated-until": _since(here[::-1])[::-1],
        "stated-here": bytes([2 + mine for mine in here]),
    }


def _shares(blocks: Sequence[Block], body: str) -> list[int]:
    """Hundredths of each line's runs of three words that ``body`` has."""
    words = body.split()
    runs = frozenset(zip(words, words[1:], words[2:], strict=False))
    padded, found = f" {body} ", []
    for block in blocks:
        mine = block.key.split()
        if len(mine) < _FEWEST:
            found.append(100 * (f" {block.key} " in padded))
            continue
        own = list(zip(mine, mine[1:], mine[2:], strict=False))
        found.append(100 * sum(map(runs.__contains__, own)) // len(own))
    return found


def _since(flags: Sequence[bool]) -> bytes:
    """How far back the last flag is: 1 for here; 255 for none."""
    far, found = 1000, []
    for flag in flags:
        far = 0 if flag else far + 1
        found.append(min(255, 1 + far))
    return bytes(found)
