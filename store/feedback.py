"""Words about a score: the trainee's own view before it, questions and answers, trainers' notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from store.database import Row, Store
from store.declined import Declined
from store.times import maybe, text_of, time_of
from transcripts.errors import UnreadableInput

LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class OwnView:
    """Three taps before the score: how it went (1–5), the weakest criterion, the reply to redo."""

    rating: int
    weakest: str | None
    message: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """A trainee's question about a score. `answer` None: it waits for a trainer."""

    id: int
    scorecard: int
    person: int
    criterion: str | None
    message: int | None
    text: str
    at: datetime
    answer: str | None
    answered_by: int | None
    answered_at: datetime | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    """A trainer's note on a reply, or on the whole conversation (`message` None)."""

    id: int
    conversation: int
    message: int | None
    text: str
    author: int | None
    at: datetime
    seen_at: datetime | None


def keep_own_view(store: Store, practice: int, view: OwnView, at: datetime) -> None:
    """Keep the first view; nobody changes it once the score was seen."""
    row = {"practice": practice, "rating": view.rating, "weakest": view.weakest,
           "message": view.message, "at": text_of(at)}  # fmt: skip
    store.write(lambda t: t.insert_new("own_views", row))


def own_view(store: Store, practice: int) -> OwnView | None:
    """What the trainee thought before the score was shown."""
    sql = "SELECT rating, weakest, message FROM own_views WHERE practice = ?"
    row = store.row(sql, (practice,))
    return None if row is None else OwnView(**row)


def ask(
    store: Store, scorecard: int, person: int, text: str, at: datetime,
    *, criterion: str | None = None, message: int | None = None,
) -> int:  # fmt: skip
    """Question a score; the question's id."""
    row = {"scorecard": scorecard, "person": person, "criterion": criterion, "message": message,
           "text": _told(text), "at": text_of(at)}  # fmt: skip
    return store.write(lambda t: t.insert("questions", row))


def answer(store: Store, question: int, by: int, text: str, at: datetime) -> None:
    """Answer a question. `Declined` if somebody did already."""
    told = _told(text)
    sql = """UPDATE questions SET answer = ?, answered_by = ?, answered_at = ?
             WHERE id = ? AND answer IS NULL"""
    if not store.write(lambda t: t.run(sql, (told, by, text_of(at), question))):
        raise Declined("answered", "this question was answered already")


def questions(
    store: Store, *, person: int | None = None, scorecard: int | None = None,
    waiting: bool | None = None,
) -> list[Question]:  # fmt: skip
    """Questions, the oldest first: somebody's, of a card, answered or still waiting."""
    rows = store.rows(
        """SELECT * FROM questions WHERE (?1 IS NULL OR person = ?1)
           AND (?2 IS NULL OR scorecard = ?2) AND (?3 IS NULL OR (answer IS NULL) = ?3)
           ORDER BY id""",
        (person, scorecard, waiting),
    )
    return [_question(row) for row in rows]


@dataclass(frozen=True, slots=True)
class News:
    """A trainer's word that was not seen yet: the answer to a question, or a note (`asked` None).

    `message` is the message of the practice that it is about, where it is about one.
    """

    practice: int
    message: int | None
    asked: str | None
    text: str
    author: str | None
    at: datetime


def news(store: Store, person: int) -> list[News]:
    """Answers and notes that somebody has not seen, the oldest first."""
    rows = store.rows(
        """SELECT c.practice, q.message, q.text AS asked, q.answer AS text, a.name AS author,
                  q.answered_at AS at
           FROM questions AS q JOIN scorecards AS s ON s.id = q.scorecard
           JOIN conversations AS c ON c.id = s.conversation
           LEFT JOIN people AS a ON a.id = q.answered_by
           WHERE q.person = ?1 AND q.answer IS NOT NULL AND q.seen_at IS NULL
             AND c.practice IS NOT NULL
           UNION ALL
           SELECT c.practice, n.message, NULL, n.text, a.name, n.at
           FROM notes AS n JOIN conversations AS c ON c.id = n.conversation
           JOIN practices AS p ON p.id = c.practice LEFT JOIN people AS a ON a.id = n.author
           WHERE p.person = ?1 AND n.seen_at IS NULL ORDER BY at""",
        (person,),
    )
    return [News(**{**row, "at": time_of(row["at"])}) for row in rows]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of one's own with the practice that it is about. `answer` None: it waits."""

    practice: int
    text: str
    at: datetime
    answer: str | None
    author: str | None


def asked_by(store: Store, person: int) -> list[Asked]:
    """All questions of somebody about their practices, the newest first."""
    rows = store.rows(
        """SELECT c.practice, q.text, q.at, q.answer, a.name AS author
           FROM questions AS q JOIN scorecards AS s ON s.id = q.scorecard
           JOIN conversations AS c ON c.id = s.conversation
           LEFT JOIN people AS a ON a.id = q.answered_by
           WHERE q.person = ? AND c.practice IS NOT NULL ORDER BY q.id DESC""",
        (person,),
    )
    return [Asked(**{**row, "at": time_of(row["at"])}) for row in rows]


def mark_seen(store: Store, person: int, at: datetime, until: datetime | None = None) -> None:
    """All news of somebody were shown, or those up to a time: later ones were not on the page."""
    last = text_of(at if until is None else until)
    asked = """UPDATE questions SET seen_at = ?1
               WHERE person = ?2 AND answered_at <= ?3 AND seen_at IS NULL"""
    noted = """UPDATE notes SET seen_at = ?1 WHERE seen_at IS NULL AND at <= ?3
               AND conversation IN (SELECT c.id FROM conversations AS c
                 JOIN practices AS p ON p.id = c.practice WHERE p.person = ?2)"""
    store.write(lambda t: [t.run(sql, (text_of(at), person, last)) for sql in (asked, noted)])


def note(
    store: Store, conversation: int, message: int | None, by: int, text: str, at: datetime
) -> int:
    """Leave a note at a message of a conversation; its id."""
    row = {"conversation": conversation, "message": message, "text": _told(text), "author": by,
           "at": text_of(at)}  # fmt: skip
    return store.write(lambda t: t.insert("notes", row))


def notes(store: Store, conversation: int) -> list[Note]:
    """The notes on a conversation, in the order of its messages."""
    sql = "SELECT * FROM notes WHERE conversation = ? ORDER BY message, id"
    return [_note(row) for row in store.rows(sql, (conversation,))]


def _told(text: str) -> str:
    told = text.strip()
    if not told or len(told) > LONGEST:
        raise UnreadableInput(f"write 1 to {LONGEST} characters")
    return told


def _question(row: Row) -> Question:
    times = {key: maybe(row[key]) for key in ("answered_at", "seen_at")}
    return Question(**{**row, **times, "at": time_of(row["at"])})


def _note(row: Row) -> Note:
    return Note(**{**row, "at": time_of(row["at"]), "seen_at": maybe(row["seen_at"])})
