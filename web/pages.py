"""How an area lists its pages, and what a page gets.

An area is one Gradio app a language, at `/LANG/AREA/`; its pages stand at `/LANG/AREA/PATH`. It
lists them in a module that `web/areas.py` names. That module is read before gradio is there, for
the header and the gates, so a page's own module is imported late:

    # web/practice/pages.py
    def shelf(page: PageContext) -> None:
        from web.practice.shelf import build  # gradio comes with it

        build(page)

    PAGES = (Page("shelf", "shelf", ("agent", "trainer"), shelf, menu=True, icon="shelf"),)

    # web/practice/shelf.py
    import gradio as gr

    def build(page: PageContext) -> None:
        '''Called once a language, inside the page's `gr.Blocks` context.'''
        cards = gr.HTML()

        def show(request: gr.Request) -> str:
            me = page.allowed(request)  # raises NotAllowed; every handler begins so
            return shelf_of(page.services.store, me.id, page.lang)

        page.blocks.load(show, None, cards)

- Texts: `page.t("choose.rule", n=10)`, in `web/text/*.yaml`; a page's name is the text `page.KEY`.
- Scripts get theirs as `labels=page.texts("shelf")`: every text whose key begins with `shelf.`.
- Server functions of `gr.HTML` receive a bare request: `page.allowed(request)` reads that as well.
- `page.services.model.get()` waits for the grader's model. Pages that need it show
  `page.t("wait.model")` while `page.services.model.ready` is false.
- Links to other pages: `page.url("practice", "play", id=7)`.
- `build` does no work that depends on a person or on the time: it runs once, at start.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from store.people import Person, Role
from transcripts.types import Language
from web.services import Services
from web.sessions import allowed, who
from web.text import t, texts

if TYPE_CHECKING:
    import gradio as gr

Layout = Literal["read", "work"]


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page is built with. `page` says who may see it."""

    page: Page
    lang: Language
    blocks: gr.Blocks
    services: Services

    def t(self, key: str, **values: Any) -> str:
        """A text in the page's language, with values filled in."""
        return t(self.lang, key, **values)

    def texts(self, group: str) -> dict[str, str]:
        """All texts of a group by the rest of their keys, values unfilled: for scripts."""
        return texts(self.lang, group)

    def who(self, request: Any) -> Person | None:
        """Whose login came with a request, Gradio's or a bare one; None without a valid one."""
        return who(self.services, request)

    def allowed(self, request: Any) -> Person:
        """As `who`; raises `NotAllowed` unless this person's role may see the page."""
        return allowed(self.services, request, self.page.roles, self.lang)

    def url(self, area: str, path: str = "", **query: object) -> str:
        """The address of a page in the same language."""
        return url(self.lang, area, path, **query)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an area.

    `path` is one word, "" for the area's first page. `menu`: linked in the header, and in the bar
    at the foot of a narrow window, under the name `page.KEY` and with `icon` (see web/icons.py).
    `layout`: "read" is a column that scrolls, "work" fills the window below the header.
    """

    key: str
    path: str
    roles: Collection[Role]
    build: Callable[[PageContext], None]
    menu: bool = False
    icon: str = "page"
    layout: Layout = "read"


@dataclass(frozen=True, slots=True)
class Area:
    """Pages that are one Gradio app. Who may see one of them may enter it."""

    key: str
    pages: tuple[Page, ...]

    @property
    def roles(self) -> frozenset[Role]:
        """Who may enter at all; each page has its own roles besides."""
        return frozenset(role for page in self.pages for role in page.roles)

    def page(self, path: str) -> Page | None:
        """The page at a path of the area."""
        return next((page for page in self.pages if page.path == path), None)


def url(lang: Language, area: str, path: str = "", **query: object) -> str:
    """The address of a page.

    >>> url("zh", "practice", "play", id=7)
    '/zh/practice/play?id=7'
    """
    plain = f"/{lang}/{area}/{path}"
    return f"{plain}?{urlencode(query)}" if query else plain
