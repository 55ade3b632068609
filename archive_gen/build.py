"""``archive build``: content files → a published site and an index that knows it.

The cost follows what changed: unchanged files are not opened, untouched groups of pages not
planned, and a planned page is rendered only if what it shows, its templates or its settings are
new. ``_Build.run`` is the whole story.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import filelock
import msgspec

from archive_gen import changes, search
from archive_gen.catalogue import Catalogue
from archive_gen.load import ContentFile, LoadContext
from archive_gen.pages import KINDS, Group, all_groups, touched_groups
from archive_gen.pages.base import Archive
from archive_gen.parallel import Mapper, chunks
from archive_gen.problems import OperationError, Problem
from archive_gen.program import program_version
from archive_gen.render import Renderer
from archive_gen.state import BuildState
from archive_gen.urls import output_path
from archive_gen.workers import Fingerprints, Made, RenderContext, read_documents, render_groups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from archive_gen.catalogue import Entry
    from archive_gen.changes import Changes, EntryChange
    from archive_gen.config import SiteConfig
    from archive_gen.publish import FolderSink
    from archive_gen.search.base import SearchDocument, SearchIndex
    from archive_gen.search.page_update import PageUpdate
    from archive_gen.search.whoosh_index import WhooshIndex

STATE_FOLDER = ".archive"
_ASSETS: Group = ("asset", "")
_SEARCH_FILES: Group = ("search", "")
_CHUNK = 100


@dataclass(slots=True)
class BuildReport:
    """What a build did. ``docs/building.md`` describes the fields."""

    articles: int = 0
    pages: int = 0
    rendered: int = 0
    written: int = 0
    deleted: int = 0
    indexed: int = 0
    unindexed: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    changes: dict[str, str] = field(default_factory=dict)
    """What the build took notice of → ``new``, ``changed``, ``deleted`` or ``moved``."""
    rendered_by_kind: dict[str, int] = field(default_factory=dict)


def build(
    site: Path,
    config: SiteConfig,
    *,
    mapper: Mapper,
    sink: FolderSink,
    strict: bool = False,
    on_phase: Callable[[str], None] = lambda _phase: None,
) -> BuildReport:
    """Bring the published site and the search index up to date with ``content/``.

    Faults of single articles are in the report. Raises ``ArchiveError`` when nothing could be
    published: another build is running, a template fails, the output folder is not ours, or,
    when ``strict``, any article has a fault; the old site then stands as it was.
    """
    folder = site / STATE_FOLDER
    folder.mkdir(exist_ok=True)
    with _exclusive(folder), contextlib.closing(BuildState(folder)) as state:
        sink.prepare()
        return _Build(site, config, mapper, sink, state, on_phase).run(strict=strict)


class _Build:
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
        self.renderer = Renderer(site, config)
        self.report = BuildReport()
        self.index_folder = site / search.INDEX_FOLDER
        # After a build that was cut short, or when the site was deleted, nothing that the
        # state says of the output holds.
        self.output_known = not state.fact("publishing") and sink.is_whole()

    def run(self, *, strict: bool) -> BuildReport:
        """All phases in order."""
        started = time.perf_counter()
        context = LoadContext(self.site / "content", self.config)
        with self._phase("scan"):
            stamps = self.state.stamps() if self._entries_hold else {}
            candidates, deleted = changes.compare(context.content, stamps)
        with self._phase("read"):
            found = changes.read(context, candidates, deleted, self.mapper)
        if self._is_current(found):
            self._remember_stamps(found)
        else:
            self._rebuild(found, strict=strict)
        self.report.problems += self._standing_problems()
        self.report.articles, self.report.pages = self.state.counts()
        self.report.seconds["total"] = time.perf_counter() - started
        return self.report

    def _rebuild(self, found: Changes, *, strict: bool) -> None:
        with self._phase("catalogue"):
            old = self.state.files() if self._entries_hold else {}
            files = _patched(old, found)
            catalogue = Catalogue(file.entry for file in files.values() if file.entry)
            faults = [problem for file in files.values() for problem in file.problems]
            if strict and (faults or catalogue.collisions):
                raise OperationError(sorted(faults) + list(catalogue.collisions))
            changed = changes.entry_changes(self._before(old), found, catalogue)
            archive = Archive(catalogue, self.config)
            self.report.changes = self._explain(changed)
            planned = self._groups_to_plan(changed, archive)
        with self._phase("render"):
            made = self._render(planned, archive)
        with self._phase("index"):
            made += self._update_index(changed, catalogue)
        with self._phase("publish"):
            made += self._stage_assets()
            self._publish(made, planned)
        with self._phase("remember"):
            self._remember_files(found, files, catalogue)
            self._remember_pages(made, planned)
            self._remember_facts(catalogue)
            self.renderer.forget_others()
        self.report.problems += [page.problem for page in made if page.problem]

    # -- what is known

    @functools.cached_property
    def _entries_hold(self) -> bool:
        """Whether reading an unchanged file would give the entry that the state has."""
        return self.state.fact("entries") == self._entries_fingerprint

    @functools.cached_property
    def _entries_fingerprint(self) -> str:
        keys = {name: taxonomy.key for name, taxonomy in self.config.taxonomies.items()}
        return _digest((program_version(), keys, self.config.language))

    @functools.cached_property
    def _settings_hold(self) -> bool:
        """Whether no template, asset or setting at all is new."""
        return self.state.fact("settings") == self.renderer.settings_fingerprint

    @functools.cached_property
    def _index_holds(self) -> bool:
        """Whether the index is the one that the last build left."""
        stamp = search.stamp(self.index_folder)
        return bool(stamp) and stamp == self.state.fact("index")

    def _is_current(self, found: Changes) -> bool:
        known = self.output_known and self._entries_hold and self._index_holds
        return not found and known and self._settings_hold

    def _before(self, old: Mapping[str, ContentFile]) -> changes.Before:
        return changes.Before(
            entries={path: file.entry for path, file in old.items() if file.entry},
            urls=self.state.urls() if self._entries_hold else {},
            term_slugs=msgspec.json.decode(self.state.fact("term_slugs") or "{}"),
        )

    def _explain(self, changed: Sequence[EntryChange]) -> dict[str, str]:
        wider = {
            "the output folder": self.output_known,
            "settings, templates or the program": self._settings_hold,
            "the search index": self._index_holds,
        }
        found = {name: "changed" for name, holds in wider.items() if not holds}
        return found | {f"content/{change.path}": change.kind for change in changed}

    # -- render, index, publish

    def _groups_to_plan(
        self, changed: Sequence[EntryChange], archive: Archive
    ) -> dict[Group, Fingerprints]:
        """The groups that may be new, with the pages that each had."""
        if not self.output_known:
            return {group: {} for group in all_groups(archive)}
        if not (self._settings_hold and self._entries_hold):
            had = self.state.all_pages()
            groups = dict.fromkeys(itertools.chain(all_groups(archive), had))
            return {group: had.get(group, {}) for group in groups if group[0] in KINDS}
        entries = [entry for change in changed for entry in (change.old, change.new) if entry]
        touched = sorted(touched_groups(entries, archive))
        return {group: self.state.pages_of(group) for group in touched}

    def _render(self, planned: Mapping[Group, Fingerprints], archive: Archive) -> list[Made]:
        context = RenderContext(self.site, archive, self.sink)
        results = self.mapper.map(render_groups, context, chunks(planned.items(), _CHUNK))
        return list(itertools.chain.from_iterable(results))

    def _update_index(self, changed: Sequence[EntryChange], catalogue: Catalogue) -> list[Made]:
        from archive_gen.search import browser

        holds = self._index_holds
        index, _ = search.open_or_create(self.index_folder)
        if holds:
            outdated = [change.new for change in changed if change.new]
            gone = [change.path for change in changed if not change.new]
        else:
            outdated, gone = _reconcile(index, catalogue)
        known = holds and self.output_known
        if known and not (outdated or gone):
            return self._as_before(_SEARCH_FILES)
        # Made before the index changes: it remembers what the page knew of these articles.
        edit = self._page_edit(index, [*(entry.path for entry in outdated), *gone], known=known)
        if outdated or gone:
            index.update(self._documents(outdated), gone)
        self.report.indexed, self.report.unindexed = len(outdated), len(gone)
        edited = edit.changes() if edit else None
        if edited is None:
            return [self._stage_search(name, data) for name, data in browser.files(index)]
        made = [self._stage_search(name, data) for name, data in edited.files]
        replaced = {file.url for file in made} | {f"search/{name}" for name in edited.removed}
        return made + [f for f in self._as_before(_SEARCH_FILES) if f.url not in replaced]

    def _page_edit(self, index: WhooshIndex, paths: list[str], *, known: bool) -> PageUpdate | None:
        """The way to make again only a part of the page's index, if what it was is known."""
        from archive_gen.search.page_update import PageUpdate

        manifest = self.state.fact("manifest")
        return PageUpdate(index, paths, manifest.encode()) if known and manifest else None

    def _stage_search(self, name: str, data: bytes) -> Made:
        if name == "manifest.js":
            self.state.set_fact("manifest", data.decode())
        return self._stage(f"search/{name}", _SEARCH_FILES, data)

    def _documents(self, entries: Sequence[Entry]) -> Iterator[SearchDocument]:
        work = chunks(entries, _CHUNK)
        for documents in self.mapper.map(read_documents, self.site / "content", work):
            yield from documents

    def _stage_assets(self) -> list[Made]:
        return [self._stage(path, _ASSETS, data) for path, data in self.renderer.assets().items()]

    def _stage(self, path: str, group: Group, data: bytes) -> Made:
        staged = self.sink.stage(path, data)
        return Made(path, group, _digest(data), rendered=False, staged=staged)

    def _as_before(self, group: Group) -> list[Made]:
        return [
            Made(url, group, fingerprint, rendered=False, staged=False)
            for url, fingerprint in self.state.pages_of(group).items()
        ]

    def _publish(self, made: Sequence[Made], planned: Mapping[Group, Fingerprints]) -> None:
        staged = [output_path(page.url) for page in made if page.staged]
        removed = sorted(self._removed_paths(made, planned))
        if staged or removed or not self.sink.is_whole():
            self.state.set_fact("publishing", "yes")
            self.state.commit()
            self.sink.publish(staged, removed)
        self.report.rendered = sum(page.rendered for page in made)
        self.report.rendered_by_kind = dict(
            Counter(page.group[0] for page in made if page.rendered)
        )
        self.report.written = len(staged)
        self.report.deleted = len(removed)

    def _removed_paths(
        self, made: Sequence[Made], planned: Mapping[Group, Fingerprints]
    ) -> set[str]:
        present = {output_path(page.url) for page in made}
        if not self.output_known:
            return set(self.sink.files()) - present
        return {output_path(url) for url, _ in self._pages_before(planned)} - present

    def _pages_before(self, planned: Mapping[Group, Fingerprints]) -> Iterator[tuple[str, Group]]:
        """What the groups of this build had before it."""
        groups = {group: self.state.pages_of(group) for group in (_ASSETS, _SEARCH_FILES)}
        for group, pages in itertools.chain(planned.items(), groups.items()):
            for url in pages:
                yield url, group

    # -- remember

    def _remember_stamps(self, found: Changes) -> None:
        for path, mtime_ns in found.restamped.items():
            self.state.restamp(path, mtime_ns)
        self.state.commit()

    def _remember_files(
        self, found: Changes, files: Mapping[str, ContentFile], catalogue: Catalogue
    ) -> None:
        urls = {path: entry.url for path, entry in catalogue.by_path.items()}
        moved = {path for path, url in self.state.urls().items() if urls.get(path, "") != url}
        keep = sorted(({file.path for file in found.read} | moved) & files.keys())
        if not self._entries_hold:
            self.state.drop_files(self.state.stamps())
        self.state.put_files((files[path], urls.get(path, "")) for path in keep)
        self.state.drop_files(found.deleted)
        for path, mtime_ns in found.restamped.items():
            self.state.restamp(path, mtime_ns)

    def _remember_pages(self, made: Sequence[Made], planned: Mapping[Group, Fingerprints]) -> None:
        if self.output_known:
            self.state.drop_pages(list(self._pages_before(planned)))
        else:
            self.state.drop_all_pages()
        self.state.put_pages((page.url, page.group, page.fingerprint) for page in made)

    def _remember_facts(self, catalogue: Catalogue) -> None:
        facts = {
            "entries": self._entries_fingerprint,
            "settings": self.renderer.settings_fingerprint,
            "term_slugs": msgspec.json.encode(catalogue.term_slugs).decode(),
            "collisions": msgspec.json.encode(catalogue.collisions).decode(),
            "index": search.stamp(self.index_folder),
            "publishing": "",
        }
        for name, value in facts.items():
            self.state.set_fact(name, value)
        self.state.commit()

    def _standing_problems(self) -> list[Problem]:
        """Those that stay until somebody mends an article, whether or not it was read now."""
        faults = [problem for file in self.state.problem_files() for problem in file.problems]
        collisions = self.state.fact("collisions") or "[]"
        return faults + msgspec.json.decode(collisions, type=list[Problem])

    @contextlib.contextmanager
    def _phase(self, name: str) -> Iterator[None]:
        self.on_phase(name)
        started = time.perf_counter()
        yield
        self.report.seconds[name] = time.perf_counter() - started


def _patched(old: Mapping[str, ContentFile], found: Changes) -> dict[str, ContentFile]:
    deleted = set(found.deleted)
    files = {path: file for path, file in old.items() if path not in deleted}
    return files | {file.path: file for file in found.read}


def _reconcile(index: SearchIndex, catalogue: Catalogue) -> tuple[list[Entry], list[str]]:
    """What an index of unknown state lacks, and what it has too much."""
    held = index.digests()
    entries = catalogue.by_path
    outdated = [e for path, e in entries.items() if held.get(path) != e.search_digest]
    return outdated, [path for path in held if path not in entries]


def _digest(value: object) -> str:
    data = value if isinstance(value, bytes) else msgspec.msgpack.encode(value)
    return hashlib.blake2b(data, digest_size=16).hexdigest()


@contextlib.contextmanager
def _exclusive(folder: Path) -> Iterator[None]:
    lock = filelock.FileLock(folder / "build.lock", timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise OperationError(
            Problem(
                "archive build", 0, "another build of this archive is running", "wait for its end"
            )
        ) from None
    try:
        yield
    finally:
        lock.release()
