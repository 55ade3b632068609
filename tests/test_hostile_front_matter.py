"""Front matters that break YAML readers: each is an article or faults with lines, no crash."""

from __future__ import annotations

import pytest

from archive_gen.content.frontmatter import parse_bytes

_DEEP = 5_000
_VALUES = (
    *("2015-13-45", "0000-00-00", "9999-99-99T99:99:99Z", "2001-02-30", "1e999", "0x", "0b2", "1_"),
    *("190:20:30.15", "-.inf", ".nan", "~", "!!null", "!!int a", "!!float x", "!!bool maybe"),
    *("!!timestamp 2015-99-99", "!!binary ====", "!!set {a, b}", "!!omap [a]", "!!pairs [a]"),
    *("!!python/object/apply:os.system [id]", "!!python/name:os.system", "!local x", "!<a> x"),
    *("*unknown", "&a", "&a *a", "&a [*a]", "&a {k: *a}", "{<<: 1}", "{<<: [1]}", "{? : ?}"),
    *(
        "{[a]: b}",
        "{{a: b}: c}",
        "[",
        "{",
        "}",
        "]",
        "'",
        '"',
        '"\\x"',
        '"\\ud800"',
        '"\\U00110000"',
    ),
    *(
        "|",
        ">",
        "|9",
        "|0",
        "|+-",
        "%a",
        "@a",
        "`a",
        "- a",
        "? a",
        ": a",
        "a: b",
        "a: b: c",
        "#",
        ",",
    ),
    *(
        "[a, b",
        "{a: b",
        "[a]]",
        "[[[[a]]]]",
        '"\\0"',
        "\0",
        "\x07",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ufffe",
    ),
    *(
        "\ud7ff",
        "\U0010ffff",
        "\u202e",
        "\t a",
        "a\tb: c",
        "a\n b\n\tc",
        "a\n---\nb",
        "...",
        "=",
        "<<",
    ),
)
_WHOLE = (
    *("", "a", "- a", "[]", "{}", "null", "title", "title:", "title: [a]", "title: {a: b}"),
    *(
        "title: a\ntitle: b",
        "? title\n: a",
        "title: a\n? [b]\n: c",
        "title: a\n<<: *x",
        "title: a\n\tb",
    ),
    *("%YAML 9.9", "%TAG ! x", "title: a\n<<: {title: b}", "1: a\ntitle: b", "~: a\ntitle: b"),
    "title: " + "[" * _DEEP,
    "title: " + "[" * _DEEP + "]" * _DEEP,
    "x: " + "{a: " * _DEEP,
    "\n".join(" " * n + "a:" for n in range(1_000)),
    "a: &a [x, x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a, *a, *a, *a, *a]" for n in range(500)),
    "a0: &a0 [x]\n"
    + "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)),
    "title: a\nx: " + "9" * 10_000,
    "title: " + "a" * 1_000_000,
    "k: v\n" * 10_000,
)
TEXTS = (
    *(f"title: {value}" for value in _VALUES),
    *(f"title: a\ndate: {value}" for value in _VALUES),
    *(f"title: a\nx: {value}" for value in _VALUES),
    *(f"title: a\nimages: {value}" for value in _VALUES),
    *_WHOLE,
)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_it_is_an_article_or_a_fault_with_its_line(text: str) -> None:
    data = f"---\n{text}\n---\nWords.\n".encode("utf-8", "surrogatepass")
    article, problems = parse_bytes(data, "a.md")
    assert (article is None) == bool(problems)
    lines = data.count(b"\n") + data.count(b"\r")
    for problem in problems:
        assert 0 <= problem.line <= lines
        assert "\n" not in str(problem)
        assert len(str(problem)) < 600
