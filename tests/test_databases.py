"""Dumps of databases and files of SQLite: the stories in them, without a server."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.article import RawDocument
from archive_gen.importers import importer_for, read
from archive_gen.importers.base import LeftOut
from archive_gen.importers.databases.sql_rows import Dump
from archive_gen.importers.sniffed import ending_of
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from archive_gen.importers.base import Found

DUMPS = Path(__file__).parent / "fuzz/corpus/import_sql"


def dump_of(system: str) -> str:
    return (DUMPS / f"{system}.sql").read_text(encoding="utf-8")


WORDPRESS = dump_of("wordpress")
POSTGRES = dump_of("postgres")
SQL_SERVER = dump_of("sql_server")
SQLITE = dump_of("sqlite")
DRUPAL = dump_of("drupal")
JOOMLA = dump_of("joomla")


def found_in(text: str, ending: str = ".sql") -> list[Found]:
    importer = importer_for(f"x{ending}")
    assert importer
    return list(importer("dump", io.BytesIO(text.encode())))


def articles(found: list[Found]) -> list[RawDocument]:
    return [one for one in found if isinstance(one, RawDocument)]


def test_wordpress_with_its_authors_and_terms() -> None:
    found = found_in(WORDPRESS)
    first, second = articles(found)
    assert first.known["title"] == "Ferry sinks"
    assert first.known["date"].text.startswith("2015-10-07")
    assert first.known["authors"] == ("Nora Sable",)
    assert first.known["tags"] == ("Ferries", "Harbour")
    assert 'The ferry\'s last trip; it (the "Calf") sank.' in first.text
    assert (second.known["authors"], second.known["tags"]) == (("Owen Pettifer",), ("Harbour",))
    assert [(one.kind, one.name) for one in found if isinstance(one, LeftOut)] == [
        ("drafts", "dump#2"),
        ("pictures and other files", "dump#4"),
    ]


def test_the_users_of_a_network_of_sites_are_those_of_all() -> None:
    network = WORDPRESS.replace("bay_", "bay_2_").replace("bay_2_users", "bay_users")
    assert articles(found_in(network))[0].known["authors"] == ("Nora Sable",)


def test_a_dump_without_its_other_tables_has_its_stories() -> None:
    posts = WORDPRESS[: WORDPRESS.index("CREATE TABLE `bay_comments`")]
    first, second = articles(found_in(posts))
    assert (first.known["title"], second.known["title"]) == ("Ferry sinks", "Ferry raised")
    assert "tags" not in first.known


def test_postgres() -> None:
    first, nothing, last = found_in(POSTGRES)
    assert isinstance(first, RawDocument)
    assert isinstance(last, RawDocument)
    assert isinstance(nothing, Problem)
    assert "no text" in nothing.message
    assert first.text == "It sank\tslowly.\n\nC:\\boats was lost."
    assert (last.known["title"], last.text) == ("A back\\slash", "It's\nover")


@pytest.mark.parametrize(
    ("column", "shown", "hidden"),
    [("published", "t", "f"), ("draft", "f", "t"), ("is_draft", "f", "t"), ("visible", "t", "f")],
)
def test_what_postgres_has_as_not_shown_is_left_out(column: str, shown: str, hidden: str) -> None:
    dump = (
        f"CREATE TABLE a (title text, body text, {column} boolean);\n"
        f"COPY a (title, body, {column}) FROM stdin;\n"
        f"Ferry\tIt sank.\t{shown}\nCalf\tNot yet.\t{hidden}\n\\.\n"
    )
    first, second = found_in(dump)
    assert isinstance(first, RawDocument)
    assert isinstance(second, LeftOut)
    assert second.kind == "drafts"


@pytest.mark.parametrize(
    ("shown", "hidden"),
    [("_binary '\x01'", r"_binary '\0'"), ("b'1'", "b'0'"), ("0x01", "0x00"), ("TRUE", "FALSE")],
)
def test_what_mysql_has_as_not_shown_is_left_out(shown: str, hidden: str) -> None:
    dump = (
        "-- MySQL dump\nCREATE TABLE a (title text, body text, published bit(1));\n"
        f"INSERT INTO a VALUES ('Ferry','It sank.',{shown}),('Calf','Not yet.',{hidden});\n"
    )
    first, second = found_in(dump)
    assert isinstance(first, RawDocument)
    assert isinstance(second, LeftOut)


def test_arrays_of_postgres() -> None:
    dump = (
        "CREATE TABLE a (title text, body text, tags text[], authors text[]);\n"
        "COPY a (title, body, tags, authors) FROM stdin;\n"
        'Ferry\tIt sank.\t{ferry,"old, wide \\\\"harbour\\\\"",ferry}\t{Ada,Berg}\n'
        "Calf\tIt sank.\t{}\t\\N\n\\.\n"
    )
    first, second = articles(found_in(dump))
    assert first.known["tags"] == ("ferry", 'old, wide "harbour"')
    assert first.known["authors"] == ("Ada", "Berg")
    assert second.known.keys() == {"title"}


def test_sql_server() -> None:
    first, second = articles(found_in(SQL_SERVER))
    assert (first.text, first.known["date"].text) == ("It was the 'Calf'.", "2015-10-07")
    assert "date" not in second.known


def test_sql_server_writes_utf_16() -> None:
    importer = importer_for("x.sql")
    assert importer
    found = list(importer("dump", io.BytesIO(SQL_SERVER.encode("utf-16"))))
    assert len(articles(found)) == 2


def test_sqlite_as_text() -> None:
    (story,) = articles(found_in(SQLITE))
    assert story.text == "It sank -- slowly; \\ and\na second line."


def test_line_breaks_as_sqlite_writes_them() -> None:
    rows = (
        r"replace('It\nsank.','\n',char(10))",
        r"replace(replace('It\r\012sank \n.','\r',char(13)),'\012',char(10))",
    )
    dump = "".join(f"INSERT INTO t VALUES('a',{row});\n" for row in rows)
    found = Dump(io.StringIO("CREATE TABLE t(a text, b text);\n" + dump)).rows()
    assert [row.values[1] for row in found] == ["It\nsank.", "It\r\nsank \\n."]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'It' || chr(10)||'sank' || '.'", "It\nsank."),
        ("N'It' + CHAR(13)+NCHAR(10) + N'sank.'", "It\r\nsank."),
        ("CONCAT('It',CHAR(10),concat('sank','.'))", "It\nsank."),
        ("TO_CLOB('It ')\n|| TO_CLOB('sank.')", "It sank."),
        (r"unistr('It\u000asank\\. \+01F6A2')", "It\nsank\\. 🚢"),
        ("'It ' 'sank.'", "It sank."),
        ("'It sank.'::character varying(20)", "It sank."),
        ("CONVERT(TEXT, N'It sank.')", "It sank."),
        ("to_date('07-OCT-15','DD-MON-RR')", "07-OCT-15"),
        ("CAST(0x00009E0E0095524F AS DateTime)", "2010-10-13"),
        ("CAST(0xFFFF2E4600000000 AS DateTime)", "1753-01-01"),
        ("CAST(0xFFFF059F AS SmallDateTime)", "2079-06-06"),
        ("CAST(0x7FFFFFFF00000000 AS DateTime)", ""),
        (r"E'It\'s \u00e4, \xc3\xa4, \303\244, \U0001F6A2\n'", "It's ä, ä, ä, 🚢\n"),
        (r"U&'\00e4'", "ä"),
        (r"'\x4665727279'", "Ferry"),
        ("x'4665727279'", "Ferry"),
        ("0x4665727279", "Ferry"),
        ("-5.5", "-5.5"),
        ("NULL::text", None),
        ("now()", None),
        ("COALESCE(NULL, 'x')", "x"),
        ("COALESCE(NULL, LOWER('x'))", "x"),
        ("RPAD('aba', 'a', 'b')", "aba"),
        ("CHAR(x, 65)", "A"),
        ("char(0, 55296, 1114112, 99999999999)", ""),
        ("replace('aaa','a','" + "b" * 9 + "')", "aaa"),
    ],
)
def test_each_way_to_write_a_value(written: str, meant: str | None) -> None:
    dump = f"CREATE TABLE t(a text, b text);\nINSERT INTO t VALUES({written},'next');\n"
    (row,) = Dump(io.StringIO(dump)).rows()
    assert row.values == [meant, "next"]


def test_statements_that_put_in_no_rows_are_passed_over() -> None:
    dump = (
        "CREATE OR REPLACE VIEW v (a) AS SELECT 1;\n"
        "GRANT INSERT ON t TO editor; REVOKE COPY FROM x\n"
        "CREATE TABLE t (a int NOT NULL, KEY ours (a), b text, PRIMARY KEY (a)) ENGINE=x;\n"
        "CREATE TRIGGER late AFTER INSERT ON t FOR EACH ROW\nBEGIN END;\n"
        "INSERT INTO t VALUES (1, 'x') ON CONFLICT DO NOTHING;\n"
        "CREATE UNIQUE INDEX copy ON t (a);\n"
        "CREATE"
    )
    assert [*Dump(io.StringIO(dump)).rows()] == [("t", ("a", "b"), ["1", "x"])]


def test_sqlite_takes_texts_for_names() -> None:
    dump = (
        "CREATE TABLE IF NOT EXISTS 'of bay' ('title' TEXT, 'body' TEXT);\n"
        "INSERT INTO \"of bay\" VALUES('Ferry','It sank.');\n"
        "INSERT INTO 'of bay' ('body','title') VALUES('It was raised.','Ferry again');\n"
    )
    assert [*Dump(io.StringIO(dump)).rows()] == [
        ("of bay", ("title", "body"), ["Ferry", "It sank."]),
        ("of bay", ("body", "title"), ["It was raised.", "Ferry again"]),
    ]


def test_texts_in_the_quotes_of_mysql() -> None:
    dump = 'CREATE TABLE `t`(a text, b text);\nINSERT INTO t VALUES("it\'s \\"x\\"\\n","b""c");\n'
    assert [row.values for row in Dump(io.StringIO(dump)).rows()] == [['it\'s "x"\n', 'b"c']]


def test_rows_that_are_set() -> None:
    first, second = Dump(
        io.StringIO(
            "-- MySQL dump\n"
            "INSERT INTO `t` SET `a`='x=1, y', t.b = CONCAT('y','z'), c=5, `d` =NULL\n"
            "ON DUPLICATE KEY UPDATE a='other', c=6;\n"
            "REPLACE t SET a='last'"
        )
    ).rows()
    assert first == ("t", ("a", "b", "c", "d"), ["x=1, y", "yz", "5", None])
    assert second == ("t", ("a",), ["last"])


def test_tables_of_several_databases_are_not_mixed() -> None:
    other = WORDPRESS.replace("Nora Sable", "Ada Quill")
    both = f"-- MySQL dump\nUSE `bay`;\n{WORDPRESS}USE `town`;\n{other}"
    authors = [story.known["authors"] for story in articles(found_in(both))]
    assert authors == [("Nora Sable",), ("Owen Pettifer",), ("Ada Quill",), ("Owen Pettifer",)]


@pytest.mark.parametrize(
    ("dump", "told"),
    [
        (
            "INSERT INTO posts VALUES (1,'x'),(2,'y');\n",
            "2 rows were passed over, as nothing names",
        ),
        ("COPY posts FROM stdin;\n1\tx\n\\.\n", "1 rows were passed over, as nothing names"),
        ("INSERT INTO posts SELECT * FROM old;\n", "no INSERT … VALUES: posts"),
        ("COPY public.posts (title, body) FROM '$$PATH$$/7.dat';\n", "no INSERT … VALUES: posts"),
    ],
)
def test_rows_that_cannot_be_read_are_told(dump: str, told: str) -> None:
    story = "INSERT INTO news (title, body) VALUES ('Ferry', 'It sank.');\n"
    first, problem = found_in(dump + story)
    assert isinstance(first, RawDocument)
    assert isinstance(problem, Problem)
    assert told in problem.message


def test_rows_of_what_tells_no_stories_are_passed_over_in_silence() -> None:
    assert (
        found_in(WORDPRESS + "INSERT INTO bay_term_counts (term, n) SELECT 1, 2;\n")[-1].name
        == "dump#4"
    )


RUSSIAN = "Паром затонул у причала. Никто не пострадал, сообщают власти города."


@pytest.mark.parametrize("padding", [0, 2 << 20])
@pytest.mark.parametrize(
    ("head", "encoding", "text"),
    [
        ("/*!40101 SET NAMES cp1251 */;", "cp1251", RUSSIAN),
        ("SET NAMES koi8r;", "koi8-r", RUSSIAN),
        ("SET client_encoding = 'WIN1251';", "cp1251", RUSSIAN),
        ("/*!40101 SET NAMES latin1 */;", "cp1252", "Die Fähre „Anna“ ging unter."),
        ("/*!40101 SET NAMES latin1 */;", "utf-8", "Die Fähre „Anna“ ging unter."),
        ("/*!40101 SET NAMES latin2 */;", "iso8859-2", "Prom zatonął przy nabrzeżu. Śledztwo."),
    ],
)
def test_a_dump_tells_its_encoding(head: str, encoding: str, text: str, padding: int) -> None:
    dump = (
        f"{head}\n-- {'x' * padding}\nCREATE TABLE news (title text, body text);\n"
        f"INSERT INTO news VALUES ('1', '{text}');\n"
    )
    importer = importer_for("x.sql")
    assert importer
    (story,) = articles(list(importer("dump", io.BytesIO(dump.encode(encoding)))))
    assert story.text == text


@pytest.mark.parametrize("mark", [b"", b"_binary "])
def test_bytes_among_texts_of_utf_8_harm_none(mark: bytes) -> None:
    blobs = b"".join(b",(%s'%s')" % (mark, bytes(range(128 + n, 256))) for n in range(20))
    dump = (
        b"-- MySQL dump\n/*!40101 SET NAMES utf8mb4 */;\nCREATE TABLE f (x blob);\n"
        + b"INSERT INTO f VALUES (1)%s;\n" % blobs
        + b"CREATE TABLE news (title text, body text);\n"
        + "INSERT INTO news VALUES ('Fähre', 'Sie ging unter – schön.');\n".encode()
    )
    importer = importer_for("x.sql")
    assert importer
    (story,) = articles(list(importer("dump", io.BytesIO(dump))))
    assert story.text == "Sie ging unter – schön."


@pytest.mark.parametrize("ending", [".sql", "-"])
def test_a_dump_for_pg_restore_says_how_to_read_it(ending: str) -> None:
    importer = importer_for(ending if ending == "-" else f"x{ending}")
    assert importer
    (problem,) = importer("dump", io.BytesIO(b"PGDMP\x01\x0e\0\0\0"))
    assert isinstance(problem, Problem)
    assert "pg_restore" in problem.hint


@pytest.mark.parametrize(
    "head",
    ["-- PostgreSQL database dump", "PRAGMA foreign_keys=OFF;", "USE [Bay]\nGO", "SET DEFINE OFF;"],
)
@pytest.mark.parametrize("said", ["MySQL is bought", "the `code`"])
def test_an_article_about_mysql_does_not_make_a_dump_one_of_it(head: str, said: str) -> None:
    dump = (
        f"{head}\nCREATE TABLE article (title text, body text);\n"
        f"INSERT INTO article VALUES ('{said}', 'It is in C:\\');\n"
        "INSERT INTO article VALUES ('Ferry sinks', 'It sank.');\n"
    )
    assert [one.text for one in articles(found_in(dump))] == ["It is in C:\\", "It sank."]


def test_words_that_begin_oddly_swallow_nothing() -> None:
    dump = (
        "-- MySQL dump\nCREATE TABLE News (id int, title text, body text);\n"
        "INSERT INTO news VALUES (5--3,'Ferry sinks','It sank [at noon'),([x,'Raised','Later ]');\n"
    )
    assert [one.text for one in articles(found_in(dump))] == ["It sank [at noon", "Later ]"]


def test_drupal_with_its_texts_authors_and_terms() -> None:
    found = found_in(DRUPAL)
    (story,) = articles(found)
    assert story.text == "<p>It sank.</p>"
    assert story.known["authors"] == ("Nora Sable",)
    assert story.known["tags"] == ("Harbour",)
    assert story.known["date"].text.startswith("2015-10-07")
    assert [one.kind for one in found if isinstance(one, LeftOut)] == ["drafts"]


def test_drupal_8_and_6_keep_texts_elsewhere() -> None:
    later = (
        DRUPAL.replace("`node`", "`node_field_data`")
        .replace("field_data_body", "node__body")
        .replace("`entity_type`", "`langcode`")
        .replace("'node'", "'en'")
        .replace("'user'", "'de'")
        .replace("`users`", "`users_field_data`")
        .replace("taxonomy_term_data", "taxonomy_term_field_data")
        .replace("`created` int", "`created` int, `langcode` text")
        .replace("1444208400)", "1444208400,'en')")
    )
    former = (
        DRUPAL.replace("field_data_body", "node_revisions")
        .replace("`entity_type` text, `entity_id` int, `body_value`", "`vid` int, `body`")
        .replace("`body_summary`", "`teaser`")
        .replace("('node',", "(")
        .replace(",('user',1,'<p>About me</p>','')", "")
        .replace("taxonomy_index", "term_node")
        .replace("taxonomy_term_data", "term_data")
    )
    for dump in (later, former):
        (story,) = articles(found_in(dump))
        assert story.text == "<p>It sank.</p>"
        assert (story.known["authors"], story.known["tags"]) == (("Nora Sable",), ("Harbour",))


def test_joomla_with_its_authors_tags_and_categories() -> None:
    (story,) = articles(found_in(JOOMLA))
    assert story.known["authors"] == ("Nora Sable",)
    assert story.known["tags"] == ("Ferries", "Harbour")
    (without,) = articles(found_in(JOOMLA[: JOOMLA.index("CREATE TABLE `jos_tags`")]))
    assert "tags" not in without.known
    assert "It sank." in story.text
    assert "Slowly." in story.text


def test_a_database_without_stories_costs_one_line() -> None:
    (problem,) = found_in("CREATE TABLE `t` (`a` int); INSERT INTO `t` VALUES (1);")
    assert isinstance(problem, Problem)
    assert problem.message == "no table in it is known to hold titles and texts"


def test_titles_alone_and_texts_alone_are_no_stories() -> None:
    menu = "CREATE TABLE menu (title text, url text);\nINSERT INTO menu VALUES ('Ports','/p');\n"
    said = "CREATE TABLE said (user_id int, body text);\nINSERT INTO said VALUES (1,'I agree.');\n"
    (problem,) = found_in(menu + said)
    assert isinstance(problem, Problem)
    (story,) = articles(found_in(menu + SQLITE + said))
    assert story.known["title"] == articles(found_in(SQLITE))[0].known["title"]


@pytest.mark.parametrize("cut", ["It was raised; to", "(3,8,'2015-10-09 09:00:00',"])
def test_what_stands_before_a_break_counts(cut: str) -> None:
    found = found_in(WORDPRESS[: WORDPRESS.index(cut) + len(cut)])
    assert [one.known["title"] for one in articles(found)] == ["Ferry sinks"]
    assert isinstance(found[-1], Problem)
    assert found[-1].message.startswith("can't be read further: it ends within")


def test_a_compressed_dump_and_a_file(tmp_path: Path) -> None:
    file = tmp_path / "dump.sql.gz"
    file.write_bytes(gzip.compress(WORDPRESS.encode()))
    assert len(articles(list(read(file)))) == 2


def test_a_file_of_sqlite_is_only_read(tmp_path: Path) -> None:
    file = tmp_path / "bay.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE stories (id INTEGER, title TEXT, body BLOB, date TEXT)")
        database.execute("INSERT INTO stories VALUES (1, 'Ferry sinks', x'4974', '2015-10-07')")
        database.execute("CREATE VIEW articles AS SELECT title, body FROM stories")
    database.close()
    before = file.read_bytes()
    (story,) = articles(list(read(file)))
    assert (story.text, story.known["title"]) == ("It", "Ferry sinks")
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0", b"no database at all" * 100])
def test_what_is_no_database_costs_one_line(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "bay.sqlite"
    file.write_bytes(data)
    (problem,) = read(file)
    assert isinstance(problem, Problem)


@pytest.mark.parametrize("dump", [WORDPRESS, POSTGRES, SQL_SERVER, SQLITE, DRUPAL, JOOMLA])
def test_a_dump_without_a_name_is_known_by_how_it_begins(dump: str) -> None:
    assert ending_of(dump.encode()) == ".sql"


@pytest.mark.parametrize("text", ["-- A line\n\nThe ferry sank.", "INSERT coin\n\nCREATE more."])
def test_a_page_that_begins_alike_is_none(text: str) -> None:
    assert ending_of(text.encode()) == ".txt"


def test_names_in_capitals_are_those_in_small_letters_where_sqlite_says_so() -> None:
    stories = articles(
        found_in(
            "INSERT INTO News (Title, TITLE, body, ` `) VALUES ('First', 'x', 'It sank.', 'y');\n"
            "INSERT INTO NEWS (BODY, day, title) VALUES ('It was raised.', '2015', 'Second');\n"
            "INSERT INTO Äste (title, body, Ü, ü) VALUES ('Third', 'It sails.', '1', '2');\n"
            "INSERT INTO äste (title, body) VALUES ('Fourth', 'It moors.');\n"
            "INSERT INTO news (``) VALUES ('nothing');\n"
        )
    )
    assert [(story.known["title"], story.text) for story in stories] == [
        ("First", "It sank."),
        ("Second", "It was raised."),
        ("Third", "It sails."),
        ("Fourth", "It moors."),
    ]


def test_hostile_names_are_names() -> None:
    name = 'x"; DROP TABLE y; --posts'
    dump = f'CREATE TABLE `{name}` (`title` text, `body` text, `a"b` text);\n'
    dump += f"INSERT INTO `{name}` VALUES ('Ferry sinks', 'It sank.', 'c');\n"  # noqa: S608
    (story,) = articles(found_in(dump))
    assert story.text == "It sank."


VALUES = st.none() | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\x01\r\x1a\b")
)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1), st.booleans())
def test_any_text_comes_back_from_its_dump(
    rows: list[tuple[str | None, str | None]], of_mysql: bool
) -> None:
    signs = {"\\": "\\\\", "\n": "\\n", "'": "\\'"} if of_mysql else {"'": "''"}

    def written(value: str | None) -> str:
        return "NULL" if value is None else f"'{value.translate(str.maketrans(signs))}'"

    head = "-- MySQL dump\n" if of_mysql else "-- PostgreSQL database dump\n"
    tuples = ",".join(f"({written(first)},{written(second)})" for first, second in rows)
    dump = f"{head}CREATE TABLE t (a text, b text);\nINSERT INTO t VALUES {tuples};\n"
    assert [tuple(row.values) for row in Dump(io.StringIO(dump, newline="")).rows()] == rows


@settings(deadline=None)
@given(
    st.sampled_from([WORDPRESS, POSTGRES, SQL_SERVER, SQLITE, DRUPAL, JOOMLA]),
    st.lists(
        st.tuples(
            st.integers(0, 3000),
            st.integers(0, 40),
            st.sampled_from(
                ["'", '"', "`", "(", ")", ",", ";", "\\", "/*", "--", "$$", "[", "\0", "\n"]
            )
            | st.text(max_size=5),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_no_damaged_dump_is_a_crash(dump: str, damages: list[tuple[int, int, str]]) -> None:
    for at, length, instead in damages:
        dump = dump[:at] + instead + dump[at + length :]
    importer = importer_for("x.sql")
    assert importer
    data = dump.encode("utf-8", "replace")
    for one in importer("dump", io.BytesIO(data)):
        assert isinstance(one, (RawDocument, Problem, LeftOut))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12_000), st.binary(min_size=1, max_size=8)), min_size=1))
def test_no_damaged_file_of_sqlite_is_a_crash(damages: list[tuple[int, bytes]]) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(
            "CREATE TABLE a (id INTEGER PRIMARY KEY, title TEXT, body TEXT);"
            "CREATE INDEX t ON a (title);"
            "INSERT INTO a VALUES (1, 'Ferry sinks', 'It sank.'), (2, 'Raised', 'At noon.');"
        )
        data = bytearray(database.serialize())
    for at, instead in damages:
        data[at : at + len(instead)] = instead
    importer = importer_for("x.sqlite")
    assert importer
    for one in importer("file", io.BytesIO(bytes(data))):
        assert isinstance(one, (RawDocument, Problem, LeftOut))


def table(name: str, columns: str, *rows: tuple[object, ...]) -> str:
    """A table and its rows as MySQL dumps them."""
    shown = ", ".join(f"`{column}` text" for column in columns.split())
    values = ",".join("(" + ",".join(f"'{value}'" for value in row) + ")" for row in rows)
    return f"CREATE TABLE `{name}` ({shown});\nINSERT INTO `{name}` VALUES {values};\n"


def kinds(found: list[Found]) -> list[str]:
    return sorted(one.kind for one in found if isinstance(one, LeftOut))


def test_what_is_no_article_of_drupal_is_counted() -> None:
    more = table(
        "node",
        "nid vid type title uid status created",
        *((nid, nid, kind, "Other", 5, 1, 1444208400) for nid, kind in ((3, "page"), (4, "poll"))),
    )
    body = table("field_data_body", "entity_type entity_id body_value", ("node", 3, "We are two."))
    assert kinds(found_in(DRUPAL + more + body)) == ["drafts", "entries without a text", "pages"]


def test_drupal_has_fields_and_pictures_in_tables_of_their_own() -> None:
    mark = '[[{\\"fid\\":\\"12\\",\\"attributes\\":{\\"class\\":[\\"a\\"]}}]]'
    captioned = '<img src=\\"a.jpg\\" data-caption=\\"The &lt;em&gt;Calf&lt;/em&gt;\\" />'
    dump = DRUPAL.replace("<p>It sank.</p>", f"<p>It [sank].</p>{mark}{captioned}") + (
        table(
            "field_data_field_image",
            "entity_type entity_id field_image_fid field_image_alt field_image_title",
            ("node", 1, 12, "A quay", "The quay in May"),
            ("user", 1, 12, "", "Nora"),
        )
        + table("file_managed", "fid uri", (12, "public://2015/quay.jpg"))
        + table(
            "field_data_field_subtitle",
            "entity_type entity_id field_subtitle_value",
            ("node", 1, "Nobody was hurt"),
        )
    )
    (story,) = articles(found_in(dump))
    assert story.known["summary"] == "Nobody was hurt"
    assert story.text == (
        '<figure><img src="sites/default/files/2015/quay.jpg" alt="A quay"><figcaption>The quay in '
        "May</figcaption></figure><p>It [sank].</p><figure>"
        '<img src="a.jpg" data-caption="The &lt;em&gt;Calf&lt;/em&gt;" />'
        "<figcaption>The <em>Calf</em></figcaption></figure>"
    )
    later = DRUPAL.replace("`created` int", "`created` int, `language` text").replace(
        "1444208400)", "1444208400,'und')"
    )
    assert "language" not in articles(found_in(later))[0].known


def test_the_picture_above_an_article_of_joomla() -> None:
    told = {"image_intro": "images/a.jpg#joomlaImage://x", "image_intro_caption": "The pier"}
    images = json.dumps(told).replace('"', '\\"')
    dump = table(
        "jos_content",
        "id title introtext fulltext state images catid",
        (1, "Ferry sinks", "<p>It sank.</p>", "", 1, images, 2),
        (2, "Calf", "<p>So did this.</p>", "", 1, "{}", 2),
    ) + table("jos_categories", "id title", (2, "Uncategorised"))
    first, second = articles(found_in(dump))
    assert first.text == (
        '<figure><img src="images/a.jpg" alt=""><figcaption>The pier</figcaption></figure>'
        "<p>It sank.</p>"
    )
    assert second.text == "<p>So did this.</p>"
    assert "tags" not in first.known


def test_articles_of_k2_stand_beside_those_of_joomla() -> None:
    dump = JOOMLA + table(
        "jos_k2_items",
        "id title introtext fulltext published trash created_by created catid image_caption",
        (
            1,
            "Calf found",
            "<p>It lies deep.</p>",
            "",
            1,
            0,
            5,
            "2016-05-05 10:00:00",
            3,
            "The Calf",
        ),
        (2, "Thrown away", "<p>No.</p>", "", 1, 1, 5, "2016-05-05 10:00:00", 3, ""),
    )
    dump += table("jos_k2_categories", "id name", (3, "Wrecks"))
    found = found_in(dump)
    story = articles(found)[-1]
    assert (story.known["title"], story.known["tags"]) == ("Calf found", ("Wrecks",))
    assert "<figcaption>The Calf</figcaption>" in story.text
    assert kinds(found).count("drafts") == 1 + kinds(found_in(JOOMLA)).count("drafts")


def test_news_of_typo3() -> None:
    news = "uid title bodytext datetime hidden deleted t3ver_wsid type categories tags teaser"
    dump = (
        table(
            "tx_news_domain_model_news",
            news,
            (1, "Ferry sinks", "<p>It sank.</p>", 1444208400, 0, 0, 0, 0, 1, 1, ""),
            (2, "Calf", "<p>Being written.</p>", 1444208400, 0, 0, 1, 0, 0, 0, ""),
            (3, "Elsewhere", "", 1444208400, 0, 0, 0, 2, 0, 0, ""),
            (4, "In parts", "", 1444208400, 0, 0, 0, 0, 0, 0, ""),
        )
        + table("sys_category", "uid title", (7, "Harbour"), (1, "Wrong"))
        + table(
            "sys_category_record_mm",
            "uid_local uid_foreign tablenames fieldname",
            (7, 1, "tx_news_domain_model_news", "categories"),
            (1, 1, "pages", "categories"),
        )
        + table("tx_news_domain_model_tag", "uid title", (9, "Ferries"))
        + table("tx_news_domain_model_news_tag_mm", "uid_local uid_foreign", (1, 9))
        + table(
            "tt_content",
            "uid bodytext hidden deleted tx_news_related_news",
            (1, "<p>One.</p>", 0, 0, 4),
            (2, "<p>Hidden.</p>", 1, 0, 4),
            (3, "<p>Two.</p>", 0, 0, 4),
            (4, "<p>Imprint.</p>", 0, 0, 0),
        )
    )
    found = found_in(dump)
    first, parts = articles(found)
    assert first.known["tags"] == ("Harbour", "Ferries")
    assert parts.text == "<p>One.</p>\n<p>Two.</p>"
    assert "tags" not in parts.known
    assert kinds(found) == ["drafts", "links to other pages"]


def test_the_news_of_typo3_before() -> None:
    dump = (
        table(
            "tt_news",
            "uid title short bodytext datetime hidden image imagecaption category",
            (1, "Ferry", "", "<p>It sank.</p>", 1444208400, 0, "a.jpg,b.jpg", "One\\nTwo", 1),
        )
        + table("tt_news_cat", "uid title", (3, "Harbour"))
        + table("tt_news_cat_mm", "uid_local uid_foreign", (1, 3))
    )
    (story,) = articles(found_in(dump))
    assert story.known["tags"] == ("Harbour",)
    assert story.text.startswith(
        '<figure><img src="uploads/pics/a.jpg" alt=""><figcaption>One</figcaption></figure>'
        '<figure><img src="uploads/pics/b.jpg" alt=""><figcaption>Two</figcaption></figure>'
    )


@pytest.mark.parametrize(
    ("columns", "values", "day"),
    [
        ("created_at", ("2014-05-04 20:05:00",), "2014-05-04?"),
        ("created_at published_at", ("2014-05-04 20:05:00", "2013-01-02"), "2013-01-02"),
        ("created_at", ("2014-05-04",), "2014-05-04?"),
        ("created_at", ("2014-05",), ""),
        ("created_at published_at", ("2014-05-04", " "), "2014-05-04?"),
        ("created", ("1399233900",), "2014-05-04?"),
        ("created_at", ("0000-00-00 00:00:00",), ""),
        ("updated_at", ("2014-05-04 20:05:00",), ""),
    ],
)
def test_when_a_row_was_made_is_an_uncertain_day(
    columns: str, values: tuple[str, ...], day: str
) -> None:
    dump = table("articles", f"title body {columns}", ("Ferry sinks", "It sank.", *values))
    (story,) = articles(found_in(dump))
    date = story.known.get("date")
    assert (date.text if date else "") == day


def test_a_day_in_words_stands_before_that_of_its_row() -> None:
    row = ("Fähre sinkt", "Sie sank.", "4. Mai 2019", "2020-01-02")
    (story,) = articles(found_in(table("artikel", "titel inhalt datum created_at", row)))
    assert story.written_date == "4. Mai 2019"
    assert "date" not in story.known


@pytest.mark.parametrize("name", ["comments", "article_comments", "blogComment", "kommentare"])
def test_what_readers_said_is_no_article(name: str) -> None:
    dump = table("articles", "title body", ("Ferry sinks", "It sank."))
    found = found_in(dump + table(name, "title body", ("Oh no", "How sad.")))
    assert len(articles(found)) == 1
    assert kinds(found) == ["comments"]


@pytest.mark.parametrize("version", [2, 3])
def test_spip_with_its_authors_words_and_sections(version: int) -> None:
    def joined(name: str, key: str, value: int) -> str:
        if version == 2:
            return table(f"spip_{name}_articles", f"{key} id_article", (value, 1))
        rows = ((value, 1, "article"), (value + 1, 1, "rubrique"))
        return table(f"spip_{name}_liens", f"{key} id_objet objet", *rows)

    story = "id_article titre texte ps chapo date statut id_rubrique lang"
    dump = (
        table(
            "spip_articles",
            story,
            (
                1,
                "Le quai",
                "Le {{conseil}} a dit oui.",
                "Et non.",
                "",
                "2005-05-04",
                "publie",
                3,
                "fr",
            ),
            (2, "Brouillon", "Pas fini.", "", "", "2005-05-04", "prepa", 3, "fr"),
        )
        + table("spip_auteurs", "id_auteur nom", (7, "Ada Quill"), (8, "Bo Berg"))
        + joined("auteurs", "id_auteur", 7)
        + table("spip_mots", "id_mot titre", (4, "Port"), (5, "Autre"))
        + joined("mots", "id_mot", 4)
        + table("spip_rubriques", "id_rubrique titre texte", (3, "Ville", "Tout sur la ville."))
        + table(
            "spip_breves",
            "id_breve titre texte date_heure statut",
            (1, "Grue", "Elle est là.", "2006-05-04", "publie"),
        )
        + table("spip_forum", "id_forum titre texte statut", (1, "Enfin", "Bravo !", "publie"))
    )
    found = found_in(dump)
    first, short = articles(found)
    assert (first.known["title"], first.known["authors"]) == ("Le quai", ("Ada Quill",))
    assert (first.known["tags"], first.known["language"]) == (("Port", "Ville"), "fr")
    assert "Et non." in first.text
    assert (short.known["title"], short.known["date"].text) == ("Grue", "2006-05-04")
    assert kinds(found) == ["drafts"]
