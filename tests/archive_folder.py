"""An archive in a temporary folder, driven as a user drives it: write files, build, look."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from archive_gen.building.build import build
from archive_gen.building.publish import FolderSink
from archive_gen.building.report import BuildReport
from archive_gen.config import load_config
from archive_gen.pages import values
from archive_gen.parallel import Mapper, SerialMapper

BARE_TEMPLATES = {
    "home.html": values.HomeData,
    "article.html": values.ArticleData,
    "year.html": values.PeriodData,
    "month.html": values.PeriodData,
    "day.html": values.PeriodData,
    "dates.html": values.DatesData,
    "undated.html": values.UndatedData,
    "term.html": values.TermData,
    "story.html": values.TermData,
    "page.html": values.OwnPageData,
    "terms.html": values.TermIndexData,
    "search.html": values.SearchData,
    "404.html": values.NotFoundData,
    "feed.xml": values.FeedData,
    "feed.json": values.FeedData,
    "data.json": values.DataData,
    "data.csv": values.DataData,
    "versions.html": values.VersionsData,
    "redirect.html": values.RedirectData,
    "robots.txt": values.NothingData,
    "opensearch.xml": values.NothingData,
    "manifest.json": values.NothingData,
    "sitemap.xml": values.SitemapData,
    "sitemap_index.xml": values.SitemapData,
    "news_sitemap.xml": values.NewsSitemapData,
}


_compiled: dict[object, dict[str, bytes]] = {}
"""Settings and templates → the templates compiled, as builds with these left them; the latest."""
_MANY = 50


class ArchiveFolder:
    """``site.yaml``, ``content/``, which may be there already, and what a build makes of them.

    Compiling all templates takes ten times as long as the rest of a small build: a build finds what
    earlier ones with the same settings and templates left, in whichever test. The one after
    ``forget`` compiles anew.
    """

    def __init__(self, path: Path, settings: str = "title: Test archive\n") -> None:
        self.path = path
        self._is_new = True
        (path / "content").mkdir(parents=True, exist_ok=True)
        self.settings(settings)

    def settings(self, text: str) -> None:
        (self.path / "site.yaml").write_text(text, encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        target = self.path / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def article(self, path: str, body: str = "Some words.", **front: object) -> None:
        """Write an article; its title is its file's name unless given."""
        front = {"title": Path(path).stem.replace("-", " ")} | front
        lines = [f"{key}: {value}" for key, value in front.items()]
        self.write(path, "\n".join(["---", *lines, "---", body, ""]))

    def delete(self, path: str) -> None:
        (self.path / "content" / path).unlink()

    def template(self, name: str, text: str) -> None:
        target = self.path / "templates" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def bare_templates(self) -> None:
        """Templates that print every value they get and nothing else: what they show is all."""
        for name, data in BARE_TEMPLATES.items():
            fields = [*data.__struct_fields__]
            fields += ["article", "body", "imported"] if name == "article.html" else []
            fields += ["bodies"] if name == "versions.html" else []
            self.template(name, "".join("{{ " + field + " }}\n" for field in fields))

    def build(self, mapper: Mapper | None = None) -> BuildReport:
        config = load_config(self.path)
        sink = FolderSink(self.path / config.output)
        with self.compiled_once():
            return build(self.path, config, mapper=mapper or SerialMapper(), sink=sink)

    @contextlib.contextmanager
    def compiled_once(self) -> Iterator[None]:
        """A build of the folder, by whatever is called inside, shares with others."""
        folder = self.path / ".archive" / "templates"
        key = self._compiled_for()
        shared = _compiled[key] = _compiled.pop(key, {})
        if shared and (self._is_new or folder.exists()):
            folder.mkdir(parents=True, exist_ok=True)
            for name in shared.keys() - {path.name for path in folder.iterdir()}:
                (folder / name).write_bytes(shared[name])
        self._is_new = False
        yield
        if folder.exists():
            shared |= {p.name: p.read_bytes() for p in folder.iterdir() if p.name not in shared}
        if len(_compiled) > _MANY:
            del _compiled[next(iter(_compiled))]

    def _compiled_for(self) -> object:
        """All that compiled templates depend on besides the program."""
        own = sorted((self.path / "templates").rglob("*"))
        settings = (self.path / "site.yaml").read_bytes()
        return settings, tuple((path.name, path.read_bytes()) for path in own if path.is_file())

    def forget(self) -> None:
        """Delete all derived state but the site."""
        self._is_new = False
        shutil.rmtree(self.path / ".archive", ignore_errors=True)

    def output(self, folder: str = "public") -> dict[str, bytes]:
        """Path → bytes of the published site."""
        root = self.path / folder
        return {
            (Path(parent) / name).relative_to(root).as_posix(): (Path(parent) / name).read_bytes()
            for parent, _, names in os.walk(root)
            for name in names
        }

    def page(self, url: str) -> str:
        return self.output()[url].decode()
