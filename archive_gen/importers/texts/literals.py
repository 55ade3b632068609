r"""What programs write in place of a page: its bytes, lines or elements as Python shows them.

``b'<!DOCTYPE html>\n<p>It\xe2\x80\x99s'``, ``['Home', 'News']``, ``[<p>It is</p>, <p>so</p>]``; or
all of a text on one line, with ``\n`` for each line end.
"""

from __future__ import annotations

import ast
import re
import warnings

_BYTES = re.compile(rb"\s*(b(?P<mark>['\"]).*(?P=mark))\s*", re.DOTALL)
_LIST = re.compile(r"\s*[\[(]\s*['\"].*[\])]\s*", re.DOTALL)
_ELEMENTS = re.compile(rb"\s*\[(<[a-zA-Z].*>)\]\s*", re.DOTALL)
_NEXT = re.compile(rb"(</(?:p|div|h[1-6]|li|span|td)>), (?=<)")
_NEAR = 100
"""Blanks above it, at most."""
_LEAST = 3
"""Line ends on a line that are meant so."""
_ESCAPED = re.compile(r"\\(?:u[\dA-Fa-f]{4}|[nrt\"'/\\])")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}


def bytes_meant(data: bytes) -> bytes:
    """``data``; the bytes or elements that it shows if it is such a text."""
    start = data[:_NEAR].lstrip()[:1]
    if start == b"b" and (shown := _BYTES.fullmatch(data)):
        meant = _read(shown[1].decode("latin-1"))
        return meant if isinstance(meant, bytes) else data
    if start == b"[" and (shown := _ELEMENTS.fullmatch(data)):
        return _NEXT.sub(rb"\1\n", shown[1])
    return data


def text_meant(text: str) -> str:
    """``text``; the lines that it shows if it is such a text."""
    start = text[:_NEAR].lstrip()[:1]
    if start and start in "[(" and _LIST.fullmatch(text):
        lines = _read(text.strip())
        if isinstance(lines, list | tuple) and all(isinstance(line, str) for line in lines):
            return "\n".join(lines)
    if "\n" not in text.strip() and text.count("\\n") >= _LEAST:
        return _ESCAPED.sub(_sign, text)
    return text


def _read(literal: str) -> object:
    """What Python reads in it; None if it can't."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.literal_eval(literal)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _sign(escaped: re.Match[str]) -> str:
    code = escaped[0][1:]
    return chr(int(code[1:], 16)) if code[0] == "u" else _SIGNS.get(code, code)
