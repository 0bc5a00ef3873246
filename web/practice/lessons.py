"""Paths of scenarios as lessons: played and graded once a server, when first asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import lru_cache
from typing import Final

from scenarios.load import load_scenario
from simulator.lesson import Lesson, lesson
from simulator.paths import Prover
from web.services import Services

HELD: Final = 200
"""Lessons in memory."""
_Key = tuple[str, str, str, str]


class Lessons:
    """The good and the poor path of every scenario and variant."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._guard = threading.Lock()
        self._making: dict[_Key, threading.Lock] = {}
        self._made: OrderedDict[_Key, Lesson] = OrderedDict()

    def of(self, scenario: str, variant: int, path: str) -> Lesson:
        """A path in a variant; `UnreadableInput` or `Refused` where there is none.

        It takes a second or two the first time; whoever asks meanwhile waits for the same.
        """
        folders = self._services.folders
        shelved = load_scenario(scenario, folders.scenarios)
        variant %= len(shelved.variants)
        prover = Prover(self._services.model.get(), folders.personas, folders.rubrics)
        filled = shelved.variants[variant]
        persona = prover.case(shelved, variant).persona.version
        key = (filled.version, persona, prover.rubric(filled).version, path)
        with self._guard:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._guard:
                if key in self._made:
                    self._made.move_to_end(key)
                    return self._made[key]
            made = lesson(shelved, variant, path, prover)
            with self._guard:
                self._made[key] = made
                while len(self._made) > HELD:
                    self._making.pop(self._made.popitem(last=False)[0], None)
        return made


@lru_cache(maxsize=4)
def lessons_of(services: Services) -> Lessons:
    """The lessons of a server, the same for every language."""
    return Lessons(services)
