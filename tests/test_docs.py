"""What users can do is documented, and the reference of commands is as the commands are."""

import gettext
import re
from pathlib import Path

import click
import pytest

from archive_gen.cli import COMMANDS, group
from archive_gen.config import SiteConfig
from archive_gen.rendering.template_filters import filters_for, functions_for
from archive_gen.rendering.theme_files import SHIPPED
from docs.write_commands import commands_page
from tests.archive_folder import BARE_TEMPLATES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def test_the_commands_page_is_fresh() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert page == commands_page(), "run 'make docs'"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = group.get_command(click.Context(group, **group.context_settings), name)
    assert command is not None
    assert command.epilog, f"archive {name} has no example"
    assert "archive " in command.epilog
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"archive {name} {parameter.opts[0]} has no help"


def test_every_setting_is_documented() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    missing = [name for name in SiteConfig.__struct_fields__ if f"`{name}`" not in text]
    assert missing == []


def test_every_template_filter_and_function_is_documented() -> None:
    text = (DOCS / "templates.md").read_text(encoding="utf-8")
    config = SiteConfig(title="T")
    names = [
        *filters_for(config, gettext.NullTranslations()),
        *functions_for(config, gettext.NullTranslations()),
        "asset",
        "part",
        "row",
    ]
    assert [name for name in names if f"`{name}" not in text and f"|{name}" not in text] == []


def test_every_template_and_block_is_documented() -> None:
    text = (DOCS / "templates.md").read_text(encoding="utf-8")
    missing = []
    for template in SHIPPED.glob("*.[hx]*ml"):
        blocks = re.findall(r"{% block (\w+)", template.read_text(encoding="utf-8"))
        missing += [name for name in (template.name, *blocks) if f"`{name}`" not in text]
    assert missing == []


@pytest.mark.parametrize("template", BARE_TEMPLATES)
def test_every_variable_of_a_template_is_documented(template: str) -> None:
    text = (DOCS / "templates.md").read_text(encoding="utf-8")
    sections = re.split(r"^### ", text, flags=re.MULTILINE)
    told = [section for section in sections if f"`{template}`" in section.partition("\n")[0]]
    if template == "story.html":
        told += [section for section in sections if section.startswith("`term.html`")]
    names = BARE_TEMPLATES[template].__struct_fields__
    rows = " ".join(
        row.partition(" | ")[0] for row in re.findall(r"^\| (`.*)$", "".join(told), re.M)
    )
    assert [name for name in names if f"`{name}`" not in rows] == []


def test_every_dependency_is_documented() -> None:
    text = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = re.search(r"^dependencies = \[(.*?)^\]", project, re.DOTALL | re.MULTILINE)
    assert wanted
    names = re.findall(r'"([A-Za-z0-9-]+)', wanted[1])
    assert [name for name in names if f"`{name}`" not in text] == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        text = re.sub(r"(?ms)^```.*?^```", "", page.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []
