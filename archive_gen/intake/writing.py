"""Articles and their records onto the disk: new ones, and what copies, further pages and the caller
add to known ones."""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from archive_gen.cleaning.compose import COMMAND_LINE
from archive_gen.content import disk, frontmatter, store
from archive_gen.content.editing import edited
from archive_gen.importers.base import LeftOut
from archive_gen.intake import provenance
from archive_gen.intake.further_pages import first_pages, goes_on, joined
from archive_gen.intake.gaps import filled, gaps, of_copy
from archive_gen.intake.inputs import unreadable
from archive_gen.intake.outcome import Item, Known, Made, Outcome, Status
from archive_gen.intake.versions import sketch
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive_gen.article import Article
    from archive_gen.intake.index import Index
    from archive_gen.intake.learning import Stated
    from archive_gen.intake.provenance import Record
    from archive_gen.intake.stories import KnownStories

_TOGETHER = 128
"""So many articles are flushed to the disk at a time."""
_ENOUGH = 32 << 20
"""Bytes of pictures and documents that are written at once, however few their articles."""


@dataclass(slots=True)
class Writer:
    """Writes articles in the order in which they come, some at a time."""

    content: Path
    index: Index
    stories: KnownStories
    caller: Stated
    files: dict[str, bytes] = field(default_factory=dict)
    """Path → what is to be written."""
    made_from: dict[str, bytes | None] = field(default_factory=dict)
    """Path → what was there when it was looked at for that."""
    waiting: list[Outcome] = field(default_factory=list)
    """What became of them, once they are."""
    drawn: int = 0
    """Bytes of the pictures and documents among the files."""

    def take(self, item: Item) -> Iterator[Outcome]:
        """Take in one document; yield the outcomes of those that are now on the disk."""
        if isinstance(item, Problem):
            self.waiting.append(Outcome(item.path, None, "failed", problems=(item,)))
        elif isinstance(item, LeftOut):
            self.waiting.append(Outcome(item.name, None, "left out", left_out=item.kind))
        elif isinstance(item, Known):
            self.waiting.append(self._keep(item))
        else:
            self.waiting.append(self._write(item))
        if len(self.waiting) >= _TOGETHER or self.drawn > _ENOUGH:
            yield from self.flush()

    def flush(self) -> Iterator[Outcome]:
        """Write what waits."""
        disk.write_all(self.content, self.files, self.made_from)
        self.stories.written()
        self.index.commit()
        waiting, self.waiting, self.drawn = self.waiting, [], 0
        self.files, self.made_from = {}, {}
        yield from waiting

    def _keep(self, item: Known) -> Outcome:
        stated = self.index.article_of(item.original)
        if stated is None:  # it was there when the import began
            return Outcome(item.name, None, "failed", problems=(_gone(item),))
        known = self.caller.about(item.name)
        if known or stated.title is None:
            return self._set_known(item, stated.path, known)
        told = (stated.title, stated.date, stated.source)
        return Outcome(item.name, stated.path, "unchanged", *told)

    def _write(self, made: Made) -> Outcome:
        outcome = _describe(made)
        article = made.article
        if already := self.index.article_of(article.original):
            filled_in: Status = "updated" if self._fill(already.path, made) else "unchanged"
            one = _same(outcome, already.path)
            return dataclasses.replace(one, status=filled_in) if made.was_there else one
        # The record first: an article without one would be taken for a person's.
        self.files[store.record_path(article.original)] = provenance.dump(made.record)
        if not article.body:
            return dataclasses.replace(outcome, status="failed")
        if first := self._first_page(made):
            return self._join(first, made, outcome)
        same = self.stories.duplicate(article, made.sketch)
        if same := same or self.stories.copied(made.copy_of, made.sketch):
            self._fill(same, made)
            return _same(outcome, same)
        others = self.stories.others(article, made.sketch)
        text = made.record.written
        if others:
            article = msgspec.structs.replace(article, versions=others)
            text = frontmatter.dump(article)
        path = store.article_path(self.content, article, self.files)
        self.made_from[path] = None
        data = text.encode("utf-8")
        if too_large := frontmatter.oversized(len(data), outcome.input):
            problems = (*outcome.problems, too_large)
            return dataclasses.replace(outcome, status="failed", problems=problems)
        if problem := self._draw(path, made.pictures):
            return dataclasses.replace(outcome, status="failed", problems=(problem,))
        self.files[path] = data
        self.stories.add(path, article, made.sketch)
        linked = [self._link(other, path) for other in others]
        problems = (*outcome.problems, *filter(None, linked))
        return dataclasses.replace(outcome, path=path, problems=problems)

    def _fill(self, path: str, copy: Made) -> bool:
        """Let the article at ``path`` say what a copy of it says, where it says nothing. Whether
        there was anything."""
        there, record = self._imported(path)
        values = gaps(there, record, copy.article, copy.record.origins) if there and record else {}
        if there is None or record is None or not values:
            return False
        document = values.get("document", "")
        if self._draw(path, {document: copy.pictures[document]} if document else {}):
            return False
        if self._edit(path, values):
            return False
        told = copy.record.origins if copy.was_there else of_copy(values, copy.name)
        record = filled(record, values, told)
        if document:
            record = dataclasses.replace(record, document=copy.record.document)
        self.files[store.record_path(there.original)] = provenance.dump(record)
        self.stories.add(path, msgspec.structs.replace(there, **values), copy.sketch)
        return True

    def _first_page(self, made: Made) -> str | None:
        """The path of the article of whose story this tells the next part, or one that is there."""
        for address in dict.fromkeys((made.found_at, made.article.url)):
            firsts, number = first_pages(address)
            for path in (path for first in firsts for path in self.index.from_url(first)):
                first, record = self._imported(path)
                known = record.further if record else ()
                if made.article.original in known:
                    return path
                if first and record and number == len(known) + 2 and goes_on(first, made.article):
                    return path
        return None

    def _join(self, path: str, made: Made, outcome: Outcome) -> Outcome:
        """Let the article at ``path`` tell what its further page tells."""
        there, record = self._imported(path)
        written = record.article() if record else None
        original = made.article.original
        if there is None or record is None or written is None or original in record.further:
            return dataclasses.replace(outcome, path=path, status="unchanged")
        whole = joined(there, [made.article])
        problem = self._draw(path, made.pictures)
        if problem := problem or self._edit(path, {"body": whole.body, "images": whole.images}):
            return dataclasses.replace(outcome, status="failed", problems=(problem,))
        self.files[store.record_path(there.original)] = provenance.dump(
            dataclasses.replace(
                record,
                written=frontmatter.dump(joined(written, [made.article])),
                further=(*record.further, original),
                kept=record.kept + made.record.kept,
                dropped=record.dropped + made.record.dropped,
            )
        )
        self.stories.add(path, whole, sketch(whole.body))
        return dataclasses.replace(outcome, path=path, status="joined")

    def _imported(self, path: str) -> tuple[Article | None, Record | None]:
        """The article at ``path`` and the record of its import, as they will be."""
        there = frontmatter.parse_bytes(self._data(path), path)[0]
        at = store.record_path(there.original) if there and there.original else ""
        return there, provenance.parse(self._data(at)) if at else None

    def _data(self, path: str) -> bytes:
        """A file as it is, or will be once what waits is written; empty if there is none."""
        if path not in self.made_from:
            self.made_from[path] = disk.read(self.content, path)
        return self.files.get(path) or self.made_from[path] or b""

    def _edit(self, path: str, values: Mapping[str, Any]) -> Problem | None:
        """Let the article at ``path`` state other ``values``, or tell what keeps it from that."""
        data = self._data(path)
        after = edited(path, data, lambda article: msgspec.structs.replace(article, **values))
        if isinstance(after, Problem):
            return after
        if after != data:
            self.files[path] = after
        return None

    def _draw(self, path: str, drawn: Mapping[str, bytes | Path]) -> Problem | None:
        """Put files beside the article at ``path``; what lies there already stays. None is put if
        one can't be read any more."""
        folder, slash, _ = path.rpartition("/")
        files: dict[str, bytes] = {}
        for name, data in drawn.items():
            target = f"{folder}{slash}{name}"
            if target in self.files or os.path.lexists(self.content / target):
                continue
            try:
                files[target] = data.read_bytes() if isinstance(data, Path) else data
            except OSError as error:
                return unreadable(Path(error.filename), error)
        self.files |= files
        self.drawn += sum(map(len, files.values()))
        return None

    def _link(self, path: str, to: str) -> Problem | None:
        """Let the article at ``path`` name another version of its story."""
        article, problems = frontmatter.parse_bytes(self._data(path), f"content/{path}")
        if article is None:
            return problems[0]
        if problem := self._edit(path, {"versions": (*article.versions, to)}):
            return dataclasses.replace(problem, hint=f"add '{to}' to its versions")
        self.stories.changed(path)
        return None

    def _set_known(self, item: Known, path: str, known: Mapping[str, Any]) -> Outcome:
        """An article that is there already: only what the caller knows is set."""
        data = self._data(path)
        article, problems = frontmatter.parse_bytes(data, f"content/{path}")
        if article is None:
            told = problems if data else [_gone(item)]
            return Outcome(item.name, path, "failed", problems=tuple(told))
        wanted = _wanted(article, known)
        if problem := self._edit(path, wanted):
            return Outcome(item.name, path, "failed", problems=(problem,))
        at = store.record_path(item.original)
        if record := _stated(provenance.parse(self._data(at)), wanted):
            self.files[at] = provenance.dump(record)
        after = msgspec.structs.replace(article, **wanted)
        if after != article:
            self.stories.add(path, after, sketch(after.body))
        date = after.date.text if after.date else ""
        status: Status = "unchanged" if after == article else "updated"
        return Outcome(item.name, path, status, after.title, date, after.source)


def _same(outcome: Outcome, path: str) -> Outcome:
    return dataclasses.replace(outcome, path=path, status="duplicate")


def _describe(made: Made) -> Outcome:
    article, record = made.article, made.record
    return Outcome(
        input=made.name,
        path=None,
        status="new",
        title=article.title,
        date=article.date.text if article.date else "",
        source=article.source,
        confidence=record.confidence,
        kept=record.kept,
        dropped=record.dropped,
        problems=made.problems,
    )


def _gone(item: Known) -> Problem:
    return Problem(item.name, 0, "its article went while this ran", "import it again")


def _wanted(article: Article, known: Mapping[str, Any]) -> dict[str, Any]:
    """What ``known`` says of the article; tags are added to those that are there."""
    wanted = dict(known)
    if "tags" in wanted:
        wanted["tags"] = tuple(dict.fromkeys((*article.tags, *wanted["tags"])))
    return wanted


def _stated(record: Record | None, wanted: Mapping[str, Any]) -> Record | None:
    """The record of an import with values that the command line states now, if that is another."""
    written = record.article() if record else None
    if record is None or written is None:
        return None
    now = dataclasses.replace(
        record,
        written=frontmatter.dump(msgspec.structs.replace(written, **wanted)),
        stated={**record.stated, **provenance.plain(wanted)},
        origins={**record.origins, **dict.fromkeys(wanted, COMMAND_LINE)},
        doubts={key: words for key, words in record.doubts.items() if key not in wanted},
    )
    return now if now != record else None
