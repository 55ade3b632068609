"""Pages of Central Europe that are declared Western, as editors of the nineties declared all pages.

A Western encoding makes letters of any byte. Which of them stand together in a word tells that they
are other ones: ``s³owo`` is ``słowo``, ``pøíštì`` is ``příště``.
"""

from __future__ import annotations

import re

_ENOUGH = 3
"""So many different words that no Western language has; a name may look like one."""
_WORDS = re.compile(rb"[A-Za-z\x80-\xff]++")
_SIGN = re.compile(
    rb"(?<=[A-Za-z\xc0\xc1\xc6-\xff])"
    rb"(?:[\xa1\xa3\xa5\xa6\xac\xaf\xb1\xb3\xb6\xb9\xba\xbc\xbe\xbf](?=[a-z\xe0-\xff])|\x9d)"
)
"""What is no letter in a Western encoding, within a word (``¹`` ``³`` ``¿``), or nothing at all.

Behind ``Â`` to ``Å`` it may be the second half of a letter in UTF-8 that was patched in, and others
that are nothing at all are frequent letters of French on a Mac."""
_APART = tuple(
    (frozenset(one), frozenset(other))
    for one, other in (
        (b"\xd8\xf8", b"\xe8\xec\xf2\xf9\x8a\x8e\x9a\x9d\x9e"),  # ø; è ì ò ù š ž
        (b"\xe8\xec\xf2\xf9", b"\xfd\x8a\x8e\x9a\x9d\x9e"),  # è ì ò ù; ý š ž
        (b"\xde\xfe", b"\xe3"),  # þ; ã
    )
)
"""Letters of which no Western language has both in one word."""
_HUNGARIAN = (rb"\xf5", rb"\xfb")
"""``õ`` and ``û``, where it has ``ő`` and ``ű`` …"""
_NOT_HUNGARIAN = re.compile(rb"[\xe0\xe3\xe7\xe8\xea\xf1\xf2]")
"""… and what the Western languages with one of those have besides."""
_OFTEN = 4
_OF_WINDOWS = re.compile(rb"[\x80-\x9f]")


def of_central_europe(data: bytes) -> str:
    """The encoding of a text in a language of Central Europe; empty if it may be Western."""
    words = {word for word in _WORDS.findall(data) if not word.isascii()}
    signed = {word for word in words if _SIGN.search(word)}
    signs = {sign for word in signed for sign in _SIGN.findall(word)}
    strange = set(filter(_is_strange, words))
    if strange or len(signs) > 1:  # one alone may stand for an apostrophe: ``don¹t``
        strange |= signed
    if len(strange) < _ENOUGH and not _is_hungarian(data):
        return ""
    # What Windows has there are letters and quotation marks, and ISO 8859 has nothing.
    return "cp1250" if _OF_WINDOWS.search(data) else "iso8859-2"


def _is_strange(word: bytes) -> bool:
    return any(not (one.isdisjoint(word) or other.isdisjoint(word)) for one, other in _APART)


def _is_hungarian(data: bytes) -> bool:
    often = all(len(re.findall(letter, data)) >= _OFTEN for letter in _HUNGARIAN)
    return often and not _NOT_HUNGARIAN.search(data)
