"""Documents in Rich Text Format, as small as a program can write them."""

from __future__ import annotations

FONTS = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial;}}"


def rtf(*paragraphs: str, fonts: str = FONTS) -> bytes:
    """A document with these paragraphs as they stand."""
    return written(*map(_escaped, paragraphs), fonts=fonts)


def written(*paragraphs: str, fonts: str = FONTS) -> bytes:
    """A document with these paragraphs, each as Rich Text Format."""
    body = "".join(f"\\pard\\plain\\f0 {paragraph}\\par\r\n" for paragraph in paragraphs)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{fonts}\r\n{body}}}\0".encode("cp1252")


def row(*cells: str) -> str:
    """A row of a table, as Rich Text Format; what comes after it begins a paragraph."""
    written_cells = "".join(f"{cell}\\cell " for cell in cells)
    return f"\\trowd\\intbl {written_cells}\\row"


def _escaped(text: str) -> str:
    halves = text.encode("utf-16-le")
    units = (int.from_bytes(halves[at : at + 2], "little") for at in range(0, len(halves), 2))
    return "".join(map(_unit, units))


def _unit(number: int) -> str:
    if number < 0x80:
        sign = chr(number)
        return f"\\{sign}" if sign in "\\{}" else sign
    return f"\\u{number - 0x10000 if number > 0x7FFF else number}?"
