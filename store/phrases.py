"""People's own quick phrases, beside those of the shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from store.database import Store, Transaction
from store.declined import Declined
from transcripts.types import Language

LONGEST: Final = 300
MOST: Final = 50
"""Phrases of one person in one language."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it was written."""

    id: int
    text: str


def own_phrases(store: Store, person: int, lang: Language) -> list[Phrase]:
    """Somebody's phrases in a language, the oldest first."""
    sql = "SELECT id, text FROM phrases WHERE person = ? AND lang = ? ORDER BY id"
    return [Phrase(row["id"], row["text"]) for row in store.rows(sql, (person, lang))]


def add_phrase(store: Store, person: int, lang: Language, text: str) -> int:
    """Keep a phrase; its id. `Declined` if it is empty or too long, or there are `MOST`."""
    row = {"person": person, "lang": lang, "text": _told(text)}

    def add(transaction: Transaction) -> int:
        sql = "SELECT count(*) FROM phrases WHERE person = ? AND lang = ?"
        if transaction.value(sql, (person, lang)) >= MOST:
            raise Declined("many_phrases", "{n} phrases are the most; delete one first", n=MOST)
        return transaction.insert("phrases", row)

    return store.write(add)


def change_phrase(store: Store, person: int, number: int, text: str) -> None:
    """Write a phrase anew. `Declined` if it is none of this person's."""
    told = _told(text)
    sql = "UPDATE phrases SET text = ? WHERE id = ? AND person = ?"
    if not store.write(lambda t: t.run(sql, (told, number, person))):
        raise Declined("no_phrase", "there is no such phrase of yours")


def drop_phrase(store: Store, person: int, number: int) -> None:
    """Delete a phrase. One that is gone already, or somebody else's, stays as it is."""
    sql = "DELETE FROM phrases WHERE id = ? AND person = ?"
    store.write(lambda t: t.run(sql, (number, person)))


def _told(text: str) -> str:
    told = " ".join(text.split())
    if not told or len(told) > LONGEST:
        raise Declined("phrase_length", "a phrase has 1 to {n} characters", n=LONGEST)
    return told
