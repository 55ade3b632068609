"""``site.yaml`` → ``SiteConfig``: typed, every unknown key refused, all faults at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from yaml.nodes import MappingNode

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


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Taxonomy(_Settings):
    """One way of grouping articles: by tag, source, author, place, or what the site adds."""

    key: str = Field(min_length=1)
    """The front-matter key that holds the terms."""
    title: str = Field(min_length=1)
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


class Story(_Settings):
    """What is said of a story, and the tags that gather its articles."""

    about: str = ""
    """Markdown shown on its page."""
    tags: list[Annotated[str, Field(min_length=1)]] = Field(default_factory=list)
    """An article with one of them belongs to the story, as does one that names it."""


class SiteConfig(_Settings):
    """The settings of one archive; ``docs/settings.md`` describes each."""

    title: str = Field(min_length=1)
    description: str = ""
    about: str = ""
    """Markdown shown on the home page."""
    language: Annotated[str, AfterValidator(_check_language)] = "en"
    base_url: Annotated[str, AfterValidator(_check_base_url)] = ""
    output: Annotated[str, AfterValidator(_check_folder)] = "public"
    page_size: int = Field(default=50, ge=5, le=1000)
    feed_size: int = Field(default=30, ge=1, le=1000)
    list_files: bool = True
    """Whether lists are there for programs, too: as JSON, as CSV and as feeds of their own."""
    image_origins: list[Annotated[str, AfterValidator(_check_origin)]] = Field(default_factory=list)
    """Servers from which pages may load pictures; of others they show the words alone."""
    taxonomies: dict[str, Taxonomy] = Field(default_factory=lambda: dict(BUILT_IN_TAXONOMIES))
    tags: dict[str, list[Annotated[str, Field(min_length=1)]]] = Field(default_factory=dict)
    """The vocabulary: a tag → other words for it."""
    stories: dict[str, Story] = Field(default_factory=dict)
    """A story, as front matter names it → what is said of it."""

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
        values["taxonomies"] = {**BUILT_IN_TAXONOMIES, **values["taxonomies"]}
        problems += _check_taxonomy_names(values["taxonomies"], lines)
    if isinstance(values.get("tags"), dict):
        values["tags"] = {tag: _as_list(words) for tag, words in values["tags"].items()}
        problems += _check_vocabulary(values["tags"], lines)
    if isinstance(values.get("stories"), dict):
        values["stories"] = {
            name: {} if story is None else story for name, story in values["stories"].items()
        }
    try:
        config = SiteConfig.model_validate(values)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        problems += [_problem(fault, lines) for fault in faults if fault["loc"][-1] != "[key]"]
    if problems:
        raise SettingsError(sorted(problems, key=lambda problem: problem.line))
    return config


_Lines = dict[tuple[str, ...], int]


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


def _key_lines(
    node: Node | None, faults: Faults, prefix: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], int]]:
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


def _as_list(words: Any) -> Any:
    """The words of a tag, which may be one, or none."""
    return [words] if isinstance(words, str) else [] if words is None else words


def _check_vocabulary(tags: dict[str, Any], lines: _Lines) -> Iterator[Problem]:
    """Every word that stands under two tags."""
    owners: dict[str, str] = {}
    for tag, words in tags.items():
        texts = [word for word in words if isinstance(word, str)] if isinstance(words, list) else []
        for word in dict.fromkeys((tag, *texts)):
            owner = owners.setdefault(fold_term(word), tag)
            if owner != tag:
                line = lines.get(("tags", tag), 0)
                hint = "a word can lead to one tag only: take it out here or there"
                message = f"'{word}' stands under 'tags.{tag}' and under 'tags.{owner}'"
                yield Problem(SETTINGS_FILE, line, message, hint)


def _problem(fault: Any, lines: _Lines) -> Problem:
    where = tuple(str(part) for part in fault["loc"])
    line = next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), 1)
    name = ".".join(where)
    if fault["type"] in ("extra_forbidden", "invalid_key"):
        return Problem(SETTINGS_FILE, line, f"unknown setting {quoted(name)}", _meant(where))
    if fault["type"] == "missing":
        return Problem(SETTINGS_FILE, line, f"{quoted(name)} is missing", f"add '{where[-1]}: …'")
    message, hint = _complaint(fault)
    return Problem(SETTINGS_FILE, line, f"{quoted(name)} {message}", hint)


def _meant(where: tuple[str, ...]) -> str:
    inner = Story if where[0] == "stories" else Taxonomy
    model = SiteConfig if len(where) == 1 else inner
    meant = nearest(where[-1], model.model_fields, cutoff=0.5)
    return f"did you mean '{meant}'?" if meant else f"known are: {', '.join(model.model_fields)}"


_NO_GROUP = ("is not a group of settings", "write indented 'key: value' lines below it")


def _complaint(fault: Any) -> tuple[str, str]:
    """What is wrong with a value, and what to write instead."""
    kind, limits = fault["type"], fault.get("ctx", {})
    if kind == "value_error":
        message, _, hint = str(limits["error"]).partition("; ")
        return message, hint
    if fault["input"] is None or kind == "string_too_short":
        return "is empty", "write something, or leave the line out"
    if kind == "greater_than_equal":
        return "is too small", f"write {limits['ge']} or more"
    if kind == "less_than_equal":
        return "is too large", f"write {limits['le']} or less"
    return _OF_ANOTHER_TYPE.get(kind.partition("_")[0], _NO_GROUP)


_OF_ANOTHER_TYPE = {
    "string": ("is not a text", "put it in quotes"),
    "int": ("is not a whole number", "write one like 50, without quotes"),
    "bool": ("is neither true nor false", "write true or false, without quotes"),
    "list": ("is not a list", "write it like [one, two]"),
}
