"""`kefu serve --demo`: invented people in a data folder of their own, with sessions and scores that
the simulator and the grader really produced. Filled once, beside the pages, in well under a minute.
"""

from __future__ import annotations

import json
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import as_file, files
from random import Random
from typing import Any, Final

from grader.batch import hash_of
from kefu import demo_plan as plan
from kefu.demo_plan import Try, Word
from kefu.demo_play import Player
from kefu.logs import log
from rubrics.load import load_rubric
from store.assignments import Order, assign
from store.cards import card_line
from store.contents import rubric_at
from store.database import Store
from store.demo import Demo, demo_filled
from store.feedback import answer, ask, note
from store.imports import start_import
from store.links import choose_password, make_link
from store.people import add_person, set_group
from store.practices import Practice, flag, practices_of
from store.reading import Spool, key_of
from transcripts.read import ReadOptions
from web.quality.uploads import Waiting
from web.services import Notice, Services

SAMPLE: Final = "transcripts.jsonl"
LOOK: Final = 0.2
"""Seconds between two looks whether the server has its model."""


def greeting(demo: Demo) -> list[str]:
    """What the console says of the invented accounts."""
    width = max(len(one.login) for one in plan.PEOPLE)
    return [
        f"Demo data: the people are invented. Password of all accounts: {demo.password}",
        *(f"  {one.login:<{width}}  {one.role:<11}  {one.name}" for one in plan.PEOPLE),
    ]


@dataclass
class Filling:
    """How far the demo is: `state` is the key of what stands above every page."""

    state: Notice = "demo.filling"
    over: threading.Event = field(default_factory=threading.Event)

    def notice(self) -> Notice:
        """The key of the text."""
        return self.state


@contextmanager
def filled(services: Services, demo: Demo, filling: Filling) -> Iterator[None]:
    """Fill what is empty, in a thread, until the end of the block at most."""
    if demo.filled_at is not None:
        filling.state = "demo.filled"
        yield
        return

    def run() -> None:
        try:
            people = _accounts(services.store, demo)
            while not (services.model.ready or services.model.fault):
                if filling.over.wait(LOOK):  # the first pages come first
                    return
            if _live(services, demo, people, filling.over.is_set, plan.TRIES):
                filling.state = "demo.filled"
        except Exception as error:  # noqa: BLE001 - the pages say so; the next start tries again
            filling.state = "demo.broken"
            log("demo").error("cannot_fill", error=type(error).__name__)

    thread = threading.Thread(target=run, name="demo", daemon=True)
    thread.start()
    try:
        yield
    finally:
        filling.over.set()
        thread.join()


def fill(
    services: Services, demo: Demo, over: Callable[[], bool] = lambda: False,
    tries: Sequence[Try] = plan.TRIES,
) -> bool:  # fmt: skip
    """Make the accounts, then all they did until `demo.begun_at`; whether it came to the end.

    `over` is asked before each practice. Exams and words are there with the whole plan only.
    """
    return _live(services, demo, _accounts(services.store, demo), over, tries)


def _live(
    services: Services, demo: Demo, people: dict[str, int], over: Callable[[], bool],
    tries: Sequence[Try],
) -> bool:  # fmt: skip
    filler = _Filler(services, demo, people)
    filler.bring_in()
    whole = tries is plan.TRIES
    exam = filler.orders() if whole else None
    for one, began in filler.plan((*tries, *(plan.EXAM_TRIES if whole else ()))):
        if over():
            return False
        filler.play(one, began, exam if one.mode == "exam" else None)
    if whole:
        filler.words()
    demo_filled(services.store, demo.begun_at)
    return True


def _accounts(store: Store, demo: Demo) -> dict[str, int]:
    """Everybody, with the password that is printed, and the group; ids by login name."""
    at = demo.begun_at - timedelta(days=30)
    found = {}
    for who in plan.PEOPLE:
        person = add_person(store, who.login, who.name, who.role, at)
        token = secrets.token_hex(32)
        make_link(store, person.id, "invite", token, None, at)
        choose_password(store, token, demo.password, at)
        found[who.login] = person.id
    members = [found[login] for login in plan.MEMBERS]
    set_group(store, plan.GROUP, members, [found[plan.LEADER]], at)
    return found


class _Filler:
    """One filling: who is who, what was played, and when."""

    def __init__(self, services: Services, demo: Demo, people: dict[str, int]) -> None:
        self._services = services
        self._store = services.store
        self._demo = demo
        self._people = people
        self._player = Player(services, demo.seed, demo.begun_at)

    def _before(self, **by: float) -> datetime:
        return self._demo.begun_at - timedelta(**by)

    def plan(self, tries: Sequence[Try]) -> list[tuple[Try, datetime]]:
        """Each with the time it begins: in the shop's working hours, the earliest first."""
        random = Random(self._demo.seed)
        found = []
        for one in tries:
            day = self._before(days=one.days).astimezone(self._services.zone)
            began = day.replace(
                hour=random.randrange(9, 18), minute=random.randrange(60), second=0, microsecond=0
            )
            found.append((one, began))
        return sorted(found, key=lambda pair: pair[1])

    def play(self, one: Try, began: datetime, assignment: int | None) -> None:
        """One practice, from its first word to its card."""
        self._player.play(self._people[one.login], one, began, assignment)

    def orders(self) -> int:
        """An exam that was taken, one that is due, and an assignment; the id of the first."""
        give = partial(assign, self._store, by=self._people[plan.TRAINER])
        (group,) = self._store.rows("SELECT id FROM groups")
        takers = tuple(self._people[one.login] for one in plan.EXAM_TRIES)
        workers = tuple(self._people[login] for login in plan.WORKERS)
        taken = Order(
            "exam", plan.EXAM, (plan.EXAM_SCENARIO,), takers, tries=1,
            due_at=self._before(days=2),
        )  # fmt: skip
        due = Order(
            "exam", plan.NEXT_EXAM, plan.NEXT_SCENARIOS, groups=(group["id"],), tries=1,
            due_at=self._before(days=-6),
        )  # fmt: skip
        work = Order(
            "practice", plan.WORK, plan.WORK_SCENARIOS, workers, due_at=self._before(days=-3)
        )
        number = give(order=taken, at=self._before(days=7))
        give(order=work, at=self._before(days=2))
        give(order=due, at=self._before(days=1, hours=2))
        return number

    def words(self) -> None:
        """Questions to the trainer, one of them answered; a note; a line that was no answer."""
        trainer = self._people[plan.TRAINER]
        for word, hours in zip(plan.WORDS, (40, 12), strict=True):
            about = self._last(word)
            criterion, name = self._weakest(about)
            text = word.text.format(criterion=name)
            at = self._before(hours=hours)
            number = ask(
                self._store, about.scorecard or 0, about.person, text, at, criterion=criterion
            )
            if word.answer is not None:
                told = word.answer.format(criterion=name)
                answer(self._store, number, trainer, told, self._before(hours=hours - 16))
        about, at = self._last(plan.NOTED), self._before(hours=20)
        reply = self._message(about, "agent", 1)
        note(self._store, about.conversation or 0, reply, trainer, plan.NOTED.text, at)
        about = self._last(plan.FLAGGED)
        flag(self._store, about.id, self._message(about, "customer", 1), about.kept_at)

    def bring_in(self) -> None:
        """The bundled conversations, as a QA lead brings files in: a worker reads and grades them.

        Done first, so that the worker is at it while the practices are played.
        """
        lead, data = self._people[plan.LEAD], self._services.folders.data
        waiting, options = Waiting(data), ReadOptions()
        path = waiting.place(lead, SAMPLE, secrets.token_hex(8))
        with as_file(files("kefu") / "samples" / SAMPLE) as source:
            shutil.copyfile(source, path)
        rubric = load_rubric(self._services.rubric, self._services.folders.rubrics)
        key = key_of([(path.stem, hash_of(path))], options, rubric, None)
        spool = Spool((waiting.below(path),), options).text()
        start_import(self._store, key, [SAMPLE], rubric, lead, self._demo.begun_at, spool=spool)

    def _last(self, word: Word) -> Practice:
        mine = practices_of(self._store, self._people[word.login])
        return next(one for one in mine if one.scenario == word.scenario and one.mode == "play")

    def _weakest(self, about: Practice) -> tuple[str, str]:
        """The criterion that scored least, and what it is called."""
        card = json.loads(card_line(self._store, about.scorecard or 0) or "{}")
        scores = {name: one["score"] for name, one in card["criteria"].items()}
        least = min((one for one in scores if scores[one] is not None), key=lambda n: scores[n])
        rubric = rubric_at(self._store, card["rubric"]["version"])
        return least, rubric.criteria[least].name.zh

    def _message(self, about: Practice, role: str, nth: int) -> int:
        """The number of the `nth` message of a role, from 0; the last one where there are fewer."""
        sql = "SELECT transcript FROM conversations WHERE id = ?"
        messages: list[dict[str, Any]] = json.loads(self._store.value(sql, (about.conversation,)))[
            "messages"
        ]
        mine = [n for n, one in enumerate(messages) if one["role"] == role]
        return mine[min(nth, len(mine) - 1)]
