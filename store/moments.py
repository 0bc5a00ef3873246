"""Moments: hard messages, one reply to each, written until it is good.

A round is drawn once, from the person, the day and what they have done: own replies that lost
points come first, those of the weakest criterion before others; the library fills up. Topics
differ. What is drawn is kept whole, so a round goes on after a restart, whatever has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from store.database import Row, Store
from store.progress import LEVELS, Level
from store.times import maybe, text_of, time_of
from transcripts.errors import UnreadableInput

MINUTES_MS: Final = 5 * 60_000
"""After so much writing no new moment is begun."""
SPOTS: Final = 6
"""More than five minutes hold."""
OWN: Final = 3
"""Of them from own tries at most."""
LATELY: Final = 20
"""Own tries that are looked through, the latest."""
LOW: Final = 2.4
"""Ratings (0–4) below this lost points."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a conversation stops.

    `key` names it for good. Own: the first `message` messages of the practice `practice`. Library:
    the scenario's variant with the scripted agent `path`. `said` is the conversation up to there
    (canonical JSON), filled in when it is first shown.
    """

    key: str
    scenario: str
    topic: str
    rubric: str
    criterion: str = ""
    practice: int | None = None
    message: int = 0
    variant: int = 0
    path: str = ""
    said: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """An own reply that lost points, and how much: the larger, the worse."""

    spot: Spot
    much: float


@dataclass(frozen=True, slots=True)
class Ready:
    """A scenario of the library with its scripted agents' names."""

    scenario: str
    topic: str
    level: Level
    rubric: str
    variants: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply that was written to the moment at `place`, and its result (`grader.one_reply`)."""

    place: int
    text: str
    result: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Round:
    """Five minutes: the spots in order, at which one somebody is, how long they have written."""

    id: int
    person: int
    day: date
    spots: tuple[Spot, ...]
    place: int
    clock_ms: int
    started_at: datetime
    ended_at: datetime | None


def choose(
    who: tuple[int, date], lost: Sequence[Lost], shelf: Sequence[Ready], level: Level,
    weakest: str | None, met: Mapping[str, int],
) -> tuple[Spot, ...]:  # fmt: skip
    """The moments of a round. `met`: how often each was shown before. Equal arguments, equal round.

    `who` is the person's number and the day.
    """
    draw = f"{who[0]} {who[1].isoformat()}"

    def own_rank(one: Lost) -> tuple[int, bool, float, int]:
        again = met.get(one.spot.key, 0)
        return again, one.spot.criterion != weakest, -one.much, _draw(draw, one.spot.key)

    def rank(one: Ready) -> tuple[int, int, int]:
        above = max(0, LEVELS.index(one.level) - LEVELS.index(level))
        often = sum(times for key, times in met.items() if key.startswith(f"{one.scenario}/"))
        return above, often, _draw(draw, one.scenario)

    chosen = _different([one.spot for one in sorted(lost, key=own_rank)], set(), OWN)
    topics = {one.topic for one in chosen}
    ranked = [_in_library(one, draw) for one in sorted(shelf, key=rank)]
    return (*chosen, *_different(ranked, topics, SPOTS - len(chosen)))


def lost_points(card: Mapping[str, Any], said: Mapping[str, Any], spot: Spot) -> Iterable[Lost]:
    """The replies of a card that lost points where one reply can: `spot` says whose they are."""
    kinds = {one["kind"]: name for name, one in card["criteria"].items()}
    for reply in card["replies"]:
        place = int(reply["message"])
        if not _answers(said["messages"][:place]):
            continue
        for kind in ("empathy", "accuracy"):
            rating = reply[kind]
            if kind in kinds and rating is not None and rating < LOW:
                yield _lost(spot, kinds[kind], place, 4 - rating)
        for one in card["criteria"].get(kinds.get("conduct", ""), {}).get("evidence", ()):
            if one["message"] == place and one["points"] < 0:
                yield _lost(spot, kinds["conduct"], place, -one["points"] / 10)


def own_lost(store: Store, person: int) -> list[Lost]:
    """What somebody's latest tries lost points at, each with the conversation up to there."""
    rows = store.rows(
        """SELECT p.id, p.scenario, json_extract(t.body, '$.topic.zh') AS topic,
                  json_extract(t.body, '$.rubric') AS rubric, c.transcript, s.line
           FROM practices AS p JOIN contents AS t ON t.hash = p.scenario_version
           JOIN conversations AS c ON c.practice = p.id JOIN scorecards AS s ON s.id = c.scorecard
           WHERE p.person = ? AND p.mode IN ('play', 'exam', 'shift') ORDER BY p.id DESC LIMIT ?""",
        (person, LATELY),
    )
    found: list[Lost] = []
    for row in rows:
        said = json.loads(row["transcript"])
        spot = Spot(f"p{row['id']}", row["scenario"], row["topic"], row["rubric"],
                    practice=row["id"], said=said)  # fmt: skip
        found += lost_points(json.loads(row["line"]), said, spot)
    return found


# --- rounds in the store


def begin_round(store: Store, person: int, day: date, spots: Sequence[Spot], at: datetime) -> int:
    """Keep a round that begins; its id."""
    told = _told(spots)
    row = {"person": person, "day": day.isoformat(), "spots": told, "started_at": text_of(at)}
    return store.write(lambda t: t.insert("moment_rounds", row))


def keep_spots(store: Store, number: int, spots: Sequence[Spot]) -> None:
    """Keep the spots again, with what was said at them."""
    told = _told(spots)
    store.write(lambda t: t.run("UPDATE moment_rounds SET spots = ? WHERE id = ?", (told, number)))


def keep_answer(store: Store, number: int, answer: Answer, clock: int, at: datetime) -> None:
    """Keep a reply with its result, and how long was written so far."""
    row = {
        "round": number, "place": answer.place, "text": answer.text,
        "result": json.dumps(answer.result, ensure_ascii=False), "at": text_of(at),
    }  # fmt: skip

    def keep(transaction: Any) -> None:
        transaction.insert("moment_answers", row)
        sql = "UPDATE moment_rounds SET clock_ms = max(clock_ms, ?) WHERE id = ?"
        transaction.run(sql, (clock, number))

    store.write(keep)


def move_on(store: Store, number: int, place: int, clock: int, ended: datetime | None) -> None:
    """Go to the moment at `place`, or end the round."""
    sql = """UPDATE moment_rounds SET place = ?, clock_ms = max(clock_ms, ?), ended_at = ?
             WHERE id = ? AND ended_at IS NULL"""
    told = None if ended is None else text_of(ended)
    store.write(lambda t: t.run(sql, (place, clock, told, number)))


def round_of(store: Store, number: int) -> Round:
    """A round by its id. `UnreadableInput` if there is none."""
    row = store.row("SELECT * FROM moment_rounds WHERE id = ?", (number,))
    if row is None:
        raise UnreadableInput(f"there is no round {number}")
    return _round(row)


def rounds_of(store: Store, person: int, most: int = 20) -> list[Round]:
    """Somebody's rounds, the newest first."""
    sql = "SELECT * FROM moment_rounds WHERE person = ? ORDER BY id DESC LIMIT ?"
    return [_round(row) for row in store.rows(sql, (person, most))]


def answers(store: Store, number: int) -> list[Answer]:
    """All that was written in a round, in order."""
    sql = "SELECT place, text, result FROM moment_answers WHERE round = ? ORDER BY id"
    return [
        Answer(row["place"], row["text"], json.loads(row["result"]))
        for row in store.rows(sql, (number,))
    ]


def met(rounds: Iterable[Round]) -> dict[str, int]:
    """How often each moment was shown in these rounds."""
    found: dict[str, int] = {}
    for one in rounds:
        for spot in one.spots[: one.place + 1]:
            found[spot.key] = found.get(spot.key, 0) + 1
    return found


# --- inside


def _different(spots: Iterable[Spot], topics: set[str], most: int) -> list[Spot]:
    """The first of each topic that is not there yet."""
    found: list[Spot] = []
    taken = set(topics)
    for one in spots:
        if len(found) < most and one.topic not in taken:
            taken.add(one.topic)
            found.append(one)
    return found


def _in_library(one: Ready, draw: str) -> Spot:
    drawn = _draw(draw, f"{one.scenario} where")
    variant, path = drawn % one.variants, one.paths[drawn // 64 % len(one.paths)]
    key = f"{one.scenario}/{variant}/{path}"
    return Spot(key, one.scenario, one.topic, one.rubric, variant=variant, path=path)


def _answers(messages: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a reply that comes now answers a customer."""
    said = [one["role"] for one in messages if one["role"] in ("customer", "agent")]
    return bool(said) and said[-1] == "customer"


def _lost(spot: Spot, criterion: str, place: int, much: float) -> Lost:
    said = None if spot.said is None else {**spot.said, "messages": spot.said["messages"][:place]}
    own = Spot(f"{spot.key}/{place}", spot.scenario, spot.topic, spot.rubric, criterion,
               spot.practice, place, said=said)  # fmt: skip
    return Lost(own, much)


def _told(spots: Sequence[Spot]) -> str:
    return json.dumps([asdict(one) for one in spots], ensure_ascii=False)


def _draw(draw: str, what: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{draw} {what}".encode()).digest()[:6], "big")


def _round(row: Row) -> Round:
    return Round(
        id=row["id"],
        person=row["person"],
        day=date.fromisoformat(row["day"]),
        spots=tuple(Spot(**one) for one in json.loads(row["spots"])),
        place=row["place"],
        clock_ms=row["clock_ms"],
        started_at=time_of(row["started_at"]),
        ended_at=maybe(row["ended_at"]),
    )
