"""What was played and graded by, kept by its hash: an old result can always be explained."""

from __future__ import annotations

import json
from typing import Any, Final, Literal, TypeVar

from rubrics.schema import Rubric
from scenarios.schema import Persona, Scenario
from store.database import Store, Transaction
from transcripts.errors import Refused, UnreadableInput

Kind = Literal["scenario", "persona", "rubric"]
Content = Scenario | Persona | Rubric
C = TypeVar("C", Scenario, Persona, Rubric)
_KINDS: Final[dict[type[Content], Kind]] = {
    Scenario: "scenario", Persona: "persona", Rubric: "rubric",
}  # fmt: skip


def body_of(content: Content) -> str:
    """As JSON that reads back to the same version."""
    return json.dumps(content.model_dump(mode="json", by_alias=True), ensure_ascii=False)


def keep_content(transaction: Transaction, content: Content, body: str) -> str:
    """Keep a scenario, persona or rubric with its `body_of`, once; its hash."""
    row = {"hash": content.version, "kind": _KINDS[type(content)], "body": body}
    transaction.insert_new("contents", row)
    return content.version


def rubric_at(store: Store, version: str) -> Rubric:
    """The rubric of a hash. `Refused` if this kefu reads it differently now."""
    return _same(Rubric.model_validate(_body(store, "rubric", version)), version)


def scenario_at(store: Store, version: str) -> Scenario:
    """The scenario of a hash; errors as of `rubric_at`."""
    return _same(Scenario.model_validate(_body(store, "scenario", version)), version)


def persona_at(store: Store, version: str) -> Persona:
    """The persona of a hash; errors as of `rubric_at`."""
    return _same(Persona.model_validate(_body(store, "persona", version)), version)


def _body(store: Store, kind: Kind, version: str) -> Any:
    sql = "SELECT body FROM contents WHERE hash = ? AND kind = ?"
    body = store.value(sql, (version, kind))
    if body is None:
        raise UnreadableInput(f"there is no {kind} {version} in the store")
    return json.loads(body, object_hook=_with_numbers)


def _with_numbers(found: dict[str, Any]) -> dict[Any, Any]:
    """Keys that are numbers in a rubric (points by emotion), which JSON has made texts."""
    if found and all(key.isdecimal() for key in found):
        return {int(key): value for key, value in found.items()}
    return found


def _same(content: C, version: str) -> C:
    if content.version != version:
        raise Refused(
            f"{content.id} was kept as {version[:19]}… and this kefu reads it as "
            f"{content.version[:19]}…; what was made with it stays as it is, and nothing new "
            "can be made with it."
        )
    return content
