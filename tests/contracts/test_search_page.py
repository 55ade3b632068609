"""The page answers like the Whoosh index: the same queries through both, in a real browser."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from archive_gen.rendering.theme_files import shipped
from archive_gen.search import analysis
from archive_gen.search import query as query_language
from archive_gen.search.page import cuts as page_cuts
from archive_gen.search.page import index as page_index
from archive_gen.search.values import QueryError
from archive_gen.search.whoosh.index import WhooshIndex
from tests.contracts.search_corpus import QUERIES, corpus, document, drawn_queries

if TYPE_CHECKING:
    from archive_gen.search.values import Results, SortOrder

pytestmark = pytest.mark.browser
HTML = """<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:">
<script src="assets/search.js"></script>"""
ASK = """async ([query, sort]) => {
    try {
        const answer = await archiveSearch.search(query, sort);
        const { total, numbers, scores, missing, searched, least } = answer;
        const shown = await archiveSearch.documents(numbers.slice(0, 30));
        const facets = await archiveSearch.facets(scores);
        const offers = await archiveSearch.offers(query, answer);
        return { total, urls: shown.map((hit) => hit.url), facets,
                 missing, searched, least, ...offers,
                 scores: numbers.slice(0, 30).map((number) => scores.get(number)) };
    } catch (error) {
        if (error instanceof archiveSearch.QueryError) return { error: error.message };
        throw error;
    }
}"""

ASK_EACH = f"""async (queries) => {{
    const answers = [];
    for (const query of queries) {{
        archiveTerms.instead.clear();
        const answer = await ({ASK})([query, "relevance"]);
        answers.push({{ ...answer, is_form: archiveTerms.instead.size > 0 }});
    }}
    return answers;
}}"""
"""At once: for each, the way to the browser and back takes longer than the answer."""

IN_ORDER = """async ([query, sort]) => {
    const { total, numbers } = await archiveSearch.search(query, sort);
    const urls = async (from, to) =>
        (await archiveSearch.documents(numbers.slice(from, to))).map((hit) => hit.url);
    const pieces = [];
    for (let from = 0; from < total; from += 20) pieces.push(...await urls(from, from + 20));
    return [await urls(0, 1000), pieces];
}"""


def write_site(folder: Path, index: WhooshIndex) -> None:
    (folder / "assets").mkdir(parents=True)
    (folder / "assets/search.js").write_bytes(shipped("assets/search.js"))
    (folder / "index.html").write_text(HTML, "utf-8")
    for name, data in page_index.files(index):
        target = folder / "search" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


@pytest.fixture(scope="module", params=[page_cuts.MOST, 16], ids=["whole", "in pieces"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, chromium: Any
) -> Any:
    folder = tmp_path_factory.mktemp("page")
    index = WhooshIndex(folder / "index")
    articles = corpus()
    # In two segments, with deletions: what Whoosh does inside must not show.
    index.update([*articles[:90], document(200)], [])
    index.update([*articles[80:], document(5)], ["4/200.md"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_cuts, "MOST", request.param)  # so small, the lists of the page are cut
        write_site(folder / "site", index)
    page = chromium.new_page()
    page.goto((folder / "site" / "index.html").as_uri())
    return index, page


@pytest.mark.parametrize("query", QUERIES)
def test_same_hits_in_the_same_order(both: Any, query: str) -> None:
    index, page = both
    assert_equal(index, page, query, "relevance")


def test_same_hits_for_whatever_is_typed(both: Any) -> None:
    assert_all_equal(*both, drawn_queries(400))


def test_where_no_word_is_looked_for_a_hit_shows_the_same_text(both: Any) -> None:
    index, page = both
    expected = index.search("date:2015..2016", limit=60).hits
    assert any(" · " in text for hit in expected for text, _ in hit.snippet)
    shown = page.evaluate(
        """async (query) => {
            const { numbers } = await archiveSearch.search(query, "relevance");
            return (await archiveSearch.documents(numbers.slice(0, 60)))
                .map((hit) => [hit.url, hit.excerpt]);
        }""",
        "date:2015..2016",
    )
    assert shown == [[hit.url, "".join(text for text, _ in hit.snippet)] for hit in expected]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
@pytest.mark.parametrize("query", ["port", "is:undated OR date:2015", "*", "council -flood"])
def test_same_hits_by_date(both: Any, query: str, sort: SortOrder) -> None:
    index, page = both
    assert_equal(index, page, query, sort)


def test_what_is_kept_of_a_word_is_not_what_other_queries_make_of_it(both: Any) -> None:
    index, page = both
    typed = ["port", "port -flood", "port", "port council", "port OR council", "title:port", "port"]
    for query in [*typed, "port -tag:flood", "-port", "port date:2015", "council", "port"]:
        assert_equal(index, page, query, "relevance")


@pytest.mark.parametrize(
    "query",
    [
        "port date:2016-02-03", "date:2016-02-03 -port", "port council date:2016-02-03",
        "port number is:undated", "port tag:flood date:2015-10-07", "port zzz",
        "port (council OR haus) date:..2015", "title:port date:2016-02-03",
    ],
)  # fmt: skip
def test_what_is_read_of_a_common_word_for_some_articles_says_the_same_of_them(
    both: Any, query: str
) -> None:
    index, page = both
    page.reload()
    assert_equal(index, page, query, "relevance")
    assert_equal(index, page, "port", "relevance")


def test_of_a_common_word_the_page_reads_only_where_other_words_stand(both: Any) -> None:
    _, page = both
    page.reload()
    read: list[str] = []

    def note(request: Any) -> None:
        if "/common/w-port-" in request.url:
            read.append(request.url)

    page.on("request", note)
    page.evaluate(ASK, ["port date:2016-02-03T14:05", "relevance"])
    some = len(read)
    page.evaluate("archiveSearch.search('port tag:zzz')")
    assert len(read) == some
    page.evaluate(ASK, ["port", "relevance"])
    page.remove_listener("request", note)
    folder = Path(url2pathname(urlsplit(page.url).path)).parent
    pieces = [
        *folder.glob("search/common/w-port-*[0-9].js")
    ]  # none where its list stands in the shard
    assert some < len(pieces) == len(read) if pieces else not read


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("query", ["*", "port"])
def test_the_order_is_the_same_to_its_end_and_in_pieces(
    both: Any, query: str, sort: SortOrder
) -> None:
    index, page = both
    expected = index.search(query, limit=1000, sort=sort)
    whole, pieces = page.evaluate(IN_ORDER, [query, sort])
    assert whole == [hit.url for hit in expected.hits]
    assert len(whole) == expected.total > 50
    assert pieces == whole


@pytest.mark.parametrize(
    "query",
    [
        "date:2015-13", "date:2015-02-30", "date:2016..2015-12", "is:old", "date:..", "(" * 30,
        "date:2015-10-07T10", "date:2015-10-07Tgarbage", "date:2015-10T14:05", "date:2015-XX-07",
        "date:2015-10-07T24:00", "date:2015-10-07T14:60", "date:2015-10-07T14:05:60",
        "date:2015-10-07T14:05+24:00", "date:2015/", "date:/2015", "date:2015/x",
        "date:2015/2016/2017", "date:2016/2015", "date:2015-10-07/2015-10-06", "before:2015T10:00",
    ],
)  # fmt: skip
def test_the_same_queries_are_refused(both: Any, query: str) -> None:
    index, page = both
    with pytest.raises(QueryError):
        index.search(query)
    assert "error" in page.evaluate(ASK, [query, "relevance"])


@pytest.mark.parametrize(
    ("query", "changed"),
    [
        ("port -(quay OR Haus)", "PORT -(QUAY OR HAUS)"),
        ("is:undated undated", "is:undated UNDATED"),
        ('before:2015 tag:port tag:"port quay" port', 'before:2015 tag:port tag:"port quay" PORT'),
        ('title:port title:"port quay', 'title:PORT title:"PORT QUAY'),
        ("ports* por?s port? port~ port~2", "ports* por?s PORT? port~ port~2"),
        ('other:port  not NOT "and" “or” x:', 'other:PORT  NOT NOT "AND" “OR” X:'),
    ],
)
def test_the_same_words_of_a_query_can_be_others(both: Any, query: str, changed: str) -> None:
    _, page = both
    assert query_language.with_words(query, str.upper) == changed
    script = "(query) => archiveSearch.withWords(query, (words) => words.toUpperCase())"
    assert page.evaluate(script, query) == changed


def test_words_of_the_archive_are_the_same_words_in_the_page(both: Any) -> None:
    words = {word for article in corpus(16) for word in analysis.words(article.text)}
    assert_all_equal(*both, sorted(words))


@pytest.mark.parametrize(
    "text",
    [
        "أسعار آب المؤتمر رئيس ٢٠١٥",
        "کتابخانه‌های شهر ۱۳۹۴ می‌رود",
        "फ़रवरी फरवरी १२ बड़ा",
        "ቤተ መፃሕፍት ሠላም ዓለም ኃይል ሐሙስ",
        "৭ই অক্টোবর ২০১৫ আগস্ট",
        "พ.ศ. ๒๕๕๘ ห้องสมุดปี๒๕๕๘",
        "ປີ໒໐໑໕ ၂၀၁၅ခုနှစ် ឆ្នាំ២០១៥ ៛៣",
        "２０１５年 ﾄﾞｸﾀｰ Straße İzmir",
    ],
)
def test_letters_are_folded_alike_in_the_page(both: Any, text: str) -> None:
    _, page = both
    expected = [[place, analysis.key(word)] for place, word in analysis.query_words(text)]
    assert page.evaluate("(text) => archiveWords.queryWords(text)", text) == expected


def test_a_form_that_no_article_has_falls_back_to_a_shorter_word(both: Any) -> None:
    index, page = both
    answer = page.evaluate(ASK, ["ports", "relevance"])
    assert answer["urls"] == [hit.url for hit in index.search("ports", limit=30).hits]
    assert page.evaluate("archiveSearch.instead.get('ports')") == "port"


def slips(word: str) -> set[str]:
    """A slip in the first letter, in the last, and one of each kind in the middle."""
    at, last = len(word) // 2, len(word) - 1
    changed = {f"{word[:n]}x{word[n + 1 :]}" for n in (0, at, last)}
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return changed | {swapped, word[:at] + word[at:][0] + word[at:], word[:at] + word[at + 1 :]}


def test_slips_are_corrected_alike(both: Any) -> None:
    index, page = both
    texts = (f"{article.title} {article.text}" for article in corpus(16))
    known = {word for text in texts for word in analysis.words(text) if len(word) > 3}
    asked = sorted(set[str]().union(*map(slips, sorted(known)[::2])) - known)
    taken_for_forms = corrected = 0
    for query, answer in zip(asked, page.evaluate(ASK_EACH, asked), strict=True):
        expected = index.search(query, limit=30)
        corrected += expected.searched is not None
        searched = answer["searched"]
        # By the page's endings, or by a stemmer of the index.
        if (searched is None and answer["is_form"]) or (searched and not expected.searched):
            taken_for_forms += 1
        else:
            assert_same(query, answer, expected)
    assert taken_for_forms < len(asked) / 50
    assert corrected > len(asked) / 2


@pytest.mark.parametrize("query", ["byus", "cats", "bused", "catly", "gaps", "casing", "adsiv"])
def test_a_word_of_three_letters_has_the_forms_that_its_stemmer_knows(
    tmp_path: Path, chromium: Any, query: str
) -> None:
    index = WhooshIndex(tmp_path / "index")
    texts = ["byu cat", "buys goods", "a bus", "bust and cast", "a gap", "a gas", "cash", "ads"]
    index.update(
        [
            document(number, title="", text=text, summary="", language="en")
            for number, text in enumerate(texts)
        ],
        [],
    )
    write_site(tmp_path / "site", index)
    page = chromium.new_page()
    page.goto((tmp_path / "site" / "index.html").as_uri())
    assert_equal(index, page, query, "relevance")
    page.close()


@pytest.mark.parametrize(
    "query",
    [
        "floods", "planes", "planst", "turnas", "turnaba", "areas", "hans", "cats",
        "proposal", "proposing", "assembling", "открытых", "открытою",
    ],
)  # fmt: skip
def test_a_word_has_the_forms_of_the_languages_that_it_stands_in(
    tmp_path: Path, chromium: Any, query: str
) -> None:
    index = WhooshIndex(tmp_path / "index")
    texts = [
        ("de", "Die Flood und der Plan"), ("en", "They turned, plan and area are assembled"),
        ("es", "El turno de Han, la cat"), ("en", "A flood was proposed"), ("", "plane turn cat"),
        ("ru", "Выставка открыта, были открыты"),
    ]  # fmt: skip
    index.update(
        [
            document(number, title="", text=text, summary="", language=language)
            for number, (language, text) in enumerate(texts)
        ],
        [],
    )
    write_site(tmp_path / "site", index)
    page = chromium.new_page()
    page.goto((tmp_path / "site" / "index.html").as_uri())
    assert_equal(index, page, query, "relevance")
    page.close()


@pytest.fixture(scope="module")
def misspelt(tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Any:
    """Articles some of which have slips themselves."""
    folder = tmp_path_factory.mktemp("misspelt")
    texts = [
        *(("Stake boosts western mill", "Barriers for the harbour council.") for _ in range(40)),
        ("Sake and western food", "It boosts trade."),
        ("Western shop boosts", "All is quiet."),
        ("A note", "The barries broke."),
        ("A letter", "The counsil met in the habour."),
        ("A crane", "It was lifted."),
        ("A ferry", "Its crank was lifted, and its mill."),
        ("A bill", "It was paid."),
    ]
    index = WhooshIndex(folder / "index")
    index.update(
        [
            document(number, title=title, text=text, summary="", language="en")
            for number, (title, text) in enumerate(texts)
        ],
        [],
    )
    write_site(folder / "site", index)
    page = chromium.new_page()
    page.goto((folder / "site" / "index.html").as_uri())
    yield index, page
    page.close()


@pytest.mark.parametrize(
    ("query", "searched", "suggestion"),
    [
        ("boosts western sake", "boosts western sake OR stake", None),
        ("Boosts Western SAKE", "Boosts Western sake OR stake", None),
        ("habour", None, "harbour"),
        ("barries counsil", None, "barriers council"),
        ("boosts quiet western", None, None),
        ("stake sake boosts", None, None),
        ("ferry crane", None, None),
        ("ferry bill", None, "ferry mill"),
        ("ferry bill title:note", None, None),
        ("crane ferr*", None, None),
        ("crane ferr* quiet", None, None),
        ("shop tag:zzz", None, None),
    ],
)
def test_slips_that_articles_have_are_told_alike(
    misspelt: Any, query: str, searched: str | None, suggestion: str | None
) -> None:
    index, page = misspelt
    found = index.search(query)
    assert (found.searched, found.suggestion) == (searched, suggestion)
    assert_equal(index, page, query, "relevance")


@pytest.mark.parametrize(
    ("query", "files"),
    [
        ("port council", []),
        ('"flood barriers" -haus', []),
        ("title:port tag:harbour counc*", []),
        ("hrabour", [6, 7, 8]),
        ("port hrabour", [6, 7, 8]),
        ("informaicoens", [11, 12, 13, 14, 15]),
        ("harbor~", [5, 6, 7]),
        ("?arbour", [7]),
        ("xylophone~2", [7, 8, 9, 10, 11]),
    ],
)
def test_words_of_those_lengths_are_loaded_that_may_be_meant(
    both: Any, query: str, files: list[int]
) -> None:
    _, page = both
    page.reload()
    lengths = page.evaluate("archiveFiles.load('manifest').then(({ lengths }) => lengths)")
    read: list[str] = []
    page.on("request", lambda request: read.append(request.url))
    page.evaluate("(query) => archiveSearch.search(query, 'relevance')", query)
    found = [url.partition("/words/")[2].partition(".js")[0] for url in read]
    assert sorted(map(int, filter(None, found))) == [n for n in files if n in lengths]


def test_a_query_is_offered_when_its_hits_are_there(misspelt: Any) -> None:
    _, page = misspelt
    page.reload()
    read: list[str] = []
    page.on("request", lambda request: read.append(request.url))
    page.evaluate("(query) => archiveSearch.search(query, 'relevance')", "habour")
    assert read
    assert not [url for url in read if "/words/" in url]


def assert_equal(index: WhooshIndex, page: Any, query: str, sort: SortOrder) -> None:
    answer = page.evaluate(ASK, [query, sort])
    assert_same(query, answer, index.search(query, limit=30, sort=sort))


def assert_all_equal(index: WhooshIndex, page: Any, queries: list[str]) -> None:
    for query, answer in zip(queries, page.evaluate(ASK_EACH, queries), strict=True):
        assert_same(query, answer, index.search(query, limit=30))


def assert_same(query: str, answer: dict[str, Any], expected: Results) -> None:
    assert answer.get("error") is None, query
    assert (answer["missing"], answer["least"]) == (list(expected.missing), expected.least), query
    assert answer["searched"] == expected.searched, query
    assert answer["suggestion"] == expected.suggestion, query
    assert answer["alternatives"] == list(map(dataclasses.asdict, expected.alternatives)), query
    assert answer["total"] == expected.total, query
    assert answer["urls"] == [hit.url for hit in expected.hits], query
    scores = [round(score / 65536, 4) for score in answer["scores"]]
    assert scores == [hit.score for hit in expected.hits], query
    assert {
        name: {analysis.keyword(value): count for value, count in counts}
        for name, counts in answer["facets"].items()
    } == {
        name: {analysis.keyword(value): count for value, count in counts.items()}
        for name, counts in expected.facets.items()
    }, query
