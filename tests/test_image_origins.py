"""Pictures on other servers: none is loaded, but from those that ``site.yaml`` names."""

from __future__ import annotations

import re

import pytest

from archive_gen import markup
from archive_gen.check import Subject, check
from archive_gen.config import load_config, parse_config
from archive_gen.parallel import SerialMapper
from archive_gen.problems import SettingsError
from tests.archive_folder import ArchiveFolder
from tests.test_pictures import PAGE, cold, images, story

ALLOWED = "https://pictures.example"
SETTINGS = f"title: T\nimage_origins: [{ALLOWED}, 'http://localhost:8000']\n"
DISGUISED = [
    "https://pictures.example.evil.example/a.jpg",
    "https://pictures.example@evil.example/a.jpg",
    "https://pictures.example\\@evil.example/a.jpg",
    "https://pictures.example:443@evil.example/a.jpg",
    "https://evil.example/https://pictures.example/a.jpg",
    "https:pictures.example/a.jpg",
    "https:///pictures.example/a.jpg",
    "https:\\\\pictures.example/a.jpg",
    "//pictures.example/a.jpg",
    "http://pictures.example/a.jpg",
    "https://pictures.example",
    "https://pictures.example:444/a.jpg",
    "https://localhost:8000/a.jpg",
    "javascript:alert(1)//https://pictures.example/a.jpg",
    "data:image/svg+xml,https://pictures.example/a.jpg",
    "blob:https://pictures.example/a.jpg",
    "https://pictures.еxample/a.jpg",
]


def policy(archive: ArchiveFolder, page: str) -> str:
    found = re.search(r"img-src ([^;]*);", archive.page(page))
    assert found
    return found[1]


@pytest.mark.parametrize("text", ["Words ![The mole]({}) between.", "![The mole]({})"])
def test_a_picture_of_a_named_server_is_shown(archive: ArchiveFolder, text: str) -> None:
    archive.settings(SETTINGS)
    address = f"{ALLOWED}/2015/a.jpg?w=640&h=400"
    story(archive, text.format(address), images=f"[{{src: '{ALLOWED}/lead.jpg', alt: Lead}}]")
    assert archive.build().problems == []
    lead, mole = images(archive.page(f"{PAGE}index.html"))
    assert (lead["src"], lead["alt"], "loading" in lead) == (f"{ALLOWED}/lead.jpg", "Lead", False)
    assert (mole["src"].replace("&amp;", "&"), mole["alt"]) == (address, "The mole")
    assert (mole["loading"], mole["referrerpolicy"]) == ("lazy", "no-referrer")
    for page in (f"{PAGE}index.html", "index.html", "2015/index.html"):
        assert policy(archive, page) == f"'self' file: data: {ALLOWED} http://localhost:8000"
    assert list(check(Subject(archive.path, load_config(archive.path), SerialMapper()))) == []


@pytest.mark.parametrize("address", DISGUISED)
@pytest.mark.parametrize("where", ["text", "markup", "front matter"])
def test_no_other_is(archive: ArchiveFolder, address: str, where: str) -> None:
    archive.settings(SETTINGS)
    if where == "front matter":
        escaped = address.replace("\\", "\\\\")
        story(archive, images=f'[{{src: "{escaped}", caption: C}}]')
    else:
        text = f"![C](<{address}>)" if where == "text" else f'Words <img src="{address}" alt="C">'
        story(archive, text)
    archive.build()
    page = f"{PAGE}index.html"
    assert images(archive.page(page) if page in archive.output() else "") == []


@pytest.mark.parametrize("address", [f"{ALLOWED}/a.jpg", *DISGUISED])
def test_by_default_none_is(archive: ArchiveFolder, address: str) -> None:
    story(archive, f"![C](<{address}>)")
    archive.build()
    assert images(archive.page(f"{PAGE}index.html")) == []
    assert policy(archive, f"{PAGE}index.html") == "'self' file: data:"


def test_pages_follow_the_setting(archive: ArchiveFolder) -> None:
    story(archive, f"![C]({ALLOWED}/a.jpg)")
    archive.build()
    archive.settings(SETTINGS)
    archive.build()
    assert archive.output() == cold(archive)
    assert len(images(archive.page(f"{PAGE}index.html"))) == 1
    archive.settings("title: T\n")
    archive.build()
    assert archive.output() == cold(archive)


@pytest.mark.parametrize(
    "written", ["https://Pictures.Example/a.jpg", " \thttps://pictur\nes.example/a.jpg"]
)
def test_an_address_is_read_as_a_browser_does(written: str) -> None:
    assert markup.foreign_picture(written, {ALLOWED}).lower() == f"{ALLOWED}/a.jpg"


@pytest.mark.parametrize(
    "origin",
    [
        "pictures.example",
        "https://pictures.example/",
        "https://pictures.example/a",
        "https://*",
        "https://*.example",
        "https://pictures.example; script-src *",
        "https://a b",
        "https://a'b",
        'https://a"b',
        "data:",
        "https:",
        "https://",
        "https://a..b",
        "https://user@a.example",
        "https://a.example\n",
    ],
)
def test_a_server_is_written_as_one(origin: str) -> None:
    with pytest.raises(SettingsError, match=r"image_origins\.0' is not a server"):
        parse_config(
            f"title: T\nimage_origins: [{origin!r}]\n".replace("'https://a'b'", '"https://a\'b"')
        )
