"""A value, as SQL writes it → its text.

Dumps write constants, and join them where a text has line breaks or is too long for one:
``'It sank.' || chr(10)``, ``CONCAT('…', '…')``, ``replace('…\\n…','\\n',char(10))``,
``unistr('…\\u000a…')``, ``TO_CLOB('…')``. Of any other function the first text counts:
``CAST(N'2015' AS DateTime)``.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from archive_gen.importers.databases.sql_tokens import WORD, characters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.importers.databases.sql_tokens import Token

_JOINING = ("||", "+")
_BEHIND = frozenset(("AS", "USING", "COLLATE", "ON"))
"""What begins with these says something of the value before it."""
_BINARY = re.compile(r"0x((?:[0-9A-Fa-f]{2})+)")
_BITS = {"00": "0", "01": "1"}
_BYTEA = re.compile(r"\\x((?:[0-9a-f]{2})+)")
_MARK_OF_BYTEA = "\\x"
_NUMBERED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|[+U]([0-9A-Fa-f]{6,8})|([0-9A-Fa-f]{4})|(\\))")
_CODE = re.compile(r"[0-9]{1,7}")
_DAYS = {"datetime": 8, "smalldatetime": 4}
"""Type of SQL Server → its bytes: the first half counts the days since the one below."""
_FIRST_DAY = datetime.date(1900, 1, 1)


class Value:
    """A value, as its tokens are read."""

    __slots__ = ("_behind", "_goes_on", "_parts", "_word", "is_text")

    def __init__(self) -> None:
        self.is_text = False
        """Whether a text stands in it, not words and numbers alone."""
        self._parts: list[str | None] = []
        self._word = ""
        """A word that is a constant, a mark of one, or the name of a function: what comes next
        tells."""
        self._goes_on = True
        """Whether a constant is to come, not what says something of the last one."""
        self._behind = ""

    @property
    def text(self) -> str | None:
        """What the value is; None for NULL."""
        parts = [*self._parts, _of_word(self._word)] if self._word else self._parts
        told = [part for part in parts if part is not None]
        return "".join(told) if told else None

    def take(self, token: Token) -> None:
        """Read on."""
        if token.kind == WORD:
            self._take_word(token.text)
        elif self._goes_on or not self._behind:  # also a second text beside the first
            self.is_text = True
            self._add(_constant(self._word, token.text))

    def call(self, arguments: Sequence[Value]) -> None:
        """Read what stands in brackets here."""
        if self._goes_on:
            text = _called(self._word.casefold(), arguments)
            self.is_text = self.is_text or any(one.is_text for one in arguments)
            self._add(text)

    def day(self) -> str:
        """The day that SQL Server writes as a number: ``0x0000A52900000000 AS DateTime``."""
        binary, size = _BINARY.fullmatch(self._word), _DAYS.get(self._behind.casefold())
        if binary is None or size is None or len(binary[1]) != size * 2:
            return ""
        days = int.from_bytes(
            bytes.fromhex(binary[1])[: size // 2], signed=size == max(_DAYS.values())
        )
        try:
            return (_FIRST_DAY + datetime.timedelta(days)).isoformat()
        except OverflowError:
            return ""

    def _take_word(self, word: str) -> None:
        if word.startswith(_JOINING) and (self._parts or self._word):
            if self._word:
                self._add(_of_word(self._word))
            self._goes_on, self._behind = True, ""
            word = word.lstrip("".join(_JOINING))
        if word.upper() in _BEHIND:
            self._goes_on = False
        if self._goes_on:
            self._word = word
        else:
            self._behind = word

    def _add(self, text: str | None) -> None:
        self._parts.append(text)
        self._word, self._goes_on, self._behind = "", False, ""


def of_bytea(text: str) -> str:
    """A text, also where PostgreSQL writes the bytes of one: ``\\x4665727279``."""
    found = _BYTEA.fullmatch(text) if text.startswith(_MARK_OF_BYTEA) else None
    return _of_bytes(found[1]) if found else text


def _constant(mark: str, text: str) -> str:
    """What a text means behind ``mark``, a word before it: ``x'…'``, ``U&'…'``, ``N'…'``."""
    if mark in ("x", "X"):
        return _of_bytes(text)
    if mark.upper() == "U&":
        return _unnumbered(text)
    return of_bytea(text)


def _of_word(word: str) -> str | None:
    word = word.partition("::")[0]
    if word.upper() in ("NULL", "DEFAULT"):
        return None
    binary = _BINARY.fullmatch(word)
    return _of_bytes(binary[1]) if binary else word


def _of_bytes(hexadecimal: str) -> str:
    """The text that bytes are, which may be anything; empty if they are none. A bit is a number."""
    if hexadecimal in _BITS:
        return _BITS[hexadecimal]
    try:
        return bytes.fromhex(hexadecimal).decode()
    except ValueError:
        return ""


def _called(name: str, arguments: Sequence[Value]) -> str | None:
    """What a function gives, of those that dumps use; a bracket without a name is one, too."""
    texts = [one.text or "" for one in arguments]
    if name == "concat":
        return "".join(texts)
    if name in ("char", "chr", "nchar"):
        return "".join(characters(int(text)) for text in texts if _CODE.fullmatch(text))
    if name == "unistr":
        return _unnumbered(texts[0])
    if name == "replace" and len(texts) == 3 and 0 < len(texts[1]) >= len(texts[2]):
        return texts[0].replace(texts[1], texts[2])  # never longer than it was
    if name == "cast" and (day := arguments[0].day()):
        return day
    told = next((one for one in arguments if one.is_text), arguments[0])
    return told.text


def _unnumbered(text: str) -> str:
    """A text with the characters that it names by number: ``\\u00e4``, ``\\00e4``."""
    return _NUMBERED.sub(
        lambda sign: sign[4] or characters(int(sign[sign.lastindex or 0], 16)), text
    )
