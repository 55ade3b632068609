"""An archive in a temporary folder, driven as a user drives it: write files, build, look."""

from __future__ import annotations

import os
import shutil
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


class ArchiveFolder:
    """``site.yaml``, ``content/`` and what a build makes of them."""

    def __init__(self, path: Path, settings: str = "title: Test archive\n") -> None:
        self.path = path
        (path / "content").mkdir(parents=True)
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
        return build(
            self.path,
            config,
            mapper=mapper or SerialMapper(),
            sink=FolderSink(self.path / config.output),
        )

    def forget(self) -> None:
        """Delete all derived state but the site."""
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
