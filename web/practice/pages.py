"""The trainee's pages: shelf, lesson, practice, scorecard; a shift; moments."""

from __future__ import annotations

from typing import Final

from store.people import ROLES
from web.pages import Page, PageContext


def shelf(page: PageContext) -> None:
    """Whom one may practise with."""
    from web.practice.parts import build_shelf

    build_shelf(page)


def lesson(page: PageContext) -> None:
    """A path of a scenario, to watch or to find the faults of."""
    from web.practice.parts import build_lesson

    build_lesson(page)


def play(page: PageContext) -> None:
    """The conversation, at the workbench."""
    from web.practice.parts import build_play

    build_play(page)


def card(page: PageContext) -> None:
    """The scorecard."""
    from web.practice.parts import build_card

    build_card(page)


def shift(page: PageContext) -> None:
    """Several customers at once."""
    from web.practice.shift import build_shift

    build_shift(page)


def moments(page: PageContext) -> None:
    """Five minutes of hard messages, one reply to each."""
    from web.practice.moments import build_moments

    build_moments(page)


PAGES: Final = (
    Page("shelf", "shelf", ROLES, shelf, menu=True, icon="shelf"),
    Page("lesson", "lesson", ROLES, lesson, layout="work"),
    Page("play", "play", ROLES, play, layout="work"),
    Page("card", "card", ROLES, card, layout="work"),
    Page("shift", "shift", ROLES, shift, layout="work"),
    Page("moments", "moments", ROLES, moments),
)
