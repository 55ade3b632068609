"""Tags of languages (BCP 47), as articles, settings and pages name them: ``en``, ``pt-BR``."""

from __future__ import annotations

import re

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def is_language_tag(text: str) -> bool:
    """Whether ``text`` has the form of a language tag."""
    return bool(LANGUAGE_TAG.fullmatch(text))


def written_tag(tag: str) -> str:
    """``tag`` with the usual capitals: ``zh-hant-tw`` → ``zh-Hant-TW`` (RFC 5646, 2.1.1)."""
    first, *others = tag.split("-")
    written = [first.lower()]
    for part in others:
        kept = {2: part.upper(), 4: part.title()}.get(len(part), part.lower())
        written.append(part.lower() if len(written[-1]) == 1 else kept)
    return "-".join(written)
