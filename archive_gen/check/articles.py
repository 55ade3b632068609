"""Articles: front matter that can be read, keys that are meant, references that lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.check import copies
from archive_gen.check.base import Finding
from archive_gen.check.lists import lists_of_stories
from archive_gen.content import listing, store
from archive_gen.content.frontmatter import KNOWN_KEYS
from archive_gen.intake.terms.vocabulary import Vocabulary, vocabulary_of
from archive_gen.memo import Memo
from archive_gen.pictures import same_name
from archive_gen.problems import Problem
from archive_gen.texts import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive_gen.check.base import Reading, Subject

_CLOSE = 0.75
"""How alike two keys are of which one is a slip of the other (``difflib`` ratio)."""


_CLOSE_TAG = 0.85
"""The same for two tags: Iran is no slip of Iraq."""


def articles(subject: Subject) -> Iterator[Finding]:
    """What is wrong in the files of ``content/`` themselves."""
    ours = {*KNOWN_KEYS, *(taxonomy.key for taxonomy in subject.config.taxonomies.values())}
    vocabulary = vocabulary_of(subject.config.tags)
    # Thousands of articles have the same tag, and a look at the whole vocabulary takes long.
    likest: Memo[str, str] = Memo(lambda tag: nearest(tag, vocabulary.tags, _CLOSE_TAG))
    for reading in subject.readings:
        for problem in reading.problems:
            yield Finding(problem, "front-matter")
        yield from _misspelt(reading, sorted(ours))
        yield from _stray_tags(reading, vocabulary, likest)
        yield from _lost_versions(reading, subject)
    for problem in subject.own_pages.problems:
        yield Finding(problem, "own-page")
    for problem in subject.catalogue.collisions:
        yield Finding(problem, "same-address")
    for problem in lists_of_stories(subject.content, subject.readings):
        yield Finding(problem, "list-page")
    yield from _copies(subject)
    yield from _taken_out(subject)
    yield from _alike(subject)
    yield from _misnamed(subject)
    yield from _links(subject)
    yield from _pictures(subject)


def _copies(subject: Subject) -> Iterator[Finding]:
    """Articles that are there twice, each with a page: one was made from the other, or both were
    imported from one page, in archives that were joined later."""
    readings = {reading.path: reading for reading in subject.readings if reading.entry}
    first: dict[str, str] = {}
    for path, reading in readings.items():
        other = readings.get(copies.copied_from(path, readings))
        if other and _are_one(reading, other):
            problem = copies.told(f"content/{path}", f"content/{other.path}")
            yield Finding(problem, "second-copy")
        elif reading.original and first.setdefault(reading.original, path) != path:
            message = f"is made of the same original as content/{first[reading.original]}"
            hint = "delete one of them; if you made two of one story, take 'original' out of this"
            yield Finding(Problem(f"content/{path}", 0, message, hint), "same-original")


def _are_one(one: Reading, other: Reading) -> bool:
    """Part 2 of a story has a title of its own, or a day."""
    if one.original and one.original == other.original:
        return True
    first, second = one.entry, other.entry
    return bool(first and second and (first.title, first.date) == (second.title, second.date))


def _taken_out(subject: Subject) -> Iterator[Finding]:
    """Articles that came back from elsewhere: another archive, a backup."""
    taken_out = store.taken_out(subject.content)
    for reading in subject.readings:
        if reading.original in taken_out:
            message = "was taken out: content/_redacted.txt names its original"
            hint = "redact it again or delete it; if it may stay, take that line out"
            yield Finding(Problem(f"content/{reading.path}", 0, message, hint), "taken-out")


def _alike(subject: Subject) -> Iterator[Finding]:
    """Files that are one where capitals don't count: what is copied there last, is all there is."""
    first: dict[str, str] = {}
    for path in sorted(reading.path for reading in (*subject.readings, *subject.pictures)):
        other = first.setdefault(same_name(path).casefold(), path)
        if other != path:
            message = (
                f"differs from content/{other} only in capitals or the way accents are written"
            )
            hint = "name one otherwise: a Mac, Windows and most sticks can't hold both"
            yield Finding(Problem(f"content/{path}", 0, message, hint), "same-name")


_SLIPS = (".md", ".markdown", ".mdown", ".mkd", ".md.txt")
"""Endings that Markdown has elsewhere; Notepad gives the last one."""


def _misnamed(subject: Subject) -> Iterator[Finding]:
    """Files that were meant for articles; what else lies in ``content/`` is a person's own."""
    for file in listing.scan_named_like(subject.content, _SLIPS):
        ending = next(filter(file.path.lower().endswith, _SLIPS))
        name = file.path[: -len(ending)].rpartition("/")[2]
        problem = Problem(
            f"content/{file.path}",
            0,
            "is passed over: the names of articles end in .md",
            f"name it {name}.md",
        )
        yield Finding(problem, "misnamed-article")


def _links(subject: Subject) -> Iterator[Finding]:
    """A link may lead out of the archive, which then were not whole without what is there."""
    for path in listing.scan_links(subject.content):
        problem = Problem(
            f"content/{path}",
            0,
            "is passed over: it is a link",
            "put what it leads to in its place",
        )
        yield Finding(problem, "linked-article")


def _pictures(subject: Subject) -> Iterator[Finding]:
    """Files that are none, and those that articles look for in vain."""
    for reading in subject.pictures:
        for problem in reading.problems:
            yield Finding(problem, "bad-picture")
    for problem in subject.album.faults(subject.catalogue.order.pictures):
        yield Finding(problem, "lost-picture")


def _misspelt(reading: Reading, known: list[str]) -> Iterator[Finding]:
    for key in reading.other_keys:
        plain = key.strip().casefold().replace("-", "_")
        meant = nearest(plain, known, _CLOSE)
        if meant and key not in known:
            hint = f"write '{meant}:' if that is meant"
            problem = Problem(f"content/{reading.path}", 0, f"nothing reads the key '{key}'", hint)
            yield Finding(problem, "misspelt-key")


def _stray_tags(
    reading: Reading, vocabulary: Vocabulary, likest: Mapping[str, str]
) -> Iterator[Finding]:
    """Tags beside the vocabulary: other words for its tags, and slips of them.

    A tag that is like none of it is an article's own.
    """
    for tag in reading.entry.terms["tags"] if reading.entry else ():
        meant = vocabulary.tag_of(tag)
        code, message = "other-word", f"the tag '{tag}' is another word for '{meant}'"
        if not meant:
            meant = likest[tag]
            code, message = "misspelt-tag", f"the tag '{tag}' looks like '{meant}' misspelt"
        if meant and meant != tag:
            hint = f"write '{meant}', or give '{tag}' a line under 'tags:' in site.yaml"
            yield Finding(Problem(f"content/{reading.path}", 0, message, hint), code)


def _lost_versions(reading: Reading, subject: Subject) -> Iterator[Finding]:
    for path in reading.entry.versions if reading.entry else ():
        if path not in subject.catalogue.by_path:
            hint = "mend or remove the path under 'versions:'"
            message = f"names '{path}' as another version, and there is no such article"
            yield Finding(Problem(f"content/{reading.path}", 0, message, hint), "lost-version")
