"""`kefu play`: practise with a customer in the terminal, or let a scripted agent play."""

from __future__ import annotations

import json
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console

from kefu.agent_file import read_agent
from kefu.chat import Talk, from_lines
from kefu.chat_words import text_of
from kefu.convert import STANDARD, writing
from kefu.logs import start_logs
from kefu.order import model_for
from kefu.settings import Configured, configure
from rubrics.load import load_rubric
from rubrics.schema import Rubric
from scenarios.load import Shelved, load_persona, load_scenario
from simulator.ears import Before, prepare
from simulator.play import ears
from simulator.play import play as played
from simulator.record import outcome, transcript
from simulator.session import Listen, Session
from simulator.state import Case
from transcripts.canonical import to_json
from transcripts.errors import UnreadableInput

SEEDS = 2**31


def play(
    scenario: Annotated[str, typer.Argument(help="Id of a scenario, or the path of its file.")],
    agent: Annotated[
        Path | None,
        typer.Option("--agent", help="JSON list of what a scripted agent says and does."),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="Which variant, and which of the customer's words.")
    ] = 0,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", help="File for the transcript with its outcome; - is standard output."
        ),
    ] = None,
) -> None:
    """Practise with a scripted customer; /help in the conversation lists the commands."""
    found = configure()
    start_logs(found.settings.log_level)
    case, rubric, shelved = chosen(scenario, seed, found)
    entries = None if agent is None else read_agent(agent, case)
    _check_output(output, agent, shelved)
    if entries is not None:
        with writing(output or STANDARD) as out:
            model = model_for(found.settings)[2]
            _write(out, played(case, entries, ears(case.scenario, model)))
        return
    with nullcontext(None) if output is None else writing(output) as out:
        # Where the transcript goes to standard output, the conversation is shown beside it.
        console = Console(stderr=output == STANDARD, highlight=False)
        session = _in_terminal(case, rubric, found, console)
        if out is not None:
            _write(out, session)
    if output not in (None, STANDARD):
        told = text_of(case.scenario.lang, "saved", file=output)
        console.print(told, style="dim", markup=False)


def chosen(name: str, seed: int, found: Configured) -> tuple[Case, Rubric, Shelved]:
    """The customer of a scenario and a seed, and what the conversation is scored by.

    Own scenarios and personas in the data folder are searched first.
    """
    if not 0 <= seed < SEEDS:
        raise UnreadableInput(f"--seed {seed}: must be a whole number from 0 to {SEEDS - 1}")
    data = found.settings.data
    shelved = load_scenario(name, (data / "scenarios",))
    one = shelved.variant(seed)
    case = Case(one, load_persona(one.persona, (data / "personas",)), seed)
    return case, load_rubric(one.rubric, found.rubric_folders), shelved


def _check_output(output: str | None, agent: Path | None, shelved: Shelved) -> None:
    if output in (None, STANDARD):
        return
    target = Path(str(output))
    if target.is_dir():
        raise UnreadableInput(f"{output}: is a folder. Give --output the name of a file.")
    for used in (agent, shelved.path):
        if used is not None and target.resolve() == used.resolve():
            raise UnreadableInput(f"{output}: is read in this run. Choose another --output.")


def _write(out: TextIO, session: Session) -> None:
    """The transcript as one line of canonical JSON, with its outcome."""
    row = to_json(transcript(session)) | {"outcome": outcome(session)}
    out.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")


def _in_terminal(case: Case, rubric: Rubric, found: Configured, console: Console) -> Session:
    """Play with the person at the terminal, or with the words that are piped in."""
    live_here = sys.stdin.isatty() and console.is_terminal
    if live_here:
        console.print(text_of(case.scenario.lang, "getting_ready"), style="dim")
    model = model_for(found.settings)[2]
    prepare(case.scenario, model)
    listen = _awake(ears(case.scenario, model))
    talk = Talk(Session(case, listen), console)
    try:
        if live_here:
            _live(talk)
        else:
            from_lines(talk, sys.stdin)
    except KeyboardInterrupt:
        talk.stopped = True
        console.print()
    _end(talk, rubric, model)
    return talk.session


def _awake(listen: Listen) -> Listen:
    """Ears that have heard a word, so that the first reply is answered as fast as the second."""
    listen("…", Before())
    return listen


def _live(talk: Talk) -> None:
    from kefu.keyboard import keyboard
    from kefu.live import live

    with keyboard(talk.console) as keys:
        live(talk, keys, time.monotonic)


def _end(talk: Talk, rubric: Rubric, model: Any) -> None:
    from grader.grade import grade
    from kefu.chat_end import ending, scorecard

    ending(talk, outcome(talk.session))
    if any(message.role == "agent" for message in talk.session.messages):
        scorecard(talk, grade(transcript(talk.session), rubric, model), rubric)
    else:
        talk.tell(talk.text("no_reply"))
