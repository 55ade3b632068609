"""What content systems write when their owner leaves: which of it was published, and by whom.

Exports are backups: they hold drafts, private posts, comments, settings and pictures as entries
of their own. Only what the public could read becomes an article. Known are WordPress (WXR, and what
its REST interface answers) and Blogger; Ghost is in ``records``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_ARTICLES = frozenset(
    "attachment revision page nav_menu_item custom_css customize_changeset oembed_cache "
    "user_request wp_block wp_template wp_template_part wp_global_styles wp_navigation "
    "wp_font_family wp_font_face feedback wpcf7_contact_form acf-field acf-field-group "
    "elementor_library elementor_snippet jp_pay_order product_variation shop_order "
    "shop_order_refund shop_subscription shop_coupon edd_payment give_payment nf_sub wpforms "
    "flamingo_inbound flamingo_contact flamingo_outbound mc4wp-form scheduled-action "
    "tablepress_table amp_validated_url guest-author".split()
)
"""Types of posts that are none: WordPress's own, and those of plugins that hold what readers sent.

A site may have others, for articles too.
"""
_STATUSES = frozenset("publish draft private pending future trash auto-draft inherit".split())
"""WordPress's own. Other systems have a ``status``, too, and mean other things."""
DRAFTS = "drafts"
PRIVATE = "private posts"
FOR_SUBSCRIBERS = "posts for subscribers"
SETTINGS = "settings and the like"
PAGES = "pages"
COMMENTS = "comments"
OTHER_MEDIA = "pictures and other files"
_KINDS = {"page": PAGES, "comment": COMMENTS, "attachment": OTHER_MEDIA}
_KIND = "http://schemas.google.com/g/2005#kind"
CO_AUTHORS = "author"
"""The list of terms that WordPress's plugins for several authors keep these in."""
_NO_KEYWORDS = frozenset(
    f"{CO_AUTHORS} post_format nav_menu link_category language post_translations term_language "
    "term_translations wp_theme following_users yst_prominent_words".split()
)
"""Lists of terms in which systems keep other things than what an entry is about."""
_UNFILED = frozenset(
    "uncategorized|uncategorised|sin categoría|sin categorizar|sem categoria|non classé|"
    "senza categoria|geen categorie|niet gecategoriseerd|unkategorisiert|nicht kategorisiert|"
    "bez kategorii|nezařazené|okategoriserade|ukategorisert|ikke kategoriseret|без рубрики|"
    "без категорії|kategorisiz|tak berkategori|chưa phân loại|غير مصنف|دسته‌بندی نشده|"
    "未分类|未分類|미분류".split("|")
)
"""What systems file an entry under that nobody has filed."""
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|dl|table|blockquote|figure|pre|hr|section|article|aside|iframe)\b",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(r"\[(/?)([A-Za-z][\w-]{0,40})((?:[ \t/][^\[\]<>]{0,2000})?)\]")
_ATTRIBUTE = re.compile(r"\s[\w-]{1,40}=[\"']")
_EMBEDDING = frozenset(
    "bandcamp codepen dailymotion facebook flickr getty gist googlemaps hulu instagram issuu "
    "kickstarter mixcloud pinterest polldaddy reddit scribd slideshare soundcloud spotify ted "
    "tiktok tweet twitchtv twitter ustream videopress vimeo vine youtube".split()
)
"""They show what is at an address elsewhere; in other brackets an address may be a writer's."""
_ADDRESSED = re.compile(r"\s+(?:https?:)?//")
_IN_BLOCK = re.compile(
    r"<!-- wp:shortcode\b[^<>]{0,500}-->\s*(\[[^\[\]]{1,2000}\]\s*)+<!-- /wp:shortcode -->"
)
_BARE_SHORTCODES = frozenset("audio caption embed gallery playlist video wp_caption".split())
_EMBED = re.compile(r"\[embed\b[^\]]{0,2000}\][^\[]{0,2000}\[/embed\]")
_CAPTION_START = re.compile(r"\[(?:wp_)?caption\b([^\]]{0,2000})\]")
_CAPTION_END = re.compile(r"\[/(?:wp_)?caption\]")
_CAPTION_STATED = re.compile(r"\bcaption=\"([^\"]*)\"")
_TABLE_START = re.compile(r"<figure\b[^<>]*\bwp-block-table\b[^<>]*>")
_PICTURE = re.compile(r"\s*(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)


def hidden_kind(entry: Mapping[str, Any]) -> str:
    """What kind of entry readers never saw as an article (``drafts``); empty for all others, and so
    for all of a plain feed."""
    if "wp_post_type" in entry or "wp_status" in entry:
        return hidden_in_wordpress(
            entry.get("wp_post_type"), entry.get("wp_status"), entry.get("wp_post_password")
        )
    terms = [tag.get("term") or "" for tag in entry.get("tags", ()) if tag.get("scheme") == _KIND]
    kinds = [term.rpartition("#")[2] for term in terms] or [entry.get("blogger_type", "POST")]
    others = [kind for kind in kinds if kind.lower() != "post"]
    if others:
        return _KINDS.get(others[0].lower(), SETTINGS)
    is_live = entry.get("blogger_status", "LIVE") == "LIVE" and entry.get("app_draft") != "yes"
    return "" if is_live else DRAFTS


def hidden_in_wordpress(kind: Any, status: Any, password: Any) -> str:
    """The same for a post of WordPress, by its type, its status and its password."""
    kind, status = _plain(kind), _plain(status)
    if kind in _NO_ARTICLES:
        return _KINDS.get(kind, SETTINGS)
    if status == "private" or password:
        return PRIVATE
    return DRAFTS if status not in ("", "publish") else ""


def hidden_row(kind: Any, status: Any, password: Any) -> str:
    """The same where another system may have written the words, which may mean other things."""
    known = _plain(status)
    return hidden_in_wordpress(kind, known if known in _STATUSES else "", password)


def _plain(value: Any) -> str:
    return value.strip().lower() if isinstance(value, str) else ""


def is_keyword(tag: Mapping[str, Any]) -> bool:
    """Whether a category says what an entry is about, and not what kind of entry it is."""
    scheme, term = tag.get("scheme"), tag.get("label") or tag.get("term") or ""
    return scheme != _KIND and scheme not in _NO_KEYWORDS and is_filed(term)


def is_filed(category: str) -> bool:
    """Whether a category is none of those that a system assigns by itself (*Uncategorized*)."""
    return category.strip().casefold() not in _UNFILED


def as_page(text: str) -> str:
    """The HTML that WordPress makes of a stored text: blank lines part its paragraphs.

    Captions become those of figures; other shortcodes are left out, their texts stay. (After
    ``wpautop`` and ``img_caption_shortcode`` as they are documented.)
    """
    text = _with_captioned_tables(_without_shortcodes(text))
    blocks = re.split(r"\n[ \t]*\n", text.strip())
    return "\n".join(block if _BLOCK.match(block) else _paragraph(block) for block in blocks)


def _with_captioned_tables(text: str) -> str:
    """What stands below a table as its own caption, not as that of a picture."""
    before, *parts = _TABLE_START.split(text)
    return "".join([before, *map(_captioned_table, parts)])


def _captioned_table(text: str) -> str:
    """A text that begins within the figure around a table."""
    inside, end, rest = text.partition("</figure>")
    table, caption, after = inside.partition("<figcaption")
    if not (end and caption):
        return f"{inside}{rest}"
    said = after.partition(">")[2].partition("</figcaption>")[0]
    start, tag, rows = table.partition("<table")
    return f"{start}{tag}><caption>{said}</caption>{rows.partition('>')[2]}{rest}"


def _paragraph(block: str) -> str:
    return f"<p>{block.strip().replace(chr(10), '<br>')}</p>" if block.strip() else ""


def _without_shortcodes(text: str) -> str:
    if "[" not in text:
        return text
    *captioned, rest = _CAPTION_END.split(text)
    text = _EMBED.sub("", "".join([*map(_with_figure, captioned), rest]))
    text = _IN_BLOCK.sub("", text)
    paired = {name for slash, name, _ in _SHORTCODE.findall(text) if slash} | _BARE_SHORTCODES

    def kept(match: re.Match[str]) -> str:
        name, attributes = match[2], match[3]
        shows = name in _EMBEDDING and _ADDRESSED.match(attributes)
        of_plugin = "_" in name and _is_alone(match)
        told = name in paired or shows or of_plugin or _ATTRIBUTE.search(attributes)
        return "" if told else match[0]

    return _SHORTCODE.sub(kept, text)


def _is_alone(match: re.Match[str]) -> bool:
    """Whether it stands in no sentence: beside it are markup and other brackets alone."""
    text, (start, end) = match.string, match.span()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return before in ("", "\n", ">", "]") and after in ("", "\n", "<", "[")


def _with_figure(text: str) -> str:
    """A text that ends with what a caption shortcode encloses."""
    starts = list(_CAPTION_START.finditer(text))
    if not starts:
        return text
    start = starts[-1]
    inside = text[start.end() :]
    picture = _PICTURE.match(inside)
    image = picture[0] if picture else ""
    stated = _CAPTION_STATED.search(start[1])
    caption = inside[len(image) :].strip() or (stated[1] if stated else "")
    figure = f"<figure>{image}<figcaption>{caption}</figcaption></figure>"
    return f"{text[: start.start()]}\n\n{figure}\n\n"


def hidden_post(value: Any) -> str:
    """The same of a value that may be a post of WordPress's REST interface."""
    content = value.get("content") if isinstance(value, dict) else None
    if not (isinstance(content, dict) and isinstance(content.get("rendered"), str)):
        return ""
    kind, status = value.get("type"), value.get("status")
    if status is not None and not (isinstance(status, str) and status in _STATUSES):
        return ""
    return hidden_in_wordpress(kind, status, "")


def with_embedded(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Such a post with the names that came with it (``_embed``); any other record as it is."""
    inside = record.get("_embedded")
    if not isinstance(inside, dict):
        return record
    terms = [term for group in _list(inside.get("wp:term")) for term in _list(group)]
    tags = list(filter(is_filed, _names(terms)))
    told = {"authors": _names(inside.get("author")), "tags": tags}
    return {**record, **{field: names for field, names in told.items() if names}}


def _names(values: Any) -> list[str]:
    names = (value.get("name") for value in _list(values) if isinstance(value, dict))
    return [name for name in names if isinstance(name, str)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
