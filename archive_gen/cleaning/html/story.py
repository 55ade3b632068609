"""Which lines of an HTML page are the story: boosted trees over what is seen of each.

The extraction library's word is one of the things asked about, so the trees do nothing but mend
it. They are in ``weights.msgpack``, which ``training/fit_html.py`` fits; ``model`` runs them.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from archive_gen.cleaning.beside import find_galleries
from archive_gen.cleaning.html.features import line_features
from archive_gen.cleaning.model.trees import judge, load_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.html.features import Told
    from archive_gen.cleaning.html.lines import Spot

_SURE = 0.38
"""A line of this chance is story whatever the others of its page are."""
_RECALL = 1.2
"""How much more recall counts than precision."""


def story_chances(
    blocks: Sequence[Block], spots: Sequence[Spot], kept: Sequence[bool], told: Told
) -> list[float]:
    """How likely each line is of the story, 0–1; the lines of galleries are none, and the others
    are judged as if there were none."""
    slides = frozenset(find_galleries(blocks))
    mine = [index for index in range(len(blocks)) if index not in slides]
    chances = [0.0] * len(blocks)
    if mine:
        features = line_features(
            [blocks[i] for i in mine], [spots[i] for i in mine], [kept[i] for i in mine], told
        )
        judged = judge(load_weights(__package__), features)
        for index, chance in zip(mine, judged, strict=True):
            chances[index] = chance
    return chances


def least_chance(chances: Sequence[float], words: Sequence[int]) -> float:
    """The chance from which lines are kept: what does the page's expected F-measure most good.

    As in ``expected``, but that recall counts more here.
    """
    ranked = sorted(zip(chances, words, strict=True), reverse=True)
    found = list(accumulate(chance * count for chance, count in ranked))
    taken = accumulate(count for _, count in ranked)
    wanted = _RECALL**2 * found[-1] if found else 0.0
    scored = [
        (hits / (size + wanted), least)
        for hits, size, (least, _) in zip(found, taken, ranked, strict=True)
        if size + wanted > 0
    ]
    best = max(scored, key=lambda item: item[0], default=(0.0, _SURE))
    return min(_SURE, best[1])
