"""A hundred trainees at once: how long a reply takes, over plain HTTP, in two equal rounds.

    python benchmarks/load.py [--trainees 100] [--pause 5] [--seconds 60] [--again]

Each has an account, begins a scenario and says the lines of its good path, one every few seconds,
until the round is over; a customer who has left is followed by the next. Every sentence ends in a
character of its own, so that nothing was heard before; --again leaves the lines as they are. They
arrive within half a minute, which is not counted. Prints the time of a reply (median, 95 %, the
slowest), errors, and the server's memory after each round.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from scenarios.load import known_scenarios, load_scenario
from store.links import choose_password, make_link
from store.logins import log_in
from store.opening import open_store
from store.people import add_person

PASSWORD = "烂了一半的草莓-100"
PLACE = "/zh/practice"
AWAKE_S = 65.0
ARRIVING_S = 30.0
IDLE_S = 10.0


@dataclass
class Told:
    """What a round showed. `replies`: seconds each."""

    replies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Pages:
    """Where the server functions are: number of the component by its name."""

    base: str
    parts: dict[str, int]


@dataclass
class Script:
    """A scenario and the agent's lines on its good path."""

    scenario: str
    lines: list[str]


def accounts(data: Path, count: int) -> list[str]:
    """Tokens of as many trainees, already logged in."""
    found = []
    with open_store(data) as store:
        for number in range(count):
            at, login = datetime.now(UTC), f"trainee{number}"
            person = add_person(store, login, login, "agent", at)
            make_link(store, person.id, "invite", login, None, at)
            choose_password(store, login, PASSWORD, at)
            log_in(store, login, PASSWORD, f"10.0.0.{number}", f"token-{login}", at)
            found.append(f"token-{login}")
    return found


@contextmanager
def server(data: Path) -> Iterator[tuple[str, int]]:
    """Its address and its process, once it is ready."""
    command = [sys.executable, "-m", "kefu", "serve", "--port", "0", "--data", str(data)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        found = re.search(r"http://\S+", child.stdout.readline())
        if found is None:
            raise SystemExit("the server did not start")
        while httpx.get(f"{found[0]}/readyz").status_code != 200:
            time.sleep(0.5)
        _until_quiet(child.pid)
        yield found[0], child.pid
    finally:
        child.terminate()
        child.wait()


def _until_quiet(process: int) -> None:
    """After its first minute a server gets customers ready to listen, for half a minute."""
    time.sleep(AWAKE_S)
    before = 0.0
    while (used := processor(process)) - before > 0.3:
        before = used
        time.sleep(3)


def processor(process: int) -> float:
    """Processor time that a process has used, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle(process: int) -> float:
    """The share of a core that a server takes which nobody uses."""
    before = processor(process)
    time.sleep(IDLE_S)
    return (processor(process) - before) / IDLE_S


def pages(base: str, token: str) -> Pages:
    """The components of the practice area."""
    config = httpx.get(f"{base}{PLACE}/config", cookies={"kefu_login": token}, timeout=60).json()
    parts = {one["props"].get("elem_id"): one["id"] for one in config["components"]}
    return Pages(base, {name: parts[name] for name in ("shelf", "workbench")})


def scripts() -> list[Script]:
    """Every scenario that the customer opens, with its first good path."""
    found = []
    for name in sorted(known_scenarios()):
        first = load_scenario(name).variants[0]
        path = next(one for one in first.paths if one.name == "good")
        lines = [one.text for one in path.says if one.text is not None]
        if first.opened_by == "customer" and lines:
            found.append(Script(name, lines))
    return found


class Trainee:
    """One browser's worth of requests."""

    def __init__(
        self, client: httpx.AsyncClient, where: Pages, token: str, words: Iterator[str]
    ) -> None:
        self._words = words
        self._client, self._where = client, where
        self._cookies = {"cookie": f"kefu_login={token}"}

    async def ask(self, part: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
        sent = {
            "component_id": self._where.parts[part], "fn_name": name, "session_hash": "load",
            "data": body,
        }  # fmt: skip
        answer = await self._client.post(
            f"{self._where.base}{PLACE}/gradio_api/component_server/", json=sent,
            headers=self._cookies,
        )  # fmt: skip
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    async def practise(
        self, script: Script, pause: float, counted: float, until: float, told: Told
    ) -> None:
        """One practice, from the shelf to its last line or the end of the round."""
        number = (await self.ask("shelf", "start", {"scenario": script.scenario}))["p"]
        view = (await self.ask("workbench", "enter", {"p": number}))["view"]
        began = time.monotonic() - view["now"] / 1000
        for line in script.lines:
            if time.monotonic() > until:
                return
            clock = round((time.monotonic() - began) * 1000)
            start = time.monotonic()
            text = unheard(line, next(self._words, ""))
            body = {"p": number, "clock": clock, "since": 0, "text": text}
            said = await self.ask("workbench", "say", body)
            if start >= counted:
                told.replies.append(time.monotonic() - start)
            if said.get("state") != "open":
                return
            await asyncio.sleep(max(0.0, pause - (time.monotonic() - start)))


def unheard(line: str, word: str) -> str:
    """A line whose sentences all end in a word."""
    return re.sub(r"(?=[。！？]|[.!?](?:\s|$))", word, line)


def words(round_number: int) -> Iterator[str]:
    """Characters that nobody says twice; none are digits, which the ear takes for each other."""
    return map(chr, range(0x4E00 + (round_number - 1) * 10_000, 0x9FA5))


async def round_of(
    where: Pages, tokens: list[str], pause: float, seconds: float, spoken: Iterator[str]
) -> Told:
    """All trainees at once, counted for so many seconds once the last has come."""
    told, counted = Told(), time.monotonic() + ARRIVING_S
    until = counted + seconds
    lines = scripts()

    async def one(number: int, client: httpx.AsyncClient) -> None:
        await asyncio.sleep(ARRIVING_S * number / len(tokens))
        trainee, at = Trainee(client, where, tokens[number], spoken), number
        while time.monotonic() < until:
            try:
                await trainee.practise(lines[at % len(lines)], pause, counted, until, told)
            except (httpx.HTTPError, KeyError) as error:
                told.errors.append(repr(error))
                await asyncio.sleep(pause)
            at += len(tokens)

    limits = httpx.Limits(max_connections=len(tokens))
    async with httpx.AsyncClient(limits=limits, timeout=60) as client:
        await asyncio.gather(*(one(number, client) for number in range(len(tokens))))
    return told


def memory(process: int) -> float:
    """Resident memory in MB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def shown(number: int, told: Told, resident: float) -> str:
    """A round as a line."""
    times = sorted(told.replies)

    def at(share: float) -> float:
        return 1000 * times[min(len(times) - 1, int(share * len(times)))]

    return (
        f"round {number}: {len(times)} replies, median {at(0.5):.0f} ms, 95 % {at(0.95):.0f} ms "
        f"(< 500), slowest {at(1):.0f} ms, {len(told.errors)} errors, memory {resident:.0f} MB"
        f"{''.join(f'{chr(10)}  {one}' for one in told.errors[:5])}"
    )


def main() -> None:
    """Print both rounds."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--trainees", type=int, default=100)
    given.add_argument("--pause", type=float, default=5.0)
    given.add_argument("--seconds", type=float, default=60.0)
    given.add_argument("--again", action="store_true")
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        tokens = accounts(data, chosen.trainees)
        with server(data) as (base, process):
            print(f"idle: {idle(process):.0%} of a core", flush=True)
            where = pages(base, tokens[0])
            for number in (1, 2):
                spoken: Iterator[str] = iter(()) if chosen.again else words(number)
                told = asyncio.run(round_of(where, tokens, chosen.pause, chosen.seconds, spoken))
                print(shown(number, told, memory(process)), flush=True)
            print(f"on {os.cpu_count()} cores, which the trainees share with the server")


if __name__ == "__main__":
    main()
