"""Names of things that do not exist: in conditions, changes, ways onward, and on the shelves."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rubrics.faults import Place
from rubrics.nearest import did_you_mean
from scenarios.checks.checked import Checked, Found
from scenarios.checks.walk import changes, conditions, marks, ways_on
from scenarios.load import common_hears
from scenarios.parts import ENDINGS
from scenarios.schema import Scenario


def name_faults(checked: Checked) -> Found:
    """Names that must be there in each variant, with the nearest one that is."""
    scenario = checked.scenario
    yield from _shelved(checked)
    yield from _in_changes(scenario)
    yield from _onward(scenario)
    yield from _asked(scenario)


def _shelved(checked: Checked) -> Found:
    scenario, known = checked.scenario, checked.shelves
    yield from _unknown("persona", [scenario.persona], known.personas, ("persona",))
    yield from _unknown("rubric", [scenario.rubric], known.rubrics, ("rubric",))
    for state, rules in scenario.states.items():
        for number, rule in enumerate(rules):
            if rule.picture is not None:
                place: Place = ("states", state, number, "picture")
                yield from _unknown("picture", [rule.picture], known.pictures, place)
    for name, entry in scenario.knows.items():
        if entry.picture is not None:
            place = ("knows", name, "picture")
            yield from _unknown("picture", [entry.picture], known.pictures, place)


def condition_faults(checked: Checked) -> Found:
    """Names in conditions that mean nothing in any variant."""
    variants = checked.variants
    known: tuple[tuple[str, set[str], str], ...] = (
        ("hears", {name for one in variants for name in one.hears}, "name in hears"),
        ("asks", {name for one in variants for name in one.knows}, "name in knows"),
        ("revealed", {name for one in variants for name in one.knows}, "name in knows"),
        ("not_revealed", {name for one in variants for name in one.knows}, "name in knows"),
        ("done", {name for one in variants for name in one.goals}, "goal"),
        ("not_done", {name for one in variants for name in one.goals}, "goal"),
    )
    told = sorted({name for one in variants for name in marks(one)})
    for place, when in conditions(checked.scenario):
        for key, names, what in known:
            yield from _unknown(what, getattr(when, key), sorted(names), (*place, key))
        for key in ("told", "not_told"):
            for name in getattr(when, key):
                if name not in told:
                    near = did_you_mean(name, told)
                    message = f"nothing ever sets {name!r}; add it to hears or to marks{near}"
                    yield (*place, key), message


def _in_changes(scenario: Scenario) -> Found:
    for place, change, _ in changes(scenario):
        for key, known, what in (
            ("opens", scenario.questions, "question"),
            ("closes", scenario.questions, "question"),
            ("reveals", scenario.knows, "name in knows"),
        ):
            yield from _unknown(what, getattr(change, key), known, (*place, key))
    if scenario.deal is not None:
        told = tuple(marks(scenario))
        yield from _unknown(
            "name in hears", scenario.deal.reasons, told, ("deal", "reasons"), keys=True
        )


def _onward(scenario: Scenario) -> Found:
    known = (*scenario.states, *ENDINGS)
    for place, _, where in ways_on(scenario):
        more = ("leaves", "takes") if place[0] == "deal" else ()
        yield from _unknown("state or ending", [where], (*known, *more), place)


def _asked(scenario: Scenario) -> Found:
    ways = {*common_hears(scenario.lang), *scenario.hears}
    for name, known in scenario.knows.items():
        asked = known.asked or name
        if asked not in ways:
            place: Place = ("knows", name, "asked") if known.asked else ("knows", name)
            near = did_you_mean(asked, sorted(ways))
            yield (
                place,
                f"no way of asking is called {asked!r}; add it to hears, or give asked{near}",
            )


def _unknown(
    what: str, names: Iterable[str], known: Collection[str], place: Place, keys: bool = False
) -> Found:
    for number, name in enumerate(names):
        if name not in known:
            inner: Place = (*place, name if keys else number)
            near = did_you_mean(name, known)
            yield inner, f"no {what} {name!r}{near or '; there is none yet, add it'}"
