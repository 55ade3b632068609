"""``site.yaml`` → ``SiteConfig``: typed, every unknown key refused, all faults at once."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from archive_gen.problems import Problem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SETTINGS_FILE = "site.yaml"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_BASE_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
# First path segments that the site itself uses: a taxonomy can't live there.
_TAKEN = ("search", "undated", "assets", "dates", "api")


def _check_language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError("is not a language tag; write one like en, pt-BR or zh-Hant")
    return value


def _check_base_url(value: str) -> str:
    if value and not _BASE_URL.fullmatch(value):
        raise ValueError("is not a web address; write it like https://archive.example.org/news")
    return value.rstrip("/")


def _check_folder(value: str) -> str:
    parts = value.replace("\\", "/").split("/")
    if not value.strip() or value.startswith(("/", "~")) or ":" in value or ".." in parts:
        raise ValueError("is not a folder inside the site; write a relative name like public")
    if parts[0] in ("content", "templates", ".archive", ".") or len(parts) > 1:
        raise ValueError("can't be the output folder; write a name of its own like public")
    return value


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Taxonomy(_Settings):
    """One way of grouping articles: by tag, source, author, place, or what the site adds."""

    key: str = Field(min_length=1)
    """The front-matter key that holds the terms."""
    title: str = Field(min_length=1)
    """The heading of its index."""


BUILT_IN_TAXONOMIES: Mapping[str, Taxonomy] = {
    "tags": Taxonomy(key="tags", title="Tags"),
    "sources": Taxonomy(key="source", title="Sources"),
    "authors": Taxonomy(key="authors", title="Authors"),
    "places": Taxonomy(key="place", title="Places"),
}


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
    taxonomies: dict[str, Taxonomy] = Field(default_factory=lambda: dict(BUILT_IN_TAXONOMIES))


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
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            Problem(SETTINGS_FILE, 0, f"can't be read: {error}", "save it as UTF-8 text")
        ) from None
    return parse_config(text)


def parse_config(text: str) -> SiteConfig:
    """Settings from the text of a ``site.yaml``; raises ``SettingsError``."""
    values, lines, problems = _read_yaml(text)
    if isinstance(values.get("taxonomies"), dict):
        values["taxonomies"] = {**BUILT_IN_TAXONOMIES, **values["taxonomies"]}
        problems += _check_taxonomy_names(values["taxonomies"], lines)
    try:
        config = SiteConfig.model_validate(values)
    except ValidationError as error:
        problems += [_problem(fault, lines) for fault in error.errors(include_url=False)]
    if problems:
        raise SettingsError(sorted(problems, key=lambda problem: problem.line))
    return config


_Lines = dict[tuple[str, ...], int]


def _read_yaml(text: str) -> tuple[dict[str, Any], _Lines, list[Problem]]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.load(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        message = getattr(error, "problem", None) or "is not valid YAML"
        raise SettingsError(
            Problem(
                SETTINGS_FILE,
                mark.line + 1 if mark else 0,
                f"not valid YAML: {message}",
                "check indentation, quotes and colons",
            )
        ) from None
    if not isinstance(values, dict):
        raise SettingsError(
            Problem(SETTINGS_FILE, 1, "holds no settings", "begin with 'title: My archive'")
        )
    lines: _Lines = {}
    problems: list[Problem] = []
    for key_path, line in _key_lines(node, ()):
        if key_path in lines:
            name = ".".join(key_path)
            hint = f"keep this one or that of line {lines[key_path]}"
            problems.append(Problem(SETTINGS_FILE, line, f"'{name}' is set twice", hint))
        lines[key_path] = line
    return {str(key): value for key, value in values.items()}, lines, problems


def _key_lines(
    node: yaml.Node | None, prefix: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*prefix, str(key.value))
            yield path, key.start_mark.line + 1
            yield from _key_lines(value, path)


def _check_taxonomy_names(names: dict[Any, Any], lines: _Lines) -> list[Problem]:
    return [
        Problem(
            SETTINGS_FILE,
            lines.get(("taxonomies", str(name)), 0),
            f"'{name}' can't be the name of a taxonomy",
            "it becomes a folder of the site: use small letters, digits and hyphens, "
            f"and none of {', '.join(_TAKEN)}",
        )
        for name in names
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name in _TAKEN
    ]


def _problem(fault: Any, lines: _Lines) -> Problem:
    where = tuple(str(part) for part in fault["loc"])
    line = next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), 1)
    name = ".".join(where)
    if fault["type"] == "extra_forbidden":
        return Problem(SETTINGS_FILE, line, f"unknown setting '{name}'", _nearest(where))
    if fault["type"] == "missing":
        return Problem(SETTINGS_FILE, line, f"'{name}' is missing", f"add '{where[-1]}: …'")
    message = fault["msg"].removeprefix("Value error, ")
    message, _, hint = message.partition("; ")
    return Problem(
        SETTINGS_FILE,
        line,
        f"'{name}': {message[:1].lower()}{message[1:]}",
        hint or _expected(fault),
    )


def _nearest(where: tuple[str, ...]) -> str:
    model = SiteConfig if len(where) == 1 else Taxonomy
    known = list(model.model_fields)
    close = difflib.get_close_matches(where[-1], known, n=1, cutoff=0.5)
    return f"did you mean '{close[0]}'?" if close else f"known are: {', '.join(known)}"


def _expected(fault: Any) -> str:
    kind = fault["type"]
    if kind == "string_type":
        return "put the text in quotes"
    if kind.startswith("int"):
        return "write a whole number without quotes"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return "write indented 'key: value' lines below it"
    return "see docs/settings.md"
