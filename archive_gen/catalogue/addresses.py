"""Who has which address, when several claim one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.problems import Problem
from archive_gen.urls import short_digest, slugify

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence


def settle_urls(
    paths: Sequence[str], claims: Sequence[str]
) -> tuple[Mapping[str, str], list[Problem]]:
    """Path → address of the articles that can't have the one they claim: the first by path has it.

    ``claims`` are in the order of ``paths``. Also tells of each that it is published elsewhere.
    """
    if len(set(claims)) == len(claims):
        return {}, []
    owners: dict[str, str] = {}
    elsewhere: dict[str, str] = {}
    collisions: list[Problem] = []
    for path, url in sorted(zip(paths, claims, strict=True)):
        owner = owners.setdefault(url, path)
        if owner != path:
            other = _free(url.rstrip("/"), path, "/", owners)
            collisions.append(
                Problem(
                    f"content/{path}",
                    0,
                    f"claims the address /{url} that content/{owner} has",
                    f"it is published at /{other}; rename the file or set 'slug:'",
                )
            )
            elsewhere[path] = other
            owners[other] = path
    return elsewhere, collisions


def settle_aliases(
    aliases: Mapping[str, Sequence[str]], urls: Mapping[str, str]
) -> tuple[Mapping[str, str], list[Problem]]:
    """Old address → path of the article that it leads to: the first by path of those that claim it.

    ``aliases`` are those that each article claims, by its path; ``urls``: address → path of all
    pages of articles, which go before. Also tells of each that leads nowhere.
    """
    owners: dict[str, str] = {}
    lost: list[Problem] = []
    for path, claimed in sorted(aliases.items()):
        for url in claimed:
            owner = urls.get(url) or owners.setdefault(url, path)
            if owner != path:
                message = f"claims the old address /{url} that content/{owner} has"
                hint = "take it out of one of them under 'aliases:'"
                lost.append(Problem(f"content/{path}", 0, message, hint))
    return owners, lost


def settle_slugs(keys: Iterable[str]) -> Mapping[str, str]:
    """Term key → slug. Different terms never share a slug."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        slug = slugify(key)
        if slug in taken:
            slug = _free(slug, key, "", taken)
        taken.add(slug)
        slugs[key] = slug
    return slugs


def _free(name: str, owner: str, end: str, taken: Container[str]) -> str:
    """``name`` with a suffix that follows from ``owner``, and that nobody has taken."""
    salt = owner
    while (free := f"{name}-{short_digest(salt)}{end}") in taken:
        salt += "+"
    return free
