"""Brings the catalogues of interface texts up to date with the theme.

    python -m tools.catalogues

A new text appears in each ``archive_gen/theme/locales/*.po`` with an empty translation, one that
is no longer used goes. What translators wrote is kept as it is, and so is how the language counts:
releases of CLDR differ in that, and the translations have as many forms as theirs said.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

import archive_gen
from archive_gen.config import BUILT_IN_TAXONOMIES
from archive_gen.rendering.theme_files import SHIPPED
from archive_gen.rendering.translations import LOCALES, read_catalogue

_METHODS = [("theme/*.*ml", "jinja2"), ("rendering/*.py", "python")]
# Without the line numbers and dates that gettext's tools write: they say nothing to a translator
# and change each time.
_HEADER = """\
# The interface's texts in {language}. `make texts` brings this file up to date.
msgid ""
msgstr ""
"Language: {tag}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def main() -> None:
    """Rewrite every catalogue of the shipped theme."""
    for path in sorted((SHIPPED / LOCALES).glob("*.po")):
        path.write_text(updated(path), encoding="utf-8", newline="\n")


def updated(path: Path) -> str:
    """The text of a catalogue with just the messages that the theme has now."""
    catalogue = read_catalogue(path)
    catalogue.update(messages(), no_fuzzy_matching=True)
    tag = path.stem
    body = io.BytesIO()
    write_po(
        body, catalogue, width=100, omit_header=True, ignore_obsolete=True, include_lineno=False
    )
    header = _HEADER.format(
        language=Locale.parse(tag, sep="-").english_name, tag=tag, plural=catalogue.plural_forms
    )
    return header + body.getvalue().decode("utf-8")


def messages() -> Catalog:
    """Every text of the interface, in the order of the files that use it."""
    found = Catalog()
    for title in (taxonomy.title for taxonomy in BUILT_IN_TAXONOMIES.values()):
        found.add(title, locations=[("config.py", 0)])
    package = Path(archive_gen.__file__).parent
    for name, line, text, comments, context in extract_from_dir(package, _METHODS):
        found.add(text, locations=[(name, line)], auto_comments=comments, context=context)
    return found


if __name__ == "__main__":
    main()
