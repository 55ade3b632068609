"""Pages in scripts whose vowels are signs beside the letters: they are part of their words."""

from __future__ import annotations

import unicodedata

import pytest

from archive_gen.article import PLAIN, RawDocument
from archive_gen.cleaning import clean
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.phrases import fold

PAGES = {
    "hi": """होम
देश
पुरानी मिल में आग, चालीस परिवार बेघर
7 अक्टूबर 2015
शनिवार की रात पुरानी कपड़ा मिल में भीषण आग लग गई, जिसे बुझाने में दमकल की दस गाड़ियां लगीं।
अधिकारियों ने बताया कि कोई घायल नहीं हुआ और परिवारों को स्कूल में ठहराया गया है।
आग लगने के कारण की जांच की जा रही है।
शेयर करें""",
    "bn": """হোম
দেশ
পুরনো কারখানায় আগুন, চল্লিশ পরিবার গৃহহীন
৭ অক্টোবর ২০১৫
শনিবার রাতে শহরের পুরনো কাপড়ের কারখানায় আগুন লাগে, দমকলের দশটি গাড়ি সারা রাত কাজ করে।
কর্মকর্তারা জানান, কেউ আহত হয়নি এবং পরিবারগুলোকে স্কুলে আশ্রয় দেওয়া হয়েছে।
আগুন লাগার কারণ জানতে তদন্ত চলছে বলে পুলিশ জানিয়েছে।
শেয়ার করুন""",
    "ta": """முகப்பு
செய்திகள்
பழைய ஆலையில் தீ, நாற்பது குடும்பங்கள் வீடிழப்பு
7 அக்டோபர் 2015
சனிக்கிழமை இரவு பழைய நூற்பாலையில் பெரும் தீ விபத்து ஏற்பட்டது, பத்து வண்டிகள் தீயை அணைத்தன.
யாருக்கும் காயம் இல்லை என்றும் குடும்பங்கள் பள்ளியில் தங்க வைக்கப்பட்டன என்றும் அதிகாரிகள் கூறினர்.
தீ விபத்துக்கான காரணம் குறித்து விசாரணை நடந்து வருகிறது.
பகிர்""",
}


@pytest.mark.parametrize("language", PAGES)
def test_headline_story_and_language_are_found(language: str) -> None:
    text = PAGES[language]
    article = clean(RawDocument("page.txt", b"", text, PLAIN)).article
    lines = text.split("\n")
    assert article.title == lines[2]
    assert article.body.split("\n\n") == lines[4:7]
    assert article.language == language


@pytest.mark.parametrize("language", PAGES)
def test_words_are_those_between_the_spaces(language: str) -> None:
    for block in split_blocks(PAGES[language]):
        assert block.words == len(block.text.split())
        assert len(block.key.split()) == block.words


def test_an_accent_that_stands_apart_parts_no_word() -> None:
    assert fold(unicodedata.normalize("NFD", "Élève zélé")).split(" ") == [
        unicodedata.normalize("NFD", "élève"),
        unicodedata.normalize("NFD", "zélé"),
    ]


def test_a_coloured_sign_is_no_word() -> None:
    assert fold("Love ❤\N{VARIATION SELECTOR-16} wins") == "love wins"
