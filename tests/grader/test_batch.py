"""Batches: order, faults, equal bytes on workers, memory that does not grow."""

from __future__ import annotations

import json
import os
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.batch import Graded, Item, grade_each, graded, line_of, opened
from grader.cluster import CHUNK, check_workers, cluster_at, grade_on, local_workers
from grader.encoders import open_encoder, settled
from grader.identity import differences, identity
from grader.specs import check_spec
from transcripts.canonical import parse
from transcripts.errors import MissingModel, UnreadableInput


@dataclass(frozen=True)
class Shout:
    """Answers in capitals; a text that is a path ends the process unless the path exists."""

    key: str = "shout"

    def open(self) -> Callable[[str], str]:
        return self._make

    def _make(self, text: str) -> str:
        if text.startswith("/"):
            if not os.path.exists(text):
                with open(text, "x"):
                    os._exit(1)
            return "survived"
        if text == "fault":
            raise ValueError("text of a customer")
        return text.upper()


@dataclass(frozen=True)
class Elsewhere:
    """A work whose files are not there."""

    key: str = "elsewhere"

    def open(self) -> Callable[[str], str]:
        raise MissingModel("no model in /nowhere")


def items(count: int) -> Iterator[Item]:
    return (Item("f", f"text {n}") for n in range(count))


def test_one_process_grades_in_order_and_opens_once() -> None:
    assert [done.line for done in grade_each(items(3), Shout())] == ["TEXT 0", "TEXT 1", "TEXT 2"]
    assert opened(Shout()) == opened(Shout())


def test_a_fault_costs_one_conversation_and_tells_no_text() -> None:
    make = Shout().open()
    done = graded(Item("f", "fault"), make)
    assert done.line is None
    assert "ValueError in test_batch.py:" in (done.fault or "")
    assert "customer" not in (done.fault or "")


def test_a_line_of_canonical_json_reads_back() -> None:
    row = {
        "id": "a",
        "lang": "zh",
        "facts": ["生鲜签收 24 小时内包赔"],
        "messages": [
            {"role": "customer", "at": "2026-03-02T10:00:00+08:00", "text": "烂了\n一半", "k": [1]},
            {"role": "action", "text": "issue_refund", "data": {"amount": 30}},
        ],
        "incomplete": True,
    }
    line = line_of(parse(row))
    assert "\n" not in line
    assert json.loads(line) == row
    assert line_of(parse(json.loads(line))) == line


def test_memory_does_not_grow_with_the_input() -> None:
    """20,000 against 5,000 items, three times over so that caches are warm."""

    def peak(count: int) -> int:
        tracemalloc.start()
        total = sum(len(done.line or "") for done in grade_each(items(count), Shout()))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert total > 0
        return most

    peak(5_000)
    assert peak(20_000) <= 1.1 * peak(5_000) + 1_000


class OneProcessClient:
    """What `grade_on` needs of a Dask client, in this process; counts what is under way."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self.under_way = 0
        self.most = 0
        self.sizes: list[int] = []

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        assert n_workers == -1
        return {"workers": dict.fromkeys(range(self._workers))}

    def submit(self, run: Any, work: Any, chunk: list[Item], asker: Any, pure: bool) -> Any:
        assert not pure
        assert asker == identity()
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        self.sizes.append(len(chunk))
        return Future(self, [graded(item, work.open()) for item in chunk])

    def run(self, function: Any, on_error: str) -> dict[str, Any]:
        assert on_error == "return"
        return {f"tcp://{n}": function() for n in range(self._workers)}


@dataclass
class Future:
    client: OneProcessClient
    done: list[Graded]

    def result(self) -> list[Graded]:
        self.client.under_way -= 1
        return self.done


@pytest.mark.parametrize("count", [0, 1, CHUNK, CHUNK + 1, 1000])
def test_chunks_stand_in_order_and_few_are_under_way(count: int) -> None:
    client = OneProcessClient(workers=2)
    lines = [done.line for done in grade_on(client, items(count), Shout())]
    assert lines == [done.line for done in grade_each(items(count), Shout())]
    assert client.most <= 4
    assert all(size <= 64 for size in client.sizes)


def test_a_cluster_reads_no_further_than_it_grades() -> None:
    read = 0

    def counted() -> Iterator[Item]:
        nonlocal read
        for item in items(10_000):
            read += 1
            yield item

    done = grade_on(OneProcessClient(workers=2), counted(), Shout())
    next(done)
    assert read == 4 * CHUNK


def test_workers_of_another_version_are_refused_by_name() -> None:
    client = OneProcessClient(workers=2)
    check_workers(client, "tcp://s")
    other = identity() | {"kefu": "9.9"}
    client.run = lambda function, on_error: {  # type: ignore[method-assign]
        "tcp://a": identity(),
        "tcp://b": other,
        "tcp://c": ModuleNotFoundError("No module named 'grader'"),
    }
    with pytest.raises(MissingModel) as told:
        check_workers(client, "tcp://s")
    first, second = str(told.value).splitlines()
    assert first.startswith("worker tcp://b is of another version")
    assert f"kefu 9.9, here {identity()['kefu']}" in first
    assert "tcp://c cannot run kefu" in second
    with pytest.raises(UnreadableInput, match="no workers"):
        check_workers(OneProcessClient(workers=0), "tcp://s")


def test_differences_are_named() -> None:
    assert differences(identity()) == []
    assert differences({}) == [f"{key} none, here {value}" for key, value in identity().items()]


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingModel, match=r"pip install 'kefu\[cluster\]'"), local_workers(2):
        pass


@pytest.mark.parametrize("spec", ["", "bert", "sentence-transformers:", "sentence-transformers"])
def test_unknown_encoders_are_refused(spec: str) -> None:
    with pytest.raises(UnreadableInput, match="write embedded"):
        check_spec(spec)
    with pytest.raises(UnreadableInput):
        open_encoder(spec)


def test_the_default_encoder_is_the_embedded_one() -> None:
    assert open_encoder().name.startswith("embedded:")


def test_a_bigger_encoder_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingModel, match=r"pip install 'kefu\[neural\]'"):
        open_encoder("sentence-transformers:some/model")


def test_a_folder_is_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("minilm").mkdir()
    assert settled("sentence-transformers:minilm") == f"sentence-transformers:{tmp_path}/minilm"
    assert settled("sentence-transformers:all-MiniLM") == "sentence-transformers:all-MiniLM"
    assert settled("embedded") == "embedded"


@contextmanager
def by_value() -> Iterator[None]:
    """Workers cannot import this test, so its classes travel whole."""
    cloudpickle = pytest.importorskip("cloudpickle")
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    try:
        yield
    finally:
        cloudpickle.unregister_pickle_by_value(sys.modules[__name__])


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_two_workers_give_the_same_lines_and_a_lost_one_is_replaced(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    mixed = [*items(300), Item("f", "fault"), *items(10)]
    deadly = [*items(200), Item("f", str(tmp_path / "died")), *items(100)]
    with by_value(), local_workers(2) as client:
        found = list(grade_on(client, iter(mixed), Shout()))
        survived = [done.line for done in grade_on(client, iter(deadly), Shout())]
        with pytest.raises(MissingModel, match=r"worker tcp://.*: no model in /nowhere"):
            list(grade_on(client, items(1), Elsewhere()))
        with cluster_at(client.scheduler.address) as other:
            assert [done.line for done in grade_on(other, items(2), Shout())] == [
                "TEXT 0",
                "TEXT 1",
            ]
    assert found == list(grade_each(iter(mixed), Shout()))
    assert survived[200] == "survived"
    assert [line for line in survived if line != "survived"] == [
        done.line for done in grade_each((*items(200), *items(100)), Shout())
    ]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_scheduler_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("grader.cluster.CONNECT_SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(UnreadableInput, match="no Dask scheduler answers"), cluster_at(address):
            pass
