"""PDFs, as small as they can be."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """Words of a page in WinAnsi, where they begin, and how large their letters are; in points."""

    words: str
    along: float
    up: float
    size: float = 10
    is_bold: bool = False


def column(
    *words: str, along: float = 50, top: float = 700, down: float = 12, size: float = 10
) -> list[Line]:
    """Lines below each other; an empty one leaves a gap."""
    return [Line(one, along, top - at * down, size) for at, one in enumerate(words) if one]


def pdf(*pages: list[Line], turned: bool = False) -> bytes:
    """A document of some pages; ``turned``: as a program writes it that draws them sideways."""
    frame = "0 1 -1 0 600 0 cm" if turned else "1 0 0 1 0 0 cm"
    contents = [f"{frame} BT {''.join(map(_drawn, page))} ET" for page in pages]
    kids = " ".join(f"{3 + at} 0 R" for at in range(len(pages)))
    roman, bold = (
        f"<</Type/Font/Subtype/Type1/BaseFont/Times-{face}/Encoding/WinAnsiEncoding>>"
        for face in ("Roman", "Bold")
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]/MediaBox[0 0 600 800]"
        f"/Resources<</Font<</F1 {roman}/F2 {bold}>>>>>>",
        *(
            f"<</Type/Page/Parent 2 0 R/Contents {3 + len(pages) + at} 0 R>>"
            for at in range(len(pages))
        ),
        *(f"<</Length {len(one.encode('cp1252'))}>>\nstream\n{one}\nendstream" for one in contents),
    ]
    return packed(*objects)


def packed(*objects: str, trailer: str = "") -> bytes:
    """The objects of a document, of which the first is its root."""
    data = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    end = (
        f"trailer <</Size {len(places) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data + (head + end).encode()


def _drawn(line: Line) -> str:
    words = line.words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    font = "F2" if line.is_bold else "F1"
    return f"/{font} {line.size} Tf 1 0 0 1 {line.along} {line.up} Tm ({words}) Tj\n"
