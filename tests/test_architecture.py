"""The map in ``archive_gen/__init__.py`` is true: each module imports only from rows above."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import archive_gen

PACKAGE = Path(archive_gen.__file__).parent


def rows_of_the_map() -> list[list[str]]:
    """The names in each row of the table, as dotted names below the package."""
    assert archive_gen.__doc__
    _, table, _ = re.split(r"^=+ +=+$", archive_gen.__doc__, flags=re.MULTILINE)
    cells = [line[:17] for line in table.splitlines() if line.startswith("``")]
    return [[name.rstrip("/") for name in re.findall(r"``([^`]+)``", cell)] for cell in cells]


ROWS = rows_of_the_map()
ROW_OF = {name: number for number, names in enumerate(ROWS) for name in names}


def modules() -> dict[str, Path]:
    """Dotted name below the package → file."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name:
            found[name] = path
    return found


MODULES = modules()


def top(module: str) -> str:
    return module.partition(".")[0]


@functools.cache
def imports_of(module: str) -> list[tuple[int, str]]:
    """Line and name of each module of the package that ``module`` imports, anywhere in it."""
    return list(_imports_of(module))


def _imports_of(module: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports relatively"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from ((node.lineno, found) for name in names if (found := module_in(name)))


def module_in(name: str) -> str:
    """The module of the package that a dotted name is, or lies in; empty if there is none."""
    below = name.removeprefix("archive_gen.")
    if below == name:
        return ""
    return below if below in MODULES else below.rpartition(".")[0]


def test_the_map_has_every_module() -> None:
    missing = {top(module) for module in MODULES} - ROW_OF.keys() - {"__main__"}
    assert not missing, "add a row to the docstring of archive_gen/__init__.py"


def test_the_map_names_nothing_twice() -> None:
    names = [name for row in ROWS for name in row]
    assert len(set(names)) == len(names) > 20


FOLDERS = [name for name, path in MODULES.items() if path.name == "__init__.py"]
HAS_A_TABLE_OF_ITS_OWN = "cli"


@pytest.mark.parametrize("folder", [name for name in FOLDERS if name != HAS_A_TABLE_OF_ITS_OWN])
def test_the_map_of_a_folder_has_every_module_of_it(folder: str) -> None:
    rows = re.findall(r"^``(\w+)/?``  ", MODULES[folder].read_text("utf-8"), re.MULTILINE)
    inside = [name.rpartition(".")[2] for name in MODULES if name.rpartition(".")[0] == folder]
    if rows or f"{folder}.base" not in MODULES:
        assert sorted(rows) == sorted(inside)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "__main__"])
def test_a_module_imports_only_from_rows_above(module: str) -> None:
    for line, imported in imports_of(module):
        if top(imported) != top(module):
            assert ROW_OF[top(imported)] < ROW_OF[top(module)], (
                f"{module}:{line} imports {imported}, which is not above it"
            )


def test_no_module_imports_itself_by_way_of_others() -> None:
    ahead = {module: {name for _, name in imports_of(module)} for module in MODULES}
    done: set[str] = set()

    def follow(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " → ".join((*way, module))
        if module not in done:
            for imported in sorted(ahead[module] - {module}):
                follow(imported, (*way, module))
            done.add(module)

    for module in MODULES:
        follow(module, ())


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_members_contract_depends_on_no_member(folder: str) -> None:
    if f"{folder}.base" in MODULES:
        inside = {name for _, name in imports_of(f"{folder}.base") if name.startswith(f"{folder}.")}
        assert inside == set()
