"""Hearing a conversation: from a transcript to everything that criteria are scored from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from grader.clauses import clauses
from grader.encoder import Encoder
from grader.facts.compare import Context
from grader.facts.findings import Finding
from grader.facts.rating import rate
from grader.linear import Floats
from grader.model import Model
from grader.mood import Mood, is_open
from grader.reading import Claim, Clause, HeardCustomer, HeardReply, Reading
from grader.scorecard import CriticalFinding, Unverified
from grader.turn import Seen, see, turn
from grader.wording import say
from rubrics.ids import ACTS
from transcripts.language import recognise
from transcripts.types import Language, Reply, Transcript, replies

IDLE: Final = frozenset({"greet", "thank", "hold", "close"})
"""Acts that answer nothing by themselves."""
CARRIED: Final = 0.75
"""How much of the customer's trouble is still there one reply later, while it is unsolved."""
CALM: Final = 1.35
"""Below this emotion with nothing open an empathy rating does not apply."""


def hear(transcript: Transcript, model: Model) -> Reading:
    """Everything that is heard in a conversation; a function of its values only."""
    lang = transcript.lang or recognise([message.text for message in transcript.messages])
    runs = replies(transcript)
    mood, customer = _customer(transcript, model)
    emotions = {heard.message: heard.emotion for heard in customer}
    turns = [
        turn(_texts(transcript, run.messages), _texts(transcript, run.customer), before)
        for run, before in zip(runs, _before(transcript, runs), strict=True)
    ]
    heard: list[HeardReply] = []
    unverified: list[Unverified] = []
    critical: list[CriticalFinding] = []
    if runs:
        seen = see(turns, model.eyes)
        probabilities = model.acts.probabilities(seen)
        needs = _needs(runs, emotions, probabilities)
        warmth, applies = model.warmth.rate(seen, probabilities, np.array(needs))
        spoken = model.acts.acts(probabilities)
        by_clause = model.acts.clause_probabilities(seen)
        for number, run in enumerate(runs):
            rating, claims = _accuracy(transcript, run, lang, model)
            unverified += _unverified(claims)
            rated = (needs[number] >= CALM or applies[number] >= 0.5) and applies[number] >= 0.2
            acts = spoken[number]
            heard.append(
                HeardReply(
                    reply=run,
                    clauses=tuple(_clauses(transcript, run, acts, by_clause[seen.bag == number])),
                    acts=acts,
                    need=needs[number],
                    empathy=float(warmth[number]) if rated else None,
                    accuracy=rating,
                    claims=tuple(claims),
                    substantive=_substantive(acts, run.text),
                )
            )
            found, doubtful = _critical(transcript, run, lang, model)
            critical += found
            unverified += doubtful
    return Reading(
        transcript=transcript,
        lang=lang,
        replies=tuple(heard),
        customer=customer,
        critical=tuple(critical),
        unverified=tuple(_distinct(unverified)),
    )


def _texts(transcript: Transcript, messages: Sequence[int]) -> list[str]:
    return [transcript.messages[index].text for index in messages]


def _before(transcript: Transcript, runs: Sequence[Reply]) -> Iterator[list[str]]:
    """The messages of the reply before each."""
    yield from ([] if n == 0 else _texts(transcript, runs[n - 1].messages) for n in range(len(runs)))


def _customer(transcript: Transcript, model: Model) -> tuple[Mood, tuple[HeardCustomer, ...]]:
    said = [n for n, message in enumerate(transcript.messages) if message.role == "customer"]
    texts = _texts(transcript, said)
    if not said:
        return Mood(np.zeros(0), np.zeros((0, 0))), ()
    mood = model.mood.hear(texts, model.encoder)
    return mood, tuple(
        HeardCustomer(index, float(emotion), is_open(text, intents))
        for index, text, emotion, intents in zip(
            said, texts, mood.emotion, mood.intents, strict=True
        )
    )


def _needs(runs: Sequence[Reply], emotions: dict[int, float], acts: Floats) -> list[float]:
    """The emotion that each reply meets: of its customer messages, or what is left of earlier."""
    solving = [ACTS.index(act) for act in ("offer_refund", "offer_replacement", "give_info",
               "guide_steps", "commit_time", "escalate", "offer_compensation")]  # fmt: skip
    left = 0.0
    needs = []
    for number, run in enumerate(runs):
        now = max((emotions[index] for index in run.customer), default=0.0)
        need = now if run.customer else left
        needs.append(max(need, min(left, now + 1.0)) if run.customer else need)
        solved = float(acts[number, solving].max())
        left = needs[-1] * (CARRIED if solved < 0.5 else 0.5)
    return needs


def _substantive(acts: Sequence[str], text: str) -> bool:
    """More than a greeting, thanks or a hold; a short "有的" counts, a bare "好的" or "在" does not."""
    if any(act not in IDLE for act in acts):
        return True
    return not acts and sum(character.isalnum() for character in text) > 6


def _clauses(
    transcript: Transcript, run: Reply, acts: Sequence[str], probabilities: Floats
) -> Iterator[Clause]:
    """The clauses of a reply; each act of the reply goes to its likeliest clause and to all others
    that do it by themselves."""
    spans = [(index, span) for index in run.messages for span in clauses(transcript.messages[index].text)]
    if not spans:
        return
    columns = [ACTS.index(act) for act in acts]
    likeliest = probabilities.argmax(axis=0)
    for row, (index, span) in enumerate(spans):
        mine = tuple(
            act
            for act, column in zip(acts, columns, strict=True)
            if likeliest[column] == row or probabilities[row, column] >= 0.5
        )
        chances = {act: float(probabilities[row, column]) for act, column in zip(acts, columns, strict=True)}
        yield Clause(index, span.start, span.end, span.text, mine, chances)


def _accuracy(
    transcript: Transcript, run: Reply, lang: Language, model: Model
) -> tuple[float | None, list[Claim]]:
    earlier = transcript.messages[: run.message]
    actions = tuple(m for m in transcript.messages if m.role == "action")
    context = Context(
        language=lang,
        customer_before=tuple(m.text for m in earlier if m.role == "customer"),
        agent_before=tuple(m.text for m in earlier if m.role == "agent"),
        at=transcript.messages[run.message].at,
        authority=transcript.authority,
        currency=transcript.currency,
        actions=actions or None,
        market=transcript.market or _market(lang),
        encoder=model.encoder,
    )
    asked = "\n".join(_texts(transcript, run.customer))
    rated = rate(run.text, asked, transcript.facts, context, model.accuracy)
    return rated.rating, [_claim(transcript, run, finding, lang) for finding in rated.findings]


def _market(lang: Language) -> str:
    """Without a market in the transcript: the mainland for Chinese, none for English."""
    return {"zh": "CN", "zh-Hant": "TW"}.get(lang, "")


def _claim(transcript: Transcript, run: Reply, finding: Finding, lang: Language) -> Claim:
    index, quote = place(transcript, run, finding.start, finding.end)
    reason = say(lang, finding.key, **finding.values)
    return Claim(index, quote, finding.verdict, reason, finding.severity, finding.fact)


def place(transcript: Transcript, run: Reply, start: int, end: int) -> tuple[int, str]:
    """The message and the verbatim quote of a span of the reply's joined text.

    A span over several messages is cut to the first of them.
    """
    offset = 0
    for index in run.messages:
        text = transcript.messages[index].text
        if start < offset + len(text) or index == run.messages[-1]:
            begin = max(0, start - offset)
            return index, text[begin : max(begin, end - offset)]
        offset += len(text) + 1
    return run.message, ""


def _unverified(claims: Sequence[Claim]) -> list[Unverified]:
    return [Unverified(c.message, c.quote, c.reason) for c in claims if c.verdict == "unverified"]


def _critical(
    transcript: Transcript, run: Reply, lang: Language, model: Model
) -> tuple[list[CriticalFinding], list[Unverified]]:
    found, doubtful = [], []
    suspicions = model.detector.find(
        run.text,
        "\n".join(_texts(transcript, run.customer)),
        [m.text for m in transcript.messages[: run.message] if m.role in ("customer", "agent")],
        [fact.text for fact in transcript.facts],
        lang,
        _encoder(model),
    )
    for suspicion in suspicions:
        index, quote = place(transcript, run, suspicion.start, suspicion.end)
        if suspicion.critical:
            found.append(CriticalFinding(suspicion.id, index, quote))
        else:
            doubtful.append(Unverified(index, quote, say(lang, "facts.not_known", quote=quote)))
    return found, doubtful


def _encoder(model: Model) -> Encoder:
    return model.encoder


def _distinct(rows: Sequence[Unverified]) -> list[Unverified]:
    return list(dict.fromkeys(rows))
