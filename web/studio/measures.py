"""A rubric at a glance, also while it has faults: weights and their sum, limits, examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rubrics.ids import CRITICALS
from rubrics.yaml_file import parse_yaml
from transcripts.errors import InvalidFile
from transcripts.types import Language

Told = dict[str, Any]
Say = Callable[..., str]


def measures(text: str, lang: Language, say: Say) -> Told | None:
    """What a rubric weighs and where it stops; None where the text is no YAML."""
    try:
        document = parse_yaml(text, "rubric.yaml")
    except InvalidFile:
        return None
    data = document.data if isinstance(document.data, dict) else {}
    criteria = data.get("criteria")
    known = criteria if isinstance(criteria, dict) else {}
    rows: list[Told] = []
    for name, spec in known.items():
        one = spec if isinstance(spec, dict) else {}
        rows.append({
            "id": str(name),
            "name": _words(one.get("name"), lang) or str(name),
            "kind": str(one.get("kind", "")),
            "weight": _number(one.get("weight")),
            "review": one.get("review") is True,
            "line": document.line(("criteria", name)),
            "examples": _examples(one, lang),
        })  # fmt: skip
    total = round(sum(row["weight"] or 0 for row in rows), 4)
    gates = data.get("gates")
    return {
        "criteria": rows,
        "sum": total,
        "whole": abs(total - 1) <= 0.001,
        "pass_mark": _number(data.get("pass_mark", 60)),
        "coverage": _number(data.get("minimum_coverage")),
        "critical": _critical(data, say),
        "critical_cap": _number(data.get("critical_cap")),
        "gates": [_gate(one, known, lang) for one in gates or () if isinstance(one, dict)],
        "usual_gates": gates is None,
    }


def _gate(gate: Mapping[str, Any], criteria: Mapping[str, Any], lang: Language) -> Told:
    spec = criteria.get(str(gate.get("criterion")))
    name = _words(spec.get("name"), lang) if isinstance(spec, dict) else ""
    rating, score = _number(gate.get("rating_at_most")), _number(gate.get("score_at_most"))
    return {
        "name": name or str(gate.get("criterion", "")),
        "rating": rating,
        "score": score,
        "cap": _number(gate.get("cap")),
    }


def _critical(data: Mapping[str, Any], say: Say) -> list[str]:
    """The critical errors that a rubric names, as people call them."""
    return [say(f"critical.{one}") for one in data.get("critical") or () if one in CRITICALS]


def _examples(spec: Mapping[str, Any], lang: Language) -> list[Told]:
    """Sentences that a criterion was given: good, bad, or how a statement may be put."""
    found = [
        {"side": side, "text": str(one)}
        for side in ("good", "bad")
        for one in spec.get(side) or ()
        if isinstance(one, str)
    ]
    for statement in spec.get("statements") or ():
        if isinstance(statement, dict):
            name = _words(statement.get("name"), lang)
            ways = [str(one) for one in statement.get("examples") or () if isinstance(one, str)]
            found.append({"side": "must", "text": " / ".join((name, *ways[:2]))})
    return found


def _words(text: Any, lang: Language) -> str:
    if isinstance(text, dict):
        return str(text.get("en" if lang == "en" else "zh") or "")
    return str(text or "")


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
