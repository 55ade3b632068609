"""UTF-8 that a program read as Windows-1252 and wrote down so: ``Ã¼`` for ``ü``, ``â€™`` for ``’``.

Line by line, for what a page is patched together of may be right elsewhere. A line is misread if
each of its characters that such a mistake may have made belongs to one of UTF-8: in a text that
was read well this comes about by chance alone, and hardly three times.
"""

from __future__ import annotations

import re

from archive_gen.texts import as_meant

_LEAST = 3
"""Characters that must have been misread for a text to count as such."""
_OF_WINDOWS = {as_meant(chr(code)): code for code in range(0x80, 0xA0)}
_BYTES = {**{chr(code): code for code in range(0x80, 0x100)}, **_OF_WINDOWS}
"""Character → the byte that was taken for it; what Windows lacks is a control."""
_LATER = "".join(re.escape(mark) for mark, byte in _BYTES.items() if byte < 0xC0)
_MISREAD = re.compile(f"[Â-ß][{_LATER}]|[à-ï][{_LATER}]{{2}}|[ð-ô][{_LATER}]{{3}}")
_BEFORE_SPACE = re.compile(r"[ÂÃ](?= |$)")
"""What is left of a no-break space, and of ``à``, whose second byte programs take for a space."""
_LEFT = {"Â": "", "Ã": "à"}
_MAY_BE_MADE = re.compile(f"[{''.join(map(re.escape, _BYTES))}]")
_SIGNS = (*"ÂÃÄÅÎÏÐÑØÙ×\x80\x9f", "â€", "ã€", "ï¼", "ðŸ")
"""One of them stands in nearly any text that was misread, and in few others."""


def undone(text: str) -> str:
    """``text`` with what was misread as it was written."""
    if text.isascii() or not any(sign in text for sign in _SIGNS):
        return text
    if len(_MISREAD.findall(text)) < _LEAST:
        return text
    lines = text.split("\n")
    misread = {line for line in lines if not line.isascii() and _is_misread(line)}
    if sum(len(_MISREAD.findall(line)) for line in misread) < _LEAST:
        return text
    return "\n".join(_read_again(line) if line in misread else line for line in lines)


def _is_misread(line: str) -> bool:
    left, spaces = _BEFORE_SPACE.subn("", line)
    left, found = _MISREAD.subn("", left)
    return found + spaces > 0 and not _MAY_BE_MADE.search(left)


def _read_again(line: str) -> str:
    # In this order: a letter that is itself again may stand before a space.
    return _MISREAD.sub(_as_written, _BEFORE_SPACE.sub(lambda match: _LEFT[match[0]], line))


def _as_written(match: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[mark] for mark in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
