"""How a conversation ended: the customer's stars and words, the diagnosis, the scorecard."""

from __future__ import annotations

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.cells import chop_cells
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from grader.scorecard import Scorecard
from grader.wording import told
from kefu.chat import Talk
from rubrics.parts import Text as Words
from rubrics.schema import Rubric
from simulator.state import ONE

MARK = 60
"""Scores below are shown in red; from 85 in green."""
EXCELLENT = 85
BESIDE = 24
"""Columns of the terminal that stand beside the advice."""


def ending(talk: Talk, outcome: dict[str, Any]) -> None:
    """Stars, the customer's own words why, and what the matter was."""
    state = talk.session.state
    if state.ending is None:
        left = talk.text("settled" if state.settled else "still_open")
        word = talk.text(f"mood_{round(state.mood / ONE)}")
        talk.tell(talk.text("stopped", word=word, left=left), "bold")
    else:
        stars = "★" * outcome["csat"] + "☆" * (5 - outcome["csat"])
        right = outcome["right"]
        body = Text.assemble(
            (stars, "yellow"), " ", outcome["why"], "\n",
            (talk.text(outcome["ending"]), "bold"), " — ",
            (talk.text("right" if right else "not_right"), "green" if right else "red"),
        )  # fmt: skip
        style = "green" if right else "red"
        talk.console.print(Panel(body, border_style=style, expand=False))
    scenario = talk.session.case.scenario
    title = told(scenario.lang, scenario.title.zh, scenario.title.en)
    talk.tell(talk.text("title", title=title))


def scorecard(talk: Talk, card: Scorecard, rubric: Rubric) -> None:
    """The card as a table, a criterion a row."""
    lang = talk.session.case.scenario.lang

    def name(words: Words) -> str:
        return told(lang, words.zh, words.en)

    table = Table(title=Text(talk.text("card")), box=SIMPLE_HEAD, header_style="bold")
    table.add_column(talk.text("criterion"), no_wrap=True)
    table.add_column(talk.text("score"), justify="right", no_wrap=True)
    table.add_column(talk.text("advice"), ratio=1, overflow="fold")
    for id, spec in rubric.criteria.items():
        result = card.criteria[id]
        advice = result.advice if result.score is not None else None
        table.add_row(name(spec.name), _score(talk, result.score), _folded(talk, advice or ""))
    verdict = talk.text("passed" if card.passed else "failed") if card.passed is not None else ""
    table.add_section()
    table.add_row(
        Text(talk.text("overall"), style="bold"),
        _score(talk, card.overall),
        Text(verdict, style="bold green" if card.passed else "bold red"),
    )
    talk.console.print(table)
    if card.critical:
        talk.tell(talk.text("critical", ids=", ".join(card.critical)), "bold red")


def _folded(talk: Talk, advice: str) -> Text:
    """Advice in lines that fit: Chinese may break anywhere, which a table does not know."""
    if talk.session.case.scenario.lang == "en":
        return Text(advice)
    room = max(20, talk.console.width - BESIDE)
    return Text("\n".join(chop_cells(advice, room)))


def _score(talk: Talk, score: float | None) -> Text:
    if score is None:
        return Text(talk.text("not_scored"), style="dim")
    style = "green" if score >= EXCELLENT else "red" if score < MARK else "yellow"
    return Text(f"{score:.1f}", style=style)
