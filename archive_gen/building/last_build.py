"""What the last build left, as far as it still holds for the next one."""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING

import msgspec

from archive_gen import search
from archive_gen.building.publish import FolderSink
from archive_gen.catalogue.addresses import settle_urls
from archive_gen.catalogue.changes import Before
from archive_gen.content import stamps
from archive_gen.loading.load import keys_read, settings_read
from archive_gen.program import program_version

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    from archive_gen.building.state import BuildState
    from archive_gen.catalogue.order import Order
    from archive_gen.config import SiteConfig
    from archive_gen.content.stamps import Stamps
    from archive_gen.pages.base import Navigation, OwnLinks
    from archive_gen.pictures import Picture
    from archive_gen.problems import Problem


def entries_fingerprint(config: SiteConfig) -> str:
    """Of all that entries depend on besides their files."""
    return _fingerprint(settings_read(config))


def stated_fingerprint(config: SiteConfig) -> str:
    """Of all on which it depends what is known of what files state; see ``ContentFile.stated``."""
    return _fingerprint(keys_read(config))


def _fingerprint(settings: object) -> str:
    read = msgspec.msgpack.encode((program_version(), settings))
    return hashlib.blake2b(read, digest_size=16).hexdigest()


class LastBuild:
    """Where its entries do not hold, there is nothing that it knows of articles."""

    def __init__(
        self, state: BuildState, config: SiteConfig, sink: FolderSink, index_folder: Path
    ) -> None:
        self._state = state
        self._facts = state.facts
        self._config = config
        self._sink = sink
        self._index_folder = index_folder
        self.entries = state.entries()
        """Path → entry; as good as none unless ``entries_hold``."""
        # After a build that was cut short, or when the site or the state was deleted, nothing
        # is known of the output.
        self._finished = bool(self._facts.settings) and not self._facts.is_publishing
        self.output_holds = self._finished and sink.is_made_from(self._facts.made_from)
        """Whether the published pages are those that the state remembers."""

    def remarks(self) -> list[str]:
        """What became of its site, where the owner may not have meant it."""
        before, now = self._facts.output, self._config.output
        if before == now and self._finished and self._sink.is_whole() and not self.output_holds:
            return [
                f"The site in {now}/ was not the one of the last build: all of it was made anew."
            ]
        # Many disks take Public for public.
        renamed = bool(before) and before.casefold() != now.casefold()
        if renamed and FolderSink(self._sink.folder.with_name(before)).is_whole():
            return [f"The site was in {before}/: delete that folder, which no build looks at now."]
        return []

    @functools.cached_property
    def entries_hold(self) -> bool:
        """Whether reading an unchanged file would give the entry that the state has."""
        return self._facts.entries == self.entries_fingerprint

    @functools.cached_property
    def entries_fingerprint(self) -> str:
        """See the function."""
        return entries_fingerprint(self._config)

    @functools.cached_property
    def index_holds(self) -> bool:
        """Whether the search index is the one that it left."""
        stamp = search.stamp(self._index_folder)
        return bool(stamp) and stamp == self._facts.index

    def settings_hold(self, fingerprint: str) -> bool:
        """Whether no template, asset or setting at all is new; see ``Renderer``."""
        return self._facts.settings == fingerprint

    def leads_to(self, navigation: Navigation, own_links: OwnLinks) -> bool:
        """Whether its pages lead to these lists and these pages."""
        return (self._facts.navigation, self._facts.own_links) == (navigation, own_links)

    def has_own_pages(self, digest: str) -> bool:
        """Whether its pages that are no articles are these."""
        return self._facts.own_pages == digest

    def stamps(self, *, verify: bool) -> Stamps:
        """What files were like; with ``verify`` none is taken for unchanged."""
        known = self._state.stamps() if self.entries_hold else {}
        return stamps.distrusted(known) if verify else known

    def digest(self, path: str) -> str:
        """Of bytes that give the entry that is known; empty if there is none."""
        return self._state.digest(path) if self.entries_hold else ""

    @functools.cached_property
    def order(self) -> Order:
        """The order of its articles, which ``Order.apply`` brings up to date."""
        return self._state.order()

    def before(self) -> Before:
        """The articles that it published. To be asked before ``order`` changes."""
        if not self.entries_hold:
            return Before({}, {}, {})
        elsewhere, _ = settle_urls(self.order.paths, self.order.claims)
        slugs = msgspec.json.decode(self._facts.term_slugs)
        return Before(self.entries, elsewhere, slugs)

    def pictures(self) -> Mapping[str, Picture | None]:
        """Path → picture, None for a file that is none."""
        return self._state.pictures() if self.entries_hold else {}

    def faults(self, changed: Container[str]) -> list[Problem]:
        """What is wrong with files that are not among those ``changed``."""
        return self._state.faults(changed) if self.entries_hold else []
