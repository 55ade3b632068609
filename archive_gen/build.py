"""``archive build``: content files → a published site and an index that knows it.

Read it from ``build`` down: each phase is a function of what the one before made. The cost
follows what changed: unchanged files are not opened, untouched groups of pages not planned, and
a planned page is rendered only if what it shows, its templates or its settings are new.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import msgspec

from archive_gen import __version__, markup, store
from archive_gen.catalogue import Catalogue, Entry
from archive_gen.load import (
    Candidate,
    ContentFile,
    LoadContext,
    article_digest,
    load_files,
    read_article,
)
from archive_gen.pages import KINDS, Group, all_groups, plan, touched_groups
from archive_gen.pages.base import Archive, Page
from archive_gen.parallel import Mapper, chunks
from archive_gen.problems import OperationError, Problem
from archive_gen.render import Renderer
from archive_gen.search import browser
from archive_gen.search.documents import document_of
from archive_gen.state import BuildState
from archive_gen.urls import output_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archive_gen.article import Article
    from archive_gen.config import SiteConfig
    from archive_gen.publish import FolderSink
    from archive_gen.search.base import SearchDocument, SearchIndex

STATE_FOLDER = ".archive"
_ASSETS: Group = ("asset", "")
_SEARCH_FILES: Group = ("search", "")
_LOAD_CHUNK = 200
_RENDER_CHUNK = 100
# A file written within this time of being read could change again and keep its stamp.
_STAMP_DOUBT_NS = 2_000_000_000


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


@dataclass(frozen=True, slots=True)
class _Changes:
    """How the content differs from that of the last build."""

    read: Sequence[ContentFile]
    """Files that were read because they are new or changed."""
    deleted: Sequence[str]
    restamped: Mapping[str, int]
    """Files that were touched and say the same: path → mtime."""

    def __bool__(self) -> bool:
        return bool(self.read or self.deleted)


@dataclass(frozen=True, slots=True)
class _Made:
    """What a worker did with one page."""

    url: str
    group: Group
    fingerprint: str
    rendered: bool
    staged: bool
    problem: Problem | None = None


@dataclass(frozen=True)
class RenderContext:
    """What rendering needs besides the names of the groups; shipped once a worker."""

    site: Path
    archive: Archive
    sink: FolderSink

    @functools.cached_property
    def renderer(self) -> Renderer:
        """One for each worker."""
        return Renderer(self.site, self.archive.config)

    def __getstate__(self) -> dict[str, object]:
        # Compiled templates stay where they were compiled.
        return {name: value for name, value in self.__dict__.items() if name != "renderer"}


def build(
    site: Path,
    config: SiteConfig,
    *,
    mapper: Mapper,
    sink: FolderSink,
    index: SearchIndex | None = None,
    on_phase: Callable[[str], None] = lambda _phase: None,
) -> BuildReport:
    """Bring the published site and the search index up to date with ``content/``.

    Faults of single articles are in the report. Raises ``OperationError`` when nothing could be
    published: another build is running, a template fails, the disk is full; the old site then
    stands as it was.
    """
    state_folder = site / STATE_FOLDER
    state_folder.mkdir(exist_ok=True)
    with _exclusive(state_folder), contextlib.closing(BuildState(state_folder)) as state:
        sink.prepare()
        return _Builder(site, config, mapper, sink, index, state, on_phase).run()


class _Builder:
    """One run: what its phases share."""

    def __init__(
        self,
        site: Path,
        config: SiteConfig,
        mapper: Mapper,
        sink: FolderSink,
        index: SearchIndex | None,
        state: BuildState,
        on_phase: Callable[[str], None],
    ) -> None:
        self.site = site
        self.content = site / "content"
        self.config = config
        self.mapper = mapper
        self.sink = sink
        self.index = index
        self.state = state
        self.on_phase = on_phase
        self.renderer = Renderer(site, config)
        self.report = BuildReport()
        # After a build that was cut short, or when the site was deleted, nothing that the
        # state says of the output holds.
        self.trusted = not state.fact("publishing") and sink.is_whole()

    def run(self) -> BuildReport:
        """All phases in order."""
        started = time.perf_counter()
        with self._phase("scan"):
            candidates, deleted = self._compare_with_content()
        with self._phase("read"):
            changes = self._read(candidates, deleted)
        if self._nothing_to_do(changes):
            self._remember_stamps(changes)
        else:
            self._rebuild(changes)
        self.report.problems += self._standing_problems()
        self.report.articles, self.report.pages = self.state.counts()
        self.report.seconds["total"] = time.perf_counter() - started
        return self.report

    def _rebuild(self, changes: _Changes) -> None:
        with self._phase("catalogue"):
            old = self.state.files() if self._keeps_entries else {}
            files = {path: file for path, file in old.items() if path not in changes.deleted}
            files |= {file.path: file for file in changes.read}
            catalogue = Catalogue(file.entry for file in files.values() if file.entry)
            archive = Archive(catalogue, self.config)
            changed = self._changed_entries(old, changes, catalogue)
            known = self._groups_to_plan(changed, archive)
        with self._phase("render"):
            made = self._render(known, archive)
        with self._phase("index"):
            made += self._update_index(changed, catalogue)
        with self._phase("publish"):
            made += self._stage_assets()
            self._publish(made, known)
        with self._phase("remember"):
            self._remember(changes, files, made, known, catalogue)
        self.report.problems += [page.problem for page in made if page.problem]

    # -- scan and read

    @functools.cached_property
    def _keeps_entries(self) -> bool:
        """Whether entries of the last build are what reading the same files would give."""
        return self.state.fact("entries") == self._entries_fingerprint

    @functools.cached_property
    def _entries_fingerprint(self) -> str:
        taxonomies = {name: taxonomy.key for name, taxonomy in self.config.taxonomies.items()}
        return _digest((__version__, taxonomies, self.config.language))

    def _compare_with_content(self) -> tuple[list[Candidate], list[str]]:
        stamps = self.state.stamps() if self._keeps_entries else {}
        doubtful = time.time_ns() - _STAMP_DOUBT_NS
        candidates = []
        seen = set()
        for path, size, mtime_ns in store.scan(self.content):
            seen.add(path)
            stamp = stamps.get(path)
            if stamp is None or stamp[:2] != (size, mtime_ns):
                trusted_mtime = mtime_ns if mtime_ns < doubtful else 0
                known_digest = stamp[2] if stamp else ""
                candidates.append(Candidate(path, size, trusted_mtime, known_digest))
        return candidates, [path for path in stamps if path not in seen]

    def _read(self, candidates: Sequence[Candidate], deleted: Sequence[str]) -> _Changes:
        context = LoadContext(self.content, self.config)
        read: list[ContentFile] = []
        restamped: dict[str, int] = {}
        for result in self.mapper.map(load_files, context, chunks(candidates, _LOAD_CHUNK)):
            for file in result:
                if isinstance(file, ContentFile):
                    read.append(file)
                else:
                    restamped[file.path] = file.mtime_ns
        return _Changes(read, deleted, restamped)

    def _nothing_to_do(self, changes: _Changes) -> bool:
        return (
            not changes
            and self.trusted
            and self._keeps_entries
            and self.state.fact("settings") == self.renderer.settings_fingerprint()
            and (self.index is None or self.index.stamp() == self.state.fact("index"))
        )

    # -- what is affected

    def _changed_entries(
        self, old: Mapping[str, ContentFile], changes: _Changes, catalogue: Catalogue
    ) -> dict[str, tuple[Entry | None, Entry | None]]:
        """Path → (old entry, new entry) of all that is not as it was, addresses included."""
        paths = {file.path for file in changes.read} | set(changes.deleted)
        urls = self.state.urls() if self._keeps_entries else {}
        paths |= {p for p, entry in catalogue.by_path.items() if urls.get(p) != entry.url}
        paths |= self._with_readdressed_terms(catalogue)
        entries = {
            path: (old[path].entry if path in old else None, catalogue.by_path.get(path))
            for path in sorted(paths)
        }
        return {path: pair for path, pair in entries.items() if pair != (None, None)}

    def _with_readdressed_terms(self, catalogue: Catalogue) -> set[str]:
        before = msgspec.json.decode(self.state.fact("term_slugs") or "{}")
        return {
            entry.path
            for taxonomy, slugs in catalogue.term_slugs.items()
            for key, slug in slugs.items()
            if before.get(taxonomy, {}).get(key, slug) != slug
            for entry in catalogue.with_term_key(taxonomy, key)
        }

    def _groups_to_plan(
        self, changed: Mapping[str, tuple[Entry | None, Entry | None]], archive: Archive
    ) -> dict[Group, Mapping[str, str]]:
        """Group → url → fingerprint of the pages it had, for every group that may be new."""
        if not self.trusted:
            return {group: {} for group in all_groups(archive)}
        if self.state.fact("settings") != self.renderer.settings_fingerprint():
            had = self.state.all_pages()
            groups = dict.fromkeys(itertools.chain(all_groups(archive), had))
            return {group: had.get(group, {}) for group in groups if group[0] in KINDS}
        entries = [entry for pair in changed.values() for entry in pair if entry]
        groups_touched = sorted(touched_groups(entries, archive))
        return {group: self.state.pages_of(group) for group in groups_touched}

    # -- render, index, publish

    def _render(self, known: Mapping[Group, Mapping[str, str]], archive: Archive) -> list[_Made]:
        context = RenderContext(self.site, archive, self.sink)
        work = chunks(known.items(), _RENDER_CHUNK)
        results = self.mapper.map(render_groups, context, work)
        return list(itertools.chain.from_iterable(results))

    def _update_index(
        self,
        changed: Mapping[str, tuple[Entry | None, Entry | None]],
        catalogue: Catalogue,
    ) -> list[_Made]:
        if self.index is None:
            return []
        if self.index.stamp() == self.state.fact("index"):
            outdated = [path for path, (_, new) in changed.items() if new]
            gone = [path for path, (_, new) in changed.items() if not new]
        else:
            held = self.index.digests()
            outdated = [p for p, e in catalogue.by_path.items() if held.get(p) != e.search_digest]
            gone = [path for path in held if path not in catalogue.by_path]
        documents = self._documents([catalogue.by_path[path] for path in outdated])
        if outdated or gone:
            self.index.update(documents, gone)
        self.report.indexed, self.report.unindexed = len(outdated), len(gone)
        return [
            self._stage(f"search/{name}", _SEARCH_FILES, data)
            for name, data in browser.files(self.index)
        ]

    def _documents(self, entries: Sequence[Entry]) -> Iterator[SearchDocument]:
        work = chunks(entries, _LOAD_CHUNK)
        for documents in self.mapper.map(read_documents, self.content, work):
            yield from documents

    def _stage_assets(self) -> list[_Made]:
        return [self._stage(path, _ASSETS, data) for path, data in self.renderer.assets().items()]

    def _stage(self, path: str, group: Group, data: bytes) -> _Made:
        staged = self.sink.stage(path, data)
        return _Made(path, group, _digest(data), rendered=False, staged=staged)

    def _publish(self, made: Sequence[_Made], known: Mapping[Group, Mapping[str, str]]) -> None:
        staged = [output_path(page.url) for page in made if page.staged]
        removed = sorted(self._removed_paths(made, known))
        if staged or removed or not self.sink.is_whole():
            self.state.set_fact("publishing", "yes")
            self.state.commit()
            self.sink.publish(staged, removed)
        self.report.rendered = sum(page.rendered for page in made)
        self.report.written = len(staged)
        self.report.deleted = len(removed)

    def _removed_paths(
        self, made: Sequence[_Made], known: Mapping[Group, Mapping[str, str]]
    ) -> set[str]:
        present = {output_path(page.url) for page in made}
        if not self.trusted:
            return set(self.sink.files()) - present
        fixed = {_ASSETS: self.state.pages_of(_ASSETS)}
        if self.index is not None:
            fixed[_SEARCH_FILES] = self.state.pages_of(_SEARCH_FILES)
        had = {url for pages in (*known.values(), *fixed.values()) for url in pages}
        return {output_path(url) for url in had} - present

    # -- remember

    def _remember_stamps(self, changes: _Changes) -> None:
        for path, mtime_ns in changes.restamped.items():
            self.state.restamp(path, mtime_ns)
        self.state.commit()

    def _remember(
        self,
        changes: _Changes,
        files: Mapping[str, ContentFile],
        made: Sequence[_Made],
        known: Mapping[Group, Mapping[str, str]],
        catalogue: Catalogue,
    ) -> None:
        state = self.state
        read = {file.path for file in changes.read}
        urls = {path: entry.url for path, entry in catalogue.by_path.items()}
        moved = {path for path, url in state.urls().items() if urls.get(path, "") != url}
        keep = sorted((read | moved) & files.keys())
        if not self._keeps_entries:
            state.drop_files(state.stamps())
        state.put_files((files[path], urls.get(path, "")) for path in keep)
        state.drop_files(changes.deleted)
        for path, mtime_ns in changes.restamped.items():
            state.restamp(path, mtime_ns)
        if self.trusted:
            gone = [(url, group) for group, pages in known.items() for url in pages]
            gone += [(url, _ASSETS) for url in state.pages_of(_ASSETS)]
            gone += [(url, _SEARCH_FILES) for url in state.pages_of(_SEARCH_FILES)]
            state.drop_pages(gone)
        else:
            state.drop_all_pages()
        state.put_pages((page.url, page.group, page.fingerprint) for page in made)
        state.set_fact("entries", self._entries_fingerprint)
        state.set_fact("settings", self.renderer.settings_fingerprint())
        state.set_fact("term_slugs", msgspec.json.encode(catalogue.term_slugs).decode())
        state.set_fact("collisions", msgspec.json.encode(catalogue.collisions).decode())
        state.set_fact("index", self.index.stamp() if self.index else "")
        state.set_fact("publishing", "")
        state.commit()

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


def render_groups(
    context: RenderContext, work: Sequence[tuple[Group, Mapping[str, str]]]
) -> list[_Made]:
    """Plan groups of pages and render what is not as it was: runs in a worker."""
    return [
        _make(context, group, page, known.get(page.url, ""))
        for group, known in work
        for page in plan(group, context.archive)
    ]


def _make(context: RenderContext, group: Group, page: Page, known: str) -> _Made:
    renderer = context.renderer
    fingerprint = renderer.fingerprint(page)
    if fingerprint == known:
        return _Made(page.url, group, fingerprint, rendered=False, staged=False)
    if not page.article:
        data = renderer.render(page)
    else:
        article, problems = _read_again(context.site / "content", page.data.entry)
        if article is None:
            return _Made(page.url, group, "", rendered=False, staged=False, problem=problems[0])
        data = renderer.render(page, article, markup.to_html(article.body))
    staged = context.sink.stage(output_path(page.url), data)
    return _Made(page.url, group, fingerprint, rendered=True, staged=staged)


def read_documents(content: Path, entries: Sequence[Entry]) -> list[SearchDocument]:
    """The search documents of articles: runs in a worker."""
    documents = []
    for entry in entries:
        article, _ = _read_again(content, entry)
        if article is not None:
            documents.append(document_of(entry, article))
    return documents


def _read_again(content: Path, entry: Entry) -> tuple[Article | None, list[Problem]]:
    """The article that ``entry`` was made from, if the file still says the same."""
    try:
        article, problems = read_article(content, entry.path)
    except OSError as error:
        return None, [Problem(f"content/{entry.path}", 0, f"can't be read: {error.strerror}")]
    if article is not None and article_digest(article) != entry.digest:
        changed = Problem(
            f"content/{entry.path}", 0, "changed while the build ran", "run 'archive build' again"
        )
        return None, [changed]
    return article, problems


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
