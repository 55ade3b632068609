"""An article as the archive names what it states: one name for what is written in several ways.

``site.yaml`` says which mean the same (``names: {authors: {Leila Haddow: [L. Haddow]}}``). The
article's file stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archive_gen.texts import fold_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive_gen.article import Article


def names_of(written: Iterable[str], name_of: Mapping[str, str]) -> tuple[str, ...]:
    """What is ``written``, by the names of one key, each once."""
    return tuple(dict.fromkeys(name_of.get(fold_term(value), value) for value in written))


def as_named(article: Article, names: Mapping[str, Mapping[str, str]]) -> Article:
    """``article`` with the names of ``SiteConfig.names_by_key``, each once."""
    as_written: dict[str, tuple[str, ...]] = {}
    for key, name_of in names.items():
        written = article.values(key)
        named = names_of(written, name_of)
        if named != written:
            article = article.with_values(key, named)
            folded = set(map(fold_term, named))
            as_written[key] = tuple(value for value in written if fold_term(value) not in folded)
    return replace(article, as_written=as_written) if as_written else article
