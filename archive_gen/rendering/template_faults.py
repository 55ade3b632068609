"""What is wrong with a template, as one line: where it stands, and what was probably meant."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import msgspec
from jinja2.utils import missing

from archive_gen.layout import TEMPLATES_FOLDER
from archive_gen.problems import Problem
from archive_gen.texts import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive_gen.rendering.theme_files import ThemeFiles

TEMPLATE_FAULTS = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What a template may raise when code is made of it, and when that runs."""
_OF_CODE = re.compile(r"\bl_\d+_")
"""What Jinja2 puts before a template's names in its code."""
_UNKNOWN = re.compile(r"there is no (variable|filter|test) '([^']+)'")
_NO_SUCH = re.compile(r"No (filter|test) named ('[^']+')\.?")
_ENDLESS = "leads back to itself without end"


class Unknown(jinja2.StrictUndefined):
    """A value that a template names and that is not there: it fails, and tells what there is."""

    @property
    def _undefined_message(self) -> str:
        name, value = str(self._undefined_name), self._undefined_obj
        if self._undefined_hint:
            return str(self._undefined_hint)
        if value is missing:
            return f"there is no variable {quoted(name)}"
        return f"there is no {quoted(name)} in this {_kind(value)}" + _meant(name, _names(value))


def is_of_template(error: Exception, theme: ThemeFiles) -> bool:
    """Whether it comes of one of the archive's own templates that have a part in a page, and not of
    what was done before one ran, or of the program as one of the theme's called it."""
    # The theme's ask for nothing that is not there, but where an own one gives it less.
    if isinstance(error, jinja2.TemplateError | SyntaxError):
        return True
    places = _places(error, theme) or _places(error.__cause__, theme)
    return bool(places) and places[-1][0].startswith(f"{TEMPLATES_FOLDER}/")


def problem_of(
    error: Exception, theme: ThemeFiles, template: str, url: str, known: Mapping[str, Iterable[str]]
) -> Problem:
    """What ``template`` did wrong when the page at ``url`` was rendered.

    ``known``: the names of each ``variable``, ``filter`` and ``test`` that it may use.
    """
    places = _places(error, theme)
    name, line = places[-1] if places else (f"templates/{template}", 0)
    message = str(getattr(error, "message", None) or str(error) or type(error).__name__)
    if isinstance(error, jinja2.TemplateSyntaxError):
        name, line = f"templates/{error.name}", error.lineno
        message = _NO_SUCH.sub(r"there is no \1 \2", message)
    elif isinstance(error, SyntaxError):  # Python's: its line is one of the code
        name, line = theme.where(Path(error.filename or "")) or name, 0
        message = "can't be made into code: " + _OF_CODE.sub("", error.msg)
    elif isinstance(error, RecursionError) and (again := _first_twice(places)):
        (name, line), message = again, _ENDLESS
    if unknown := _UNKNOWN.fullmatch(message):
        message += _meant(unknown[2], known[unknown[1]])
    return Problem(name, line, message, f"while rendering /{url}")


def _places(error: BaseException | None, theme: ThemeFiles) -> list[tuple[str, int]]:
    """The templates that ran, each with the line that it was at; the innermost is the last."""
    # Jinja2 rewrites tracebacks: the frame of a template has its file, and a line of that.
    return [
        (where, frame.lineno or 0)
        for frame in traceback.extract_tb(error.__traceback__ if error else None)
        if (where := theme.where(Path(frame.filename)))
    ]


def _first_twice(places: list[tuple[str, int]]) -> tuple[str, int] | None:
    """Where a circle begins."""
    seen = set()
    for place in places:
        if place in seen:
            return place
        seen.add(place)
    return None


def _meant(name: str, known: Iterable[str]) -> str:
    meant = nearest(name, sorted(known))
    return f"; did you mean {quoted(meant)}?" if meant else ""


def _kind(value: object) -> str:
    return "mapping" if isinstance(value, dict) else type(value).__name__.lstrip("_")


def _names(value: object) -> list[str]:
    if isinstance(value, dict):
        return [name for name in value if isinstance(name, str)]
    if isinstance(value, msgspec.Struct):
        return list(value.__struct_fields__)
    return [name for name in dir(value) if not name.startswith("_")]
