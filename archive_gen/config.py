"""``site.yaml`` → ``SiteConfig``: typed, every unknown key refused, all faults at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import msgspec
from msgspec import inspect
from yaml.nodes import MappingNode

from archive_gen.language_tags import is_language_tag, written_tag
from archive_gen.layout import CONTENT_FOLDER, SETTINGS_FILE, TEMPLATES_FOLDER
from archive_gen.problems import Problem, SettingsError
from archive_gen.texts import fold_term, nearest, quoted
from archive_gen.urls import is_portable
from archive_gen.yaml_nodes import Faults, compose, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from yaml.nodes import Node

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


def _of_form(form: Callable[[str], str]) -> msgspec.Meta:
    """Of a text that ``form`` rewrites or refuses: it raises ``ValueError`` with what is wrong and
    a hint, between which is a semicolon."""
    return msgspec.Meta(extra={"form": form})


_Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
_Language: TypeAlias = Annotated[str, _of_form(_check_language)]
_BaseUrl: TypeAlias = Annotated[str, _of_form(_check_base_url)]
_Folder: TypeAlias = Annotated[str, _of_form(_check_folder)]
_Origin: TypeAlias = Annotated[str, _of_form(_check_origin)]


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
        problems += _check_taxonomies(values, lines)
        values["names"] = {of: _as_lists(terms) for of, terms in values["names"].items()}
        for taxonomy, terms in values["names"].items():
            problems += _check_vocabulary(terms, lines, ("names", str(taxonomy)))
    if isinstance(values.get("stories"), dict):
        values["stories"] = {
            name: {} if story is None else story for name, story in values["stories"].items()
        }
    settings = _Values(lines, problems).checked(values, inspect.type_info(SiteConfig))
    if problems:
        raise SettingsError(sorted(problems, key=lambda problem: problem.line))
    return msgspec.convert(settings, SiteConfig)


_Where: TypeAlias = tuple[str, ...]
"""The keys that lead to a value."""
_Lines: TypeAlias = dict[_Where, int]


def _read(text: str) -> tuple[dict[str, Any], _Lines, list[Problem]]:
    """What is set, the line of each key, and what can't be read of the rest."""
    faults = Faults(SETTINGS_FILE, text, 1)
    root = compose(faults)
    if not faults.found and not isinstance(root, MappingNode):
        faults.add(None, "holds no settings", "begin with 'title: My archive'")
    if root is None or faults.found:
        raise SettingsError(faults.found)
    values: dict[str, Any] = plain(root, faults)
    return values, dict(_key_lines(root, faults, ())), faults.found


def _key_lines(node: Node | None, faults: Faults, prefix: _Where) -> Iterator[tuple[_Where, int]]:
    # Settings are no deeper; an alias can make a node hold itself.
    if isinstance(node, MappingNode) and len(prefix) < 3:
        for key, value in node.value:
            path = (*prefix, str(key.value).strip())
            yield path, faults.line(key)
            yield from _key_lines(value, faults, path)


def _check_taxonomy_names(names: dict[Any, Any], lines: _Lines) -> list[Problem]:
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


def _check_taxonomies(values: dict[str, Any], lines: _Lines) -> Iterator[Problem]:
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


def _check_vocabulary(terms: Any, lines: _Lines, where: tuple[str, ...]) -> Iterator[Problem]:
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


@dataclass(frozen=True, slots=True)
class _Values:
    """Compares values with what is declared of them."""

    lines: _Lines
    problems: list[Problem]
    """Gets what is wrong with them."""

    def checked(self, value: Any, kind: inspect.Type, where: _Where = ()) -> Any:
        """A value in the form in which it is kept."""
        form = None
        if isinstance(kind, inspect.Metadata):
            form = (kind.extra or {})["form"]
            kind = kind.type
        try:
            _demand(value, kind)
            value = form(value) if form else value
        except ValueError as error:
            message, _, hint = str(error).partition("; ")
            self._add(where, f"{quoted('.'.join(where))} {message}", hint)
            return None
        match kind:
            case inspect.StructType(fields=fields):
                return self._group(value, fields, where)
            case inspect.DictType(value_type=inner):
                return {key: self.checked(v, inner, (*where, key)) for key, v in value.items()}
            case inspect.ListType(item_type=inner):
                return [self.checked(v, inner, (*where, str(n))) for n, v in enumerate(value)]
        return value

    def _group(
        self, values: Mapping[str, Any], fields: Iterable[inspect.Field], where: _Where
    ) -> Any:
        known = {field.name: field for field in fields}
        found = {}
        for name, field in known.items():
            inside = (*where, name)
            if name in values:
                found[name] = self.checked(values[name], field.type, inside)
            elif field.required:
                self._add(inside, f"{quoted('.'.join(inside))} is missing", f"add '{name}: …'")
        for name in values:
            if name not in known:
                inside = (*where, name)
                message = f"unknown setting {quoted('.'.join(inside))}"
                self._add(inside, message, _meant(name, known))
        return found

    def _add(self, where: _Where, message: str, hint: str) -> None:
        above = (where[:n] for n in range(len(where), 0, -1))
        line = next((self.lines[path] for path in above if path in self.lines), 1)
        self.problems.append(Problem(SETTINGS_FILE, line, message, hint))


def _meant(name: str, known: Iterable[str]) -> str:
    meant = nearest(name, known, cutoff=0.5)
    return f"did you mean '{meant}'?" if meant else f"known are: {', '.join(known)}"


_EMPTY = "is empty; write something, or leave the line out"
_NO_GROUP = "is not a group of settings; write indented 'key: value' lines below it"
_KINDS: Mapping[type[inspect.Type], tuple[type, str]] = {
    inspect.StrType: (str, "is not a text; put it in quotes"),
    inspect.IntType: (int, "is not a whole number; write one like 50, without quotes"),
    inspect.BoolType: (bool, "is neither true nor false; write true or false, without quotes"),
    inspect.ListType: (list, "is not a list; write it like [one, two]"),
    inspect.DictType: (dict, _NO_GROUP),
    inspect.StructType: (dict, _NO_GROUP),
}
"""What is declared → what a value is to be, and what to say of others."""


def _demand(value: Any, kind: inspect.Type) -> None:
    """Raise ``ValueError`` if a value is of another kind: what is wrong, and a hint."""
    if value is None:
        raise ValueError(_EMPTY)
    wanted, complaint = _KINDS[type(kind)]
    found: Any = type(value)
    if found is not wanted:  # true is no number here
        raise ValueError(complaint)
    if isinstance(kind, inspect.StrType) and len(value) < (kind.min_length or 0):
        raise ValueError(_EMPTY)
    if isinstance(kind, inspect.IntType):
        if kind.ge is not None and value < kind.ge:
            raise ValueError(f"is too small; write {kind.ge} or more")
        if kind.le is not None and value > kind.le:
            raise ValueError(f"is too large; write {kind.le} or less")
