"""The built site and the search index: they show what ``content/`` says now."""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archive_gen.building.current import inputs_digest
from archive_gen.building.database import damage_told, is_of_another_version
from archive_gen.building.fingerprints import NO_PAGES
from archive_gen.building.other_files import ASSETS
from archive_gen.building.publish import MARKER, holds
from archive_gen.building.state import BuildState
from archive_gen.building.workers import Articles, Made, RenderContext, decode_made, render_groups
from archive_gen.check.base import Finding
from archive_gen.layout import INDEX_FOLDER, STATE_FOLDER
from archive_gen.loading.kept import Reader
from archive_gen.pages import all_groups
from archive_gen.pages.base import Archive
from archive_gen.parallel import chunks
from archive_gen.problems import Problem
from archive_gen.rendering.render import Renderer
from archive_gen.rendering.theme_files import ThemeFiles
from archive_gen.seals import DamagedStateError
from archive_gen.urls import output_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set
    from pathlib import Path

    from archive_gen.check.base import Subject
    from archive_gen.search.whoosh.index import WhooshIndex

_CHUNK = 100
_BUILD = "run 'archive build'"
_SEARCH = "search/"
"""The folder of the page's index, which is made from the Whoosh index."""


def site(subject: Subject) -> Iterator[Finding]:
    """Compare with what a build would publish now; writes nothing."""
    if not subject.is_built:
        return
    outdated = list(_not_built(subject))
    yield from outdated
    yield from _index(subject)
    if outdated:  # every page that shows a changed article would be told again
        return
    found = list(_files(subject))
    if found and _was_made_otherwise(subject):
        output, count = subject.config.output, len(found)
        files = "1 file is" if count == 1 else f"{count:,} files are"
        message = f"{files} as settings, templates or a program made them that are others now"
        yield Finding(Problem(f"{output}/", 0, message, _BUILD), "not-built", fixable=True)
    else:
        yield from found


def _differs(folder: Path, path: str, data: bytes) -> bool:
    """Whether the file at ``path`` is another than ``data``, or is not there."""
    return not holds(f"{folder}/{path}", data)


def _not_built(subject: Subject) -> Iterator[Finding]:
    state = BuildState.open_to_read(subject.site / STATE_FOLDER)
    if state is None:
        return  # derived state may be deleted: then only the files themselves can tell
    with contextlib.closing(state):
        try:
            with damage_told():
                built = state.digests()
                state.read_all()
        except DamagedStateError:
            problem = Problem(f"{STATE_FOLDER}/build.sqlite", 0, "is damaged", _BUILD)
            yield Finding(problem, "state-damaged", fixable=True)
            return
    now = {reading.path: reading.digest for reading in subject.readings}
    now |= {reading.path: reading.digest for reading in subject.pictures}
    for path in sorted(built.keys() | now.keys()):
        if path not in built:
            message = "was added after the last build"
        elif path not in now:
            message = "was removed after the last build"
        elif built[path] != now[path]:
            message = "was changed after the last build"
        else:
            continue
        yield Finding(Problem(f"content/{path}", 0, message, _BUILD), "not-built", fixable=True)


def _was_made_otherwise(subject: Subject) -> bool:
    """Whether the last build read other settings or templates, or was another program's."""
    state = BuildState.open_to_read(subject.site / STATE_FOLDER)
    if state is None:
        return is_of_another_version(subject.site / STATE_FOLDER)
    with contextlib.closing(state):
        return state.facts.inputs != inputs_digest(subject.site)


def _index(subject: Subject) -> Iterator[Finding]:
    index = _open_index(subject)
    if index is None:
        yield _index_finding(INDEX_FOLDER, "there is no search index that can be read")
        return
    held = index.digests()
    for path, entry in subject.catalogue.by_path.items():
        if held.get(path) != entry.search_digest:
            message = "the search index does not hold it as it is now"
            yield _index_finding(f"content/{path}", message)
    for path in sorted(held.keys() - subject.catalogue.by_path.keys()):
        yield _index_finding(f"content/{path}", "the search index holds it, and it is gone")


def _open_index(subject: Subject) -> WhooshIndex | None:
    from archive_gen.search.whoosh.index import WhooshIndex

    index = WhooshIndex(subject.site / INDEX_FOLDER)
    return index if index.exists() else None


def _index_finding(path: str, message: str) -> Finding:
    return Finding(Problem(path, 0, message, _BUILD), "index-outdated", fixable=True)


def _files(subject: Subject) -> Iterator[Finding]:
    """Each file of the output against the bytes that a build from nothing would write."""
    index = _open_index(subject)
    there = set(subject.sink.files())
    wanted = dict(_search_files(subject, index))
    for page in _pages(subject):
        if page.failed and page.problem:  # links to it are dead, and tell no more of it
            yield Finding(page.problem, "program-failed")
        elif not page.problem:
            wanted[output_path(page.url)] = page.staged
    root_files = dict(_root_files(subject, [*wanted]))
    there.update(filter(subject.sink.has, root_files))  # files with a dot are not counted
    wanted |= root_files
    # Without an index nobody knows what its files in the site should be.
    known = there if index else {path for path in there if not path.startswith(_SEARCH)}
    yield from _compared(subject.config.output, wanted, there, known)


def _compared(
    output: str, wanted: Mapping[str, bool], there: Set[str], known: Set[str]
) -> Iterator[Finding]:
    """``wanted``: path → whether what is there differs; ``known``: files that it tells of."""
    hint = f"delete {output}/ and run 'archive build'"
    for path, differs in sorted(wanted.items()):
        if path not in there:
            problem = Problem(f"{output}/{path}", 0, "is missing", hint)
            yield Finding(problem, "file-missing", fixable=True)
        elif differs:
            problem = Problem(f"{output}/{path}", 0, "is not what a build makes", hint)
            yield Finding(problem, "file-damaged", fixable=True)
    for path in sorted(known - wanted.keys()):
        problem = Problem(f"{output}/{path}", 0, "no build made this file", hint)
        yield Finding(problem, "file-foreign", fixable=True)


def _root_files(subject: Subject, others: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Those that no other file of the site is in the way of."""
    files = {path.casefold() for path in (MARKER, *others)}
    folders = {str(folder) for path in files for folder in PurePosixPath(path).parents}
    for path, data in ThemeFiles(subject.site).root_files.items():
        name = PurePosixPath(path.casefold())
        if str(name) not in files | folders and files.isdisjoint(map(str, name.parents)):
            yield path, _differs(subject.sink.folder, path, data)


def _pages(subject: Subject) -> Iterator[Made]:
    """Every page and asset that the site should have; it counts as staged if what is there
    differs."""
    differs = partial(_differs, subject.sink.folder)
    kept, names = Reader(subject.content), subject.config.names_by_key
    articles = Articles(subject.content, {}, kept, names)
    renderer = Renderer(subject.site, subject.config)
    archive = Archive(
        subject.catalogue, subject.config, subject.album, renderer.shows, subject.own_pages
    )
    context = RenderContext(renderer, archive, differs, articles)
    work = chunks(((group, NO_PAGES) for group in all_groups(archive)), _CHUNK)
    for made in subject.mapper.map(render_groups, context, work):
        yield from decode_made(made)
    for path, data in renderer.assets().items():
        yield Made(path, ASSETS, "", rendered=False, staged=differs(path, data))


def _search_files(subject: Subject, index: WhooshIndex | None) -> Iterator[tuple[str, bool]]:
    from archive_gen.search.page import index as page_index

    folder = subject.sink.folder
    for name, data in page_index.files(index) if index else ():
        yield _SEARCH + name, _differs(folder, _SEARCH + name, data)
