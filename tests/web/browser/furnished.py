"""A house that is lived in: somebody of every role, and something to see on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scenarios.load import LIBRARY
from store.assignments import Order, assign
from store.database import Store
from store.feedback import ask, note
from store.links import choose_password, make_link
from store.logins import log_in, make_api_token
from store.moments import Spot, begin_round
from store.opening import open_store
from store.people import ROLES, Person, Role, add_person, set_group
from store.practices import practice
from store.shifts import Seat, begin_shift
from store.versions import publish, save_version
from tests.web.browser.test_first_day import PASSWORD
from tests.web.played import opened, played
from tests.web.quality.graded import fill

INVITATION = "an-invitation-that-nobody-guesses"


@dataclass(frozen=True, slots=True)
class Furnished:
    """Tokens of logins by role, and the numbers that stand in addresses."""

    tokens: dict[Role, str]
    numbers: dict[str, object]


def furnish(folder: Path) -> Furnished:
    """Put everything there while the server runs."""
    now = datetime.now(UTC)
    with open_store(folder) as store:
        everybody = {role: _person(store, role, now) for role in ROLES}
        me, trainer = everybody["agent"], everybody["trainer"]
        lin = add_person(store, "lin", "小林", "agent", now)
        make_link(store, lin.id, "invite", INVITATION, None, now)
        set_group(store, "早班", [me.id, lin.id], [everybody["team_leader"].id], now)
        numbers = _talks(store, me, trainer, now) | {"person": me.id, "token": INVITATION}
        numbers |= _going_on(store, me, now)
        job = fill(store, now)
        numbers |= {"import": job}
        _texts(store, trainer, now)
        make_api_token(store, me.id, "报表", "a-token-of-a-program", now, timedelta(days=30))
        return Furnished({role: f"login-of-{role}" for role in ROLES}, numbers)


def _person(store: Store, role: Role, now: datetime) -> Person:
    person = add_person(store, f"a-{role}", f"张{role}", role, now)
    make_link(store, person.id, "invite", f"token-of-{role}", None, now)
    choose_password(store, f"token-of-{role}", PASSWORD, now)
    log_in(store, person.login, PASSWORD, "127.0.0.1", f"login-of-{role}", now)
    return person


def _talks(store: Store, me: Person, trainer: Person, now: datetime) -> dict[str, object]:
    for days, score in ((5, 45), (3, 70), (1, 85)):
        card = played(store, me, now - timedelta(days=days), score, variant=days % 2)
    kept = practice(store, card)
    assert kept.scorecard is not None
    assert kept.conversation is not None
    ask(store, kept.scorecard, me.id, "为什么共情只有这些分？", now, criterion="empathy")
    note(store, kept.conversation, 1, trainer.id, "这句道歉来得及时。", now)
    order = Order("exam", "期中", ("size-return",), people=(me.id,), tries=2)
    exam = assign(store, order, trainer.id, now)
    sat = played(store, me, now, 55, "size-return", mode="exam", assignment=exam)
    due = Order("practice", "本周", ("storm-notice",), (me.id,), due_at=now + timedelta(days=3))
    assign(store, due, trainer.id, now)
    fresh = played(store, me, now, 62, viewed=False)
    return {"card": card, "fresh": fresh, "exam": exam, "sat": sat}


def _going_on(store: Store, me: Person, now: datetime) -> dict[str, object]:
    play = opened(store, me, now)
    seats = (Seat("rotten-fruit", 0, 0), Seat("size-return", 1, 2_000))
    shift = begin_shift(store, me.id, "rush", 7, seats, now)
    spots = [Spot("rotten-fruit/0/good", "rotten-fruit", "生鲜坏果", "complaint", path="good")]
    return {
        "play": play,
        "shift": shift,
        "round": begin_round(store, me.id, now.date(), spots, now),
    }


def _texts(store: Store, trainer: Person, now: datetime) -> None:
    text = (LIBRARY / "storm-notice.yaml").read_text(encoding="utf-8")
    for change in ("", "# 第二稿\n"):
        save_version(store, "scenario", "storm-notice", change + text, trainer.id, now)
    publish(store, "scenario", "storm-notice", 1, trainer.id, now)
    broken = text.replace("kind:", "knid:", 1)
    save_version(store, "scenario", "late-cake", broken, trainer.id, now)
