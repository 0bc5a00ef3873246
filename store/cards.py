"""Scorecards: kept as the very line that the grader wrote, beside their conversation.

A card is never changed. Grading again by another rubric or model adds one, which is then shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.database import Store, Transaction
from store.times import text_of


def keep_card(transaction: Transaction, conversation: int, line: str, at: datetime) -> int | None:
    """Keep a card; its id. None if this conversation has one of the same rubric and grader."""
    card = json.loads(line)
    number = transaction.insert_new("scorecards", _row(conversation, card, line, at))
    if number is None:
        return None
    for name, result in card["criteria"].items():
        row = {"scorecard": number, "criterion": name, "score": result["score"]}
        transaction.insert("scores", row)
    sql = "UPDATE conversations SET scorecard = ?, fault = NULL WHERE id = ?"
    transaction.run(sql, (number, conversation))
    return number


def card_line(store: Store, scorecard: int) -> str | None:
    """The line of a card, byte for byte."""
    found = store.value("SELECT line FROM scorecards WHERE id = ?", (scorecard,))
    return None if found is None else str(found)


def maker_of(card: Mapping[str, Any]) -> str:
    """By what a card was made, beside the rubric."""
    grader = card["grader"]
    return " ".join(str(grader[key]) for key in ("version", "encoder", "model"))


def _row(conversation: int, card: Mapping[str, Any], line: str, at: datetime) -> dict[str, Any]:
    return {
        "conversation": conversation,
        "rubric": card["rubric"]["version"],
        "maker": maker_of(card),
        "at": text_of(at),
        "overall": card["overall"],
        "passed": card["passed"],
        "coverage": card["coverage"],
        "confidence": card["confidence"],
        "review": card["review"],
        "critical": len(card["critical"]),
        "line": line,
    }
