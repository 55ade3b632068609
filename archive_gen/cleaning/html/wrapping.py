"""Stories whose lines the markup breaks to a width, as wire copy came to the first web sites.

They stand in ``<pre>``, or have a ``<br>`` at the end of each line. They are made paragraphs before
anything looks at the page.
"""

from __future__ import annotations

from typing import Any

from archive_gen.cleaning.lines.joining import joiner, parts_of
from archive_gen.cleaning.lines.wrapping import find_runs
from archive_gen.scripts import are_in_a_row

_INLINE = frozenset("a abbr b cite code em font i q s small span strong sub sup tt u".split())
_LONGEST_NUMBER = 3
_FEWEST_LINES = 2
_BREAKS = 4
"""A holder of fewer holds no story broken to a width."""


def unwrap(tree: Any) -> None:
    """Put the lines of such stories together; code, verse and addresses stay as they are."""
    for element in list(tree.iter("pre")):
        _open_paragraphs(element)
    for holder in dict.fromkeys(element.getparent() for element in tree.iter("br")):
        _drop_breaks(holder)


def bracket_notes(tree: Any) -> None:
    """Set the raised numbers that lead to notes apart from the words before them: ``1911.[1]``."""
    for raised in tree.iter("sup"):
        links = [link for link in raised.iter("a") if link.get("href", "").startswith("#")]
        number = raised.text_content().strip()
        if len(links) == 1 and number.isalnum() and len(number) <= _LONGEST_NUMBER:
            tail = raised.tail
            raised.clear()
            raised.text, raised.tail = f"[{number}]", tail


def _open_paragraphs(preformatted: Any) -> None:
    """Its text alone becomes paragraphs, so it must hold nothing that is more than text."""
    if any(inner.tag not in _INLINE for inner in preformatted.iterdescendants()):
        return
    lines = preformatted.text_content().split("\n")
    runs = find_runs(lines)
    if not runs:
        _keep_lines(preformatted, lines)
        return
    tail = preformatted.tail
    preformatted.clear()
    preformatted.tag, preformatted.tail = "div", tail
    join = joiner(lines, runs)
    for start, stop in parts_of(lines, runs):
        text = join(lines[start:stop])
        if text:
            paragraph = preformatted.makeelement("p")
            paragraph.text = text
            preformatted.append(paragraph)


def _keep_lines(preformatted: Any, lines: list[str]) -> None:
    """Part its lines as HTML does, for nothing else tells of them later."""
    if preformatted.find(".//code") is not None or len(lines) < _FEWEST_LINES:
        return
    tail = preformatted.tail
    preformatted.clear()
    preformatted.tail = tail
    preformatted.text = lines[0]
    for line in lines[1:]:
        end = preformatted.makeelement("br")
        end.tail = line
        preformatted.append(end)


def _drop_breaks(holder: Any) -> None:
    lines, ends = _lines_of(holder)
    if sum(end.tag == "br" for end in ends) < _BREAKS:
        return
    inner = {end for run in find_runs(lines) for end in ends[run.start : run.stop - 1]}
    _remove(holder, {end for end in inner if end.tag == "br"})


def _lines_of(holder: Any) -> tuple[list[str], list[Any]]:
    """The lines in ``holder``, and after each but the last the element that ends it."""
    lines: list[list[str]] = [[holder.text or ""]]
    ends = []
    for child in holder:
        if child.tag in _INLINE:
            lines[-1] += child.itertext()
        elif isinstance(child.tag, str):
            ends.append(child)
            lines.append([])
        lines[-1].append(child.tail or "")
    return [" ".join("".join(parts).split()) for parts in lines], ends


def _go_on(texts: list[str], tail: str) -> None:
    """Add what stands behind a break, with a blank if one belongs there."""
    before, after = texts[-1].rstrip(), tail.lstrip()
    if are_in_a_row(before, after):
        texts[-1:] = (before, after)
    else:
        texts += (" ", tail)


def _remove(holder: Any, breaks: set[Any]) -> None:
    """Take ``breaks`` out; all at once: there may be thousands."""
    before: Any = None
    texts = [holder.text or ""]
    for child in list(holder):
        if child in breaks:
            _go_on(texts, child.tail or "")
            holder.remove(child)
            continue
        _set_text_after(holder, before, "".join(texts))
        before, texts = child, [child.tail or ""]
    _set_text_after(holder, before, "".join(texts))


def _set_text_after(holder: Any, child: Any, text: str) -> None:
    if child is None:
        holder.text = text
    else:
        child.tail = text
