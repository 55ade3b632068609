"""Each protection that ``make protections`` takes out is still where it is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

import archive_gen
from tests.protections import PROTECTIONS, Protection

_PACKAGE = Path(archive_gen.__file__).parent


@pytest.mark.parametrize("protection", PROTECTIONS, ids=lambda protection: protection.promise)
def test_a_protection_stands_in_its_module(protection: Protection) -> None:
    text = (_PACKAGE / protection.module).read_text("utf-8")
    assert text.count(protection.there) == 1
