"""Takes each protection out of a copy of the project, and sees the test of its promise fail.

``make protections``, or ``python -m tests.protections WORDS`` for those whose promise holds them.
``docs/trust.md`` lists the promises. A protection is a piece of text of a module, and what the
module does without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 240


@dataclass(frozen=True)
class Protection:
    """What keeps a promise."""

    promise: str
    module: str
    there: str
    without: str
    tests: str
    """Arguments for pytest; each of the files must have a test that fails."""


PROTECTIONS = (
    # Nothing gets in
    Protection(
        "article text runs nothing: bodies, lists, feeds",
        "markup.py",
        "    if _is_tangled(text):\n",
        "    if text:\n        from archive_gen.converter import converter\n\n"
        "        return str(converter().reset().convert(text))\n"
        "    if _is_tangled(text):\n",
        "tests/test_injection.py -m not<browser",
    ),
    Protection(
        "article text runs nothing, says a browser",
        "markup.py",
        "    if _is_tangled(text):\n",
        "    if text:\n        from archive_gen.converter import converter\n\n"
        "        return str(converter().reset().convert(text))\n"
        "    if _is_tangled(text):\n",
        "tests/test_injection.py -m browser",
    ),
    Protection(
        "front matter, lists, queries and hits are text",
        "rendering/environment.py",
        "autoescape=True",
        "autoescape=False",
        "tests/test_injection.py tests/test_injection_carriers.py -m not<browser",
    ),
    Protection(
        "hits and queries are text in the page's own search, says a browser",
        "theme/search/elements.js",
        "made.append(...children.filter((child) => child !== null));",
        "made.innerHTML += children.filter((child) => child !== null)"
        ".map((child) => child.outerHTML ?? child.textContent ?? child).join('');",
        "tests/test_injection_carriers.py tests/test_suggestions.py -k neither<or<harmful",
    ),
    Protection(
        "only from a folder a page tells its text to the page that shows it",
        "theme/assets/site.js",
        'if (location.protocol === "file:" && name',
        "if (name",
        "tests/test_search_page.py -k tells_its_text_to_one",
    ),
    Protection(
        "no document beside an article is a page that runs",
        "pictures.py",
        '_DOCUMENTS = (".pdf", ".docx", ".odt",',
        '_DOCUMENTS = (".html", ".svg", ".pdf", ".docx", ".odt",',
        "tests/test_documents.py -k could_run",
    ),
    Protection(
        "a draft is nowhere in the site",
        "loading/load.py",
        "entry = None if article.draft else entry_of(",
        "entry = entry_of(",
        "tests/test_drafts.py",
    ),
    Protection(
        "no cell of a table is a formula",
        "rendering/tables.py",
        '_FORMULA = frozenset("=+-@\\t\\r")',
        "_FORMULA = frozenset()",
        "tests/test_injection_carriers.py -k formula",
    ),
    Protection(
        "links have harmless schemes",
        "markup.py",
        '_SCHEMES = {"http", "https", "mailto"}',
        '_SCHEMES = {"http", "https", "mailto", "javascript", "vbscript", "data"}',
        "tests/test_injection.py tests/test_markup.py -m not<browser",
    ),
    Protection(
        "nothing is loaded from elsewhere",
        "markup.py",
        'foreign = tag == "img" and name == "src" and _FOREIGN.match(_address(value))',
        "foreign = None",
        "tests/test_markup.py",
    ),
    Protection(
        "pages forbid what the gate would let through",
        "theme/base.html",
        "default-src 'none'; script-src 'self' file:",
        "default-src *; script-src *",
        "tests/test_sample.py",
    ),
    Protection(
        "addresses of the front matter are web addresses",
        "content/frontmatter.py",
        "if text and not is_web_address(text):",
        "if not text and is_web_address(text):",
        "tests/test_injection.py -k address",
    ),
    Protection(
        "no YAML error ends a build",
        "yaml_nodes.py",
        "except (yaml.YAMLError, ValueError, RecursionError) as error:",
        "except yaml.scanner.ScannerError as error:",
        "tests/test_hostile_front_matter.py",
    ),
    Protection(
        "deep YAML is no bomb",
        "yaml_nodes.py",
        "_MAX_DEPTH = 50",
        "_MAX_DEPTH = 1_000_000",
        "tests/test_hostile_front_matter.py",
    ),
    Protection(
        "YAML aliases are no bomb",
        "yaml_nodes.py",
        "_MAX_VALUES = 10_000",
        "_MAX_VALUES = 10**12",
        "tests/test_hostile_front_matter.py",
    ),
    Protection(
        "no name is a device of Windows",
        "urls.py",
        "_RESERVED.fullmatch(slug) or _DEVICE.fullmatch(slug)",
        "_RESERVED.fullmatch(slug)",
        "tests/test_portable_paths.py tests/test_urls.py",
    ),
    Protection(
        "names are short",
        "urls.py",
        "_MAX_SLUG = 80",
        "_MAX_SLUG = 800",
        "tests/test_portable_paths.py tests/test_urls.py",
    ),
    Protection(
        "names differ by more than case or their spelling in Unicode",
        "urls.py",
        '_NOT_SLUG.sub("-", anyascii(text).lower())',
        're.sub(r"[^\\w]+", "-", text)',
        "tests/test_portable_paths.py",
    ),
    Protection(
        "links out of content/ are not read",
        "content/listing.py",
        "name.endswith(endings) and entry.is_file(follow_symlinks=False)",
        "name.endswith(endings) and entry.is_file()",
        "tests/test_listing.py",
    ),
    Protection(
        "links of pages that are no articles are not read",
        "content/own_pages.py",
        " and not any((content / way).is_symlink() for way in ways)",
        "",
        "tests/test_own_pages.py -k link",
    ),
    Protection(
        "nothing is written outside",
        "content/disk.py",
        "if os.path.commonpath([root, inside]) != root or stat.S_ISLNK(there):",
        "if not inside:",
        "tests/test_store.py",
    ),
    Protection(
        "pictures come from content/ alone",
        "pictures.py",
        "def path_meant(",
        "def path_meant(article, src):\n    return posixpath.join(posixpath.dirname(article), src)"
        "\n\n\ndef _path_meant(",
        "tests/test_pictures.py",
    ),
    Protection(
        "no name in an archive leads out of its folder",
        "importers/unpacking.py",
        'posixpath.normpath(f"/{name}").lstrip("/")\n',
        'name.lstrip("/")\n',
        "tests/test_import_unpacked.py -k out_of_its_folder",
    ),
    Protection(
        "packed files are no bomb",
        "importers/base.py",
        "    return _counted(stream, room.take)\n",
        "    return _counted(stream, id)\n",
        "tests/contracts/test_importers.py -k bomb",
    ),
    Protection(
        "pages that draw without end are no bomb",
        "importers/pdf.py",
        "if left < 0:",
        "if left is None:",
        "tests/test_import_pdf.py -k without_end",
    ),
    Protection(
        "crowded pages are no bomb",
        "importers/bounds.py",
        "    if not isinstance(item, RawDocument):\n",
        "    if item:\n",
        "tests/test_bombs.py -k test_no_input",
    ),
    Protection(
        "no entity of XML reads a file or unfolds",
        "importers/feed.py",
        "import feedparser\n",
        "import feedparser\nfrom lxml import etree as _etree\n_parse = feedparser.parse\n"
        "feedparser.parse = lambda data, *a, **k: _parse(_etree.tostring(_etree.fromstring("
        "data.read() if hasattr(data, 'read') else data,"
        " _etree.XMLParser(resolve_entities=True, huge_tree=True))), *a, **k)\n",
        "tests/test_bombs.py -k external",
    ),
    Protection(
        "no body is a bomb",
        "markup.py",
        "def _is_tangled(text: str) -> bool:\n",
        "def _is_tangled(text: str) -> bool:\n    return False\n\n\n"
        "def _was_tangled(text: str) -> bool:\n",
        "tests/test_bombs.py tests/test_markup.py -k body<or<deep",
    ),
    Protection(
        "every pattern takes time in proportion",
        "markup.py",
        r'_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")',
        r'_BLANK_LINES = re.compile(r"\n(?:\s*\n)+x?\n")',
        "tests/test_patterns.py -k markup",
    ),
    Protection(
        "the server knows its name",
        "serving/server.py",
        "if not self.server.is_own(",
        "if not self.server.is_own and (",
        "tests/test_serve.py",
    ),
    Protection(
        "the server gives the output alone",
        "serving/answers.py",
        "if not target.is_relative_to(root):",
        "if not target:",
        "tests/test_serve.py",
    ),
    Protection(
        "slow clients are given up",
        "serving/server.py",
        "        left = self._end - time.monotonic()\n",
        "        left = self._seconds\n",
        "tests/test_serve.py",
    ),
    Protection(
        "many clients wait for their turn",
        "serving/server.py",
        "        self._free.acquire()\n        try:",
        "        try:",
        "tests/test_serve.py",
    ),
    Protection(
        "others do not reach the server unless asked to",
        "cli/serve.py",
        'default="127.0.0.1"',
        'default="0.0.0.0"',
        "tests/test_serve.py",
    ),
    Protection(
        "the server warns before others reach it",
        "cli/serve.py",
        "if not is_loopback(host):",
        "if not host:",
        "tests/test_serve.py",
    ),
    Protection(
        "terminals are not steered",
        "cli/shell.py",
        "c if c.isprintable() or c in",
        "c if c or c in",
        "tests/test_import_command.py tests/test_build_command.py -k steer",
    ),
    # Nothing gets lost
    Protection(
        "nothing outlives the program that made it",
        "rendering/dependencies.py",
        "hashlib.blake2b(program_version().encode(), digest_size=16)",
        "hashlib.blake2b(digest_size=16)",
        "tests/test_build_command.py -k another_program",
    ),
    Protection(
        "the site is old or new while it is published",
        "building/publish.py",
        'sorted(paths, key=lambda path: exists(f"{self.folder}/{path}"))',
        "sorted(paths)",
        "tests/test_publish.py",
    ),
    Protection(
        "the first site appears as a whole",
        "building/publish.py",
        "if self._is_new and not self._is_there():",
        "if False:",
        "tests/test_publish.py",
    ),
    Protection(
        "a site that is not the last build's is made anew",
        "building/publish.py",
        "return self.read(MARKER) == _marker(digest)",
        "return self.is_whole()",
        "tests/test_build.py -k last_builds",
    ),
    Protection(
        "no import brings back what was redacted",
        "intake/ingest.py",
        "if original in task.context.taken_out or",
        "if",
        "tests/test_redact.py -k brings_back",
    ),
    Protection(
        "no import brings back a document that was redacted, whatever text is made of it",
        "intake/documents.py",
        "file = _file_of(raw) if taken_out else None",
        "file = None",
        "tests/test_kept_documents.py -k another_text",
    ),
    Protection(
        "a redaction takes the document along",
        "redact.py",
        "disk.checked(content, file).unlink(missing_ok=True)",
        "pass",
        "tests/test_kept_documents.py -k takes_it_out",
    ),
    Protection(
        "two versions that were not merged are not published",
        "content/frontmatter.py",
        "if problem := unmerged(path, text):",
        "if problem := None:",
        "tests/test_frontmatter.py -k not_merged",
    ),
    Protection(
        "a build knows that the last one did not end",
        "building/run.py",
        "self.state.facts.is_publishing = True",
        "self.state.facts.is_publishing = False",
        "tests/test_build.py -k killed",
    ),
    Protection(
        "what a killed command leaves ends with it",
        "parallel.py",
        "    threading.Thread(target=_end_with_parent, daemon=True).start()\n",
        "    pass\n",
        "tests/test_kills.py -k import",
    ),
    Protection(
        "articles are written whole or not at all",
        "content/disk.py",
        "        beside.write_bytes(data)\n",
        "        target.write_bytes(data)\n        beside.write_bytes(data)\n",
        "tests/test_store.py -k write",
    ),
    Protection(
        "what a person saves while a command works stays",
        "content/disk.py",
        "if read(content, path) != data]",
        "if read(content, path) != data and not files]",
        "tests/test_editing.py -k meanwhile",
    ),
    Protection(
        "a failing disk is a line and a status",
        "cli/shell.py",
        "        except OSError as error:\n",
        "        except ZeroDivisionError as error:\n",
        "tests/test_faults.py",
    ),
    Protection(
        "a database is begun at once or not",
        "intake/derived.py",
        'f"BEGIN; {whole} COMMIT;"',
        "whole",
        "tests/test_system_calls.py -k import",
    ),
    Protection(
        "two builds exclude each other",
        "locks.py",
        "        lock.acquire()\n",
        "        pass\n",
        "tests/test_build.py tests/test_locks.py -k exclude<or<while",
    ),
    Protection(
        "a crash leaves no lock",
        "locks.py",
        "    lock = filelock.FileLock(path, timeout=0, fallback_to_soft=False)\n",
        "    import types\n\n    mark = folder / f'{name}.busy'\n\n"
        "    def acquire() -> None:\n        try:\n            mark.mkdir()\n"
        "        except FileExistsError:\n"
        "            raise filelock.Timeout(str(mark)) from None\n\n"
        "    lock = types.SimpleNamespace(acquire=acquire, release=mark.rmdir)\n",
        "tests/test_at_once.py -k killed",
    ),
    Protection(
        "a lost bit of the index changes no answer",
        "search/flat/file.py",
        "if zlib.crc32(data) != checksum:",
        "if not data and checksum:",
        "tests/test_search_safety.py -k flipped",
    ),
    Protection(
        "what is lost of the build's state leaves no page",
        "seals.py",
        "if _sum_file(path).read_bytes() != _sum(path):",
        "if not _sum_file(path).read_bytes():",
        "tests/test_damaged_state.py -k lost_row",
    ),
    Protection(
        "a lost bit of what is known of imports is told",
        "seals.py",
        "if _sum_file(path).read_bytes() != _sum(path):",
        "if not _sum_file(path).read_bytes():",
        "tests/test_damaged_state.py -k imports",
    ),
    Protection(
        "a lost bit of a compiled template makes no wrong page",
        "seals.py",
        "    if _checksum(data, keys) != sealed[:_LENGTH]:\n",
        "    if not data and keys and not sealed:\n",
        "tests/test_damaged_state.py -k compiled",
    ),
    Protection(
        "a change of a template reaches its pages",
        "rendering/theme_files.py",
        'digest.update(f"{name}\\0".encode("utf-8", "surrogateescape"))',
        "return ''",
        "tests/test_build.py -k template<or<incremental",
    ),
    Protection(
        "what is deleted leaves the site",
        "loading/changes.py",
        "        deleted += (folder + name for name in before)\n",
        "",
        "tests/test_build.py -k incremental",
    ),
    Protection(
        "files just written are read again",
        "loading/changes.py",
        "mtime * (mtime < doubtful)",
        "mtime",
        "tests/test_build.py -k trusted",
    ),
    Protection(
        "no article is too large to be refused",
        "content/frontmatter.py",
        "def oversized(size: int, path: str) -> Problem | None:\n",
        "def oversized(size: int, path: str) -> Problem | None:\n    return None\n\n\n"
        "def _was_oversized(size: int, path: str) -> Problem | None:\n",
        "tests/test_check.py -k large",
    ),
    Protection(
        "folders that can't be listed end nothing",
        "content/listing.py",
        "                except OSError:\n                    unlisted",
        "                except ZeroDivisionError:\n                    unlisted",
        "tests/test_listing.py -k listed",
    ),
    Protection(
        "a page on which the program fails ends no build",
        "building/workers.py",
        "    except (ArchiveError, OSError):\n        raise\n    except Exception as error:\n",
        "    except ZeroDivisionError as error:\n",
        "tests/test_program_faults.py -k page",
    ),
    Protection(
        "loops of links end",
        "content/listing.py",
        "elif entry.is_dir(follow_symlinks=False):",
        "elif entry.is_dir():",
        "tests/test_listing.py -k scan",
    ),
    # Fixity
    Protection(
        "originals are what their checksums say",
        "check/originals.py",
        "    if found != name:\n",
        "    if not found:\n",
        "tests/test_check.py",
    ),
    Protection(
        "content is what was built",
        "check/site.py",
        "        elif built[path] != now[path]:\n",
        "        elif not built[path]:\n",
        "tests/test_check.py",
    ),
    Protection(
        "the site is what a build makes",
        "check/site.py",
        "        elif differs:\n",
        "        elif not path:\n",
        "tests/test_check.py",
    ),
    Protection(
        "links lead somewhere",
        "check/links.py",
        "            if link.target not in context.files:\n",
        "            if not link.target:\n",
        "tests/test_check.py",
    ),
    Protection(
        "keys are meant",
        "check/articles.py",
        "        if meant and key not in known:\n",
        "        if meant and not key:\n",
        "tests/test_check.py",
    ),
    Protection(
        "tags are of the vocabulary",
        "check/articles.py",
        "        if meant and meant != tag:\n",
        "        if meant and not tag:\n",
        "tests/test_check.py",
    ),
    Protection(
        "a bag is valid and complete",
        "export.py",
        "                digest.update(piece)\n",
        "                digest.update(piece[:10])\n",
        "tests/test_export.py",
    ),
    # Takedown
    Protection(
        "the original goes with the article",
        "redact.py",
        "        store.remove_original(content, name)\n",
        "        pass\n",
        "tests/test_redact.py",
    ),
    Protection(
        "indexes and state forget",
        "redact.py",
        '    for entry in (site / STATE_FOLDER).glob("*"):\n',
        "    for entry in ():\n",
        "tests/test_redact.py tests/test_locks.py",
    ),
    Protection(
        "what is left is told",
        "remains.py",
        "    if left is not None:\n",
        "    if left is None and not path:\n",
        "tests/test_redact.py",
    ),
)


def fails_without(protection: Protection, project: Path) -> str:
    """Empty if the promise's tests fail without it; else what is wrong."""
    module = project / "archive_gen" / protection.module
    whole = module.read_text("utf-8")
    if whole.count(protection.there) != 1:
        return f"stands {whole.count(protection.there)} times in {protection.module}"
    module.write_text(whole.replace(protection.there, protection.without), "utf-8")
    arguments = protection.tests.split(" ")
    files = [name for name in arguments if name.endswith(".py")]
    chosen = [name.replace("<", " ") for name in arguments if not name.endswith(".py")]
    try:
        passed = [name for name in files if passes([name, *chosen], project)]
    finally:
        module.write_text(whole, "utf-8")
    return f"passes all the same: {', '.join(passed)}" if passed else ""


def passes(tests: list[str], project: Path) -> bool:
    """Whether no test fails, or none is chosen; what takes for ever fails."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(
            command,
            cwd=project,
            env=os.environ | {"PYTHONPATH": str(project)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode in (0, 5)


def main() -> None:
    wanted = " ".join(sys.argv[1:])
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch, "project")
        skipped = shutil.ignore_patterns(".*", "public", "__pycache__")
        shutil.copytree(ROOT, project, ignore=skipped)
        found = [p for p in PROTECTIONS if wanted in p.promise]
        told = {}
        for protection in found:
            told[protection.promise] = fails_without(protection, project)
            print(f"{protection.promise}: {told[protection.promise] or 'kept'}", flush=True)  # noqa: T201
        wrong = [promise for promise, what in told.items() if what]
        raise SystemExit(f"{len(wrong)} of {len(told)} are not kept by their test" if wrong else 0)


if __name__ == "__main__":
    main()
