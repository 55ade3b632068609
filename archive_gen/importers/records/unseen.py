"""What content systems say of records that readers never saw.

That is what a field says in so many words; any other value than those listed is no reason to leave
out a text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from archive_gen.importers.cms_exports import DRAFTS, hidden_row
from archive_gen.importers.records.fields import Fields, is_empty, value_at, word_of

WITHDRAWN = "withdrawn stories"
WITHOUT_TEXT = "entries without a text"
LINKS = "links to other pages"
Hidden: TypeAlias = "Callable[[Fields], str]"
"""What a record is that readers never saw (``drafts``); empty for what they saw."""
_NO = ("false", "f", "no", "off", "0")
"""PostgreSQL has one letter for each."""
_YES = ("true", "t", "yes")
_OF_DRAFTS = {
    "draft": _YES,  # a number may be that of the draft
    "isdraft": (*_YES, "1"),
    "published": _NO,  # or it is a date
    "ispublished": _NO,
    "online": _NO,
    "active": _NO,
    "visible": _NO,
    "status": (*_NO, "draft", "unpublished"),
    "state": ("false", "0", "draft", "unpublished"),  # or a part of a country
}


def if_one_of(path: str, hides: str, kind: str) -> Hidden:
    """For a field that has one of the values ``hides`` where readers never saw an entry."""
    values = frozenset(hides.split())

    def hidden(fields: Fields) -> str:
        return kind if word_of(value_at(fields, path)) in values else ""

    return hidden


def if_empty(path: str) -> Hidden:
    """For a field that is filled when an entry appears."""
    return lambda fields: DRAFTS if is_empty(value_at(fields, path)) else ""


def is_draft(fields: Fields) -> bool:
    """Whether a record by folded names calls itself a draft, as many systems do."""
    words = {name: word_of(fields.get(name)) for name in _OF_DRAFTS}
    return any(word in _OF_DRAFTS[name] for name, word in words.items())


def as_draft(fields: Fields) -> str:
    """``is_draft`` as a kind."""
    return DRAFTS if is_draft(fields) else ""


def in_wordpress(fields: Fields) -> str:
    """A row that WordPress never showed: a draft, a revision, a private post."""
    kind, status = (fields.get("post" + name) or fields.get(name) for name in ("type", "status"))
    password = fields.get("postpassword")
    return hidden_row(kind, status, "" if is_empty(password) else password)


def without_body(fields: Fields) -> str:
    """An entry of Drupal's database that is something else than a text: a poll, a gallery."""
    is_empty_one = "bodyvalue" in fields and is_empty(fields["bodyvalue"])
    return WITHOUT_TEXT if is_empty_one and not fields.get("body") else ""


def leads_away(fields: Fields) -> str:
    """News of TYPO3 that is a link alone."""
    is_link = word_of(fields.get("type")) in ("1", "2") and not fields.get("bodytext")
    return LINKS if is_link else ""


def in_workspace(fields: Fields) -> str:
    """A version that an editor of TYPO3 works on, while readers see another."""
    return DRAFTS if word_of(fields.get("t3verwsid")) not in ("", "0", "none") else ""
