"""How much each feature speaks for a headline: ``training/fit_title.py`` writes this table.

The weights are those of a softmax over the lines of a page (McFadden's conditional logit).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "any line": -1.86,
        "dense page": 0.58,
        "1 word": -2.27,
        "2 words": -1.49,
        "3 words": -0.67,
        "4 or 5 words": -0.76,
        "6 to 9 words": 0.22,
        "17 to 24 words": -0.69,
        "25 words and more": -1.80,
        "statement": -2.27,
        "question or call": -0.21,
        "colon": -0.81,
        "prompt": -0.49,
        "trail": -1.26,
        "date": -0.56,
        "credit": -1.02,
        "name": -1.20,
        "lower case": -0.70,
        "capitals": -0.49,
        "of a picture": -0.64,
        "log distance": 0.86,
        "distance": -0.45,
        "in the story": -1.90,
        "first line": 0.52,
        "alone": 1.75,
        "crowded": -0.84,
        "gap before": 0.28,
        "gap after": 0.66,
        "in a menu": -0.27,
        "credits above": -0.63,
        "credits below": 1.79,
        "before prose": 1.01,
        "before long line": 0.63,
        "after prose": -0.74,
        "shared words": 0.24,
        "topical": 2.22,
        "below a headline": -1.06,
        "copied": 0.27,
        "copied below": -0.55,
        "part of a line": 1.01,
    }
)
