"""Single values that a build leaves for the next one."""

from __future__ import annotations

import msgspec

from archive_gen.problems import Problem


class Facts(msgspec.Struct):
    """They hold once the state is committed. What stands here holds before the first build."""

    number: int = 0
    """Of the build."""
    inputs: str = ""
    """Digest of all that was read besides articles; see ``current``."""
    output: str = ""
    """The folder of the site, as the settings name it."""
    content: int = 0
    """Digest of the bytes of all content files; see ``state``."""
    made_from: str = ""
    """Digest of all that the site is made from, which its folder has, too; see ``publish``."""
    is_publishing: bool = False
    """Whether the site may be half old, half new: a build that ends says that it is not."""
    entries: str = ""
    """Of all that entries depend on besides their files; empty if there are none."""
    stated: str = ""
    """Of all on which it depends what entries tell of what files state."""
    settings: str = ""
    """Of all templates, assets and settings; empty if there is no site yet."""
    index: str = ""
    """Names the state of the search index."""
    navigation: tuple[tuple[str, str], ...] = ()
    """The lists that pages lead to; see ``pages.base``."""
    own_links: tuple[tuple[str, str, str], ...] = ()
    """The pages that are no articles, to which pages lead; see ``pages.base``."""
    own_pages: str = ""
    """Digest of them all, and of what is wrong with their files."""
    between: list[Problem] = []
    """What is wrong with articles beside each other and with none alone, and with other pages."""
    failed: list[tuple[str, str]] = []
    """Groups with a page on which the program failed: the next build tries again."""
    articles: int = 0
    pages: int = 0
    others: int = 0
    """Content files that are no article."""
    term_slugs: msgspec.Raw = msgspec.Raw(b"{}")
    """Taxonomy → term key → slug, as JSON: the most of it all, and rarely looked at."""
