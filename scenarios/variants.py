"""From a template to its variants: each row of `vary` fills placeholders and keeps what is its own.

`{name}` in a text becomes the row's value; a text that is one placeholder becomes the value itself,
so numbers stay numbers. A part with `only: {name: value}` (or a list of values) is left out of the
variants whose row says otherwise; in a list of lines, `{only: …, line: …}` stands for its line.
`{counter}` and `{offered}` are sums that the session fills in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from rubrics.faults import Place
from rubrics.nearest import did_you_mean
from rubrics.yaml_file import Document
from transcripts.errors import Fault, InvalidFile

RUNTIME: Final = frozenset({"counter", "offered"})
_NAME: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_GONE: Final = object()
Row = Mapping[str, Any]


def variants(document: Document) -> list[tuple[Row, Document]]:
    """Each row with the template filled by it; one without rows. InvalidFile lists all faults.

    The lines of a filled document are those of the template.
    """
    found, faults = filled(document)
    if faults:
        raise InvalidFile(faults)
    return found


def filled(document: Document) -> tuple[list[tuple[Row, Document]], list[Fault]]:
    """What `variants` gives, with the faults beside it: unknown names are left as they stand."""
    data = document.data
    if not isinstance(data, dict):
        return [], [Fault(document.file, 1, "the file must hold keys and values")]
    rows = data.get("vary", [{}])
    faults = list(_row_faults(document, rows))
    if faults:
        return [], faults
    template = {key: value for key, value in data.items() if key != "vary"}
    found = []
    for row in rows:
        filler = _Filler(document, row)
        whole = filler.fill(template, (), ())
        faults += [fault for fault in filler.faults if fault not in faults]
        found.append((row, Document(document.file, whole, filler.lines)))
    return found, faults


def _row_faults(document: Document, rows: Any) -> Iterator[Fault]:
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        yield document.fault(("vary",), "vary must be a list of rows, each with names and values")
        return
    for number, row in enumerate(rows):
        for name in row:
            if not isinstance(name, str) or not _NAME.fullmatch(f"{{{name}}}") or name in RUNTIME:
                message = f"{name!r} cannot be a name here; use small letters, digits and _"
                yield document.fault(("vary", number, name), message)
        missing = sorted(set(rows[0]) ^ set(row))
        if missing:
            names = ", ".join(missing)
            message = f"the rows differ in: {names}; give every row the same names"
            yield document.fault(("vary", number), message)


class _Filler:
    """Fills a template by one row; keeps where each filled part came from."""

    def __init__(self, document: Document, row: Row) -> None:
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []
        self._document = document
        self._row = row

    def fill(self, value: Any, old: Place, new: Place) -> Any:
        """The filled value, or _GONE if it belongs to other variants."""
        line = self._document.line(old)
        if line is not None:
            self.lines[new] = line
        if isinstance(value, str):
            return self._text(value, old)
        if isinstance(value, list):
            return self._list(value, old, new)
        if isinstance(value, dict):
            return self._dict(value, old, new)
        return value

    def _list(self, value: list[Any], old: Place, new: Place) -> list[Any]:
        kept: list[Any] = []
        for number, item in enumerate(value):
            filled = self.fill(item, (*old, number), (*new, len(kept)))
            if filled is not _GONE:
                kept.append(filled)
        return kept

    def _dict(self, value: dict[Any, Any], old: Place, new: Place) -> Any:
        only = value.get("only")
        if only is not None and not self._mine(only, (*old, "only")):
            return _GONE
        if set(value) == {"only", "line"}:
            return self.fill(value["line"], (*old, "line"), new)
        kept = {}
        for key, item in value.items():
            if key != "only":
                filled = self.fill(item, (*old, key), (*new, key))
                if filled is not _GONE:
                    kept[key] = filled
        return kept

    def _mine(self, only: Any, place: Place) -> bool:
        if not isinstance(only, dict) or not only:
            self._fault(place, "only must name values of the row, such as {at_fault: courier}")
            return True
        for name, wanted in only.items():
            if name not in self._row:
                self._fault(place, f"no {name!r} in vary{did_you_mean(str(name), self._row)}")
            elif self._row[name] not in (wanted if isinstance(wanted, list) else [wanted]):
                return False
        return True

    def _text(self, text: str, place: Place) -> Any:
        whole = _NAME.fullmatch(text)
        if whole and whole[1] in self._row:
            return self._row[whole[1]]

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name in self._row:
                found = self._row[name]
                return f"{found:g}" if isinstance(found, float) else str(found)
            if name not in RUNTIME:
                self._fault(place, f"no {name!r} in vary{did_you_mean(name, self._row)}")
            return match[0]

        return _NAME.sub(value, text)

    def _fault(self, place: Place, message: str) -> None:
        self.faults.append(self._document.fault(place, message))
