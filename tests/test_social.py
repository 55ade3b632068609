"""Channels of Telegram, pages of Facebook and the like: which posts are articles, and how."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive_gen.article import Article
from archive_gen.content import frontmatter
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper
from tests.drawn import png

CHANNEL = "Orme Courier in exile"
TITLE = "Ferry returns to Orme Sound"
SAILED = (
    "The car ferry between Port Orme and Hask sailed again on Sunday, nine weeks after its ramp "
    "broke in a storm that also took the roof of the harbour office."
)
CROWD = "About two hundred people had come to the quay before sunrise, with “bread” for the island."
STORY = f"{TITLE}\n\n{SAILED}\n{CROWD}"


def take(folder: Path, name: str, text: str) -> tuple[list[Article], list[str]]:
    """The articles of a file, and the kinds of what was left out."""
    (folder / name).write_text(text, "utf-8")
    content = folder / "content"
    articles, left_out = [], []
    for outcome in ingest(content, [folder / name], Stated({}), SerialMapper()):
        assert outcome.problems == ()
        if outcome.left_out:
            left_out.append(outcome.left_out)
            continue
        article, problems = frontmatter.parse_bytes((content / str(outcome.path)).read_bytes(), "")
        assert article is not None, problems
        articles.append(article)
    return articles, left_out


def paragraphs(article: Article) -> list[str]:
    return article.body.strip().split("\n\n")


# -- Telegram


def message(text: Any, **more: Any) -> dict[str, Any]:
    told = {"id": 7, "type": "message", "date": "2022-03-03T10:15:00", "from": CHANNEL}
    return {**told, "from_id": "channel123", "text": text, **more}


def chat(*messages: dict[str, Any], kind: str = "public_channel") -> dict[str, Any]:
    return {"name": CHANNEL, "type": kind, "id": 123, "messages": list(messages)}


MARKED = [
    {"type": "bold", "text": f"{TITLE}\n\n"},
    f"{SAILED}\n",
    {"type": "text_link", "text": "About two", "href": "https://orme.example/quay"},
    CROWD.removeprefix("About two") + " ",
    {"type": "hashtag", "text": "#Port_Orme"},
]


def test_a_post_of_a_channel_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/photo_1@03-03-2022.png").write_bytes(png(640, 400))
    said = message(MARKED, photo="photos/photo_1@03-03-2022.png", author="Ada Quill")
    (article,), _ = take(tmp_path, "result.json", json.dumps(chat(said)))
    assert (article.title, article.source, article.authors) == (TITLE, CHANNEL, ("Ada Quill",))
    assert article.date is not None
    assert (article.date.text, article.tags) == ("2022-03-03T10:15:00", ("Port Orme",))
    linked = CROWD.replace("About two", "[About two](https://orme.example/quay)")
    assert paragraphs(article) == [SAILED, f"{linked} #Port_Orme"]
    assert article.images[0].src.startswith("photo-1-03-03-2022-")


def test_what_is_no_article_is_counted(tmp_path: Path) -> None:
    service = {"id": 1, "type": "service", "action": "create_channel", "title": CHANNEL}
    passed_on = message(STORY, forwarded_from="Hask Radio")
    remark = message(STORY, photo="(File not included. Change data exporting settings.)")
    found = chat(service, message("The council meets now."), passed_on, remark)
    articles, left_out = take(tmp_path, "result.json", json.dumps(found))
    assert [article.title for article in articles] == [TITLE]
    assert left_out == ["settings and the like", "short posts", "posts of others"]


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (SAILED, "The car ferry between Port Orme and Hask sailed again on Sunday, nine weeks"),
        ("The ferry sails again.", "The ferry sails again."),
    ],
)
def test_a_post_without_a_headline_is_called_by_its_first_words(
    tmp_path: Path, first: str, title: str
) -> None:
    text = f"{first}\n{CROWD}\n{SAILED[::-1]}"
    (article,), _ = take(tmp_path, "result.json", json.dumps(chat(message(text))))
    assert article.title.startswith(title)
    assert paragraphs(article)[0] == first


def test_half_a_character_in_the_name_of_a_picture_costs_no_other_post(tmp_path: Path) -> None:
    found = chat(message(STORY, photo="photos/\ud800.png"), message(STORY[::-1]))
    articles, _ = take(tmp_path, "result.json", json.dumps(found))
    assert len(articles) == 2


@pytest.mark.parametrize("kind", ["personal_chat", "private_supergroup", "public_supergroup"])
def test_what_people_write_to_one_another_is_never_an_article(tmp_path: Path, kind: str) -> None:
    found = chat(message(STORY, from_id="user5"), kind=kind)
    assert take(tmp_path, "result.json", json.dumps(found)) == ([], ["chats"])


def test_of_an_account_only_public_channels_are_read(tmp_path: Path) -> None:
    private = chat(message(STORY[::-1]), kind="private_channel")
    mine = chat(message(STORY.upper()), kind="saved_messages")
    found = {
        "about": "Here is the data you requested.",
        "personal_information": {"first_name": "Ada", "bio": SAILED},
        "contacts": {"list": [{"first_name": "Bo", "phone_number": "1"}]},
        "chats": {"about": "Your chats.", "list": [mine, private, chat(message(STORY))]},
        "left_chats": {"list": [private]},
    }
    articles, left_out = take(tmp_path, "result.json", json.dumps(found))
    assert [article.title for article in articles] == [TITLE]
    assert left_out == ["chats", "private posts", "private posts"]


def test_a_private_channel_that_was_exported_alone_is_meant(tmp_path: Path) -> None:
    found = chat(message(STORY), kind="private_channel")
    articles, _ = take(tmp_path, "result.json", json.dumps(found))
    assert [article.title for article in articles] == [TITLE]


def test_posts_one_a_line(tmp_path: Path) -> None:
    lines = [message(STORY), message("Soon.")]  # as jq -c '.messages[]' makes them
    articles, left_out = take(tmp_path, "posts.jsonl", "\n".join(map(json.dumps, lines)))
    assert [(article.title, article.source) for article in articles] == [(TITLE, CHANNEL)]
    assert left_out == ["short posts"]


def test_posts_as_a_library_for_researchers_fetches_them(tmp_path: Path) -> None:
    told = {"_": "Message", "id": 7, "date": "2022-03-03T10:15:00+00:00", "message": STORY}
    messages = [
        {**told, "post": True, "post_author": "Ada Quill", "fwd_from": None},
        {**told, "post": True, "fwd_from": {"_": "MessageFwdHeader"}},
        {**told, "post": False, "from_id": {"_": "PeerUser", "user_id": 5}},
    ]
    (article,), left_out = take(tmp_path, "channel.json", json.dumps(messages))
    assert (article.title, article.authors) == (TITLE, ("Ada Quill",))
    assert article.date is not None
    assert article.date.text == "2022-03-03T10:15:00+00:00"
    assert left_out == ["posts of others", "chats"]


PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>
<div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">
{channel}
</div></div></div><div class="page_body chat_page"><div class="history">{messages}</div></div></div>
</body></html>"""
MESSAGE = """<div class="message default clearfix{joined}" id="message7"><div class="body">
<div class="pull_right date details" title="03.03.2022 10:15:00 UTC+01:00">10:15</div>{said}
</div></div>"""


def sent(text: str, writer: str = CHANNEL, joined: str = "", more: str = "") -> str:
    name = "" if joined else f'<div class="from_name">\n{writer} </div>'
    said = f'{name}{more}<div class="text">\n{text}\n</div>'
    return MESSAGE.format(joined=joined, said=said)


def page(*messages: str) -> str:
    return PAGE.format(channel=CHANNEL, messages="".join(messages))


def test_the_pages_of_a_channel(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(640, 400))
    photo = '<div class="media_wrap"><a class="photo_wrap clearfix" href="a.png"></a></div>'
    linked = CROWD.replace("About two", '<a href="https://orme.example/quay">About two</a>')
    tag = '<a href="" onclick="return ShowHashtag(1)">#ferry</a>'
    text = f"<strong>{TITLE}</strong><br><br>{SAILED}<br>{linked} {tag}"
    inner = '<div class="from_name">Hask Radio <span class="date details">1</span></div>'
    passed_on = f'<div class="forwarded body">{inner}<div class="text">{text}</div></div>'
    others = MESSAGE.format(joined="", said=f'<div class="from_name">{CHANNEL}</div>{passed_on}')
    found = page(sent(text, more=photo), sent("Soon.", joined=" joined"), others)
    (article,), left_out = take(tmp_path, "messages.html", found)
    assert (article.title, article.source, article.tags) == (TITLE, CHANNEL, ("ferry",))
    assert article.date is not None
    assert article.date.text == "2022-03-03T10:15:00+01:00"
    linked = CROWD.replace("About two", "[About two](https://orme.example/quay)")
    assert paragraphs(article) == [SAILED, f"{linked} #ferry"]
    assert article.images[0].src.startswith("a-")
    assert left_out == ["short posts", "posts of others"]


def test_the_pages_of_a_chat_are_left_out(tmp_path: Path) -> None:
    found = page(sent(STORY), sent(STORY, writer="Bo Berg"))
    assert take(tmp_path, "messages.html", found) == ([], ["chats"])


# -- Facebook


def test_a_post_of_a_page_of_facebook_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media/a.png").write_bytes(png(640, 400))
    as_bytes = STORY.encode().decode("latin-1")
    shown = [{"data": [{"media": {"uri": "posts/media/a.png", "creation_timestamp": 1}}]}]
    posts = [
        {"timestamp": 1615705800, "data": [{"post": as_bytes}, {"update_timestamp": 1}]},
        {"timestamp": 1615705801, "data": [], "title": "Orme Courier added a photo."},
        {"timestamp": 1615705802, "attachments": shown, "data": [{"post": as_bytes[::-1]}]},
    ]
    articles, left_out = take(tmp_path, "profile_posts_1.json", json.dumps(posts))
    assert (articles[0].title, paragraphs(articles[0])) == (TITLE, [SAILED, CROWD])
    assert articles[0].date is not None
    assert articles[0].date.text == "2021-03-14T07:10:00Z"
    assert left_out == ["short posts"]
    assert articles[1].images[0].src.startswith("a-")


@pytest.mark.parametrize(
    "found",
    [
        {"participants": [{"name": "Ada"}], "messages": [{"content": STORY}], "title": "Ada"},
        {"guild": {"id": "1"}, "messages": [{"content": STORY}], "channel": {"name": "all"}},
    ],
)
def test_messages_beside_posts_are_left_out(tmp_path: Path, found: dict[str, Any]) -> None:
    assert take(tmp_path, "message_1.json", json.dumps(found)) == ([], ["chats"])


@pytest.mark.parametrize(
    "found",
    [
        {"profile_v2": {"name": {"full_name": "Ada"}, "intro_bio": {"text": STORY}}},
        {"group_posts_v2": [{"timestamp": 1615705800, "data": [{"post": STORY}]}]},
    ],
)
def test_what_a_page_keeps_beside_its_posts_is_left_out(
    tmp_path: Path, found: dict[str, Any]
) -> None:
    assert take(tmp_path, "a.json", json.dumps(found)) == ([], ["settings and the like"])


# -- Instagram


def test_a_post_of_instagram_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media/a.png").write_bytes(png(640, 400))
    text = STORY.encode().decode("latin-1")
    one = {"uri": "media/posts/media/a.png", "creation_timestamp": 1615705800, "title": text}
    film = {"uri": "media/posts/media/b.mp4", "creation_timestamp": 1, "title": ""}
    posts = [
        {"media": [one]},
        {"media": [one | {"title": ""}, film], "title": text[::-1], "creation_timestamp": 1},
        {"media": [film | {"title": "Soon."}]},
    ]
    articles, left_out = take(tmp_path, "posts_1.json", json.dumps(posts))
    assert (articles[0].title, paragraphs(articles[0])) == (TITLE, [SAILED, CROWD])
    assert articles[0].date is not None
    assert articles[0].date.text == "2021-03-14T07:10:00Z"
    assert [len(article.images) for article in articles] == [1, 1]
    assert left_out == ["short posts"]


# -- Mastodon

EVERYBODY = "https://www.w3.org/ns/activitystreams#Public"
NOTE = {
    "type": "Note",
    "published": "2022-03-03T10:15:00Z",
    "url": "https://orme.example/@courier/7",
    "to": [EVERYBODY],
    "content": f"<p>{TITLE}</p><p>{SAILED}<br>{CROWD}</p>",
    "tag": [{"type": "Hashtag", "name": "#ferry"}, {"type": "Mention", "name": "@ada"}],
}


def activity(kind: str = "Create", note: Any = NOTE) -> dict[str, Any]:
    return {"type": kind, "actor": "https://orme.example/users/courier", "object": note}


def test_a_post_of_mastodon_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files/a.png").write_bytes(png(640, 400))
    shown = {"mediaType": "image/png", "url": "/media_attachments/files/a.png", "name": "The quay"}
    sent = activity(note={**NOTE, "attachment": [shown]})
    found = {"type": "OrderedCollection", "orderedItems": [sent]}
    (article,), _ = take(tmp_path, "outbox.json", json.dumps(found))
    assert (article.title, article.tags) == (TITLE, ("ferry",))
    assert article.url == NOTE["url"]
    assert article.date is not None
    assert article.date.text == NOTE["published"]
    assert paragraphs(article) == [SAILED, CROWD]
    assert [image.alt for image in article.images] == ["The quay"]


def test_what_was_not_sent_to_everybody_is_never_an_article(tmp_path: Path) -> None:
    sent = [
        activity("Announce", "https://hask.example/1"),
        activity(note={**NOTE, "to": ["https://orme.example/users/bo"], "cc": []}),
        activity(note={**NOTE, "to": ["https://orme.example/users/courier/followers"]}),
        activity(note={**NOTE, "inReplyTo": "https://hask.example/1"}),
        activity(note={**NOTE, "to": "as:Public", "content": "Soon."}),
    ]
    found = {"@context": [], "type": "OrderedCollection", "orderedItems": sent}
    kinds = ["posts of others", "private posts", "private posts", "comments", "short posts"]
    assert take(tmp_path, "outbox.json", json.dumps(found)) == ([], kinds)


def test_what_lies_beside_the_posts_of_mastodon_is_left_out(tmp_path: Path) -> None:
    actor = {"@context": [], "type": "Person", "preferredUsername": "courier", "summary": STORY}
    assert take(tmp_path, "actor.json", json.dumps(actor)) == ([], ["settings and the like"])
    likes = {"type": "OrderedCollection", "orderedItems": ["https://hask.example/1"]}
    assert take(tmp_path, "likes.json", json.dumps(likes)) == ([], ["lists of addresses"])


def test_a_text_of_a_blog_that_says_its_headline_has_that(tmp_path: Path) -> None:
    note = {**NOTE, "type": "Article", "name": "The ferry is back", "content": f"<p>{SAILED}</p>"}
    (article,), _ = take(tmp_path, "outbox.jsonl", json.dumps(activity(note=note)))
    assert (article.title, paragraphs(article)) == ("The ferry is back", [SAILED])


def test_types_of_any_form_are_no_activity(tmp_path: Path) -> None:
    told = {"type": {"name": "news"}, "actor": 1, "object": 2, "title": TITLE, "body": SAILED}
    (article,), _ = take(tmp_path, "a.json", json.dumps(told))
    assert article.title == TITLE
