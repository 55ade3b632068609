"""Raw files into an archive: read, clean, keep the original, write the article.

Reading and cleaning may run in other processes; writing happens here, in the order of the
files' names. So the result depends neither on the order of the call nor on who did the work.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from archive_gen import frontmatter, store
from archive_gen.cleaning import BODY_LABELS, DROPPED_LABELS, clean
from archive_gen.importers import IMPORTERS, STANDARD_INPUT, holds_one, importer_for, read
from archive_gen.parallel import chunks
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archive_gen.article import Article, RawDocument
    from archive_gen.cleaning import Cleaned
    from archive_gen.parallel import Mapper

_BATCH = 512
"""So many documents of a container are in memory at a time."""
Status = Literal["new", "unchanged", "updated", "duplicate", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    input: str
    path: str | None
    """Below ``content/``; None if nothing was written."""
    status: Status
    title: str = ""
    date: str = ""
    """EDTF, empty if unknown."""
    source: str = ""
    confidence: float | None = None
    """Of the cleaning, 0–1; None where nothing was cleaned."""
    kept: int = 0
    """Lines."""
    dropped: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """What every worker must know."""

    known: Mapping[str, Any]
    imported: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Read:
    """One document, read; and cleaned, unless it has been imported before."""

    raw: RawDocument
    original: str
    cleaned: Cleaned | None


def find_inputs(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """The files to import, sorted: files as given, folders with all that lies below them."""
    files: set[Path] = set()
    problems: list[Problem] = []
    endings = ", ".join(sorted(IMPORTERS))
    for path in paths:
        if str(path) == STANDARD_INPUT:
            files.add(path)
        elif path.is_dir():
            below = {file for file in _walk(path) if importer_for(file)}
            files |= below
            if not below:
                problems.append(
                    Problem(str(path), 0, "holds nothing to import", f"known: {endings}")
                )
        elif not path.exists():
            problems.append(Problem(str(path), 0, "there is no such file", "check the spelling"))
        elif not importer_for(path):
            problems.append(
                Problem(str(path), 0, "can't import this kind of file", f"known: {endings}")
            )
        else:
            files.add(path)
    return sorted(files), problems


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.startswith("."))


def ingest(
    content: Path, files: Iterable[Path], known: Mapping[str, Any], mapper: Mapper
) -> Iterator[Outcome]:
    """Import ``files``; yield what became of each document as soon as it is on the disk.

    ``known`` is front matter that holds for all of them (``date``, ``tags``, …). A document
    that was imported before is left as it is, but for values in ``known``.
    """
    known = {key: value for key, value in known.items() if value}
    before = store.imported(content)
    task = _Task(known, frozenset(before))
    now: dict[str, str] = {}
    for item in _items(task, sorted(files), mapper):
        if isinstance(item, Problem):
            yield Outcome(item.path, None, "failed", problems=(item,))
        else:
            yield _keep(content, item, known, before, now)


def _items(task: _Task, files: Iterable[Path], mapper: Mapper) -> Iterator[_Read | Problem]:
    """Small files go to the workers by name; a container is read here, a batch at a time."""
    for single, group in itertools.groupby(files, holds_one):
        if single:
            yield from itertools.chain.from_iterable(mapper.map(_read, task, group))
            continue
        for path in group:
            for batch in chunks(_documents(path), _BATCH):
                yield from mapper.map(_clean, task, batch)


def _documents(path: Path) -> Iterator[RawDocument | Problem]:
    try:
        yield from read(path)
    except OSError as error:
        yield Problem(str(path), 0, f"can't be read: {error.strerror or error}")


def _read(task: _Task, path: Path) -> list[_Read | Problem]:
    return [_clean(task, item) for item in _documents(path)]


def _clean(task: _Task, item: RawDocument | Problem) -> _Read | Problem:
    if isinstance(item, Problem):
        return item
    original = store.checksum(item.data)
    if original in task.imported:
        return _Read(item, original, None)
    merged = dataclasses.replace(item, known={**item.known, **task.known})
    return _Read(merged, original, clean(merged))


def _keep(
    content: Path,
    item: _Read,
    known: Mapping[str, Any],
    before: Mapping[str, str],
    now: dict[str, str],
) -> Outcome:
    if item.cleaned is None:
        return _keep_known(content, item.raw.name, before[item.original], known)
    outcome = _describe(item.raw.name, item.cleaned)
    if item.original in now:
        return dataclasses.replace(outcome, path=now[item.original], status="duplicate")
    if not item.cleaned.article.body:
        return dataclasses.replace(outcome, status="failed")
    article = dataclasses.replace(item.cleaned.article, original=item.original)
    path = store.article_path(content, article)
    store.save_original(content, item.raw.data, item.raw.media_type)
    store.write(content, path, frontmatter.dump(article).encode("utf-8"))
    now[item.original] = path
    return dataclasses.replace(outcome, path=path)


def _describe(name: str, cleaned: Cleaned) -> Outcome:
    labels = [line.label for line in cleaned.lines]
    return Outcome(
        input=name,
        path=None,
        status="new",
        title=cleaned.article.title,
        date=cleaned.article.date.text if cleaned.article.date else "",
        source=cleaned.article.source,
        confidence=cleaned.confidence,
        kept=sum(label in BODY_LABELS for label in labels),
        dropped=sum(label in DROPPED_LABELS for label in labels),
        problems=cleaned.problems,
    )


def _keep_known(content: Path, name: str, path: str, known: Mapping[str, Any]) -> Outcome:
    """An article that is there already: only what the caller knows is set."""
    shown = f"content/{path}"
    data = (content / path).read_bytes()
    article, problems = frontmatter.parse_bytes(data, shown)
    if article is None:
        return Outcome(name, path, "failed", problems=tuple(problems))
    changes = _changes(article, known)
    status: Status = "unchanged"
    if changes:
        try:
            text = frontmatter.splice(data.decode("utf-8"), changes)
        except ValueError as error:
            problem = Problem(shown, 0, f"can't be changed: {error}", "change it by hand")
            return Outcome(name, path, "failed", problems=(problem,))
        store.write(content, path, text.encode("utf-8"))
        article, status = frontmatter.parse(text, shown)[0] or article, "updated"
    date = article.date.text if article.date else ""
    return Outcome(name, path, status, article.title, date, article.source)


def _changes(article: Article, known: Mapping[str, Any]) -> dict[str, Any]:
    """What ``known`` would change; tags are added to those that are there."""
    wanted = dict(known)
    if "tags" in wanted:
        wanted["tags"] = tuple(dict.fromkeys((*article.tags, *wanted["tags"])))
    return {key: value for key, value in wanted.items() if getattr(article, key) != value}


def explain(path: Path, known: Mapping[str, Any]) -> list[tuple[str, Cleaned] | Problem]:
    """What cleaning would say of the documents in a file; nothing is written."""
    task = _Task({key: value for key, value in known.items() if value}, frozenset())
    explained: list[tuple[str, Cleaned] | Problem] = []
    for item in _read(task, path):
        if isinstance(item, Problem):
            explained.append(item)
        elif item.cleaned is not None:
            explained.append((item.raw.name, item.cleaned))
    return explained
