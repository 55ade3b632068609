"""What site generators and notebooks keep as Markdown becomes what their readers saw."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive_gen import importers
from archive_gen.article import Article, Image, RawDocument
from archive_gen.cli import group
from archive_gen.content import frontmatter
from archive_gen.intake.ingest import ingest
from archive_gen.intake.inputs import find_inputs
from archive_gen.intake.learning import Stated
from archive_gen.intake.outcome import Outcome
from archive_gen.intake.reclean import reclean
from archive_gen.parallel import SerialMapper
from tests.drawn import png

FIRST = "The council **voted 14 to 9** to close the [library](https://example.org/library)."
LAST = "Readers in the gallery shouted as the result was read."
YAML = "---\ntitle: Library to close\n---\n"


def outcome(folder: Path, text: str, name: str = "post.md") -> Outcome:
    """What becomes of a file below ``site/``."""
    file = folder / "site" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    folders = [folder / "site"]
    (found,) = ingest(folder / "content", [file], Stated({}), SerialMapper(), folders=folders)
    return found


def read(folder: Path, text: str, name: str = "post.md") -> Article:
    found = outcome(folder, text, name)
    assert (found.status, found.problems) == ("new", ())
    article, problems = frontmatter.parse_bytes(
        (folder / "content" / str(found.path)).read_bytes(), ""
    )
    assert article, problems
    return article


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Library to close\ndate: 2015-10-07 18:20:00 +0100\nauthor: Ada Quill\n"
        "tags: [libraries]\ncategories: [news]\n---\n",
        '+++\ntitle = "Library to close"\ndate = 2015-10-07T18:20:00+01:00\n'
        'authors = ["Ada Quill"]\n[taxonomies]\ntags = ["libraries"]\ncategories = ["news"]\n+++\n',
        '{\n"title": "Library to close", "date": "2015-10-07T18:20:00+01:00",\n'
        '"author": {"name": "Ada Quill"}, "tags": ["libraries", "news"]\n}\n',
        '---json\n{"title": "Library to close", "date": "2015-10-07T18:20:00+01:00",\n'
        '"author": "Ada Quill", "tags": ["libraries", "news"]}\n---\n',
        '---toml\ntitle = "Library to close"\ndate = 2015-10-07T18:20:00+01:00\n'
        'author = "Ada Quill"\ntags = ["libraries", "news"]\n---\n',
    ],
    ids=["YAML", "TOML", "JSON", "Eleventy's JSON", "Eleventy's TOML"],
)
def test_a_post_stays_as_it_was_written(tmp_path: Path, front: str) -> None:
    article = read(tmp_path, f"{front}\n{FIRST}\n\n## What next\n\n* {LAST}\n")
    assert article.body == f"{FIRST}\n\n## What next\n\n* {LAST}"
    assert (article.title, article.authors) == ("Library to close", ("Ada Quill",))
    assert article.tags == ("libraries", "news")
    assert article.date is not None
    assert article.date.text == "2015-10-07T18:20:00+01:00"


def test_the_files_name_tells_day_and_title_where_nothing_else_does(tmp_path: Path) -> None:
    article = read(tmp_path, f"---\ntags: a b\n---\n{FIRST}", "_posts/2015-10-07-a-sad-day.md")
    assert article.date is not None
    assert (article.title, article.date.text) == ("A sad day", "2015-10-07")
    assert article.tags == ("a", "b")


@pytest.mark.parametrize("heading", ["# A sad day", "A sad day\n=========", "# A sad day #"])
def test_the_first_heading_is_the_title(tmp_path: Path, heading: str) -> None:
    article = read(tmp_path, f"{heading}\n\n{FIRST}\n", "2015-10-07-library.md")
    assert (article.title, article.body) == ("A sad day", FIRST)


def test_another_heading_than_the_title_stays(tmp_path: Path) -> None:
    assert read(tmp_path, f"{YAML}# The vote\n\n{FIRST}").body == f"# The vote\n\n{FIRST}"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It {% if x %}was{% endif %} {{ page.x }} late.", "It was late."),
        ("<!--more-->", ""),
        ("A line.\n{: .lead}", "A line."),
        ("See [[Note|the note]] and [[Other]].", "See the note and Other."),
        ("Read[^1].\n\n[^1]: Minutes.", "Read\\[1\\].\n\n\\[1\\] Minutes."),
        ("See [there](/2014/x.html) and [here](#below).", "See there and here."),
        ("[Call]({% post_url 2014-01-01-x %})", "Call"),
        ("```ruby\nputs '{{ x }}'\n```", "    puts '{{ x }}'"),
        ("{% highlight c %}\nint i;\n{% endhighlight %}", "    int i;"),
        ("Say `{{ x }}` so.", "Say `{{ x }}` so."),
        ("{% comment %}\nCall 555.\n\nNow.\n{% endcomment %}", ""),
        ("Late {%- comment -%}very{%- endcomment -%}so.", "Late so."),
        ("<!--\nNot yet.\n\n```\n-->\nIt was late.", "It was late."),
        ("%%\nNot yet.\n%%\n\n%% 5 %% Late %% 555 %% so.", "Late so."),
        ("{{/* not\nyet */}}{# nor\nthis #}\n{::comment}\nx\n{:/comment}", ""),
        ("{{< comment >}}\nNot yet.\n{{< /comment >}}", ""),
        (
            "Say `<!--` and `-->`.\n\n    <!--\n    -->",
            "Say `<!--` and `-->`.\n\n    <!--\n    -->",
        ),
        ("A <!-- sign, and 100%% sure.", "A <!-- sign, and 100%% sure."),
        ("Half is $\\frac{{a}}{{b}}$, x^{{2}}.", "Half is $\\frac{{a}}{{b}}$, x^{{2}}."),
        ("$$\n{{a}} \\over b\n$$", "$$\n{{a}} \\over b\n$$"),
        ("Half is $$ {{a}} $$, {{ b }}.", "Half is $$ {{a}} $$, ."),
        ("For $5 `{{ x }}` or [$6](/x), {{ y }}$7.", "For $5 `{{ x }}` or $6, $7."),
        ("It returns {:a, :b} or {:ok}.", "It returns {:a, :b} or {:ok}."),
        ("A **line**{:.lead #a}.\n{:toc}\n{::options x='y' /}", "A **line**."),
        ("Read <img alt='a > b' src='/x.png'>more.", "Read more."),
        ("See [there](/wiki/Foo_(bar)).", "See there."),
        (
            "See [there][b], [B] and [on][w].\n\n[b]: /about\n[w]: https://w.example/ 'W'",
            "See there, B and [on][w].\n\n[w]: https://w.example/ 'W'",
        ),
        ("See [there][b].\n\n[b]: {{ site.url }}{% post_url x %}", "See there."),
        ("[Clerk]: Yes.", "[Clerk]: Yes."),
        (
            "- One\n    - See [it](/x) {{ z }}\n\n            {{ code }}",
            "- One\n    - See it\n\n            {{ code }}",
        ),
        (
            "1. One\n\n    ```\n    a\n\n\n    {{ b }}\n    ```\n2. Two",
            "1. One\n\n        a\n\n\n        {{ b }}\n\n2. Two",
        ),
        ("```\na\n\n\nb\n```", "    a\n\n\n    b"),
        ('<div class="lead">\n\nThe **end**.\n\n</div>', "The **end**."),
        ("<div markdown='1'>\nThe **end**.\n</div>", "The **end**."),
        ("<div>\n<b>The</b> end.\n</div>", "<div>\n<b>The</b> end.\n</div>"),
    ],
)
def test_what_only_its_own_site_understood_goes(tmp_path: Path, written: str, shown: str) -> None:
    article = read(tmp_path, f"{YAML}{FIRST}\n\n{written}\n\n{LAST}")
    assert article.body == "\n\n".join(filter(None, (FIRST, shown, LAST)))


def test_links_within_its_site_lead_there_where_the_address_is_known(tmp_path: Path) -> None:
    front = "---\ntitle: A\nurl: https://courier.example/2015/a/\n---\n"
    article = read(tmp_path, f"{front}{FIRST} [More](/2014/b/).")
    assert article.body == f"{FIRST} [More](https://courier.example/2014/b/)."


@pytest.mark.parametrize(
    "written",
    [
        '![The roof](/img/roof.png "The old roof")',
        '![The roof]({{ site.baseurl }}/img/roof.png "The old roof")',
        '![The roof]({{ "/img/roof.png" | relative_url }} "The old roof")',
        '{% include figure.html src="/img/roof.png" alt="The roof" caption="The old roof" %}',
        '{{< figure src="/img/roof.png" alt="The roof" caption="The old roof" >}}',
    ],
)
def test_pictures_of_its_site_come_along(tmp_path: Path, written: str) -> None:
    (tmp_path / "site/img").mkdir(parents=True)
    (tmp_path / "site/img/roof.png").write_bytes(png(20, 20))
    (tmp_path / "site/_config.yml").write_text("title: Courier")
    article = read(tmp_path, f"{YAML}{FIRST}\n\n{written}\n\n{LAST}", "_posts/2015-10-07-a.md")
    (image,) = article.images
    assert (image.caption, image.alt) == ("The old roof", "The roof")
    (copy,) = (tmp_path / "content").glob(f"*/*/{image.src}")
    assert copy.read_bytes() == png(20, 20)
    assert article.body == f"{FIRST}\n\n{LAST}"


def test_pictures_outside_its_site_stay_there(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png(20, 20))
    (tmp_path / "site").mkdir()
    (tmp_path / "site/_config.yml").write_text("title: Courier")
    written = "![a](/../secret.png) ![b](../secret.png) ![c](/secret.png)"
    assert read(tmp_path, f"{YAML}{FIRST}\n\n{written}").images == ()


@pytest.mark.parametrize(
    ("config", "asked", "comes"),
    [
        ("config.yaml", "home", False),
        ("config.yaml", "home/Downloads", False),
        ("_config.yml", "home", True),
        ("_config.yml", "home/Downloads", False),
        ("_config.yml", "home/Downloads/*.md", False),
        ("_config.yml", "home/*/*.md", True),
        ("_config.yml", "home/Downloads/story.md", False),
        ("content/x.md", "home", False),
        ("content/x.md config.toml", "home", True),
    ],
)
def test_pictures_come_from_what_one_asked_for_alone(
    tmp_path: Path, config: str, asked: str, *, comes: bool
) -> None:
    for name in ("Pictures/passport.png", "Downloads/story.md", *config.split()):
        (tmp_path / "home" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "home" / name).write_text(f"{YAML}{FIRST} Twice.")
    (tmp_path / "home/Pictures/passport.png").write_bytes(png(200, 200))
    picture = '![x](/Pictures/passport.png "c")'
    (tmp_path / "home/Downloads/story.md").write_text(f"{YAML}{FIRST}\n\n{picture}\n\n{LAST}")
    (tmp_path / "site.yaml").write_text("title: A")
    call = ["import", "--site", str(tmp_path), str(tmp_path / asked)]
    result = CliRunner().invoke(group, call)
    assert "new" in result.output
    assert bool(list((tmp_path / "content").rglob("*.png"))) == comes


def test_the_picture_above_a_post_is_its_first(tmp_path: Path) -> None:
    front = "---\ntitle: A\nimage: {path: 'https://x.example/a.jpg', caption: Roof}\n---\n"
    article = read(tmp_path, f"{front}{FIRST}\n\n![](https://x.example/b.jpg)")
    assert article.images == (
        Image("Roof", src="https://x.example/a.jpg"),
        Image(src="https://x.example/b.jpg"),
    )


@pytest.mark.parametrize(
    ("front", "name", "kind"),
    [
        ("draft: true", "a.md", "drafts"),
        ("published: false", "a.md", "drafts"),
        ("title: A", "_drafts/a.md", "drafts"),
        ("layout: page", "about.md", "pages"),
        ("title: A", "_index.md", "pages"),
        ("layout: default", "security.md", "pages"),
        ("", "README.md", "pages"),
        ("draft: true", "_posts/2015-10-09-post.md", "drafts"),
    ],
)
def test_what_is_no_post_is_left_out(tmp_path: Path, front: str, name: str, kind: str) -> None:
    found = outcome(tmp_path, f"---\n{front}\n---\n{FIRST}", name)
    assert (found.status, found.left_out) == ("left out", kind)


@pytest.mark.parametrize(
    ("front", "name"),
    [
        ("layout: default", "_posts/2015-10-09-post.md"),
        ("layout: default", "2015-10-09-post.md"),
        ("layout: page", "_posts/post.md"),
        ("title: A", "_posts/readme.md"),
        ("title: A", "security.md"),
    ],
)
def test_what_is_filed_as_a_post_is_one(tmp_path: Path, front: str, name: str) -> None:
    assert read(tmp_path, f"---\n{front}\n---\n# A\n\n{FIRST}", name).body.endswith(FIRST)


@pytest.mark.parametrize(
    "said",
    [
        "Correction: the vote was 14 to 8.",
        "Correction: it was this: 14 to 8.",
        "Correction: {was: 14",
        "The vote was 14 to 8.",
        "# The vote: a correction",
        "Correction:\n  title: of the mayor",
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.html", "a"])
def test_a_text_that_begins_with_a_rule_is_kept(tmp_path: Path, said: str, name: str) -> None:
    file = tmp_path / name
    file.write_text(f"---\n{said}\n---\n\n{FIRST}\n", "utf-8")
    (found,) = importers.read(file)
    assert isinstance(found, RawDocument)
    assert said in found.text


@pytest.mark.parametrize(
    "front", ["", "Title: A\n", "'tags': [a]\n", "{title: A}\n", "layout: post\n"]
)
def test_what_says_something_of_the_text_is_front_matter(tmp_path: Path, front: str) -> None:
    assert read(tmp_path, f"---\n{front}---\n# A\n\n{FIRST}").body == FIRST


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: a: b\n---\nText.", "not valid YAML"),
        ("+++\ntitle = \n+++\nText.", "front matter can't be read"),
        ("---\ntitle: A\n---\n", "has no text"),
    ],
)
def test_what_can_not_be_read_costs_a_line(tmp_path: Path, text: str, message: str) -> None:
    found = outcome(tmp_path, text)
    assert found.status == "failed"
    assert message in found.problems[0].message


def test_a_post_in_html_is_one_too(tmp_path: Path) -> None:
    text = f"---\ntitle: A\n---\n<p>{LAST}</p>\n<p>{{{{ site.x }}}}Twice.</p>"
    article = read(tmp_path, text, "_posts/2015-10-07-a.html")
    assert (article.title, article.body) == ("A", f"{LAST}\n\nTwice.")


def test_cleaning_again_makes_the_same(tmp_path: Path) -> None:
    article = read(tmp_path, f"{YAML}{FIRST}\n\n{{% x %}}\n\n{LAST}")
    assert article.body == f"{FIRST}\n\n{LAST}"
    content = tmp_path / "content"
    before = {path: path.read_bytes() for path in content.rglob("*.md")}
    (again,) = reclean(content, SerialMapper())
    assert again.status == "unchanged"
    assert {path: path.read_bytes() for path in content.rglob("*.md")} == before


@pytest.mark.parametrize(
    ("config", "own"),
    [
        ("_config.yml", "_site"),
        ("_config.yml", "_layouts"),
        ("hugo.toml", "public"),
        ("hugo.toml", "archetypes"),
        ("eleventy.config.js", "_site"),
        ("README", "node_modules"),
    ],
)
def test_what_a_site_generator_made_is_passed_over(tmp_path: Path, config: str, own: str) -> None:
    (tmp_path / config).write_text("")
    for name in (f"{own}/a/post.md", f"{own}/b.html", "posts/post.md"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{YAML}{FIRST}")
    found = find_inputs([tmp_path])
    assert found.files == [tmp_path / "posts/post.md"]
    assert found.passed_over[f"{own}/"] == 2
    (tmp_path / config).unlink()
    others = [] if own == "node_modules" else [f"{own}/a/post.md", f"{own}/b.html"]
    names = [file.relative_to(tmp_path).as_posix() for file in find_inputs([tmp_path]).files]
    assert sorted(names) == sorted([*others, "posts/post.md"])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("_data/authors.yml", "ada:\n  name: Ada Quill\ntom: Tom Hale\n"),
        ("data/authors.toml", 'tom = "Tom Hale"\n[ada]\nname = "Ada Quill"\n'),
        ("data/authors/ada.json", '{"display_name": "Ada Quill"}'),
        ("content/authors/ada/_index.md", "---\ntitle: Ada Quill\n---\nShe writes.\n"),
    ],
)
def test_authors_have_the_names_that_their_site_tells(tmp_path: Path, name: str, told: str) -> None:
    site = tmp_path / "site"
    (site / name).parent.mkdir(parents=True)
    (site / "_config.yml").write_text("title: Courier\n")
    (site / name).write_text(told)
    article = read(tmp_path, f"---\ntitle: A\nauthors: [ada, eve]\n---\n{FIRST}", "_posts/a.md")
    assert article.authors == ("Ada Quill", "eve")


def test_no_link_leads_to_a_file_of_authors(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "authors.yml").write_text("ada: Ada Quill\n")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/_config.yml").write_text("title: Courier\n")
    (tmp_path / "site/_data").symlink_to(elsewhere)
    article = read(tmp_path, f"---\ntitle: A\nauthor: ada\n---\n{FIRST}", "_posts/a.md")
    assert article.authors == ("ada",)


@pytest.mark.parametrize("told", ["ada: [", "- ada", "ada:\n  name: 7\n", ""])
def test_a_file_of_authors_that_tells_nothing_harms_none(tmp_path: Path, told: str) -> None:
    site = tmp_path / "site"
    (site / "_data").mkdir(parents=True)
    (site / "_config.yml").write_text("title: Courier\n")
    (site / "_data/authors.yml").write_text(told)
    article = read(tmp_path, f"---\ntitle: A\nauthor: ada\n---\n{FIRST}", "_posts/a.md")
    assert article.authors == ("ada",)


def test_who_took_a_picture_is_told_of_it(tmp_path: Path) -> None:
    figure = '{{< figure src="/img/roof.png" caption="The old roof" attr="Eve Lund" >}}'
    article = read(tmp_path, f"{YAML}{FIRST}\n\n{figure}\n\n{LAST}\n")
    assert [(one.caption, one.credit) for one in article.images] == [("The old roof", "Eve Lund")]


OWN = {
    "notice": "The paper withdrew this.",
    "corrections": [{"date": "2017-07-01", "text": "It was 27 boats."}],
    "story": "Library",
    "issue": 42,
    "front page": True,
}
_IN_YAML = (
    "---\ntitle: T\nslug: library-closes\naliases: [/2015/10/old/, /index.php?id=7]\nlayout: post\n"
    "weight: 3\nempty:\nnotice: The paper withdrew this.\ncorrections:\n- date: 2017-07-01\n"
    "  text: It was 27 boats.\nstory: Library\nissue: 42\nfront page: true\n---\n"
)
_IN_TOML = (
    '+++\ntitle = "T"\nslug = "library-closes"\naliases = ["/2015/10/old/", "/x?id=7"]\n'
    'layout = "post"\nweight = 3\nnotice = "The paper withdrew this."\nstory = "Library"\n'
    'issue = 42\n"front page" = true\n[[corrections]]\ndate = 2017-07-01\n'
    'text = "It was 27 boats."\n+++\n'
)
_IN_JSON = (
    '{\n"title": "T", "slug": "library-closes", "aliases": "/2015/10/old/", "layout": "post",\n'
    '"notice": "The paper with\\u0000drew this.", "story": "Library", "issue": 42, "empty": [],\n'
    '"front page": true, "corrections": [{"date": "2017-07-01", "text": "It was 27 boats."}]}\n'
)


@pytest.mark.parametrize("front", [_IN_YAML, _IN_TOML, _IN_JSON])
def test_keys_of_an_article_that_are_its_writers_own_stay(tmp_path: Path, front: str) -> None:
    article = read(tmp_path, front + FIRST)
    assert (article.slug, article.aliases) == ("library-closes", ("2015/10/old/",))
    assert article.extra == OWN
    before = {path: path.read_bytes() for path in (tmp_path / "content").rglob("*.md")}
    assert [one.status for one in reclean(tmp_path / "content", SerialMapper())] == ["unchanged"]
    assert {path: path.read_bytes() for path in before} == before


def test_a_key_that_no_file_can_hold_stays_as_a_text(tmp_path: Path) -> None:
    front = '{\n"title": "T", "slug": "a/b c", "n": NaN, "big": 123456789012345678901234567890}\n'
    article = read(tmp_path, front + FIRST)
    assert article.slug == ""
    assert article.extra == {"n": "nan", "big": "123456789012345678901234567890"}
