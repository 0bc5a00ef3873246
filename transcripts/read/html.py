"""HTML bodies of tickets and messengers as plain text."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Final

_LOOKS_LIKE_HTML: Final = re.compile(
    r"</?(?:p|br|div|span|a|b|i|strong|em|ul|ol|li|table|tr|td|img|h[1-6]|blockquote|pre|html|body)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
_TAG: Final = re.compile(r"<[^<>]*>")
_BLOCKS: Final = frozenset(
    ("p", "div", "li", "tr", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4")
)
_HIDDEN: Final = frozenset(("script", "style", "head", "title"))
_SPACES: Final = re.compile(r"[ \t\r\f\v\xa0]+")


def is_html(text: str) -> bool:
    """Whether a text holds tags of HTML; "5 < 6" does not."""
    return "<" in text and _LOOKS_LIKE_HTML.search(text) is not None


def to_text(body: str) -> str:
    """The words of an HTML body, a line for each block; pictures as [图片]."""
    parser = _Text()
    try:
        parser.feed(body)
        parser.close()
        text = "".join(parser.parts)
    except AssertionError:  # the standard parser's answer to malformed declarations
        text = html.unescape(_TAG.sub(" ", body))
    rows = (_SPACES.sub(" ", row).strip() for row in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def body_text(body: str) -> str:
    """A body that may be HTML or plain, as text."""
    if is_html(body):
        return to_text(body)
    return html.unescape(body) if _ENTITY.search(body) else body


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "br" or tag in _BLOCKS:
            self._break(tag == "br")
        elif tag == "img":
            self.parts.append("[图片]")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self._break(False)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            # Line ends in the source are no line ends on the page.
            self.parts.append(data.replace("\n", " "))

    def _break(self, always: bool) -> None:
        if always or (self.parts and self.parts[-1] != "\n"):
            self.parts.append("\n")
