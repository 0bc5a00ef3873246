"""The agent's workbench: looking things up, paying, sending, asking the supervisor, the order note.

An action over the limit is done and marked, as in shops where the till allows it and the audit
finds it; what the supervisor allows moves the limit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from scenarios.parts import Supervisor
from scenarios.schema import Scenario
from simulator.heard import Heard
from simulator.moment import Moment, cents, holds
from simulator.state import State
from transcripts.errors import Refused
from transcripts.types import Language, Message

LIMITS: Final = {"issue_refund": "refund_max", "send_coupon": "coupon_max", "resend": "resend_max"}
MOST: Final = 1e7
"""No sum is larger."""
COUNTED: Final = frozenset({"resend"})
"""Actions that are limited in how often they are done, not in a sum."""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "look_up": ("what",), "issue_refund": ("amount",), "send_coupon": ("amount",),
    "resend": ("item",), "open_trace": (), "ask_supervisor": ("question",),
    "change_address": ("address",), "write_note": ("fields",), "send_picture": ("file",),
}  # fmt: skip
PANELS: Final = ("order", "logistics", "product", "policy")
_NO_RULE: Final[Mapping[Language, str]] = {
    "zh": "按规定处理，超出权限的不批。",
    "zh-Hant": "照規定處理，超出權限的不准。",
    "en": "Follow the policy; nothing beyond your limit.",
}


@dataclass(frozen=True, slots=True)
class Done:
    """What an action came to: its data as recorded, the state, the limits from now on."""

    data: Mapping[str, Any]
    state: State
    authority: Mapping[str, float]
    shown: tuple[str, ...] = ()
    """What the workbench shows the agent: facts looked up, the supervisor's answer."""


def do(
    action: str,
    data: Mapping[str, Any],
    scenario: Scenario,
    state: State,
    authority: Mapping[str, float],
) -> Done:
    """Do an action. `Refused` names what is wrong with it and what it needs."""
    if action not in NEEDED:
        raise Refused(f"no action {action!r}; there are: {', '.join(NEEDED)}")
    missing = [name for name in NEEDED[action] if data.get(name) in (None, "")]
    if missing:
        raise Refused(f"{action} needs {', '.join(missing)}")
    recorded = dict(data)
    shown: tuple[str, ...] = ()
    worth = 1
    if action in LIMITS:
        counted = action in COUNTED
        worth = 1 if counted else _amount(action, data)
        limit = authority.get(LIMITS[action])
        spent = state.did.get(action, 0)
        if limit is not None and spent + worth > (limit if counted else cents(limit)):
            recorded["over_limit"] = True
    elif action == "look_up":
        shown = tuple(fact.text for fact in scenario.facts if fact.where == _panel(data))
    elif action == "ask_supervisor":
        answered = _supervisor(str(data["question"]), scenario, state)
        recorded["answer"] = _NO_RULE[scenario.lang] if answered is None else answered.answer
        shown = (recorded["answer"],)
        if answered is not None:
            authority = {**authority, **{str(k): v for k, v in answered.allows.items()}}
    did = {**state.did, action: state.did.get(action, 0) + worth}
    return Done(recorded, replace(state, did=did), authority, shown)


def changes(before: Sequence[Message], fields: Any) -> list[dict[str, str]]:
    """What a new order note changes in the last values of each field: the old text stays on record.

    Its time is that of the action.
    """
    if not isinstance(fields, Mapping):
        raise Refused("write_note needs fields: a name and a value for each")
    old: dict[str, str] = {}
    for message in before:
        if message.role == "action" and message.text == "write_note":
            old |= {str(name): str(value) for name, value in (message.data or {})["fields"].items()}
    return [
        {"field": str(name), "old": old[str(name)], "new": str(value)}
        for name, value in fields.items()
        if old.get(str(name), str(value)) != str(value)
    ]


def _amount(action: str, data: Mapping[str, Any]) -> int:
    amount = data["amount"]
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 < amount <= MOST:
        raise Refused(f"{action} needs an amount above 0, up to {MOST:.0f}; {amount!r} is none")
    return cents(float(amount))


def _panel(data: Mapping[str, Any]) -> str:
    panel = str(data["what"])
    if panel not in PANELS:
        raise Refused(f"nothing to look up under {panel!r}; there are: {', '.join(PANELS)}")
    return panel


def _supervisor(question: str, scenario: Scenario, state: State) -> Supervisor | None:
    moment = Moment(state, Heard())
    for rule in scenario.supervisor:
        asked = not rule.words or any(re.search(word, question, re.I) for word in rule.words)
        if asked and holds(rule.when, moment):
            return rule
    return None
