"""Texts that were broken to a width, in scripts whose letters have no case."""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

import pytest

from archive_gen.article import HTML, RawDocument
from archive_gen.cleaning import clean
from archive_gen.cleaning.lines.blocks import split_paragraphs

STORIES = {
    "Chinese": [
        "港口委员会星期二投票决定重建北码头。十一年前，一场风暴毁坏了码头的外墙，渔船队在冬季因"
        "此失去了泊位。委员会主席表示，工程将于明年三月开工，需要两个夏天才能完成，总造价已上升"
        "到一千四百万克朗。",
        "渔民黑尔说：“我们已经等得够久了，每等一年，码头就要再损失两米。”他三十年来一直把船停"
        "在这里，每年十月到次年四月则停在海湾对面，来回要多走一个小时。",
        "工程费用由中央部委承担九百万克朗，市政府承担三百万克朗，其余部分由委员会借款。这是该市"
        "自 1961 年修建学校以来在单一建筑上花费最多的一笔款项，议会为此争论到最后一刻。",
    ],
    "Japanese": [
        "港湾委員会は火曜日、北埠頭を建て直すことを決めた。十一年前の嵐で外壁が壊れ、漁船団は冬"
        "のあいだ船をつなぐ場所を失っていた。工事は来年三月に始まり、完成までに二つの夏がかかる"
        "と委員長は話す。",
        "「もう十分に待った。一年待つごとに、埠頭はさらに二メートル失われる」と漁師のヘイルさん"
        "は言う。三十年前からここに船を置き、十月から四月までは湾の向こう側につないでいる。",
    ],
    "Korean": [
        "항만위원회는 화요일 북쪽 부두를 다시 짓기로 결정했다. 십일 년 전 폭풍이 부두의 바깥벽"
        "을 무너뜨린 뒤로 어선들은 겨울마다 배를 댈 곳이 없었다. 공사는 내년 삼월에 시작되어 두"
        " 해 여름이 걸릴 것이라고 위원장은 말했다.",
        "어부 헤일 씨는 우리는 충분히 오래 기다렸고 한 해를 기다릴 때마다 부두가 이 미터씩 더 "
        "사라진다고 말했다. 그는 삼십 년 동안 이곳에 배를 두었고 시월부터 사월까지는 만 건너편"
        "에 댄다.",
    ],
    "Arabic": [
        "قرر مجلس الميناء يوم الثلاثاء إعادة بناء الرصيف الشمالي بعد أحد عشر عاما من عاصفة هدمت"
        " جداره الخارجي. وفقد أسطول الصيد منذ ذلك الحين مكانه في الشتاء. وقالت رئيسة المجلس إن "
        "العمل سيبدأ في مارس ويستغرق صيفين.",
        "وقال الصياد هيل إنهم انتظروا ما يكفي وإن كل عام من الانتظار يكلفهم مترين آخرين من الرص"
        "يف. وهو يترك قاربه هنا منذ ثلاثين عاما ويربطه على الجانب الآخر من الخليج من أكتوبر إلى"
        " أبريل.",
    ],
    "Hindi": [
        "बंदरगाह समिति ने मंगलवार को उत्तरी घाट फिर से बनाने का फैसला किया। ग्यारह साल पहले एक तूफान ने घा"
        "ट की बाहरी दीवार गिरा दी थी और तब से मछुआरों की नावों के लिए सर्दियों में कोई जगह नहीं थी। काम म"
        "ार्च में शुरू होगा और दो गर्मियां लेगा।",
        "मछुआरे हेल ने कहा कि हम बहुत इंतजार कर चुके हैं और हर साल के इंतजार में घाट का दो मीटर और चला जाता है"
        "। वे तीस साल से अपनी नाव यहीं रखते हैं और अक्तूबर से अप्रैल तक उसे खाड़ी के उस पार बांधते हैं।",
    ],
}
HEADLINES = [
    "港口委员会决定重建北码头外墙工程",
    "市政府批准三百万克朗的建设资金",
    "渔民希望明年冬天以前能够完工",
    "学校新楼星期一正式投入使用了",
    "海湾大桥因为大风暂时停止通行",
    "图书馆举行二十五周年庆祝活动",
]
_PIECES = re.compile(
    "[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]|[^\\s\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+|\\s+"
)


def places(text: str) -> int:
    marks = (mark for mark in text if category(mark) != "Mn")
    return sum(2 if east_asian_width(mark) in "WFA" else 1 for mark in marks)


def wrapped(text: str, width: int) -> str:
    """The text as a browser or a program that reads PDFs breaks it."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if places(lines[-1] + piece) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        if lines[-1] or not piece.isspace():
            lines[-1] += piece
    return "\n".join(lines)


def texts(text: str) -> list[str]:
    return [block.text for block in split_paragraphs(text)]


def without_blanks(paragraphs: list[str]) -> list[str]:
    """A blank between Chinese and Latin words may stand or not."""
    return [re.sub(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", one) for one in paragraphs]


@pytest.mark.parametrize("width", [44, 60, 76])
@pytest.mark.parametrize("language", STORIES)
def test_paragraphs_come_back(language: str, width: int) -> None:
    story = STORIES[language]
    found = texts("\n\n".join(wrapped(one, width) for one in story))
    assert without_blanks(found) == without_blanks(story)


@pytest.mark.parametrize("width", [44, 60, 76])
@pytest.mark.parametrize("letters", ["אבגדהוזח.", "ሀለሐመሠረሰሸ።", "កខគឃងចឆជ។", "ကခဂဃငစဆဇ။"])
def test_made_up_words_come_back(letters: str, width: int) -> None:
    *letters, stop = letters
    words = ["".join(letters[at % 5 : at % 5 + 2 + at % 4]) for at in range(90)]
    said = [f"{word}{stop}" if at % 7 == 6 else word for at, word in enumerate(words)]
    story = [" ".join(said[at : at + 28]) for at in range(0, 84, 28)]
    found = texts("\n\n".join(wrapped(one, width) for one in story))
    # Burmese and Khmer have blanks between phrases alone: at most ends of lines there are none.
    assert [one.replace(" ", "") for one in found] == [one.replace(" ", "") for one in story]


@pytest.mark.parametrize("width", [44, 60])
def test_an_indent_begins_a_paragraph(width: int) -> None:
    story = [f"\u3000\u3000{one}" for one in STORIES["Chinese"]]
    found = texts("\n".join(wrapped(one, width) for one in story))
    assert without_blanks(found) == without_blanks(STORIES["Chinese"])


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("language", STORIES)
def test_what_was_not_broken_stays(language: str, between: str) -> None:
    assert texts(between.join(STORIES[language])) == STORIES[language]


@pytest.mark.parametrize("form", ["<pre>{}</pre>", "<p>{}</p>"])
def test_paragraphs_of_old_web_pages_come_back(form: str) -> None:
    story = STORIES["Chinese"]
    lines = "\n\n".join(wrapped(one, 60) for one in story)
    if form == "<p>{}</p>":
        lines = lines.replace("\n", "<br>\n")
    page = f"<html><head><title>北码头</title></head><body>{form.format(lines)}</body></html>"
    body = clean(RawDocument("x.html", page.encode(), page, HTML)).article.body
    assert without_blanks(body.split("\n\n")) == without_blanks(story)


def test_headlines_stay_apart() -> None:
    assert texts("\n".join(HEADLINES)) == HEADLINES
    broken = "\n\n".join(wrapped(one, 60) for one in STORIES["Chinese"])
    assert texts(f"{broken}\n\n" + "\n\n".join(HEADLINES))[-len(HEADLINES) :] == HEADLINES
