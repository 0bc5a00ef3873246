"""What was worked out last, for many threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """The values that were put in or asked for last, `size` at most. Any thread may use it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: OrderedDict[Key, Value] = OrderedDict()
        self._guard = Lock()

    def get(self, key: Key) -> Value | None:
        """The value of a key, if it is still known."""
        with self._guard:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
            return known

    def put(self, key: Key, value: Value) -> None:
        """Remember a value, and forget what nobody has asked for the longest."""
        with self._guard:
            self._known[key] = value
            self._known.move_to_end(key)
            if len(self._known) > self._size:
                self._known.popitem(last=False)
