"""The contract of a kind of page.

A page depends on ``data`` (what it *shows*), on its template and on the settings that the
template reads — on nothing else. So ``data`` holds plain values, and none that the template
does not print: a count that is not shown would make the page new for nothing.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct, field

from archive_gen.catalogue.album import Album
from archive_gen.catalogue.catalogue import Catalogue
from archive_gen.catalogue.entry import Entry
from archive_gen.catalogue.order import term_key
from archive_gen.content.own_pages import OwnPages, links
from archive_gen.urls import slugify, term_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archive_gen.config import SiteConfig


def _everything(_template: str, _variable: str) -> bool:
    return True


Navigation = tuple[tuple[str, str], ...]
"""The taxonomies that every page leads to, and their titles."""


def navigation(config: SiteConfig, has_terms: Callable[[str], object]) -> Navigation:
    """Those taxonomies that have terms: nobody is led to an empty list."""
    return tuple((name, of.title) for name, of in config.taxonomies.items() if has_terms(name))


OwnLinks = tuple[tuple[str, str, str], ...]
"""The pages that are no articles, to which every page leads: title, url and language."""


class Archive(Struct, frozen=True, dict=True):
    """All that pages are planned from."""

    catalogue: Catalogue
    config: SiteConfig
    album: Album = field(default_factory=lambda: Album({}))
    shows: Callable[[str, str], bool] = _everything
    """Whether a template's pages may show a variable: what takes long to find is left out else."""
    own: OwnPages = field(default_factory=OwnPages)
    """Pages that are no articles."""
    changed: int = 0
    """How many articles came, changed or went, when it is asked what that touches."""

    @cached_property
    def navigation(self) -> Navigation:
        """The same for every page: a taxonomy's first term makes all of them new, and its last."""
        return navigation(self.config, self.catalogue.terms.slugs.get)

    @cached_property
    def own_links(self) -> OwnLinks:
        """The same for every page, too."""
        return links(self.own)

    @cached_property
    def other_names(self) -> Mapping[str, tuple[str, str]]:
        """Address of another name of a term → its taxonomy and the term.

        The first term that claims a name has it.
        """
        terms: dict[str, tuple[str, str]] = {}
        names = self.config.names
        for taxonomy, of in (*names.items(), ("tags", self.config.tags)):
            for term, others in of.items():
                for other in others:
                    url = term_url(taxonomy, slugify(term_key(other)))
                    terms.setdefault(url, (taxonomy, term))
        return terms


class Page(Struct, frozen=True):
    """A file of the site: where it goes, what makes it, what it shows."""

    url: str
    """From the site's root; see ``urls``."""
    template: str
    """Empty for a picture, which is copied."""
    data: Any
    """One of the structs of ``values``, whose fields are the template's variables, or a
    ``Picture``."""
    article: str = ""
    """The path of the article whose text the page shows, if it shows one: its template also
    gets ``article`` (an ``Article``) and ``body`` (safe HTML)."""
    compared: tuple[Entry, ...] = ()
    """Articles whose texts the page shows beside each other: its template also gets ``bodies``,
    their safe HTML in this order."""
    navigation: Navigation = ()
    own_pages: OwnLinks = ()


class PageKind(Protocol):
    """One kind of page: a module of this folder. Its pages come in groups, each with a name."""

    def names(self, archive: Archive) -> Iterable[str]:
        """The names of all groups."""
        ...

    def touched(self, entry: Entry, archive: Archive) -> Iterable[str]:
        """The groups that may look different once ``entry`` has come, changed or gone.

        ``archive`` is the new one; ``entry`` may be of the old one. A name may have no pages.
        """
        ...

    def plan(self, name: str, archive: Archive) -> Iterator[Page]:
        """The pages of a group: none if nothing is left in it."""
        ...
