"""Web pages in the encodings of their languages, declared, undeclared or declared wrongly."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from archive_gen.cli import group
from archive_gen.importers.encodings import decode_html

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "ru": """Паром до Толланда снова ходит
Паром до Толланда снова ходит каждый день, сообщил в среду капитан порта после ремонта причала.
В первый рейс отправились сорок пассажиров и семь коз, которых везли на осеннюю ярмарку.
Билеты подорожали на десять копеек, но жители острова говорят, что ждали этого всю зиму.""",
    "zh": """通往北岛的渡轮恢复运营
港务局周三宣布，通往北岛的渡轮在码头维修之后恢复运营，每天往返四次，票价保持不变。
首班船载有四十名乘客和七只山羊，它们将被送往每年秋天举行的集市，由岛上的农民出售。
岛上的居民表示，他们整个冬天都在等待这一天，因为陆路需要绕行将近两百公里的山路。""",
    "ja": """北島への渡し船が再開
港の管理者は水曜日、桟橋の修理を終えて北島への渡し船を再開し、毎日四往復すると発表した。
最初の便には四十人の乗客と七頭のやぎが乗り、秋の市場へ運ばれて島の農家が売る予定である。
島の住民は冬の間ずっとこの日を待っていたと話し、船長は日が沈む前に人数を記録した。""",
    "he": """המעבורת לאי חזרה לפעול
המעבורת לאי הצפוני חזרה לפעול ביום רביעי, לאחר שהסתיים תיקון המזח שנמשך כל החורף, מסר רב החובל.
בהפלגה הראשונה יצאו ארבעים נוסעים ושבע עזים, שנשלחו אל היריד שנערך באי בכל סתיו.
תושבי האי אמרו כי חיכו ליום הזה זמן רב, משום שהדרך היבשתית ארוכה כמעט פי שלושה.""",
    "fr": """Le bac vers l’île traverse à nouveau
Le bac traverse à nouveau chaque journée, a indiqué mercredi le maître du port, très ému.
À la première traversée embarquèrent quarante passagers et sept chèvres, destinées à la foire d’été.
Âgée de 90 ans, une îlienne a préféré « voir ça » : la créée a été réélue là-bas, où elle dîna.""",
    "is": """Ferjan til eyjarinnar siglir á ný
Ferjan siglir á ný á hverjum degi, sagði hafnarstjórinn í Þórshöfn á miðvikudag að viðgerð lokinni.
Í fyrstu ferðina fóru fjörutíu farþegar og sjö geitur, sem átti að selja á haustmarkaði bænda.
Íbúar eyjarinnar segjast hafa beðið þessa dags í allan vetur, því að leiðin á landi er löng.""",
    "pl": """Prom na wyspę znowu pływa
Prom na wyspę znowu pływa każdego dnia, powiedział w środę kapitan portu po naprawie pomostu.
W pierwszy rejs wyruszyło czterdziestu pasażerów i siedem kóz, które wieziono na jesienny targ.
Bilety podrożały o dziesięć groszy, ale mieszkańcy mówią, że czekali na to całą zimę.""",
    "cs": """Přívoz na ostrov opět jezdí
Přívoz opět jezdí každý den, řekl ve středu kapitán přístavu po opravě mola, která trvala zimu.
Na první plavbu se vydalo čtyřicet cestujících a sedm koz, které měly být prodány na trhu.
Jízdenky zdražily o deset haléřů, ale obyvatelé říkají, že na příští čekali příliš dlouho.""",
    "sk": """Prievoz na ostrov opäť premáva
Prievoz opäť premáva každý deň, povedal v stredu kapitán prístavu po oprave móla ľuďom z ostrova.
Na prvú plavbu sa vydalo štyridsať cestujúcich a sedem kôz, ktoré niesli na jesenný trh.
Lístky zdraželi o desať halierov, no ľudia vraj na to čakali celú zimu a tešia sa ďalej.""",
    "hu": """Újra jár a komp a szigetre
Újra jár a komp minden nap, mondta szerdán a kikötő parancsnoka a stég felújítása után.
Az első útra negyven utas és hét kecske indult, amelyeket az őszi vásárra vittek eladni.
A jegyek drágábbak lettek, de a nők szerint a gyűjtés és a hűség megérte; sűrű köd jött.
Erős szél és szűkös hely mellett is hűen szolgált a régi gőzös, a kikötőből a hegytetőre nézve.""",
    "ro": """Bacul spre insulă circulă din nou
Bacul circulă din nou în fiecare zi, a spus miercuri căpitanul portului, după reparații.
În prima cursă au plecat patruzeci de pasageri și șapte capre, aduse în piața de toamnă din țară.
Biletele s-au scumpit, dar locuitorii spun că au așteptat toată iarna veștile.""".replace(
        "ș", "ş"
    ).replace("ț", "ţ"),
    # Tones stand behind their letters there.
    "vi": """Phà ra đảo chạy trở lại
Phà chạy trở lại mỗi ngày, thuyền trưởng cảng cho biết hôm thứ tư sau khi sửa xong cầu tàu cũ.
Chuyến đầu tiên chở bốn mươi hành khách và bảy con dê, được đưa đến phiên chợ mùa thu trên đảo.
Vé đã tăng giá, nhưng người dân nói rằng họ đã chờ đợi điều này suốt cả mùa đông dài lạnh giá.""",
}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def toned(text: str) -> str:
    """A text of Vietnamese as Windows-1258 writes it: a tone stands behind its letter."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(
        unicodedata.normalize("NFC", letter.translate(dict.fromkeys(map(ord, _TONES))))
        + "".join(mark for mark in letter if mark in _TONES)
        for letter in re.findall(r"[^\u0300-\u036f][\u0300-\u036f]*", parts)
    )


TEXTS["vi"] = toned(TEXTS["vi"])


@pytest.mark.parametrize(
    ("language", "encoding", "declared"),
    [
        ("ru", "cp1251", "utf-8"),
        ("ru", "cp1251", ""),
        ("ru", "koi8-r", ""),
        ("zh", "gbk", "utf-8"),
        ("zh", "gb18030", ""),
        ("zh", "utf-16", "utf-8"),
        ("ja", "shift_jis", "utf-8"),
        ("ja", "euc-jp", ""),
        ("ja", "utf-16-le", ""),
        ("he", "iso8859-8", "iso-8859-8"),
        ("he", "iso8859-8", ""),
        ("he", "cp1255", "utf-8"),
        ("he", "utf-8", "iso-8859-1"),
        ("he", "cp1255", "windows-1252"),
        ("zh", "gbk", "iso-8859-1"),
        ("ru", "cp1251", "iso-8859-1"),
        ("ru", "koi8-r", "ISO-8859-15"),
        ("ja", "shift_jis", "us-ascii"),
        ("fr", "cp1252", "iso-8859-1"),
        ("is", "cp1252", "iso-8859-1"),
        ("is", "iso8859-15", "iso-8859-15"),
        ("pl", "iso8859-2", "iso-8859-1"),
        ("pl", "cp1250", "iso-8859-1"),
        ("cs", "iso8859-2", "windows-1252"),
        ("cs", "cp1250", "iso-8859-1"),
        ("sk", "iso8859-2", "iso-8859-1"),
        ("sk", "cp1250", "iso-8859-1"),
        ("hu", "iso8859-2", "iso-8859-1"),
        ("hu", "cp1250", "iso-8859-1"),
        ("ro", "iso8859-2", "iso-8859-1"),
        ("vi", "cp1258", ""),
        ("vi", "cp1258", "iso-8859-1"),
    ],
)
def test_a_page_is_read_in_its_encoding_whatever_it_declares(
    tmp_path: Path, language: str, encoding: str, declared: str
) -> None:
    title, *paragraphs = TEXTS[language].splitlines()
    meta = f'<meta charset="{declared}">' if declared else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<!doctype html><html lang={language}><head>{meta}<title>{title}</title></head>"
    html += f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    (tmp_path / "page.html").write_bytes(html.encode(encoding))
    (tmp_path / "site.yaml").write_text("title: Test\n")
    page = str(tmp_path / "page.html")
    result = CliRunner().invoke(group, ["import", "--site", str(tmp_path), page])
    assert result.exit_code == 0, result.output
    (article,) = tmp_path.glob("content/**/*.md")
    written = article.read_text("utf-8")
    assert title in written
    assert all(paragraph in written for paragraph in paragraphs)


WESTERN = {
    "fr": "Le conseil a décidé mardi de rouvrir l’école du port. La mairie a publié un rapport.",
    "de": "Der Stadtrat hat beschlossen, die Fähre wieder fahren zu lassen; die Straße ist frei.",
    "es": "El alcalde dijo que el año próximo habrá más dinero. La señora Muñoz pidió “calma”.",
    "en": "The board said that the ferry’s crew would sail again. The café was shut – for good.",
    "is": "Ríkisstjórnin ákvað á þriðjudag að opna höfnina aftur í vor, sagði Jón Þórðarson.",
    "et": "Võru õpetaja ütles, et žürii ja šokolaad ei mahu öösel õuele; õhtul jõuab Jõhvi rõõm.",
    "fo": "Løgtingsmaðurin segði, at økið í Føroyum skal hava fleiri bátar og støðir við sjógv.",
    "pt": "A irmã disse que não há razões; as eleições são amanhã. Tõnu é da Estônia.",
    "it": "Lunedì la città di Tromsø è più fredda; perciò il Røros, là, va giù. Ormai è così.",
    "spoilt": "I don¹t know, she didn¹t say that it¹s shut; 20 m³ of water weren¹t lost.",
}


@pytest.mark.parametrize(
    "marks",
    ["\xa0" * 12, "\xa0" * 30, "—" * 20, "•\xa0" * 6, "………", "·" * 12, "\xad" * 5, "\xa0»\xa0"],
)
@pytest.mark.parametrize("language", WESTERN)
@pytest.mark.parametrize("paragraphs", [1, 4, 40])
def test_rules_leaders_and_indents_are_of_no_script(
    language: str, marks: str, paragraphs: int
) -> None:
    head = '<html><head><meta charset="iso-8859-1"><title>T</title></head><body>'
    page = head + f"<p>{marks}{WESTERN[language]}</p>\n" * paragraphs
    assert decode_html(page.encode("cp1252")) == page


SPANISH = "La nación española: el público aprobó más construcción según la información del año."
FRENCH = "Le garçon a reçu la leçon du maçon; sa mère, son père et son frère sont très fâchés."


def test_letters_of_utf_8_patched_into_a_western_page_are_not_of_central_europe() -> None:
    page = b'<meta charset="iso-8859-1"><p>' + SPANISH.encode() + SPANISH.encode("cp1252")
    assert (decode_html(page) or "").endswith(SPANISH)


def test_a_page_of_a_mac_that_declares_a_western_encoding_is_not_of_central_europe() -> None:
    page = f'<meta charset="iso-8859-1"><p>{FRENCH * 3}'
    assert decode_html(page.encode("mac_roman")) == page


def test_a_page_that_declares_utf_8_may_be_of_windows_in_part_or_as_a_whole() -> None:
    head = b'<meta charset="utf-8"><p>'
    whole = head + SPANISH.encode("cp1252")
    assert (decode_html(whole) or "").endswith(SPANISH)
    patched = head + SPANISH.encode() + FRENCH[:40].encode("cp1252")
    assert (decode_html(patched) or "").endswith(SPANISH + FRENCH[:40])
    cut = head + (SPANISH * 4).encode() + "ñ".encode()[:1]
    assert decode_html(cut) == cut[:-1].decode() + "\ufffd"


_SAID = "The mayor said: “We don’t know.” It cost £3 at the café – no more."
_FURNITURE = (
    '<a href="/{n}.html" class="item">Item {n}</a>\n<script>track({{"n": {n}}});</script>\n'
)


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-1"])
@pytest.mark.parametrize("links", [0, 40, 20_000])
@pytest.mark.parametrize("text", [_SAID, SPANISH, TEXTS["fr"], "Der Fährmann fuhr über den Fluß."])
def test_a_page_that_declares_nothing_is_read_as_browsers_read_it(
    text: str, links: int, encoding: str
) -> None:
    furniture = "".join(_FURNITURE.format(n=n) for n in range(links))
    page = f"<html><head><title>A</title></head><body>{furniture}<p>{text}</p></body></html>\n"
    data = page.encode(encoding, "xmlcharrefreplace")
    assert decode_html(data) == data.decode(encoding)


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_one_of_another_kind_of_machine_is_read_by_its_letters(encoding: str) -> None:
    text = "Der Fährmann fuhr über den Fluß, für drei Kühe und vier Schäfer, die grüßten. " * 5
    page = f"<html><head><title>A</title></head><body><p>{text}</p></body></html>\n"
    assert decode_html(page.encode(encoding)) == page
