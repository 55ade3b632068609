"""Documents of Word, as small as they can be."""

from __future__ import annotations

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def line(text: str, style: str = "", *, bold: bool = False) -> str:
    said = "<w:br/>".join(f"<w:t>{part}</w:t>" for part in text.split("\n"))
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{kind}<w:r>{weight}{said}</w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{line(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def relations(**targets: str) -> str:
    inside = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'


def note(number: int) -> str:
    """A paragraph that refers to a note."""
    mark = f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'
    return f"<w:p><w:r><w:t>As they said.</w:t></w:r>{mark}</w:p>"


def packed(body: str, *notes: str) -> bytes:
    """``notes``: each the text of a note, from number 1 on."""
    data = io.BytesIO()
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>'
        for name in ("Title", "Quote", "heading 2")
    )
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("_rels/.rels", relations(officeDocument="word/document.xml"))
        members.writestr(
            "word/_rels/document.xml.rels",
            relations(styles="styles.xml", footnotes="footnotes.xml"),
        )
        noted = (
            f'<w:footnote w:id="{number}">{line(text)}</w:footnote>'
            for number, text in enumerate(notes, 1)
        )
        members.writestr(
            "word/footnotes.xml", f'<w:footnotes xmlns:w="{_W}">{"".join(noted)}</w:footnotes>'
        )
        members.writestr("word/styles.xml", f'<w:styles xmlns:w="{_W}">{styles}</w:styles>')
        members.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        )
    return data.getvalue()
