"""The interface's texts in the site's language: gettext catalogues, read as people write them.

``locales/xx.po`` of the shipped theme, and before it the same file in the archive's own
``templates/``, which may add a language or say a few texts in other words. Catalogues are compiled
when they are read, so there is no second file to forget.
"""

from __future__ import annotations

import codecs
import gettext
import hashlib
import io
from functools import cached_property
from typing import TYPE_CHECKING

from archive_gen.problems import OperationError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from babel.messages.catalog import Catalog

LOCALES = "locales"


ENGLISH = "en"
"""The language in which templates say their texts."""


class InterfaceTexts:
    """The texts of one site: its own catalogues before those of the theme."""

    def __init__(self, folders: Sequence[Path], language: str) -> None:
        self._language = language
        self._paths = [
            path
            for tag in _from_near_to_far(language)
            for folder in folders
            if (path := folder / LOCALES / f"{tag}.po").is_file()
        ]

    @property
    def are_missing(self) -> bool:
        """Whether nobody says them in the language of the site."""
        return not self._paths and self._language.partition("-")[0] != ENGLISH

    @cached_property
    def translations(self) -> gettext.NullTranslations:
        """What ``gettext`` and ``ngettext`` answer from; English where no catalogue has a text.

        Raises ``OperationError`` for a catalogue that is broken.
        """
        found = gettext.NullTranslations()
        for path in reversed(self._paths):
            catalogue = _compiled(path)
            catalogue.add_fallback(found)
            found = catalogue
        return found

    @cached_property
    def digest(self) -> str:
        """Of all that these texts are made from."""
        digest = hashlib.blake2b(digest_size=16)
        for path in self._paths:
            digest.update(hashlib.blake2b(path.read_bytes()).digest())
        return digest.hexdigest()


def _from_near_to_far(language: str) -> Iterator[str]:
    """``pt-BR`` → ``pt-BR``, ``pt``."""
    parts = language.split("-")
    while parts:
        yield "-".join(parts)
        parts.pop()


def _compiled(path: Path) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(path))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def read_catalogue(path: Path) -> Catalog:
    """A ``.po`` file whose texts fit their originals; raises ``OperationError`` naming the line."""
    # Only a site in another language than English waits for this import.
    from babel.messages.pofile import PoFileError, read_po

    shown, locale = f"templates/{LOCALES}/{path.name}", path.stem.replace("-", "_")
    data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    try:
        catalogue = read_po(io.BytesIO(data), locale, abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise OperationError(Problem(shown, line, f"is not a catalogue: {error}")) from None
    problems = [
        Problem(shown, message.lineno or 0, str(fault), "keep the %(names)s of the original")
        for message, faults in catalogue.check()
        for fault in faults
    ]
    if problems:
        raise OperationError(problems)
    return catalogue
