"""What an article keeps of the links and the stress in its lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.html.inline import STRESS
from archive_gen.markdown_text import Span
from archive_gen.urls import is_web_address, resolved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archive_gen.cleaning.html.lines import Spot

_BOLD = frozenset("h1 h2 h3 h4 h5 h6 th".split())
_LONGEST = 2000
"""Characters of an address."""


def kept_spans(
    spots: Sequence[Spot], address: str, files: Mapping[str, str]
) -> dict[int, tuple[Span, ...]]:
    """Index of a line → what an article keeps: links that lead elsewhere, and stress on words.

    ``address``: of the page, against which links are read; empty if nobody knows it. ``files``:
    address as the page writes it → the document beside the article that it means.
    """
    return {
        index: _apart(spot, _placed(*spot.marked, address, files))
        for index, spot in enumerate(spots)
        if spot.marked
    }


def document_spans(spots: Sequence[Spot], files: Mapping[str, str]) -> dict[int, tuple[Span, ...]]:
    """The same for who keeps no links but those to documents beside the article."""
    names = frozenset(files.values())
    found = kept_spans(spots, "", files).items() if files else ()
    return {index: tuple(one for one in spans if one.address in names) for index, spans in found}


def _placed(
    parts: Sequence[str],
    marked: Iterable[tuple[int, int, Any]],
    address: str,
    files: Mapping[str, str],
) -> Iterator[Span]:
    """The spans of marked parts, in characters of the line without needless white space."""
    starts, stops = _places(parts)
    for first, last, element in marked:
        start = next((place for place in starts[first:last] if place >= 0), -1)
        mark = STRESS.get(element.tag, "")
        written = (element.get("href") or "").strip()
        target = "" if mark else files.get(written) or _target(written, address)
        if start >= 0 and (mark or target):
            yield Span(start, max(stops[first:last]), mark, target)


def _places(parts: Sequence[str]) -> tuple[list[int], list[int]]:
    """Where each part begins and ends, -1 for one without a word."""
    starts, stops = [], []
    length, is_apart = 0, False
    for part in parts:
        words = " ".join(part.split())
        is_apart = is_apart or part[:1].isspace()
        if words:
            start = length + (is_apart and length > 0)
            length = start + len(words)
            is_apart = part[-1:].isspace()
        starts.append(start if words else -1)
        stops.append(length if words else -1)
    return starts, stops


def _target(written: str, address: str) -> str:
    """The whole address of a link; empty if it is none, or leads to its own page."""
    place = resolved(address, written.replace(" ", "%20"))
    is_own = place.partition("#")[0] == address.partition("#")[0]
    is_link = is_web_address(place) or place.lower().startswith("mailto:")
    return place if is_link and not is_own and len(place) <= _LONGEST else ""


def _apart(spot: Spot, spans: Iterable[Span]) -> tuple[Span, ...]:
    """``spans`` with the same stress on neighbours as one, without other stress that touches it,
    and without any on a first letter alone or on what stands out by itself."""
    found = sorted(spans, key=lambda one: one.start)
    links = [span for span in found if not span.mark]
    stressed: list[Span] = []
    for span in found:
        if not span.mark or spot.kind in _BOLD or _is_initial(spot.text, span):
            continue
        last = stressed[-1] if stressed else None
        if last is None or span.start > last.stop + 1:
            stressed.append(span)
        elif span.mark == last.mark and not _cross(links, last.start, span.stop):
            stressed[-1] = replace(last, stop=span.stop)
        elif span.start > last.stop:
            stressed.append(span)
    return (*links, *stressed)


def _cross(links: Iterable[Span], start: int, stop: int) -> bool:
    """Whether a link lies partly within this part of a line, and partly beside it."""
    return any(
        link.start < start < link.stop < stop or start < link.start < stop < link.stop
        for link in links
    )


def _is_initial(text: str, span: Span) -> bool:
    """Whether only the first letter of a word is stressed, as at the beginning of a story."""
    return span.stop - span.start == 1 and text[span.stop : span.stop + 1].isalpha()
