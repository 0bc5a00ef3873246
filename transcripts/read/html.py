"""HTML bodies of tickets and messengers as plain text.

The standard library's parser needs quadratic time for unclosed tags and comments, and a body is
whatever a customer sends; this one goes over each character once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

_LOOKS_LIKE_HTML: Final = re.compile(
    r"</?(?:p|br|div|span|a|b|i|strong|em|ul|ol|li|table|tr|td|img|h[1-6]|blockquote|pre|html|body)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>|<[!?][^<>]*>")
_BLOCKS: Final = frozenset(
    ("p", "div", "li", "tr", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4")
)
_HIDDEN: Final = frozenset(("script", "style", "head", "title"))
_BREAK: Final = "\x1e"  # one or several blocks that begin or end here make one line end
_BREAKS: Final = re.compile(r"\s*\x1e[\x1e\s]*")
_SPACES: Final = re.compile(r"[ \t\r\f\v\xa0]+")


def is_html(text: str) -> bool:
    """Whether a text holds tags of HTML; "5 < 6" does not."""
    return "<" in text and _LOOKS_LIKE_HTML.search(text) is not None


def to_text(body: str) -> str:
    """The words of an HTML body, a line for each block; pictures as [图片]."""
    text = _BREAKS.sub("\n", "".join(_pieces(_without_comments(body))))
    rows = (_SPACES.sub(" ", row).strip() for row in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def body_text(body: str) -> str:
    """A body that may be HTML or plain, as text."""
    if is_html(body):
        return to_text(body)
    return html.unescape(body) if _ENTITY.search(body) else body


def _without_comments(body: str) -> str:
    parts: list[str] = []
    position = 0
    while (start := body.find("<!--", position)) >= 0:
        end = body.find("-->", start + 4)
        if end < 0:
            break
        parts.append(body[position:start])
        position = end + 3
    return "".join(parts) + body[position:]


def _pieces(body: str) -> Iterator[str]:
    """Words, line ends for blocks and marks for pictures, in order."""
    position = hidden = 0
    for tag in _TAG.finditer(body):
        if not hidden:
            yield _words(body[position : tag.start()])
        position = tag.end()
        name = (tag[2] or "").lower()
        if name in _HIDDEN:
            hidden = max(0, hidden + (-1 if tag[1] else 1))
        elif name == "br":
            yield "\n"
        elif name in _BLOCKS:
            yield _BREAK
        elif name == "img":
            yield "[图片]"
    if not hidden:
        yield _words(body[position:])


def _words(text: str) -> str:
    """Line ends in the source are no line ends on the page."""
    return html.unescape(text.replace("\n", " ")) if text else ""
