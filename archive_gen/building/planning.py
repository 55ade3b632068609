"""Which groups of pages a build plans anew."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from archive_gen.building.fingerprints import NO_PAGES, pack
from archive_gen.pages import KINDS, OWN, all_groups, groups_of, touched_groups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive_gen.building.fingerprints import Fingerprints
    from archive_gen.building.state import BuildState
    from archive_gen.catalogue.changes import EntryChanges
    from archive_gen.pages import Group
    from archive_gen.pages.base import Archive

    Planned = Mapping[Group, Fingerprints]
    """Groups, with the pages that each had."""

# Where more articles than these, and than a share of all, are shown otherwise in lists, each names
# most of the lists: planning all groups once is faster than finding out which.
_MANY_LISTED = 200
_LISTED_SHARE = 10


def plan_from_nothing(archive: Archive) -> Planned:
    """All groups, where nothing is known of the output."""
    archive.catalogue.read_all()
    return dict.fromkeys(all_groups(archive), NO_PAGES)


def plan_everything(archive: Archive, state: BuildState) -> Planned:
    """All groups that there are or were."""
    archive.catalogue.read_all()
    had = state.all_pages()
    groups = dict.fromkeys(itertools.chain(all_groups(archive), had))
    return {group: had.get(group, NO_PAGES) for group in groups if group[0] in KINDS}


def plan_touched(changed: EntryChanges, archive: Archive, state: BuildState) -> Planned:
    """The groups whose pages changed articles may alter, and those on which the program failed."""
    if _are_many_listed(changed, archive):
        return plan_everything(archive, state)
    touched = touched_groups(list(changed), archive)
    touched.update(groups_of(OWN, archive), state.facts.failed)
    return {group: pack(state.pages_of(group)) for group in sorted(touched)}


def _are_many_listed(changed: EntryChanges, archive: Archive) -> bool:
    listed = sum(not change.is_text_only for change in changed)
    return listed > max(_MANY_LISTED, len(archive.catalogue.by_path) // _LISTED_SHARE)
