"""Pictures that come with saved pages: imported, shown, and never from elsewhere."""

from __future__ import annotations

import io
import json
import os
import shutil
import tarfile
import zipfile
from base64 import encodebytes
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive_gen import importers, pictures
from archive_gen.article import RawDocument
from archive_gen.cli import group
from archive_gen.content.frontmatter import parse
from archive_gen.importers import beside, feed
from tests.archive_folder import ArchiveFolder
from tests.drawn import jpeg, png

PROSE = "\n".join(
    f"<p>The harbour board met on the quay for the {n} time this year, and its members spoke of "
    "the ferry, the price of coal and the lights of the outer mole until it was dark.</p>"
    for n in ("first", "second", "third", "fourth", "fifth")
)
PHOTO = png(640, 400)
HOSTILE = "../../secret.png"


def page(*figures: str, url: str = "", head: str = "") -> str:
    canonical = f'<link rel="canonical" href="{url}">' if url else ""
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>Board meets on the quay</title>"
        f'<meta property="article:published_time" content="2015-10-07T09:00:00Z">'
        f"{canonical}{head}</head><body><article><h1>Board meets on the quay</h1>"
        f"{''.join(figures)}{PROSE}</article></body></html>"
    )


def figure(image: str, caption: str = "The ferry lies at the quay in the evening light") -> str:
    return f"<figure><img {image}><figcaption>{caption}</figcaption></figure>"


def run(site: Path, *arguments: str | Path) -> Result:
    command, *rest = map(str, arguments)
    return CliRunner().invoke(group, [*command.split(), "--site", str(site), *rest])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "site.yaml").write_text("title: Test\n")
    return folder


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    return folder


def put(saved: Path, files: Mapping[str, str | bytes]) -> None:
    for name, data in files.items():
        path = saved / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)


def article(site: Path) -> Path:
    (path,) = (site / "content").rglob("*.md")
    return path


def sources(site: Path) -> list[str]:
    found, problems = parse(article(site).read_text("utf-8"), "")
    assert found, problems
    return [image.src for image in found.images]


def drawn(site: Path) -> dict[str, bytes]:
    """The pictures below ``content/``."""
    found = (path for path in (site / "content").rglob("*") if pictures.is_beside_text(path.name))
    return {path.relative_to(site / "content").as_posix(): path.read_bytes() for path in found}


def everything(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in (site / "content").rglob("*")
        if path.is_file()
    }


# -- the forms in which pages are saved

STORY = page(figure('src="Story_files/Ferry%20at%20dusk.JPG"'))


def as_folder(saved: Path, files: Mapping[str, str | bytes]) -> Path:
    put(saved, files)
    return saved


def as_zip(saved: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(saved / "pages.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return saved / "pages.zip"


def as_tar(saved: Path, files: Mapping[str, str | bytes]) -> Path:
    with tarfile.open(saved / "pages.tar.gz", "w:gz") as packed:
        for name, data in files.items():
            content = data.encode() if isinstance(data, str) else data
            member = tarfile.TarInfo(name)
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
    return saved / "pages.tar.gz"


def as_tar_backwards(saved: Path, files: Mapping[str, str | bytes]) -> Path:
    return as_tar(saved, dict(reversed(list(files.items()))))


def as_zip_in_zip(saved: Path, files: Mapping[str, str | bytes]) -> Path:
    inner = as_zip(saved, files)
    outer = saved / "outer.zip"
    with zipfile.ZipFile(outer, "w") as packed:
        packed.write(inner, "in/pages.zip")
    return outer


FORMS = [as_folder, as_zip, as_tar, as_tar_backwards, as_zip_in_zip]
Form = Callable[[Path, Mapping[str, str | bytes]], Path]


@pytest.mark.parametrize("form", FORMS)
def test_a_saved_page_brings_its_picture(site: Path, saved: Path, form: Form) -> None:
    other = page(figure('src="x_files/none.jpg"')).replace("board", "council")
    files = {
        "a/0.html": other.replace("harbour", "town"),
        "a/Story.html": STORY,
        "a/Story_files/Ferry at dusk.JPG": PHOTO,
        "a/Story_files/logo.png": png(3, 3),
    }
    result = run(site, "import", form(saved, files))
    assert result.exit_code == 0, result.output
    (path,) = drawn(site)
    name = path.rpartition("/")[2]
    assert drawn(site) == {f"2015/10/{name}": PHOTO}
    assert name.startswith("ferry-at-dusk-")
    assert name.endswith(".png")  # whatever its ending said
    (told,) = [p for p in (site / "content").rglob("*.md") if name in p.read_text("utf-8")]
    assert ArchiveFolder(site).build().problems == []
    shown = site / "public/2015/10/07" / told.stem
    (copy,) = shown.glob("*.png")
    assert copy.read_bytes() == PHOTO
    assert f'src="{copy.name}" alt="" width="640" height="400"' in (shown / "index.html").read_text(
        "utf-8"
    )


def mhtml(image: str, location: str, identity: str = "") -> str:
    return (
        "From: <Saved by Blink>\nMIME-Version: 1.0\n"
        "Snapshot-Content-Location: https://post.example/2015/board\n"
        'Content-Type: multipart/related; type="text/html"; boundary="xx"\n\n--xx\n'
        "Content-Type: text/html; charset=utf-8\n"
        "Content-Location: https://post.example/2015/board\n\n"
        f"{page(figure(image))}\n--xx\n"
        f"Content-Type: image/png\nContent-Transfer-Encoding: base64\n{identity}"
        f"Content-Location: {location}\n\n{encodebytes(PHOTO).decode()}\n--xx--\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        mhtml('src="https://cdn.example/a/ferry.png?w=1"', "https://cdn.example/a/ferry.png?w=1"),
        mhtml('src="../img/ferry.png"', "https://post.example/img/ferry.png"),
        mhtml('src="cid:ferry@mhtml.blink"', "x:y", "Content-ID: <ferry@mhtml.blink>\n"),
        mhtml(
            'src="cid:ferry@mhtml.blink" data-src="/f.png"', "", "Content-ID: <ferry@mhtml.blink>\n"
        ),
    ],
)
@pytest.mark.parametrize("form", [as_folder, as_zip])
def test_parts_of_a_page_in_one_file(site: Path, saved: Path, text: str, form: Form) -> None:
    assert run(site, "import", form(saved, {"a.mhtml": text})).exit_code == 0
    ((path, data),) = drawn(site).items()
    assert data == PHOTO
    assert sources(site) == [path.rpartition("/")[2]]
    assert ArchiveFolder(site).build().problems == []


def test_what_loads_late_is_taken_from_the_folder(site: Path, saved: Path) -> None:
    """A browser rewrites ``src`` and leaves ``data-src``."""
    image = 'data-src="https://cdn.example/ferry.jpg" src="S_files/ferry.jpg"'
    late = figure('src="S_files/blank.gif" data-src="S_files/late.png"', "The lights of the mole")
    put(saved, {"S.html": page(figure(image), late), "S_files/ferry.jpg": jpeg(300, 200)})
    put(saved, {"S_files/blank.gif": png(1, 1), "S_files/late.png": png(80, 60)})
    assert run(site, "import", saved).exit_code == 0
    assert sorted(drawn(site).values()) == sorted([jpeg(300, 200), png(80, 60)])
    assert set(sources(site)) == {path.rpartition("/")[2] for path in drawn(site)}


def test_a_picture_that_did_not_come_keeps_its_address(site: Path, saved: Path) -> None:
    put(saved, {"S.html": page(figure('src="/img/a.jpg"'), url="https://post.example/board")})
    assert run(site, "import", saved).exit_code == 0
    assert sources(site) == ["https://post.example/img/a.jpg"]
    assert drawn(site) == {}


def test_names_of_one_folder_do_not_meet(site: Path, saved: Path) -> None:
    """Three pages have an ``image.png``; two of these are the same picture."""
    for name, picture in (("board", png(30, 30)), ("council", png(40, 40)), ("guild", png(30, 30))):
        text = page(figure(f'src="{name}_files/image.png"')).replace("oard", f"oard {name}")
        put(saved, {f"{name}.html": text.replace("ferry", name).replace("coal", f"{name}s")})
        put(saved, {f"{name}_files/image.png": picture})
    assert run(site, "import", saved).exit_code == 0
    assert sorted(drawn(site).values()) == sorted([png(30, 30), png(40, 40)])
    assert ArchiveFolder(site).build().problems == []


# -- pictures that no caption speaks of

BARE = '<p><img src="S_files/a.png" alt="The mole at dusk"></p>'


def told(site: Path) -> list[tuple[str, str, str]]:
    """Caption, alternative text and start of the address of each picture."""
    found, _ = parse(article(site).read_text("utf-8"), "")
    assert found
    return [(image.caption, image.alt, image.src.partition("-")[0]) for image in found.images]


def in_story(text: str) -> str:
    """A page with ``text`` between its first and its second paragraph."""
    return page().replace("</p>", f"</p>{text}", 1)


@pytest.mark.parametrize(
    "text",
    [
        in_story(BARE),
        page(BARE),
        page().replace("<h1>", f"{BARE}<h1>"),  # within the article, above its headline
        in_story(
            BARE.replace("<img", '<a href="S_files/large.JPG"><img').replace("</p>", "</a></p>")
        ),
        in_story(BARE.replace("<img", '<img width="640" height="100%" class="size-full"')),
        in_story(f"{BARE}{BARE}"),  # shown twice
        page().replace("<p>", '<p><img src="S_files/a.png" alt="The mole at dusk" align=left>', 1),
    ],
)
def test_pictures_of_the_story_come_without_captions(site: Path, saved: Path, text: str) -> None:
    put(saved, {"S.html": text, "S_files/a.png": PHOTO})
    assert run(site, "import", saved).exit_code == 0
    assert told(site) == [("", "The mole at dusk", "a")]
    assert ArchiveFolder(site).build().problems == []
    (shown,) = (site / "public/2015/10/07").glob("*/index.html")
    assert 'alt="The mole at dusk"' in shown.read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        in_story(f"<aside>{BARE}</aside>"),
        in_story(f'<div class="related-stories">{BARE}</div>'),
        in_story(f'<div class="share">{BARE}</div>'),
        in_story(BARE.replace("<img", '<img width="32"')),
        in_story(BARE.replace("<img", '<img class="author-avatar"')),
        in_story(BARE.replace("a.png", "site_logo.png")),
        in_story(
            BARE.replace("<img", '<a href="/2015/another-story"><img').replace("</p>", "</a>")
        ),
        page().replace("<article>", f"<header>{BARE}</header><article>"),
        page().replace("</article>", f"</article>{BARE}"),
        in_story(f"<div hidden>{BARE}</div>"),
        in_story('<img src="data:image/png;base64,AAAA"><img><img src=" ">'),
        in_story('<img src="S_files/gone.png">'),
    ],
)
def test_other_pictures_do_not(site: Path, saved: Path, text: str) -> None:
    put(saved, {"S.html": text, "S_files/a.png": PHOTO, "S_files/site_logo.png": PHOTO})
    assert run(site, "import", saved).exit_code == 0
    assert told(site) == []
    assert drawn(site) == {}


def test_a_caption_may_stand_in_any_element_below(site: Path, saved: Path) -> None:
    words = '<p class="wp-caption-text">The lights of the outer mole. Photo: Ada Lund</p>'
    text = in_story(f'<div class="wp-caption"><img src="S_files/a.png" alt="Mole">{words}</div>')
    put(saved, {"S.html": text, "S_files/a.png": PHOTO})
    assert run(site, "import", saved).exit_code == 0
    assert told(site) == [("The lights of the outer mole", "Mole", "a")]
    assert "outer mole. Photo" not in article(site).read_text("utf-8")


def test_pictures_stand_in_the_order_of_the_page(site: Path, saved: Path) -> None:
    text = in_story(figure('src="S_files/b.png" alt="Ferry"'))
    last = "<p>The harbour board met on the quay for the fifth"
    text = text.replace(last, f"{BARE.replace('a.png', 'c.png')}{last}")
    text = text.replace("</h1>", f"</h1>{BARE}")
    put(saved, {"S.html": text, **{f"S_files/{name}.png": PHOTO for name in "abc"}})
    assert run(site, "import", saved).exit_code == 0
    assert [name for _, _, name in told(site)] == ["a", "b", "c"]


def test_pictures_of_a_feed_entry(site: Path, saved: Path) -> None:
    entry = in_story('<img src="/img/a.jpg" alt="Mole"><img src="/t.gif" width="1" height="1">')
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry>'
        '<title>Board</title><id>urn:x:1</id><link href="https://post.example/board"/>'
        f'<content type="html"><![CDATA[{entry}]]></content></entry></feed>'
    )
    put(saved, {"feed.atom": feed})
    assert run(site, "import", saved).exit_code == 0
    assert told(site) == [("", "Mole", "https://post.example/img/a.jpg")]


# -- once more


def test_again_changes_nothing(site: Path, saved: Path) -> None:
    put(saved, {"Story.html": STORY, "Story_files/Ferry at dusk.JPG": PHOTO})
    originals = {path: path.read_bytes() for path in saved.rglob("*") if path.is_file()}
    run(site, "import", saved)
    before = everything(site)
    assert run(site, "import", saved).exit_code == 0
    shutil.rmtree(site / ".archive")
    assert run(site, "import", saved).exit_code == 0
    assert run(site, "clean --again").exit_code == 0
    assert everything(site) == before
    assert {path: path.read_bytes() for path in saved.rglob("*") if path.is_file()} == originals


def test_two_imports_make_the_same_archive(site: Path, saved: Path, tmp_path: Path) -> None:
    put(saved, {"Story.html": STORY, "Story_files/Ferry at dusk.JPG": PHOTO})
    run(site, "import", saved)
    other = tmp_path / "other"
    other.mkdir()
    (other / "site.yaml").write_text("title: Test\n")
    run(other, "import --jobs 2", saved)
    assert everything(other) == everything(site)


def test_what_a_person_made_of_it_stays(site: Path, saved: Path) -> None:
    put(saved, {"Story.html": STORY, "Story_files/Ferry at dusk.JPG": PHOTO})
    run(site, "import", saved)
    ((path, _),) = drawn(site).items()
    name = path.rpartition("/")[2]
    text = article(site).read_text("utf-8")
    article(site).write_text(text.replace(name, "mine.png"))
    (site / "content" / path).rename(site / "content/2015/10/mine.png")
    run(site, "import", saved)
    run(site, "clean --again")
    assert sources(site) == ["mine.png"]
    # The article goes and comes again beside a picture that a person has cut.
    article(site).unlink()
    (site / "content" / path).write_bytes(png(9, 9))
    shutil.rmtree(site / ".archive")
    run(site, "import", saved)
    assert sources(site) == [name]
    assert drawn(site)[path] == png(9, 9)


def test_cleaning_again_after_the_input_is_gone(site: Path, saved: Path) -> None:
    put(saved, {"Story.html": STORY, "Story_files/Ferry at dusk.JPG": PHOTO})
    run(site, "import", saved)
    shutil.rmtree(saved)
    wanted = article(site).read_text("utf-8")
    article(site).write_text(wanted.replace("The harbour board met", "The board met"))
    (told,) = map(json.loads, run(site, "clean --again --json").stdout.splitlines())
    assert (told["changed"], told["edits"], told["conflicts"]) == ([], ["body"], [])
    assert sources(site) == [name.rpartition("/")[2] for name in drawn(site)]


# -- hostile


@pytest.mark.parametrize(
    "address",
    [
        HOSTILE,
        "a/../../../secret.png",
        "..%2F..%2Fsecret.png",
        "/{root}/secret.png",
        "file:///{root}/secret.png",
        "file:secret.png",
        "..\\..\\secret.png",
        "S_files/linked.png",
        "S_files/folder/secret.png",
        "S_files",
        "S_files/pipe.png",
        "S_files/a%00.png",
        "S_files/" + "a" * 300 + ".png",
        ".",
        "",
    ],
)
def test_nothing_outside_the_folder_is_read(
    site: Path, saved: Path, tmp_path: Path, address: str
) -> None:
    secret = png(99, 99, (1, 2, 3))
    (tmp_path / "secret.png").write_bytes(secret)
    folder = saved / "in"
    (folder / "S_files").mkdir(parents=True)
    (folder / "S_files/linked.png").symlink_to(tmp_path / "secret.png")
    (folder / "S_files/folder").symlink_to(tmp_path)
    os.mkfifo(folder / "S_files/pipe.png")
    address = address.format(root=str(tmp_path).strip("/"))
    put(folder, {"S.html": page(figure(f'src="{address}"'))})
    assert run(site, "import", folder / "S.html").exit_code == 0
    assert drawn(site) == {}
    assert all(secret not in data for data in everything(site).values())


@pytest.mark.parametrize("form", [as_zip, as_tar])
def test_members_with_hostile_names(site: Path, saved: Path, tmp_path: Path, form: Form) -> None:
    (tmp_path / "secret.png").write_bytes(png(99, 99))
    files: dict[str, str | bytes] = {
        "../S.html": page(figure(f'src="{HOSTILE}"')),
        "../../../../evil.png": PHOTO,
        "/evil.png": PHOTO,
    }
    before = sorted(tmp_path.rglob("*"))
    run(site, "import", form(saved, files))
    assert drawn(site) == {}
    new = [path for path in tmp_path.rglob("*") if path not in before]
    assert all(path.is_relative_to(site) for path in new if path.parent != saved)


@pytest.mark.parametrize("form", [as_folder, as_zip, as_tar])
@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>steal()</script></svg>",
        b"<!doctype html><script>steal()</script>",
        png()[:12],
        b"",
    ],
)
def test_what_is_no_picture_is_left_out(site: Path, saved: Path, form: Form, data: bytes) -> None:
    files = {
        "S.html": page(figure('src="S_files/a.png"'), url="https://post.example/board"),
        "S_files/a.png": data,
    }
    result = run(site, "import", form(saved, files))
    assert drawn(site) == {}
    assert sources(site) == ["https://post.example/S_files/a.png"]
    assert "Traceback" not in result.output
    if form is as_folder:
        assert "S_files/a.png" in result.stderr
        assert result.exit_code == 1


@pytest.mark.parametrize("form", [as_folder, as_zip, as_tar])
def test_a_picture_that_is_too_large_is_left_out(
    site: Path, saved: Path, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (pictures, beside):
        monkeypatch.setattr(module, "MAX_BYTES", 1 << 20)
    files = {
        "S.html": page(figure('src="S_files/a.png"')),
        "S_files/a.png": png() + bytes(1 << 20),
    }
    run(site, "import", form(saved, files))
    assert drawn(site) == {}
    assert sources(site) == [""]


def test_a_damaged_member_takes_no_page_with_it(site: Path, saved: Path) -> None:
    path = as_zip(saved, {"Story.html": STORY, "Story_files/Ferry at dusk.JPG": PHOTO * 30})
    data = bytearray(path.read_bytes())
    at = data.index(b"JPG", data.index(b"Ferry at dusk.JPG")) + 8
    data[at : at + 40] = bytes(40)
    path.write_bytes(data)
    result = run(site, "import", path)
    assert result.exit_code == 1
    assert f"{path}#Story_files/Ferry at dusk.JPG: can't be unpacked" in result.output
    assert drawn(site) == {}
    assert len(sources(site)) == 1


def test_a_link_in_content_is_not_written_through(site: Path, saved: Path, tmp_path: Path) -> None:
    put(saved, {"Story.html": STORY, "Story_files/Ferry at dusk.JPG": PHOTO})
    run(site, "import", saved)
    (path,) = drawn(site)
    shutil.rmtree(site / ".archive")
    shutil.rmtree(site / "content/_originals")
    article(site).unlink()
    (site / "content" / path).unlink()
    (tmp_path / "victim.png").write_bytes(b"mine")
    (site / "content" / path).symlink_to(tmp_path / "victim.png")
    run(site, "import", saved)
    assert (tmp_path / "victim.png").read_bytes() == b"mine"


# -- the export of a content system, and the folder of its files beside it

UPLOADS = "https://courier.example/wp-content/uploads"


def wordpress(text: str, *, meta: str = "", others: str = "") -> str:
    media = "".join(
        f"<item><title>{name}</title><excerpt:encoded><![CDATA[{caption}]]></excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_parent>{parent}</wp:post_parent>"
        "<wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>"
        f"<wp:attachment_url>{UPLOADS}/2015/10/{name}</wp:attachment_url>"
        "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>"
        f"<wp:meta_value>Alt of {number}</wp:meta_value></wp:postmeta></item>"
        for number, name, caption, parent in (
            (7, "mole.png", "The outer mole at dusk", 1),
            (8, "lights.png", "Its <b>lights</b> &amp; lamps", 2),
            (9, "minutes.pdf", "The minutes", 1),
        )
    )
    return (
        '<?xml version="1.0"?><rss version="2.0"'
        ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Bay Courier</title>'
        "<item><title>Board meets on the quay</title>"
        f"<content:encoded><![CDATA[{text}{PROSE}]]></content:encoded>"
        "<wp:post_id>1</wp:post_id><wp:post_date>2015-10-07 09:00:00</wp:post_date>"
        f"<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{meta}</item>"
        f"{media}{others}</channel></rss>"
    )


def images_of(site: Path) -> list[tuple[str, str]]:
    """Caption and the beginning of the file's name of each picture."""
    found, problems = parse(article(site).read_text("utf-8"), "")
    assert found, problems
    return [(image.caption, image.src.rpartition("-")[0]) for image in found.images]


LEADS = (
    "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key>"
    "<wp:meta_value>7</wp:meta_value></wp:postmeta>"
)
SMALL = ("Mole", "mole-300x200")
MOLE, LIGHTS = ("The outer mole at dusk", "mole"), ("Its lights & lamps", "lights")


@pytest.mark.parametrize(
    ("text", "meta", "expected"),
    [
        (figure(f'src="{UPLOADS}/2015/10/mole.png"', MOLE[0]), "", [MOLE]),
        (figure('src="/wp-content/uploads/2015/10/mole.png"', MOLE[0]), "", [MOLE]),
        ('[gallery ids="8,7"]', "", [LIGHTS, MOLE]),
        ("[gallery size='large' ids='7, 8, 9, 77']", "", [MOLE, LIGHTS]),
        ("[gallery]", "", [MOLE]),
        ('[gallery ids="8,8"] [gallery] [gallery ids="7,8"]', "", [LIGHTS, MOLE]),
        ("", LEADS, [MOLE]),
        (
            figure(f'src="{UPLOADS}/2015/10/mole-300x200.png"', "Mole"),
            LEADS,
            [("Mole", "mole-300x200")],
        ),
        ('[gallery ids="8"]', LEADS, [MOLE, LIGHTS]),
    ],
    ids=[
        "address",
        "path",
        "gallery",
        "more numbers",
        "all",
        "often",
        "above",
        "shown already",
        "both",
    ],
)
def test_pictures_of_a_post_lie_beside_its_export(
    site: Path, saved: Path, text: str, meta: str, expected: list[tuple[str, str]]
) -> None:
    names = ("mole.png", "mole-300x200.png", "lights.png")
    put(saved, {f"uploads/2015/10/{name}": png(640 + n, 400) for n, name in enumerate(names)})
    put(saved, {"export.xml": wordpress(text, meta=meta)})
    result = run(site, "import", saved)
    assert result.exit_code == 0, result.output
    assert images_of(site) == expected
    before = everything(site)
    assert run(site, "clean --again").exit_code == 0
    assert everything(site) == before


def test_where_only_the_whole_picture_was_kept_it_stands_for_a_smaller_copy(
    site: Path, saved: Path
) -> None:
    put(saved, {"uploads/2015/10/mole.png": PHOTO})
    shown = figure(f'src="{UPLOADS}/2015/10/mole-300x200.png"', "Mole")
    put(saved, {"export.xml": wordpress(shown)})
    assert run(site, "import", saved).exit_code == 0
    ((caption, name),) = images_of(site)
    assert (caption, name[:4]) == ("Mole", "mole")


def test_the_picture_above_is_told_from_smaller_copies_of_it() -> None:
    """WordPress keeps a large picture as ``-scaled``, and names smaller copies without that."""
    small = figure(f'src="{UPLOADS}/2015/10/mole-1024x683.png"', "Mole")
    for name in ("mole-scaled.png", "mole-rotated.png", "mole-1536x1024.png"):
        export = wordpress(small, meta=LEADS).replace("2015/10/mole.png", f"2015/10/{name}")
        post = next(feed.read("export.xml", io.BytesIO(export.encode())))
        assert isinstance(post, RawDocument)
        assert post.text.count("<img") == 1


@pytest.mark.parametrize(
    ("galleries", "captions"),
    [("[gallery]" * 3000, ""), ('[gallery][gallery ids="7,8"]', "A long caption " * 200_000)],
    ids=["many", "long"],
)
def test_galleries_are_no_bomb(galleries: str, captions: str) -> None:
    media = "".join(
        f"<item><wp:post_id>{number}</wp:post_id><wp:post_parent>1</wp:post_parent>"
        f"<wp:post_type>attachment</wp:post_type><excerpt:encoded>{captions}</excerpt:encoded>"
        f"<wp:attachment_url>{UPLOADS}/{number}.jpg</wp:attachment_url></item>"
        for number in range(100, 1100 if not captions else 104)
    )
    export = wordpress(galleries, others=media)
    post = next(feed.read("export.xml", io.BytesIO(export.encode())))
    assert isinstance(post, RawDocument)
    assert post.text.count("<img") == (2 if captions else 1001)
    assert len(post.text) < 1 << 20


@pytest.mark.parametrize(
    "address",
    [
        "https://courier.example/mole.png",
        f"{UPLOADS}/2015/10/other.png",
        "https://courier.example/uploads/../../mole.png",
        "https://courier.example/uploads/%2e%2e/%2e%2e/secret.png",
        "https://[courier.example/uploads/2015/10/mole.png",
        "https://courier.example/" + "a/" * 40 + "uploads/mole.png",
    ],
    ids=["one part", "another name", "upwards", "escaped", "no address", "endless"],
)
def test_of_other_addresses_nothing_is_read(site: Path, saved: Path, address: str) -> None:
    (saved.parent / "secret.png").write_bytes(PHOTO)
    put(saved, {"uploads/mole.png": PHOTO, "mole.png": PHOTO})
    put(saved, {"export.xml": wordpress(figure(f'src="{address}"'))})
    run(site, "import", saved)
    assert drawn(site) == {}


@pytest.mark.parametrize(
    ("address", "is_own"),
    [
        ("https://courier.example/2015/images/1.png", True),
        ("https://WWW.courier.example/images/1.png?w=300", True),
        ("https://cdn.courier.example/images/1.png", True),
        ("https://i0.wp.com/courier.example/images/1.png?resize=2", True),
        ("https://courier.files.wordpress.com/images/1.png", True),
        ("//courier.example/images/1.png", True),
        ("/images/1.png", True),
        ("images/1.png", True),
        ("public://field/images/1.png", True),
        ("https://herald.example/images/1.png", False),
        ("https://notcourier.example/images/1.png", False),
        ("https://i0.wp.com/herald.example/images/1.png", False),
        ("https://i0.wp.com/" + "i0.wp.com/" * 3000 + "images/1.png", False),
        ("https://herald.files.wordpress.com/images/1.png", False),
        ("//herald.example/2014/images/1.png", False),
    ],
)
def test_a_picture_of_another_site_is_not_one_beside_the_export(
    saved: Path, address: str, is_own: bool
) -> None:
    """The site is that of the first entry: what follows may be of others."""
    put(saved, {"images/1.png": PHOTO})
    records = [
        {"title": "Mole", "url": "https://www.courier.example/a", "html": PROSE},
        {"title": "Boat", "url": "https://herald.example/b", "html": PROSE},
    ]
    put(saved, {"all.jsonl": "\n".join(map(json.dumps, records))})
    for document in importers.read(saved / "all.jsonl"):
        assert isinstance(document, RawDocument)
        assert document.beside is not None
        assert document.beside(address) == (PHOTO if is_own else None)


def test_an_export_of_any_size_is_read_in_parts(
    site: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picture of the first post stands in a later part than the post."""
    others = "".join(
        f"<item><title>Minutes no. {n}</title><content:encoded><![CDATA[<p>No. {n}.</p>{PROSE}]]>"
        f"</content:encoded><wp:post_id>{100 + n}</wp:post_id><wp:status>publish</wp:status>"
        "<wp:post_type>post</wp:post_type></item>"
        for n in range(60)
    )
    put(saved, {"uploads/2015/10/mole.png": PHOTO})
    text = wordpress('[gallery ids="7"]', others=others)
    put(saved, {"export.xml": text})
    whole = run(site, "import", saved, "--json").stdout
    assert '"path": "2015/10/board-meets-on-the-quay.md"' in whole
    before = everything(site)
    shutil.rmtree(site / "content")
    shutil.rmtree(site / ".archive")
    monkeypatch.setattr(feed, "MAX_DOCUMENT", 8000)
    monkeypatch.setattr(feed, "_PART", 3000)
    assert len(text) > 40_000
    assert run(site, "import", saved, "--json").stdout == whole
    assert everything(site) == before


def test_other_xml_of_any_size_is_a_line(
    site: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MAX_DOCUMENT", 8000)
    put(saved, {"export.xml": "<rows>" + "<row>x</row>" * 1000 + "</rows>"})
    result = run(site, "import", saved)
    assert result.exit_code == 1
    assert "and no feed — divide it into files" in result.stderr
