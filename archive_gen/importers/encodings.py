"""Bytes → text: by a mark, by what is declared, as UTF-8, else by the likeliest encoding."""

from __future__ import annotations

import codecs
import math
import re
from typing import TYPE_CHECKING

from archive_gen.importers.misread import undone
from archive_gen.importers.texts.literals import bytes_meant
from archive_gen.texts import as_meant

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"""<meta\s[^<>]*?charset\s*=\s*(?:["']\s*)?([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE
)
_XML = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9_:.\-]{2,40})""")
_TAG = re.compile(rb"<[^<>]*>")
_NO_CONTROLS = bytes({*range(256)} - {*range(9), *range(14, 27), *range(28, 32), 127})
_WIDE = ("utf-16", "utf-32")
"""Any bytes may look like text in them, so a text must be sound: pictures are not."""
_SAMPLE = 1 << 18
_SOUND = 10
"""So many letters of more than a byte for each broken one: no other encoding looks like that."""
_HEAD = 8192
"""A declaration is looked for in so many bytes."""
# Web pages that name these mean their larger siblings: https://encoding.spec.whatwg.org/#names-and-labels
_LARGER = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
_SHIFT = re.compile(rb"\x1b\$(?:[@B]|\([DQ])")
"""What switches to Japanese in an encoding of seven bits, which looks like ASCII."""
_SHIFTED = ("iso2022_jp_ext", "iso2022_jp_2004")
_OF_PROGRAMS = ("utf-7", "unicode-escape", "raw-unicode-escape", "punycode", "idna", "charmap")
"""Codecs that no browser reads a page with: they can spell what is no character, and some
take time that grows with the square of a text."""

MIXED = "archive_gen.mixed"
"""An error handler of decoding: bytes that are no UTF-8, in a file that otherwise is, are taken
for Windows-1252, in which such files were most often patched together."""


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(MIXED, _as_windows)


def is_binary(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is no text in any encoding.

    Of random bytes one in ten is a control character, of text next to none; only the wide
    encodings have zero bytes, and very many.
    """
    controls = len(head.translate(None, _NO_CONTROLS))
    marked = any(head.startswith(mark) for mark, _ in _MARKS)
    wide = marked or head.count(0) * 5 > len(head)
    return not wide and controls * 50 > len(head)


def decode(data: bytes, declared: str = "") -> str | None:
    """``data`` as text with plain line feeds; None if no encoding fits.

    A byte order mark decides, then switches of script, then UTF-8 if it is valid, then what is
    ``declared`` if it fits, then the likeliest old encoding. Text that is valid UTF-8 by accident
    does not exist in practice, so a wrong declaration does no harm. Where a few bytes of much UTF-8
    are broken, only those are lost. A Western encoding fits any bytes, and editors declared it
    unasked; so it counts only where the text may be Western.
    """
    for encoding in filter(None, _told(data, declared)):
        try:
            return _level(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    if _soundness(data[:_SAMPLE]) >= _SOUND:
        return _level(data.decode("utf-8", "replace"))
    guess = _likeliest(data)
    return _level(data.decode(guess, "replace")) if guess else None


def _told(data: bytes, declared: str) -> Iterator[str]:
    """The encodings that a text or its page tells, in the order in which they count."""
    yield next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if _SHIFT.search(data):
        yield from _SHIFTED
    yield "utf-8"
    yield _as_written(_known(declared), data[:_SAMPLE])  # last: it may have to look at the letters


def _likeliest(data: bytes) -> str:
    """The old encoding that the letters of a text tell; empty if there is none."""
    from chardet import EncodingEra, detect  # takes long to load, and most texts are UTF-8

    if data[:_SAMPLE].isascii():
        data = data.lstrip(_ASCII)  # what tells stands behind it
    found = detect(
        _TAG.sub(b" ", data[:_SAMPLE]),  # which may declare what did not fit
        encoding_era=EncodingEra.ALL & ~EncodingEra.MAINFRAME,
        max_bytes=_SAMPLE,
        prefer_superset=False,  # to it, Windows-1250 is one of ISO 8859-2, which has other letters
        exclude_encodings=("utf-7",),
    )
    guess = _known(found["encoding"] or "")
    return "" if guess.startswith(_WIDE) and not is_whole(data, guess) else guess


def is_whole(data: bytes, encoding: str) -> bool:
    """Whether all of ``data`` has a meaning in an encoding."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_WESTERN = ("cp1252", "iso8859-15")
_TAKEN_FOR_WESTERN = ("cp1250", "iso8859-2", "cp1254", "cp1257", "iso8859-13", "cp1258")
"""Of Central Europe, Turkey, the Baltic and Vietnam: most letters of theirs are some of a Western
one."""


def _as_written(declared: str, data: bytes) -> str:
    """The encoding that is declared; a Western one only where the letters tell no other."""
    if declared not in _WESTERN:
        return declared
    if _is_of_another_script(data):
        return ""
    told = _likeliest(data) if len(data.translate(None, _ASCII)) >= _ENOUGH else declared
    return told if told in _TAKEN_FOR_WESTERN else declared


_OF_OLD_MACHINES = re.compile(
    rb"(?<=[A-Za-z])[\x81-\x84\x86-\x8a\x8c-\x90\x98\x9a\x9c-\x9f](?=[A-Za-z])"
)
"""Letters within words in the encodings of DOS and the Mac. In Windows-1252 these are marks, and
letters that are rare where it is used."""
_RUN = re.compile(rb"[\x80-\xff]{2,}")
_ASCII = bytes(range(0x80))
_ENOUGH = 16
"""So many letters that are no ASCII tell; in a few words anything may be."""
_BELOW_LETTERS = bytes(range(0xC0))
"""ASCII, and what in a Western encoding are marks and spaces."""


def _is_of_another_script(data: bytes) -> bool:
    """Whether most letters beyond ASCII stand beside another byte beyond it. In French a fifth of
    them do, in Icelandic a third; in Greek, Russian, Arabic, Thai, Chinese next to all.

    Only what a Western encoding takes for letters is counted: it has indents, rules and leaders of
    spaces, dashes and dots, which are of no script.
    """
    beside = sum(map(_letters, _RUN.findall(data)))
    return beside >= _ENOUGH and beside * 4 > _letters(data) * 3


def _letters(data: bytes) -> int:
    return len(data.translate(None, _BELOW_LETTERS))


def _soundness(data: bytes) -> float:
    """How many letters of more than a byte there are in UTF-8 for each broken one; 0 if none."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = len(text) - sum(map(str.isascii, text)) - broken
    return letters / broken if broken else math.inf if letters else 0


def decode_html(data: bytes, declared: str = "") -> str | None:
    """``decode`` for a page, which may declare its encoding itself; a header's word comes first.

    One that declares UTF-8 and has as many letters of it as broken ones was patched together of
    that and of Windows-1252. What declares nothing is read as browsers read it, as if it declared
    that, unless it came from a machine of another kind: guesses are misled by all that stands in
    a page beside its words. A page that a program wrote as Python shows bytes is the page.
    """
    data = bytes_meant(data)
    match = _META.search(data[:_HEAD]) or _XML.match(data[:_HEAD])
    declared = _known(declared) or _known(match[1].decode("ascii") if match else "")
    if declared == "utf-8" and 1 <= _soundness(data[:_SAMPLE]) < _SOUND:
        return _level(data.decode("utf-8", MIXED))
    return decode(data, declared or ("" if _is_of_old_machine(data[:_SAMPLE]) else "cp1252"))


def _is_of_old_machine(data: bytes) -> bool:
    """Whether more letters are where DOS and the Mac have them than where Windows has them."""
    return len(_OF_OLD_MACHINES.findall(data)) > _letters(data)


def _known(label: str) -> str:
    """The codec that a page means by ``label``; empty if there is none."""
    try:
        name = codecs.lookup(label.strip()).name if label else ""
    except (LookupError, ValueError):
        return ""
    return _LARGER.get(name, name) if name not in _OF_PROGRAMS and _is_text(name) else ""


def _is_text(name: str) -> bool:
    """Codecs such as rot13 and hex are none of text."""
    try:
        bytes(4).decode(name)  # of no bytes at all, Python does not ask
    except (LookupError, UnicodeError):
        return False
    return True


def _level(text: str) -> str:
    return as_meant(undone(text.replace("\r\n", "\n").replace("\r", "\n")))


def encoding_of_sample(head: bytes, declared: str = "") -> str:
    """The encoding of a stream that begins with ``head``, which may end within a letter: UTF-8 if
    the sample is that, else what is ``declared``, else a guess."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _SHIFT.search(head):
        return _SHIFTED[0]
    whole, _, _ = head.rpartition(b"\n")
    whole, declared = whole or head, _known(declared)
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        told = "" if declared == "utf-8" else _as_written(declared, whole)
        return told or _likeliest(head) or "cp1252"
    # Letters may come behind the sample; of those of the West ``MIXED`` thinks.
    is_open = whole.isascii() and declared not in ("", "ascii", "utf-8", *_WESTERN)
    return declared if is_open else "utf-8-sig"
