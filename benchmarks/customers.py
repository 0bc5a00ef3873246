"""How fast the simulated customer answers, and how like real ones it writes.

    python benchmarks/customers.py [--sessions N] [--real FILE]

step      one reply heard and answered, at turns 3–7 and 48–52: median, in milliseconds of the
          processor (bar: under 20, and equal); the part of it that asks no model; and the texts
          that are encoded for it, which cost most and are the same on any machine
realism   the customers of N simulated sessions (half played by the scenarios' own scripted agents,
          half by random ones) beside the customers of real chats (JDDC's format), the same number
          of messages: length in characters, distinct-2 (distinct among all pairs of neighbouring
          characters), lines that the same customer repeats, lines that occur more than once in all

Only figures are printed, never a text. Without the file of real chats their column is left out.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

from grader.encoder import Cached, EmbeddedEncoder
from grader.model import Model, load_model
from grader.normalise import normalise
from scenarios.load import Shelved, known_scenarios, load_persona, load_scenario
from scenarios.parts import Entry
from scenarios.schema import Persona
from simulator.fuzz import BAD, GOOD
from simulator.play import ears, play
from simulator.session import Session
from simulator.state import Case
from simulator.step import step
from transcripts.read import Reject, read_many

ROOT = Path(__file__).parents[1]
REAL = ROOT / ".." / "shared" / "real" / "jddc_chat.txt"
TURNS = 52
EARLY, LATE = (3, 7), (48, 52)
RUNS = 5
BAR_MS = 20.0
PICTURES = ("[图片]", "[圖片]", "[photo]")
Talk = list[list[str]]
"""What each customer wrote, message by message."""


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=300)
    parser.add_argument("--real", type=Path, default=REAL)
    options = parser.parse_args()
    encoder = EmbeddedEncoder()
    model = load_model(None, Cached(encoder))
    steps(model, encoder)
    realism(model, options.sessions, options.real)


# --- one step


def steps(model: Model, encoder: EmbeddedEncoder) -> None:
    """The median of one reply early and late in a conversation that a customer never leaves."""
    whole: dict[str, list[float]] = {"early": [], "late": []}
    words: dict[str, list[float]] = {"early": [], "late": []}
    passes: list[int] = []
    for run in range(RUNS):
        case = patient(run)
        session = Session(case, ears(case.scenario, model))
        for turn in range(1, TURNS + 1):
            at = turn * 20_000
            session.advance(at)
            text = reply(run, turn)
            before = encoder.passes
            spent = timed(lambda s=session, t=text, a=at: s.say(t, a))  # type: ignore[misc]
            when = "early" if EARLY[0] <= turn <= EARLY[1] else "late"
            if (turn <= EARLY[1] and turn >= EARLY[0]) or turn >= LATE[0]:
                whole[when].append(spent)
                words[when].append(alone(session))
                passes.append(encoder.passes - before)
        if session.ended:
            raise SystemExit("the patient customer has left; mend the benchmark")
    for name, found in (("one step", whole), ("without a model", words)):
        early, late = (statistics.median(found[key]) for key in ("early", "late"))
        print(
            f"{name}: median {early:.2f} ms at turn 5, {late:.2f} ms at turn 50 "
            f"(ratio {late / early:.2f}, n {len(found['early'])} and {len(found['late'])})"
        )
    print(f"texts encoded a step: median {statistics.median(passes):g}")
    most = max(statistics.median(times) for times in whole.values())
    print(f"bar {BAR_MS:g} ms: {'met' if most < BAR_MS else 'MISSED'}")


def patient(seed: int) -> Case:
    """The first scenario with a customer who bears everything and always finds words."""
    scenario = load_scenario("rotten-fruit").variant(seed)
    persona = load_persona(scenario.persona)
    many = {
        name: tuple(f"{name} {n}" for n in range(99)) for name in type(persona.lines).model_fields
    }
    endless: Persona = persona.model_copy(
        update={
            "patience": 10**6,
            "leaves_at": 99.0,
            "lines": persona.lines.model_copy(update=many),
        }
    )
    return Case(scenario.model_copy(update={"turns": 10**6}), endless, seed)


PARTS = (
    ("好的", "嗯，看到了", "亲，在的", "您好", "收到"),
    ("我去仓库那边问一下", "这批货是前天发的", "快递那边我在联系", "这个我记下来了", "您别着急"),
    ("等下跟您说", "稍等", "晚点给您答复", "问到就告诉您", "我再核对一遍"),
)


def reply(run: int, turn: int) -> str:
    """A reply that settles nothing and was not said before."""
    dice = Random(run * 1000 + turn)
    words = "，".join(dice.choice(part) for part in PARTS)
    return f"{words}，编号 {run}{turn:02d}。"


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of the processor."""
    start = time.process_time_ns()
    work()
    return (time.process_time_ns() - start) / 1e6


def alone(session: Session) -> float:
    """One step without hearing: the arithmetic and the words."""
    from simulator.heard import heard_of

    heard = heard_of(session.log[-1]["heard"])
    return timed(lambda: step(session.case, session.state, heard, 10))


# --- realism


def realism(model: Model, sessions: int, real: Path) -> None:
    """Figures of simulated customers beside those of real ones."""
    simulated = played(model, sessions)
    columns = {f"{sessions} simulated": simulated}
    if real.exists():
        count = sum(map(len, simulated))
        columns["real"] = sample(real, count)
    else:
        print(f"{real}: not there, so no real customers beside these")
    rows = {name: figures(talk) for name, talk in columns.items()}
    names = list(next(iter(rows.values())))
    print("| customers | " + " | ".join(rows) + " |")
    print("|---|" + "---|" * len(rows))
    for name in names:
        print(f"| {name} | " + " | ".join(rows[column][name] for column in rows) + " |")


def played(model: Model, count: int) -> Talk:
    """The Chinese scenarios in turn, by scripted and random agents in turn."""
    library = [load_scenario(path) for path in known_scenarios().values()]
    chinese = [one for one in library if one.variants[0].lang == "zh"]
    found = []
    for number in range(count):
        shelved = chinese[number % len(chinese)]
        seed = number // len(chinese)
        scenario = shelved.variant(seed)
        case = Case(scenario, load_persona(scenario.persona), seed)
        session = play(case, agent(shelved, seed, number), ears(scenario, model))
        found.append([m.text for m in session.messages if m.role == "customer"])
    return found


def agent(shelved: Shelved, seed: int, number: int) -> Sequence[Entry]:
    """One of the scenario's own paths, or twelve sentences in any order at any pace."""
    scenario = shelved.variant(seed)
    dice = Random(number)
    if number % 2:
        return dice.choice(scenario.paths).says
    sentences = [text for text in (*GOOD, *GOOD, *BAD) if not text.isascii()]
    return [
        Entry(after=dice.choice((5, 15, 30, 70, 150)), text=dice.choice(sentences))
        for _ in range(12)
    ]


def sample(path: Path, messages: int) -> Talk:
    """Real customers in the order of the file, until there are as many messages."""
    found: Talk = []
    for _, item in read_many([path]):
        if isinstance(item, Reject):
            continue
        found.append([m.text for m in item.messages if m.role == "customer" and m.text.strip()])
        if sum(map(len, found)) >= messages:
            break
    return found


def figures(talk: Talk) -> dict[str, str]:
    """What is compared, as texts."""
    lines = [normalise(text) for one in talk for text in one if text not in PICTURES]
    lines = [line for line in lines if line]
    lengths = [len(line) for line in lines]
    pairs = [pair for line in lines for pair in pairwise(line)]
    quarters = statistics.quantiles(lengths, n=20)
    repeated = sum(
        len(one) - len(set(one))
        for one in ([normalise(text) for text in texts if text not in PICTURES] for texts in talk)
    )
    often = Counter(lines)
    shared = sum(count for count in often.values() if count > 1)
    return {
        "conversations": str(len(talk)),
        "messages": str(len(lines)),
        "messages a conversation (median)": f"{statistics.median(map(len, talk)):g}",
        "length: 5 %, median, 95 %": " / ".join(
            f"{value:g}" for value in (quarters[0], statistics.median(lengths), quarters[-1])
        ),
        "length: mean": f"{statistics.mean(lengths):.1f}",
        "up to 4 / 5–9 / 10–19 / 20 and more characters": " / ".join(
            f"{100 * sum(low <= n <= high for n in lengths) / len(lengths):.0f} %"
            for low, high in ((1, 4), (5, 9), (10, 19), (20, 10**6))
        ),
        "distinct-2": f"{len(set(pairs)) / max(1, len(pairs)):.3f}",
        "repeated by the same customer": f"{100 * repeated / len(lines):.1f} %",
        "occurring more than once in all": f"{100 * shared / len(lines):.1f} %",
    }


if __name__ == "__main__":
    main()
