"""One build: its phases, in the order in which they happen.

The cost follows what changed: unchanged files are not opened, untouched groups of pages not
planned, and a planned page is rendered only if what it shows, its templates or its settings are
new. ``Run.whole`` is the whole story.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import shutil
import time
from typing import TYPE_CHECKING

import msgspec

from archive_gen import __version__, search
from archive_gen.building import current, old_addresses
from archive_gen.building.fingerprints import unpack
from archive_gen.building.indexing import Indexing
from archive_gen.building.last_build import LastBuild, stated_fingerprint
from archive_gen.building.other_files import ASSETS, SEARCH_FILES, OtherFiles, search_url
from archive_gen.building.outcome import Outcome
from archive_gen.building.planning import plan_everything, plan_from_nothing, plan_touched
from archive_gen.building.present import present_album, present_catalogue, present_faults
from archive_gen.building.report import BuildReport, told_moved
from archive_gen.building.state import BuildState
from archive_gen.building.workers import Articles, RenderContext, render_groups
from archive_gen.catalogue.changes import entry_changes, moved_pages
from archive_gen.content import listing
from archive_gen.content.own_pages import read_own_pages
from archive_gen.layout import CONTENT_FOLDER, INDEX_FOLDER, STATE_FOLDER
from archive_gen.loading import changes
from archive_gen.loading.kept import Reader
from archive_gen.loading.load import LoadContext
from archive_gen.pages.base import Archive
from archive_gen.parallel import FORKED, Mapper, chunks
from archive_gen.problems import OperationError, Problem, naming
from archive_gen.urls import output_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from archive_gen.building.planning import Planned
    from archive_gen.building.publish import FolderSink
    from archive_gen.catalogue.catalogue import Catalogue
    from archive_gen.catalogue.changes import EntryChanges
    from archive_gen.config import SiteConfig
    from archive_gen.content.own_pages import OwnPages
    from archive_gen.content.stamps import Stamps
    from archive_gen.loading.changes import Changes
    from archive_gen.rendering.render import Renderer

_CHUNK = 100
# Up to this many groups of pages are rendered while the index is updated, which alone would leave a
# core idle. Not with new templates: they may fail, and then the index must stay as it was.
_FEW_GROUPS = 200
_SMALL_CHUNK = 8 if FORKED else _CHUNK
_INDEX_DAMAGED = "The search index was damaged: it was made from nothing."


class Run:
    """One run: what its phases share."""

    def __init__(
        self,
        site: Path,
        config: SiteConfig,
        mapper: Mapper,
        sink: FolderSink,
        state: BuildState,
        on_phase: Callable[[str], None],
    ) -> None:
        self.site = site
        self.config = config
        self.mapper = mapper
        self.sink = sink
        self.state = state
        self.on_phase = on_phase
        # Taken before anything is read: what is edited meanwhile is for the next build.
        self.inputs_digest = current.inputs_digest(site)
        self.report = BuildReport(config.output)
        self.kept_folder = site / STATE_FOLDER / "kept"
        self.index_folder = site / INDEX_FOLDER
        self.last = LastBuild(state, config, sink, self.index_folder)
        self.other_files = OtherFiles(sink, state)

    def _found_files(self, listed: current.Listed | None) -> Stamps:
        """The files of ``content/``."""
        if listed and listed.build == self.state.facts.number:
            return listed.stamps
        return listing.stamps_of(self.site / CONTENT_FOLDER)

    def whole(self, listed: current.Listed | None, *, strict: bool, verify: bool) -> BuildReport:
        """All phases in order; the first may have begun already."""
        before = listed.seconds if listed else 0.0
        started = time.perf_counter() - before
        self.report.seconds["scan"] = before
        found = self._changes(listed, verify=verify)
        if self._is_current(found):
            self._remember_stamps(found)
        else:
            self._rebuild(found, strict=strict)
        self.report.problems += self.state.standing_problems()
        facts = self.state.facts
        self.report.articles, self.report.pages = facts.articles, facts.pages
        self.report.drafts = self.state.drafts()
        self.report.seconds["total"] = time.perf_counter() - started
        return self.report

    def _changes(self, listed: current.Listed | None, *, verify: bool) -> Changes:
        """What is new in ``content/``. The list of all files ends here: processes that are forked
        later would each copy it."""
        context = LoadContext(self.site / CONTENT_FOLDER, self.config, self.kept_folder)
        with self._phase("scan"):
            files = self._found_files(listed)
            known = self.last.stamps(verify=verify)
            difference = changes.compare(files, known, self.last.digest)
        with self._phase("read"):
            return changes.read(context, difference, self.mapper, self._prepare)

    @functools.cached_property
    def renderer(self) -> Renderer:
        """Loading all that renders takes long, and may be done while other processes read."""
        from archive_gen.rendering.render import Renderer

        return Renderer(self.site, self.config)

    def _prepare(self) -> None:
        self.renderer.prepare()

    def close(self) -> None:
        """Remove the articles that were kept between phases, and let go of those of the last
        build."""
        shutil.rmtree(self.kept_folder, ignore_errors=True)
        self.last.entries.close()

    def _rebuild(self, found: Changes, *, strict: bool) -> None:
        with self._phase("catalogue"):
            self._begin_check()
            self.report.notes += self.last.remarks()
            before = self.last.before()
            language = self.config.language
            catalogue, order_is_new = present_catalogue(found, self.last, before, language)
            album = present_album(found, self.last)
            faults = present_faults(found, self.last)
            between = [*catalogue.collisions, *album.faults(catalogue.order.pictures)]
            between += self._own_pages.problems
            if strict and (faults or between):
                raise OperationError(sorted(faults) + between)
            changed = entry_changes(before, found.paths, catalogue)
            archive = Archive(catalogue, self.config, album, self.renderer.shows, self._own_pages)
            planned = self._planned(changed, archive)
            if self.config.base_url and before.entries:
                moves = moved_pages(changed)
                old_addresses.note(self.site / STATE_FOLDER, moves)
                self.report.notes += told_moved(moves)
        kept = Reader(self.kept_folder)
        names = self.config.names_by_key
        articles = Articles(self.site / CONTENT_FOLDER, found.places, kept, names)
        with self._phase("render"):
            rendered = self._render(planned, archive, articles)
            # While other processes render.
            self.report.changes = self._explain(changed, archive)
            # It holds once it is committed.
            self._remember_files(found)
            if order_is_new:
                self.state.set_order(catalogue.order)
            outcome = self._begin_outcome(planned)
            if not self._settings_hold or len(planned) > _FEW_GROUPS:
                outcome.take(rendered)
        with self._phase("index"):  # while other processes render, if that was not much
            self._update_index(outcome, changed, catalogue, articles)
        with self._phase("render"):
            outcome.take(rendered)
        with self._phase("publish"):
            outcome.take_files(self.other_files.stage_assets(self.renderer.assets()))
            root_files = self.renderer.theme.root_files
            outcome.take_files(self.other_files.stage_root_files(root_files, between))
            if strict and outcome.failed:
                raise OperationError(outcome.problems)
            self._publish(outcome)
        with self._phase("remember"):
            self._remember_facts(archive, between, outcome)
            self.state.commit()
            self.renderer.forget_others()
        self.report.problems += outcome.problems
        if not self._settings_hold:
            self.report.notes += self.renderer.remarks()

    # -- what is known

    @functools.cached_property
    def _settings_hold(self) -> bool:
        """Whether no template, asset or setting at all is new."""
        return self.last.settings_hold(self.renderer.settings_fingerprint)

    @functools.cached_property
    def _own_pages(self) -> OwnPages:
        """Pages that are no articles: they are few, and read whenever anything may be new."""
        return read_own_pages(self.site / CONTENT_FOLDER, self.config.folders)

    def _begin_check(self) -> None:
        """Read the whole index while this process is busy with articles."""
        _ = self.last.index_holds  # one that is found broken looks otherwise
        self._demand_whole_index = search.begin_check(self.index_folder)

    def _is_current(self, found: Changes) -> bool:
        last = self.last
        known = last.output_holds and last.entries_hold and last.index_holds
        same = self._settings_hold and last.has_own_pages(_digest(self._own_pages))
        return not (found or self.state.facts.failed) and known and same

    def _explain(self, changed: EntryChanges, archive: Archive) -> dict[str, str]:
        wider = {
            "the output folder": self.last.output_holds,
            "settings, templates or the program": self._settings_hold,
            "what every page leads to": self.last.leads_to(archive.navigation, archive.own_links),
            "content/_pages": self.last.has_own_pages(_digest(archive.own)),
            "the search index": self.last.index_holds,
        }
        found = {name: "changed" for name, holds in wider.items() if not holds}
        return found | {f"content/{path}": kind for path, kind in changed.kinds()}

    # -- render, index, publish

    def _planned(self, changed: EntryChanges, archive: Archive) -> Planned:
        if not self.last.output_holds:
            return plan_from_nothing(archive)
        links_hold = self.last.leads_to(archive.navigation, archive.own_links)
        if self._settings_hold and self.last.entries_hold and links_hold:
            return plan_touched(changed, archive, self.state)
        return plan_everything(archive, self.state)

    def _render(self, planned: Planned, archive: Archive, articles: Articles) -> Iterator[bytes]:
        """Begins to; what comes is for ``Outcome``."""
        many = len(planned) > _FEW_GROUPS
        if many:
            self.renderer.prepare()
        context = RenderContext(self.renderer, archive, self.sink.stage, articles)
        # Lists first: some take as long as a hundred articles, and at the end every process would
        # wait for the one that has them.
        lists_first = sorted(planned.items(), key=lambda item: item[0][0] == "article")
        work = chunks(lists_first, _CHUNK if many else _SMALL_CHUNK)
        return self.mapper.map(render_groups, context, work)

    def _begin_outcome(self, planned: Planned) -> Outcome:
        """Forget the pages that are planned anew: the outcome remembers what becomes of them."""
        if not self.last.output_holds:
            self.state.drop_all_pages()
            return Outcome(self.sink.files(), self.state.put_pages)
        before = [(url, group) for group, pages in planned.items() for url in unpack(pages)]
        before += [(url, ASSETS) for url in self.state.pages_of(ASSETS)]
        self.state.drop_pages(before)
        return Outcome((output_path(url) for url, _ in before), self.state.put_pages)

    def _update_index(
        self,
        outcome: Outcome,
        changed: EntryChanges,
        catalogue: Catalogue,
        articles: Articles,
    ) -> None:
        indexing = Indexing(
            self.index_folder,
            self.mapper,
            self.other_files.search_file_before,
            self.other_files.stage_search,
            articles,
            self._demand_whole_index,
        )
        # What entries of another program or of other settings had is not told: the index knows.
        with naming(self.index_folder):
            updated = indexing.update(
                changed,
                catalogue,
                index_holds=self.last.index_holds and self.last.entries_hold,
                page_holds=self.last.output_holds,
            )
        self.report.indexed, self.report.unindexed = updated.indexed, updated.unindexed
        if updated.was_damaged:
            self.report.notes.append(_INDEX_DAMAGED)
        if updated.removed is None:
            made = {file.url for file in updated.made}
            gone = self.state.pages_of(SEARCH_FILES).keys() - made
        else:
            gone = {*map(search_url, updated.removed)}
        self.state.drop_pages((url, SEARCH_FILES) for url in gone)
        outcome.gone.update(map(output_path, gone))
        outcome.take_files(updated.made)

    def _publish(self, outcome: Outcome) -> None:
        removed = sorted(outcome.gone)
        made_from = self._made_from()
        if outcome.staged or removed or not self.sink.is_made_from(made_from):
            self.state.facts.is_publishing = True
            self.state.commit()
            self.sink.publish(outcome.staged, removed, made_from)
        self.state.facts.made_from = made_from
        self.report.rendered = outcome.rendered.total()
        self.report.rendered_by_kind = dict(outcome.rendered)
        self.report.written = len(outcome.staged)
        self.report.deleted = len(removed)

    def _made_from(self) -> str:
        """A digest of all that the site is made from, equal on any machine."""
        made_by = (__version__, self.renderer.theme.digest)
        settings = msgspec.structs.replace(self.config, output="")
        return _digest((*made_by, settings, self.state.facts.content, self._own_pages))

    # -- remember

    def _remember_stamps(self, found: Changes) -> None:
        self.state.put_stamps(found.stamps)
        self._remember_inputs()
        self.state.commit()

    def _remember_inputs(self) -> None:
        """What ``current`` asks for."""
        facts = self.state.facts
        facts.inputs = self.inputs_digest
        facts.output = self.config.output
        facts.number += 1

    def _remember_files(self, found: Changes) -> None:
        if not self.last.entries_hold:
            self.state.drop_all_files()
            # Not with the other facts: publishing may fail, and then the files are remembered.
            self.state.facts.entries = self.last.entries_fingerprint
            self.state.facts.stated = stated_fingerprint(self.config)
        self.state.put_files(found.read)
        self.state.drop_files(found.deleted)
        self.state.put_stamps(found.stamps)

    def _remember_facts(
        self, archive: Archive, between: Sequence[Problem], outcome: Outcome
    ) -> None:
        """``between``: what is wrong with no file alone."""
        facts = self.state.facts
        facts.settings = self.renderer.settings_fingerprint
        facts.navigation = archive.navigation
        facts.own_links, facts.own_pages = archive.own_links, _digest(archive.own)
        facts.term_slugs = msgspec.Raw(msgspec.json.encode(archive.catalogue.terms.slugs))
        facts.between = list(between)
        facts.failed = sorted(outcome.failed)
        facts.index = search.stamp(self.index_folder)
        facts.articles = len(archive.catalogue.by_path)
        facts.pages = self.state.count_pages()
        facts.is_publishing = False
        self._remember_inputs()

    @contextlib.contextmanager
    def _phase(self, name: str) -> Iterator[None]:
        self.on_phase(name)
        started = time.perf_counter()
        yield
        before = self.report.seconds.get(name, 0)
        self.report.seconds[name] = before + time.perf_counter() - started


def _digest(value: object) -> str:
    return hashlib.blake2b(msgspec.msgpack.encode(value), digest_size=16).hexdigest()
