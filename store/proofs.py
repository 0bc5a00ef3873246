"""What came of checking a text, kept by the hash of everything that it was checked with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from store.database import Store, Transaction
from store.times import text_of

NEWEST = 12
"""Results of one name that are kept; older ones are made again when somebody asks."""
Result = dict[str, Any]


def keep_proof(
    store: Store, hash: str, kind: str, name: str, result: Result, at: datetime
) -> None:  # fmt: skip
    """Keep a result; one of the same hash is the same and stays."""
    row = {"hash": hash, "kind": kind, "name": name, "at": text_of(at),
           "result": json.dumps(result, ensure_ascii=False)}  # fmt: skip

    def keep(transaction: Transaction) -> None:
        transaction.insert_new("proofs", row)
        transaction.run(
            """DELETE FROM proofs WHERE kind = ?1 AND name = ?2 AND hash NOT IN (
               SELECT hash FROM proofs WHERE kind = ?1 AND name = ?2 ORDER BY at DESC LIMIT ?3)""",
            (kind, name, NEWEST),
        )

    store.write(keep)


def proofs(store: Store, hashes: Sequence[str]) -> dict[str, Result]:
    """The results that are there, by hash."""
    rows = store.rows(
        "SELECT hash, result FROM proofs WHERE hash IN (SELECT value FROM json_each(?))",
        (json.dumps(list(hashes)),),
    )
    return {row["hash"]: json.loads(row["result"]) for row in rows}
