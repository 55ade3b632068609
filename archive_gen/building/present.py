"""Articles, pictures and faults as they are now: what changed, and what the last build left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.catalogue.album import Album
from archive_gen.catalogue.catalogue import Catalogue
from archive_gen.loading.packed import PackedEntries
from archive_gen.pictures import is_beside_text

if TYPE_CHECKING:
    from archive_gen.building.last_build import LastBuild
    from archive_gen.catalogue.changes import Before
    from archive_gen.loading.changes import Changes
    from archive_gen.problems import Problem

# When more articles than this change, sorting all anew is faster than moving each.
_FEW = 1_000


def present_catalogue(
    found: Changes, last: LastBuild, before: Before, language: str
) -> tuple[Catalogue, bool]:
    """All articles, and whether their order is new to the state of the build.

    Those that did not change are read when they are looked at. ``language`` is the site's.
    """
    if not last.entries_hold:
        return Catalogue.of_all(PackedEntries(found.read.articles), language), True
    gone = found.paths
    if len(gone) > _FEW:
        known = last.entries.packed().items()
        staying = {path: file for path, file in known if path not in gone}
        everything = PackedEntries({**staying, **found.read.articles})
        return Catalogue.of_all(everything, language), True
    now = dict(PackedEntries(found.read.articles))
    was = [entry for path in gone if (entry := last.entries.get(path))]
    is_new = last.order.apply(was, now.values(), last.entries.__getitem__)
    return Catalogue.of_order(last.order, now, last.entries, before.term_slugs), is_new


def present_album(found: Changes, last: LastBuild) -> Album:
    """All pictures."""
    gone, known = found.paths, last.pictures().items()
    files = {path: picture for path, picture in known if path not in gone}
    files |= {file.path: file.picture for file in found.read.others if is_beside_text(file.path)}
    return Album(files)


def present_faults(found: Changes, last: LastBuild) -> list[Problem]:
    """What is wrong with files."""
    standing = last.faults(found.paths)
    return standing + [problem for file in found.read.others for problem in file.problems]
