"""Texts that were broken to a width are put together again; all others stay as they are."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import HTML, PLAIN, RawDocument
from archive_gen.cleaning import clean
from archive_gen.cleaning.lines.blocks import split_blocks, split_paragraphs

STORY = [
    "HARLOW, Nov. 3 - The Harlow bridge was closed on Tuesday after the river rose higher than at "
    "any time in forty years, and engineers said that it could stay shut for weeks.",
    "“We will not open it until we are sure,” said Alice Moore, who is the county's chief "
    "engineer and has looked after the bridge since she came to the town.",
    "Lorries are being sent around by way of Milton, which adds an hour to the journey for the "
    "farms on the east bank of the river.",
]
PAGE = ["Bridge closed after flood", "By Tom Brandt", *STORY]

# Only how long words are decides where lines end. A byte is drawn for each: words take long.
PARAGRAPHS = st.lists(st.binary(min_size=40, max_size=90), min_size=3, max_size=9).map(
    lambda found: [f"{' '.join('abcdefghijk'[: 3 + size % 9] for size in each)}." for each in found]
)


def wrapped(paragraphs: list[str], width: int, between: str = "\n\n", indent: str = "") -> str:
    return between.join(
        textwrap.fill(
            each, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        )
        for each in paragraphs
    )


def texts(text: str) -> list[str]:
    return [block.text for block in split_paragraphs(text)]


@given(PARAGRAPHS, st.integers(50, 90), st.sampled_from(["", "   "]))
def test_paragraphs_come_back_from_any_width(
    paragraphs: list[str], width: int, indent: str
) -> None:
    assert texts(wrapped(paragraphs, width, indent=indent)) == paragraphs


def test_paragraphs_without_a_blank_line_between_are_told_by_their_last_lines() -> None:
    assert texts(wrapped(PAGE, 72, between="\n")) == PAGE


def test_a_long_caption_and_a_rule_do_not_hide_the_width() -> None:
    menu = "• Front page • Local • National • Sport • Obituaries"
    caption = "The bridge at Harlow, as the river rose to the foot of its railing (Photo: Ann Ives)"
    text = "\n\n".join([f"{menu}\n{'-' * 59}", PAGE[0], caption, wrapped(STORY, 67)])
    assert texts(text) == [menu, PAGE[0], caption, *STORY]


WIDE = [
    *STORY,
    "The council meets on Thursday. It has to find eleven thousand crowns for a ferry, which the "
    "miller has offered to run from his landing until the new year, and for lamps on both banks.",
    "Nobody was hurt, but a cart of the dairy was swept away and has not been found, nor has the "
    "dog of the toll keeper, who spent the night on the roof of his hut and was fetched at six.",
]


@pytest.mark.parametrize("width", [104, 112, 120])
def test_lines_of_a_printed_page_are_put_together_between_its_menus(width: int) -> None:
    """They are wider than a screen, and no blank line parts them."""
    menu = ["Home", "News", "Sport", "Subscribe to our letter"]
    story = [*WIDE, *WIDE[::-1]]
    text = "\n".join([*menu, *(wrapped([each], width) for each in story), *menu])
    assert texts(text) == [*menu, *story, *menu]


def test_paragraphs_that_links_part_are_not_taken_for_a_printed_page() -> None:
    long = [f"{one} {other}" for one, other in zip(WIDE, WIDE[::-1], strict=True)]
    parted = [part for each in WIDE for part in each.split(" and ", 1)]
    assert texts("\n".join([*long, *parted]))[: len(long)] == long


PRINTED = """\
THE HARLOW MERCURY, SATURDAY, OCTOBER 9, 1897.                                3

                    THE NEW BRIDGE AT SALTGATE.

The first stone of the new bridge at Saltgate was laid on Thurs-
day last by the Mayor, Mr. Owen Tressilian, in the presence of a
large concourse of people, who had come from all parts of the
valley to witness the ceremony.

The weather, which had been threatening since the morning, re-
mained fair until the band of the Volunteers had played the last
bar of the anthem; whereupon it rained.
"""


def test_words_that_print_has_parted_are_whole_again() -> None:
    assert texts(PRINTED)[2:] == [
        "The first stone of the new bridge at Saltgate was laid on Thursday last by the Mayor, "
        "Mr. Owen Tressilian, in the presence of a large concourse of people, who had come from "
        "all parts of the valley to witness the ceremony.",
        "The weather, which had been threatening since the morning, remained fair until the band "
        "of the Volunteers had played the last bar of the anthem; whereupon it rained.",
    ]


COLUMN = """\
THE HARLOW MERCURY, SATURDAY, OCTOBER 9, 1897.
FIRE AT THE ROPE WORKS.
A fire broke out yesterday mor-
ning in the rope works of Messrs.
Tarn and Company, in Quay ſtreet,
and before the bri-
gade could reach the ſpot the
whole of the upper floor was in
flames. The night watchman, Mr.
Oakes, gave the alarm.
The rope works employed ſome two
hundred hands, most of them women
from the harbour streets. The loſs
is estimated at nine thousand
pounds.
"""


def test_a_column_of_print_has_its_paragraphs() -> None:
    assert texts(COLUMN) == [
        "THE HARLOW MERCURY, SATURDAY, OCTOBER 9, 1897.",
        "FIRE AT THE ROPE WORKS.",
        "A fire broke out yesterday morning in the rope works of Messrs. Tarn and Company, in Quay "
        "ſtreet, and before the brigade could reach the ſpot the whole of the upper floor was in "
        "flames. The night watchman, Mr. Oakes, gave the alarm.",
        "The rope works employed ſome two hundred hands, most of them women from the harbour "
        "streets. The loſs is estimated at nine thousand pounds.",
    ]


@pytest.mark.parametrize("sign", ["¬", "⸗", "\xad"])
def test_the_signs_of_print_part_words_as_hyphens_do(sign: str) -> None:
    assert texts(COLUMN.replace("-\n", f"{sign}\n")) == texts(COLUMN)
    mail = wrapped(STORY, 66).replace("any time", f"any{sign}\ntime", 1)
    assert "anytime" in texts(mail)[0]


@pytest.mark.parametrize("heading", ["Bridge to Be Closed for Repairs", "LE NOUVEAU PONT"])
@pytest.mark.parametrize("width", [32, 36, 44])
def test_a_column_whose_words_are_not_parted_is_told_by_its_sentences(
    heading: str, width: int
) -> None:
    found = texts(f"{heading}\n{wrapped([*STORY, *STORY], width, between=chr(10))}")
    assert found[0] == heading
    assert " ".join(found[1:]) == " ".join([*STORY, *STORY])
    assert len(found) <= 7  # where the last line of a paragraph is full, the next goes on from it


def test_nothing_of_a_column_is_lost() -> None:
    article = clean(RawDocument("a.txt", b"", COLUMN, PLAIN)).article
    assert article.title == "FIRE AT THE ROPE WORKS."
    assert article.date is not None
    assert article.date.text == "1897-10-09"
    assert article.source == "The Harlow Mercury"
    assert article.authors == ()
    assert article.body.split("\n\n") == texts(COLUMN)[2:]


def test_a_broken_text_is_the_same_article_as_a_whole_one() -> None:
    whole, broken = ("\n\n".join(PAGE), wrapped(PAGE, 66))
    first, second = (clean(RawDocument("a.txt", b"", each, PLAIN)) for each in (whole, broken))
    assert second.article == first.article
    assert second.article.body.count("\n\n") == len(STORY) - 1
    assert second.article.place == "Harlow"


def test_each_part_of_a_broken_line_is_explained() -> None:
    cleaned = clean(RawDocument("a.txt", b"", wrapped(PAGE, 66), PLAIN))
    assert "\n".join(line.text for line in cleaned.lines) == wrapped(PAGE, 66)
    labels = [line.label for line in cleaned.lines if line.text]
    assert None not in labels
    parts = [line for line in cleaned.lines if line.reason == "goes on from the line above"]
    assert len(parts) == len(labels) - len(PAGE)


def test_menus_and_lists_of_headlines_are_not_put_together() -> None:
    menu = ["Home", "World news", "Business and finance", "Sport", "About us", "Contact the desk"]
    headlines = [
        "Council votes to keep the old mill and to open it for visitors",
        "Mayor promises forty new flats by the river before next spring",
        "School gets a new roof and two hundred windows for two million",
        "Harvest begins two weeks early in the valley and prices go down",
        "Bridge closed after flood, the farms on the east bank cut off",
    ]
    items = [f"- {line.casefold()}" for line in headlines]
    for lines in (menu, headlines, items, [*menu, *headlines, *menu]):
        assert texts("\n".join(lines)) == lines


def test_whole_paragraphs_stay_as_they_are() -> None:
    page = "\n".join(["Home", "News", *PAGE, "Share this"])
    assert split_paragraphs(page) == split_blocks(page)


def test_a_line_beside_a_broken_text_may_be_longer() -> None:
    address = "https://courier.example/" + "a" * 120
    assert texts(f"{wrapped(PAGE * 3, 72)}\n\n{address}") == [*PAGE * 3, address]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "i carry the river with me and i carry it in",
            "the heart and i am never without it and any",
            "mill i pass my dear and whatever is done by",
            "the water is your doing and i fear no flood",
            "that comes for you are my bank and my ferry",
        ],
        [
            "der landtag stimmt dem haushalt nach langer debatte zu",
            "polizei sucht zeugen nach unfall auf der uferstraße b7",
            "wetter bleibt auch am wochenende trüb und regnerisch k",
            "neuer trainer soll den verein vor dem abstieg bewahren",
        ],
        [
            "أعلنت الحكومة اليوم عن خطة جديدة لتطوير الاقتصاد الوطني",
            "شارك الآلاف في مسيرة احتجاجية وسط العاصمة يوم الجمعة قب",
            "فاز الفريق الوطني على ضيفه في المباراة الودية أمس مساءا",
            "ارتفعت أسعار النفط في الأسواق العالمية خلال التعاملات ا",
        ],
        [
            "The wind came up the river at night,",
            "and in the morning all our wind-",
            "blown orchard lay beneath the light,",
            "and not a tree was left to mind.",
            "So we went down to where it lay,",
            "and let the water carry us away.",
        ],
        [
            "La notte scese sopra la riviera",
            "e l'acqua nera prese il mio mulino,",
            "né mi restò di quella primavera",
            "che il vento freddo e il canto del vicino.",
            "Io porto il fiume dentro la mia sera",
            "come si porta un pane ed un destino,",
            "e chi lo passa sulla barca nera",
            "non sa che l'acqua segna il suo cammino.",
        ],
    ],
)
def test_lines_of_one_width_that_end_no_sentence_stay_lines(lines: list[str]) -> None:
    assert texts("\n".join(lines)) == lines


def test_rows_of_a_table_stay_rows() -> None:
    rows = [
        f"Harlow Rovers {n}   Milton Town {n}   at the old mill ground, {n} saw it"
        for n in range(4)
    ]
    assert texts("\n".join([wrapped(STORY, 66), "", *rows])) == [
        *STORY,
        *(" ".join(row.split()) for row in rows),
    ]


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    word = STORY[0].replace("at any time", "at a never-before-seen-or-heard-of time")
    text = textwrap.fill(word, 60)
    assert "-\n" in text
    assert texts(f"{text}\n\n{wrapped(STORY[1:], 60)}") == [word, *STORY[1:]]


def test_quoted_mail_is_not_run_into_what_answers_it() -> None:
    answer = wrapped(STORY, 72)
    quoted = "\n".join(f"> {line}" for line in wrapped(STORY[:1], 70).split("\n"))
    assert texts(f"{answer}\n{quoted}")[: len(STORY)] == STORY


def page_with(story: str) -> str:
    return (
        "<html><head><title>Bridge closed after flood</title></head><body>"
        f"<h1>Bridge closed after flood</h1><p><a href='/'>Home</a></p>{story}<hr></body></html>"
    )


@pytest.mark.parametrize(
    "story",
    [
        f"<pre>\n{wrapped(STORY, 68)}\n</pre>",
        f"<p>{'<br>'.join(wrapped(STORY, 68).split(chr(10)))}</p>",
        "<div>" + "<br>\n".join(wrapped(STORY, 68).replace("river", "<b>river</b>").split("\n")),
    ],
)
def test_wire_copy_in_a_web_page_has_its_paragraphs(story: str) -> None:
    article = clean(RawDocument("a.html", b"", page_with(story), HTML)).article
    assert article.title == "Bridge closed after flood"
    assert article.body.split("\n\n") == STORY
    assert article.place == "Harlow"


def test_verse_keeps_its_lines() -> None:
    verse = ["The river came at night,", "It took the mill away,", "And left us by its light", "No"]
    story = f"<p>{STORY[1]}</p><p>{STORY[2]}</p><p>{'<br>'.join(verse * 2)}</p><p>{STORY[0]}</p>"
    lines = clean(RawDocument("a.html", b"", page_with(story), HTML)).lines
    assert [line.text for line in lines if line.text in verse] == verse * 2


@pytest.mark.parametrize(
    "inner",
    ["<img src='https://courier.example/a.jpg' alt='Bridge'>", "<script>var it = 1;</script>"],
)
def test_preformatted_text_that_holds_more_than_text_is_left_alone(inner: str) -> None:
    story = f"<pre>\n{wrapped(STORY, 68)}\n{inner}</pre>"
    cleaned = clean(RawDocument("a.html", b"", page_with(story), HTML))
    assert len(cleaned.article.images) == inner.startswith("<img")
    assert "var it" not in cleaned.article.body


LINKED = """   [1]Valley Courier

     * [2]Home
     * [3]News

   Bridge closed after flood

   The Harlow bridge was closed on Tuesday after the river rose higher
   than at any time in forty years, and [4]engineers said it could stay
   shut for weeks while they look at its piers [sic] and at note [9]x.

   "We will not open it until we are sure," said Alice Moore, the
   county's chief engineer.

References

   1. https://courier.example/
   2. https://courier.example/home
   3. https://courier.example/news
   4. https://courier.example/engineers
"""


def test_numbers_of_links_are_left_out_where_their_addresses_are_listed() -> None:
    article = clean(RawDocument("a.txt", b"", LINKED, PLAIN)).article
    assert article.title == "Bridge closed after flood"
    assert article.body.split("\n\n") == [
        "The Harlow bridge was closed on Tuesday after the river rose higher than at any time in "
        "forty years, and engineers said it could stay shut for weeks while they look at its "
        "piers [sic] and at note [9]x.",
        '"We will not open it until we are sure," said Alice Moore, the county\'s chief engineer.',
    ]
    unlisted = LINKED.partition("References")[0]
    assert "[4]engineers" in " ".join(texts(unlisted))


def test_a_story_below_a_list_of_links_stays() -> None:
    below = (
        "The county will look at the bridge again in May, Alice Moore told the council on Monday."
    )
    article = clean(RawDocument("a.txt", b"", f"{LINKED}\n{below}\n", PLAIN)).article
    assert article.body.endswith(below)
    assert "courier.example" not in article.body


def test_a_number_inside_a_word_is_no_link() -> None:
    text = LINKED.replace("[sic]", "as in a[1]b")
    assert "as in a[1]b" in clean(RawDocument("a.txt", b"", text, PLAIN)).article.body


HEADLINES = [
    f"{who} {what}"
    for who in ("Harbour office", "Town council", "Bishop of the islands", "Ferry crews")
    for what in ("ends its talks", "asks for a new quay", "will not say when the line opens again",
                 "calls the strike of nineteen days the longest in the history of the whole port")
]  # fmt: skip
PROSE = [
    "Ferry crews at Lorne Harbour went back to work on Monday after a strike of nineteen days, "
    "which was the longest in the history of the port and of all the islands.",
    "The harbour office agreed to shorter shifts, and the crews gave up their demand for a bonus, "
    "as Odile Marrant had said they would if nobody had to leave.",
    '"We are tired and we are glad," said the master of the Corvina, who had slept on board for '
    "all of the nineteen days and nights with a dog and a lamp.",
]


def of_screen(numbered: bool) -> str:
    """A page as a browser of the terminal writes it: menus, headlines, the story, headlines."""
    numbers = iter(range(1, 1000))

    def item(text: str) -> str:
        mark = f"[{next(numbers)}]" if numbered else ""
        return textwrap.fill(mark + text, 72, initial_indent="     * ", subsequent_indent="       ")

    def paragraph(text: str) -> str:
        linked = text.replace("Lorne", f"[{next(numbers)}]Lorne") if numbered else text
        return textwrap.fill(linked, 72, initial_indent="   ", subsequent_indent="   ")

    head = [item(text) for text in HEADLINES * 2]
    story = [f"   {'Ferry crews end their longest strike'}", *map(paragraph, PROSE)]
    foot = [item(text) for text in HEADLINES]
    below = [f"{n:4}. https://courier.example/{n}" for n in range(1, next(numbers))]
    links = "References\n\n   Visible links:\n" + "\n".join(below) if numbered else ""
    return "\n".join(["\n".join(head), "", "\n\n".join(story), "", "\n".join(foot), "", links])


@pytest.mark.parametrize("numbered", [False, True])
def test_a_page_of_a_terminal_is_put_together_whatever_else_is_in_it(numbered: bool) -> None:
    found = texts(of_screen(numbered))
    for line in PROSE:
        assert line in found
