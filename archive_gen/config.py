"""``site.yaml`` → ``SiteConfig``: typed, every unknown key refused, all faults at once."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import msgspec
from yaml.nodes import MappingNode

from archive_gen.declared import checked, of_form
from archive_gen.language_tags import is_language_tag, written_tag
from archive_gen.layout import CONTENT_FOLDER, SETTINGS_FILE, TEMPLATES_FOLDER
from archive_gen.problems import Problem, SettingsError
from archive_gen.texts import fold_term, nearest, quoted
from archive_gen.urls import is_portable
from archive_gen.yaml_nodes import Faults, compose, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from yaml.nodes import Node

    from archive_gen.declared import Lines, Where

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_BASE_URL = re.compile(r"https?://[^\s/?#\"'<>]+(/[^\s?#\"'<>]*)?")
# No sign of it means anything in a policy or in markup.
_ORIGIN = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", re.IGNORECASE)
# First path segments that the site itself uses: a taxonomy can't live there.
_TAKEN = ("search", "undated", "assets", "dates", "api", "sitemaps", "pictures")


def _check_language(value: str) -> str:
    if not is_language_tag(value):
        raise ValueError("is not a language tag; write one like en, pt-BR or zh-Hant")
    return written_tag(value)


def _check_base_url(value: str) -> str:
    if value and not _BASE_URL.fullmatch(value):
        raise ValueError("is not a web address; write it like https://archive.example.org/news")
    return value.rstrip("/")


def _check_origin(value: str) -> str:
    if not _ORIGIN.fullmatch(value):
        raise ValueError("is not a server; write it like https://pictures.example.org")
    return value.lower()


def _check_folder(value: str) -> str:
    parts = value.replace("\\", "/").split("/")
    if value.startswith(("/", "~")) or ":" in value or ".." in parts:
        raise ValueError("is not a folder inside the site; write a relative name like public")
    # A build empties its output folder: none that others use, ``.git`` neither. Many systems
    # take Content for content, and Windows ``content.`` too.
    plain = value.casefold().rstrip(". ")
    if (
        plain in ("", CONTENT_FOLDER, TEMPLATES_FOLDER, SETTINGS_FILE)
        or plain[0] == "."
        or len(parts) > 1
    ):
        raise ValueError("can't be the output folder; write a name of its own like public")
    if value[0] == " " or not is_portable(value):
        raise ValueError("is a name that not every system can keep; write one like public")
    return value


_Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
_Language: TypeAlias = Annotated[str, of_form(_check_language)]
_BaseUrl: TypeAlias = Annotated[str, of_form(_check_base_url)]
_Folder: TypeAlias = Annotated[str, of_form(_check_folder)]
_Origin: TypeAlias = Annotated[str, of_form(_check_origin)]


class Taxonomy(msgspec.Struct, frozen=True):
    """One way of grouping articles: by tag, source, author, place, or what the site adds."""

    key: _Text
    """The front-matter key that holds the terms."""
    title: _Text
    """The heading of its index."""


STORIES = "stories"
"""The taxonomy whose articles lead to one another, and that ``site.yaml`` can describe."""
BUILT_IN_TAXONOMIES: Mapping[str, Taxonomy] = {
    "tags": Taxonomy(key="tags", title="Tags"),
    "sources": Taxonomy(key="source", title="Sources"),
    "authors": Taxonomy(key="authors", title="Authors"),
    "places": Taxonomy(key="place", title="Places"),
    STORIES: Taxonomy(key="story", title="Stories"),
}


class Story(msgspec.Struct, frozen=True):
    """What is said of a story, and the tags that gather its articles."""

    about: str = ""
    """Markdown shown on its page."""
    tags: list[_Text] = []
    """An article with one of them belongs to the story, as does one that names it."""


class SiteConfig(msgspec.Struct, frozen=True, dict=True):
    """The settings of one archive; ``docs/settings.md`` describes each."""

    title: _Text
    description: str = ""
    about: str = ""
    """Markdown shown on the home page."""
    rights: str = ""
    """Who has the rights in its articles: a sentence, or the address of a licence."""
    language: _Language = "en"
    base_url: _BaseUrl = ""
    output: _Folder = "public"
    page_size: Annotated[int, msgspec.Meta(ge=5, le=1000)] = 50
    feed_size: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 30
    list_files: bool = True
    """Whether lists are there for programs, too: as JSON, as CSV and as feeds of their own."""
    image_origins: list[_Origin] = []
    """Servers from which pages may load pictures; of others they show the words alone."""
    taxonomies: dict[str, Taxonomy] = msgspec.field(
        default_factory=lambda: dict(BUILT_IN_TAXONOMIES)
    )
    tags: dict[str, list[_Text]] = {}
    """The vocabulary: a tag → other words for it."""
    names: dict[str, dict[str, list[_Text]]] = {}
    """Taxonomy → a term of it → what articles write that means the same term."""
    stories: dict[str, Story] = {}
    """A story, as front matter names it → what is said of it."""

    @cached_property
    def names_by_key(self) -> Mapping[str, Mapping[str, str]]:
        """Front-matter key → what it may say, folded → the term that the archive shows for it."""
        found: dict[str, dict[str, str]] = {}
        for taxonomy, terms in self.names.items():
            of_key = found.setdefault(self.taxonomies[taxonomy].key, {})
            for term, others in terms.items():
                of_key.update((fold_term(word), term) for word in (term, *others))
        return found

    @property
    def folders(self) -> frozenset[str]:
        """The folders of the site that are its own."""
        return frozenset({*_TAKEN, *self.taxonomies})


def load_config(site: Path) -> SiteConfig:
    """Read ``site.yaml`` in folder ``site``.

    Raises ``SettingsError`` with every fault found, each with its line.
    """
    path = site / SETTINGS_FILE
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise SettingsError(
            Problem(SETTINGS_FILE, 0, "there is none here", "run 'archive init' to make one")
        ) from None
    except OSError as error:
        raise SettingsError(
            Problem(SETTINGS_FILE, 0, f"can't be read: {error.strerror}", "see who may read it")
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(
            Problem(SETTINGS_FILE, 0, "is not UTF-8 text", "save it with the encoding UTF-8")
        ) from None
    return parse_config(text)


def parse_config(text: str) -> SiteConfig:
    """Settings from the text of a ``site.yaml``; raises ``SettingsError``."""
    values, lines, problems = _read(text)
    if isinstance(values.get("taxonomies"), dict):
        built_in = msgspec.to_builtins(BUILT_IN_TAXONOMIES)
        values["taxonomies"] = {**built_in, **values["taxonomies"]}
        problems += _check_taxonomy_names(values["taxonomies"], lines)
    if isinstance(values.get("tags"), dict):
        values["tags"] = _as_lists(values["tags"])
        problems += _check_vocabulary(values["tags"], lines, ("tags",))
    if isinstance(values.get("names"), dict):
        problems += _check_groups_of_names(values, lines)
        values["names"] = {of: _as_lists(terms) for of, terms in values["names"].items()}
        for taxonomy, terms in values["names"].items():
            problems += _check_vocabulary(terms, lines, ("names", str(taxonomy)))
    if isinstance(values.get("stories"), dict):
        values["stories"] = {
            name: {} if story is None else story for name, story in values["stories"].items()
        }
    settings, faults = checked(values, SiteConfig, SETTINGS_FILE, lines)
    problems += faults
    if problems:
        raise SettingsError(sorted(problems, key=lambda problem: problem.line))
    return msgspec.convert(settings, SiteConfig)


def _read(text: str) -> tuple[dict[str, Any], Lines, list[Problem]]:
    """What is set, the line of each key, and what can't be read of the rest."""
    faults = Faults(SETTINGS_FILE, text, 1)
    root = compose(faults)
    if not faults.found and not isinstance(root, MappingNode):
        faults.add(None, "holds no settings", "begin with 'title: My archive'")
    if root is None or faults.found:
        raise SettingsError(faults.found)
    values: dict[str, Any] = plain(root, faults)
    return values, dict(_key_lines(root, faults, ())), faults.found


def _key_lines(node: Node | None, faults: Faults, prefix: Where) -> Iterator[tuple[Where, int]]:
    # Settings are no deeper; an alias can make a node hold itself.
    if isinstance(node, MappingNode) and len(prefix) < 3:
        for key, value in node.value:
            path = (*prefix, str(key.value).strip())
            yield path, faults.line(key)
            yield from _key_lines(value, faults, path)


def _check_taxonomy_names(names: dict[Any, Any], lines: Lines) -> list[Problem]:
    return [
        Problem(
            SETTINGS_FILE,
            lines.get(("taxonomies", str(name)), 0),
            f"{quoted(str(name))} can't be the name of a taxonomy",
            "it becomes a folder of the site: use small letters, digits and hyphens, "
            f"none of {', '.join(_TAKEN)}, and no device of Windows like con",
        )
        for name in names
        if not (isinstance(name, str) and _NAME.fullmatch(name) and is_portable(name))
        or name in _TAKEN
    ]


def _check_groups_of_names(values: dict[str, Any], lines: Lines) -> Iterator[Problem]:
    """Every group of ``names`` that is of no taxonomy."""
    given = values.get("taxonomies")
    known = [*(given if isinstance(given, dict) else BUILT_IN_TAXONOMIES)]
    for name in values["names"]:
        if name not in known:
            meant = nearest(str(name), known, cutoff=0.5)
            hint = f"did you mean '{meant}'?" if meant else f"there are {', '.join(known)}"
            message = f"{quoted(str(name))} under 'names' is no taxonomy"
            yield Problem(SETTINGS_FILE, lines.get(("names", str(name)), 0), message, hint)


def _as_lists(terms: Any) -> Any:
    """Terms, each with its words, which may be one, or none."""
    if not isinstance(terms, dict):
        return {} if terms is None else terms
    return {
        term: [words] if isinstance(words, str) else [] if words is None else words
        for term, words in terms.items()
    }


def _check_vocabulary(terms: Any, lines: Lines, where: tuple[str, ...]) -> Iterator[Problem]:
    """Every word that stands under two terms of those at ``where``."""
    owners: dict[str, str] = {}
    for term, words in terms.items() if isinstance(terms, dict) else ():
        texts = [word for word in words if isinstance(word, str)] if isinstance(words, list) else []
        for word in dict.fromkeys((str(term), *texts)):
            owner = owners.setdefault(fold_term(word), term)
            if owner != term:
                line = lines.get((*where, str(term)), 0)
                group = ".".join(where)
                hint = "a word can lead to one of them only: take it out here or there"
                message = f"'{word}' stands under '{group}.{term}' and under '{group}.{owner}'"
                yield Problem(SETTINGS_FILE, line, message, hint)
