"""Each agent's own share of a conversation: own replies, and the customer messages they answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.contacts import part
from grader.judgement import Judgement
from grader.overall import Overall, overall
from grader.reading import Reading
from grader.scorecard import AgentScore
from rubrics.schema import Rubric

Judge = Callable[[Reading], Mapping[str, Judgement]]


def agent_scores(
    reading: Reading, rubric: Rubric, judge: Judge, total: Overall, judged: Mapping[str, Judgement]
) -> dict[str, AgentScore]:
    """By name, in order of appearance; a lone agent has the conversation's own scores."""
    names = list(dict.fromkeys(_name(reading, heard.reply.sender) for heard in reading.replies))
    if len(names) == 1 and names[0]:
        return {names[0]: _share(total, judged)}
    scores = {}
    for name in names:
        if name:
            own = _own(reading, name)
            mine = judge(own)
            scores[name] = _share(overall(mine, rubric, own), mine)
    return scores


def _name(reading: Reading, sender: str | None) -> str:
    return sender or reading.transcript.agent or ""


def _share(total: Overall, judged: Mapping[str, Judgement]) -> AgentScore:
    return AgentScore(total.score, {name: one.score for name, one in judged.items()})


def _own(reading: Reading, name: str) -> Reading:
    """The reading with what is not this agent's taken as system messages; indices stay."""
    mine = tuple(h for h in reading.replies if _name(reading, h.reply.sender) == name)
    kept = {index for heard in mine for index in (*heard.reply.messages, *heard.reply.customer)}
    if mine[-1] is reading.replies[-1]:
        last = mine[-1].reply.messages[-1]
        kept |= {heard.message for heard in reading.customer if heard.message > last}
    return part(reading, kept)
