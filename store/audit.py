"""Who looked at, exported or changed what. Rows are added, and go only with retention."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import Store
from store.times import text_of, time_of


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the log. `person` None: from the shell. `login` None once the account is gone."""

    id: int
    at: datetime
    person: int | None
    login: str | None
    action: str
    subject: str | None
    detail: Mapping[str, Any]


def note_deed(store: Store, person: int | None, action: str, subject: str | None, at: datetime,
         **detail: Any) -> None:  # fmt: skip
    """Write down that something was seen or done. Ids and counts, never texts of conversations."""
    row = {
        "at": text_of(at),
        "person": person,
        "action": action,
        "subject": subject,
        "detail": json.dumps(detail, ensure_ascii=False) if detail else None,
    }
    store.write(lambda t: t.insert("audit", row))


def deeds(
    store: Store, *, person: int | None = None, before: int | None = None, most: int = 100
) -> list[Deed]:
    """The log, newest first; `before` is the id of the last line of the page before."""
    rows = store.rows(
        """SELECT audit.*, people.login FROM audit LEFT JOIN people ON people.id = audit.person
           WHERE (?1 IS NULL OR audit.person = ?1) AND (?2 IS NULL OR audit.id < ?2)
           ORDER BY audit.id DESC LIMIT ?3""",
        (person, before, most),
    )
    return [
        Deed(row["id"], time_of(row["at"]), row["person"], row["login"], row["action"],
             row["subject"], json.loads(row["detail"] or "{}"))
        for row in rows
    ]  # fmt: skip
