"""Pictures in an article: each with its size, so that nothing moves while the page loads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from msgspec import Struct

from archive_gen import markup
from archive_gen.article import Image
from archive_gen.pictures import is_beside, path_meant, same_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from archive_gen.loading.kept import ReadyArticle
    from archive_gen.pictures import Picture

_IMG = re.compile(rf"(?P<p><p>)?(?P<img>{markup.IMG.pattern})(?P<end></p>)?")


class Figure(Struct, frozen=True):
    """A picture as a page shows it."""

    picture: Picture | None
    """None where there is no file of it: its words are shown alone."""
    caption: str
    credit: str
    alt: str
    address: str
    """On the web, where it was found; else empty."""
    is_lead: bool = False
    """Whether it stands above the text, so that a reader should not wait for it."""
    loaded: str = ""
    """The address from which the page loads it, where the settings allow that server."""


class Illustrated(Struct, frozen=True):
    """An article's text with the pictures that it names, and the others."""

    body: str
    """Safe HTML."""
    lead: Figure | None
    """The picture above the text: the first of the front matter that is not in the text."""
    figures: tuple[Figure, ...]
    """Those of the front matter that are left."""


def illustrate(
    path: str,
    ready: ReadyArticle,
    pictures: Sequence[Picture],
    figure: Callable[[Figure], str],
    origins: Set[str] = frozenset(),
) -> Illustrated:
    """Put the pictures of the article at ``path`` where its text names them.

    ``figure`` makes the safe HTML of a figure. A paragraph that is nothing but a picture becomes
    one, with the words that the front matter has for the same file, else with the picture's
    title. A picture that is not there leaves the words that stand for it, unless it lies on one
    of the servers ``origins``.
    """
    if "<img" not in ready.body and not ready.article.images:
        return Illustrated(ready.body, None, ())
    return _illustrated(path, ready, pictures, figure, origins)


def _illustrated(
    path: str,
    ready: ReadyArticle,
    pictures: Sequence[Picture],
    figure: Callable[[Figure], str],
    origins: Set[str],
) -> Illustrated:
    body = ready.body
    if origins and "<img" in body:
        body = markup.to_html_with_pictures(ready.article.body, origins)
    found = {same_name(picture.file): picture for picture in pictures}
    stated = [(_meant(path, image.src), image) for image in ready.article.images]
    words = {meant: image for meant, image in stated if meant}
    used: set[str] = set()

    def place(match: re.Match[str]) -> str:
        values = markup.attributes(match["img"])
        src = values.get("src", "")
        meant, loaded = _meant(path, src), markup.foreign_picture(src, origins)
        picture = found.get(meant)
        if match["p"] and match["end"] and (loaded or picture):
            used.add(meant)
            return figure(_in_text(picture, values, words.get(meant), loaded))
        made = _between_words(values, picture, loaded)
        return f"{match['p'] or ''}{made}{match['end'] or ''}"

    if "<img" in body:
        body = _IMG.sub(place, body)
    left = [(found.get(meant), image) for meant, image in stated if not meant or meant not in used]
    shown = [markup.foreign_picture(image.src, origins) for _, image in left]
    first = next((at for at, (picture, _) in enumerate(left) if picture or shown[at]), None)
    figures = [
        _stated(*each, loaded, is_lead=number == first)
        for number, (each, loaded) in enumerate(zip(left, shown, strict=True))
    ]
    lead = figures.pop(first) if first is not None else None
    return Illustrated(body, lead, tuple(figures))


def _meant(path: str, src: str) -> str:
    return path_meant(path, src) if is_beside(src) else ""


def _in_text(
    picture: Picture | None, values: Mapping[str, str], image: Image | None, loaded: str
) -> Figure:
    image = image or Image(caption=values.get("title", ""))
    alt = values.get("alt", "") or image.alt
    return Figure(picture, image.caption, image.credit, alt, "", loaded=loaded)


def _stated(picture: Picture | None, image: Image, loaded: str, *, is_lead: bool) -> Figure:
    address = "" if is_beside(image.src) else image.src
    return Figure(picture, image.caption, image.credit, image.alt, address, is_lead, loaded)


def _between_words(values: Mapping[str, str], picture: Picture | None, loaded: str) -> Markup:
    if loaded:
        return _img(values, loaded, referrerpolicy="no-referrer")
    if picture is None:
        return escape(values.get("alt", ""))
    return _img(values, picture.name, width=str(picture.width), height=str(picture.height))


def _img(values: Mapping[str, str], src: str, **more: str) -> Markup:
    facts = {name: values[name] for name in ("title", "lang", "dir") if name in values}
    facts |= {"src": src, "alt": values.get("alt", ""), **more, "loading": "lazy"}
    written = (Markup(' {}="{}"').format(name, value) for name, value in facts.items())
    return Markup("<img{}>").format(Markup("").join(written))
