"""Input that is small or simple and would take hours or all memory: each ends with one line."""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import json
import lzma
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from archive_gen.markup import to_html
from tests.archive_folder import ArchiveFolder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no limit of memory")
_MEMORY = 2 << 30
_PATIENCE = 240
_MANY = 100_000 if os.environ.get("ARCHIVE_SOAK") else 1_000
STORY = (
    "The ferry stays in port\nThe ferry to the island will stay in port until Friday, its "
    "owner said.\nThe storm had torn a plate off its bow, and a new one was on its way.\n"
)


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "."), data)
    return made.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as file:
        entry = tarfile.TarInfo(name)
        entry.size = len(data)
        file.addfile(entry, io.BytesIO(data))
    return made.getvalue()


def nested_zip(levels: int) -> bytes:
    inner = zipped(a__txt=b"word " * (1 << 20))
    for _ in range(levels):
        inner = zipped(**{f"{number}__zip": inner for number in range(4)})
    return inner


def captured(page: bytes, encoding: str = "") -> bytes:
    """A WARC record of an answer."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{encoding}\r\n".encode()
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"WARC-Date: 2015-10-07T00:00:00Z\r\nWARC-Target-URI: http://paper.example/a\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n" % len(head + page)
    ) + (head + page + b"\r\n\r\n")


def deep_mail(levels: int) -> str:
    parts = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(levels))
    return f"From: a@paper.example\nMIME-Version: 1.0\n{''.join(parts)}\nhello\n"


def entities() -> str:
    """An XML text whose one entity would unfold to ten thousand million letters."""
    letters = "abcdefghij"
    defined = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in itertools.pairwise(letters)
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{defined}]>'
        "<rss><channel><item><title>The ferry &j;</title></item></channel></rss>"
    )


def bombs() -> dict[str, bytes | str]:
    spaces = b" " * (80 << 20)
    return {
        "a.zip": zipped(a__html=b"<p>" + spaces),
        "nested.zip": nested_zip(4),
        "a.tar.gz": tarred("a.txt", spaces),
        "a.txt.gz": gzip.compress(spaces),
        "a.txt.bz2": bz2.compress(spaces),
        "a.txt.xz": lzma.compress(spaces),
        "a.warc.gz": gzip.compress(captured(b"<p>" + spaces)),
        "encoded.warc": captured(gzip.compress(b"<p>" + spaces), "Content-Encoding: gzip\r\n"),
        "deep.json": "[" * 200_000,
        "deep.jsonl": '{"a":' * 50_000,
        "deep.eml": deep_mail(3_000),
        "attributes.html": f"<p {' '.join(f'a{n}=1' for n in range(300_000))}>a</p>",
        "tags.html": "<p>a" * 200_000,
        "lines.txt": "a\n" * 400_000,
        "field.csv": 'title,text\nThe ferry,"' + "a b " * (5 << 20) + '"\n',
    }


def harmless() -> dict[str, bytes | str]:
    """May be an article or none."""
    return {
        "deep.html": "<div>" * 90_000 + f"<p>{STORY}",
        "spans.html": f"<p>{'<b>' * 90_000}{STORY}",
        "tables.html": "<table><tr><td>" * 30_000 + STORY,
        "entities.html": f"<p>{'&amp;' * 1_000_000}",
        "entities.rss": entities(),
        "brackets.txt": "[1]" * 300_000,
        "breaks.html": "<p>"
        + "and so the old ferry went on over the wide and quiet river<br>" * 20_000
        + ".",
    }


def run(*arguments: str, patience: int = _PATIENCE) -> subprocess.CompletedProcess[str]:
    """``archive ARGUMENTS`` with two gigabytes of memory."""
    limited = (
        "import resource, sys; from archive_gen.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_AS, ({_MEMORY}, {_MEMORY})); main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", limited, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=patience, check=False)


def test_no_input_is_a_bomb(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    exploding = bombs()
    for name, data in (exploding | harmless() | {"story.txt": STORY}).items():
        (inputs / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    for name in ("large.txt", "large.html", "large.jsonl"):
        with (inputs / name).open("wb") as stream:
            stream.truncate(1 << 30)  # takes no room on the disk
    result = run("import", str(inputs), "--jobs", "1", "--site", str(archive.path))
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert "The ferry stays in port" in result.stdout
    told = [line for line in result.stderr.splitlines() if " — " in line]
    for name in (*exploding, "large.txt", "large.html", "large.jsonl"):
        assert [line for line in told if line.startswith(str(inputs / name))], (name, told)


@pytest.mark.soak
def test_very_many_tiny_files(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for number in range(_MANY):
        archive.write(f"{number % 100}/{number}.md", f"---\ntitle: {number}\n---\n")
        (inputs / f"{number}.txt").write_text("a")
    built = run("build", "--json", "--site", str(archive.path), patience=_PATIENCE * 10)
    assert built.returncode == 0, built.stderr
    assert json.loads(built.stdout)["articles"] == _MANY
    imported = run("import", str(inputs), "--site", str(archive.path), patience=_PATIENCE * 10)
    assert imported.returncode in (0, 1), imported.stderr
    assert "Traceback" not in imported.stderr
    assert len(imported.stdout.splitlines()) == _MANY


def test_no_external_entity_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret-words")
    feed = tmp_path / "a.rss"
    feed.write_text(
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "{secret.as_uri()}">]><rss><channel>'
        "<item><title>The ferry</title><description>It said: &a; and left the port at noon."
        "</description></item></channel></rss>"
    )
    archive = ArchiveFolder(tmp_path / "site")
    result = run("import", str(feed), "--site", str(archive.path))
    assert "Traceback" not in result.stderr
    written = [path for path in (archive.path / "content").rglob("*.md") if path.is_file()]
    assert written
    assert not [path for path in written if "the-secret-words" in path.read_text()]


BODIES = {
    "attributes": f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>x</p>",
    "half references": "&#x" * 1_000_000,
    "named references": "&nothing;" * 300_000,
    "cells": "|a" * 300_000 + "\n" + "|-" * 300_000,
    "tags": "<div>" * 200_000,
    "brackets": "[a](" * 300_000,
    "quotes": "\n".join("> " * level + "x" for level in range(1_000)),
    "marks": "**a *b " * 200_000,
    "one line": "word " * 2_000_000,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_no_body_is_a_bomb(body: str) -> None:
    assert len(to_html(body)) >= len(body) / 10


def test_a_body_that_is_shown_as_written_shows_all_of_it() -> None:
    shown = to_html("\0<p onclick=x> & |" + "&" * 200_000 + "\n\nThe <b>end</b>.")
    assert shown.startswith("<p>&lt;p onclick=x&gt; &amp; |&amp;&amp;")
    assert shown.endswith("<p>The &lt;b&gt;end&lt;/b&gt;.</p>")
