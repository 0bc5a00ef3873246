"""Hearing a conversation: from a transcript to everything that criteria are scored from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np

from grader.acts import degrees, take_back_refused
from grader.charges import LIKELY, Said, SecondJudge, borne_out
from grader.clauses import clauses
from grader.critical import Suspicion
from grader.deeds import deeds
from grader.facts.compare import Context, check
from grader.facts.features import nearest
from grader.facts.findings import Finding
from grader.facts.rating import rate
from grader.linear import Floats
from grader.litany import is_litany
from grader.model import Model
from grader.mood import is_open, with_wordless
from grader.needs import needs_of
from grader.reading import Claim, Clause, HeardCustomer, HeardReply, Reading
from grader.replaced import moved, replaced
from grader.scorecard import CriticalFinding, Unverified
from grader.turn import Seen, Turn, see, turn
from grader.wording import say
from rubrics.ids import ACTS
from transcripts.language import recognise
from transcripts.types import Language, Reply, Transcript, replies

HEARD: Final = 4_000
"""Characters of a message that are listened to: nobody writes more, machines paste more."""
IDLE: Final = frozenset({"greet", "thank", "hold", "close"})
"""Acts that answer nothing by themselves."""
TOLD_BY_FACTS: Final = frozenset({"false_promise", "false_claim", "safety"})
FALSE_VERDICTS: Final = frozenset({"contradicted", "beyond_authority", "below_law"})
GRAVE: Final = 0.6
"""From this severity a claim is false enough to bear out a suspicion."""
INACCURATE: Final = 1.5
"""Below this a reply's accuracy bears it out."""
_Judged = tuple[float | None, list[Claim]]

CALM: Final = 1.35
"""Below this emotion with nothing open an empathy rating does not apply."""

_SOLVING: Final = [ACTS.index(act) for act in ("offer_refund", "offer_replacement", "give_info",
                   "guide_steps", "commit_time", "escalate", "offer_compensation")]  # fmt: skip
_NUMERAL: Final = re.compile(r"[\d一二三四五六七八九十百千半两]")


@dataclass(frozen=True, slots=True)
class _Heads:
    """What the heads say of some turns: probabilities (turns, acts) and of each clause; `alone` is
    what the act heads say before the detector is asked."""

    seen: Seen
    acts: list[tuple[str, ...]]
    alone: Floats
    probabilities: Floats
    by_clause: Floats
    degrees: Floats

    @property
    def solved(self) -> Floats:
        """The probability of each turn's likeliest act that solves something."""
        return np.asarray(self.probabilities[:, _SOLVING].max(axis=1), dtype=np.float64)


def hear(transcript: Transcript, model: Model) -> Reading:
    """Everything that is heard in a conversation; a function of its values only."""
    transcript = _within_hearing(transcript)
    lang = transcript.lang or recognise([message.text for message in transcript.messages])
    runs = replies(transcript)
    customer = _customer(transcript, model)
    heard: list[HeardReply] = []
    critical: list[CriticalFinding] = []
    unverified: list[Unverified] = []
    if runs:
        heads = _heads(transcript, runs, range(len(runs)), lang, model)
        needs = needs_of(runs, _emotions(customer), heads.solved)
        ratings = _warmth(heads, needs, model)
        for number, run in enumerate(runs):
            judged = _accuracy(transcript, run, heads.acts[number], lang, model)
            alone = heads.alone[number]
            found, doubtful = _critical(
                transcript, run, partial(_known, judged), alone, lang, model
            )
            critical += found
            unverified += _unverified(judged[1]) + doubtful
            heard.append(
                _reply(transcript, run, heads, number, needs[number], ratings[number], judged)
            )
    done = deeds(transcript, lang)
    return Reading(
        transcript=transcript,
        lang=lang,
        replies=tuple(heard),
        customer=customer,
        critical=tuple(sorted((*critical, *done.critical), key=lambda one: one.message)),
        unverified=tuple(_distinct(unverified)),
        deeds=done.claims,
    )


def hear_last(transcript: Transcript, model: Model) -> Reading:
    """The last reply alone, by what stands before it, and without a rating of its accuracy.

    For whoever answers a conversation turn by turn: earlier replies are context, not heard again,
    and a rating is worked out only where a suspicion hangs on it. Raises `ValueError` without a
    reply.
    """
    transcript = _within_hearing(transcript)
    lang = transcript.lang or recognise([message.text for message in transcript.messages])
    runs = replies(transcript)
    if not runs:
        raise ValueError("there is no reply to hear")
    number, run = len(runs) - 1, runs[-1]
    customer = _customer(transcript, model)
    heads = _heads(transcript, runs, [number], lang, model)
    need = needs_of(runs, _emotions(customer), np.zeros(len(runs)))[number]
    (empathy,) = _warmth(heads, [need], model)
    asked = "\n".join(_texts(transcript, run.customer))
    findings = check(run.text, asked, transcript.facts, _context(transcript, run, lang, model))
    claims = [_claim(transcript, run, finding, lang) for finding in findings]

    def judged() -> _Judged:
        return _accuracy(transcript, run, heads.acts[0], lang, model)

    critical, _ = _critical(transcript, run, judged, heads.alone[0], lang, model)
    heard = _reply(transcript, run, heads, 0, need, empathy, (None, claims))
    return Reading(
        transcript=transcript,
        lang=lang,
        replies=(heard,),
        customer=customer,
        critical=tuple(critical),
        unverified=(),
    )


def _within_hearing(transcript: Transcript) -> Transcript:
    """The transcript with messages cut to `HEARD` characters; what is quoted stays verbatim."""
    if all(len(message.text) <= HEARD for message in transcript.messages):
        return transcript
    cut = tuple(replace(message, text=message.text[:HEARD]) for message in transcript.messages)
    return replace(transcript, messages=cut)


def rehear(reading: Reading, model: Model, number: int, text: str) -> Reading:
    """The reading as it would be had the agent said `text` in place of reply `number`.

    The reply's first message is replaced, its others are left out. Heard anew are this reply, the
    next (which stands in its light), later ones that meet another need, and later statements that
    could lean on what was said. Critical errors of other replies stay as they were found.
    """
    transcript, place = replaced(reading, number, text)
    runs, lang = replies(transcript), reading.lang
    customer = tuple(replace(heard, message=place[heard.message]) for heard in reading.customer)
    new = [moved(heard, run, place) for heard, run in zip(reading.replies, runs, strict=True)]
    solved = np.array([heard.solved for heard in new])
    near = [n for n in (number, number + 1) if n < len(runs)]
    heads = _heads(transcript, runs, near, lang, model)
    solved[near] = heads.solved
    needs = needs_of(runs, _emotions(customer), solved)
    _sense(new, near, heads, needs, transcript, model)
    far = [n for n in range(number + 2, len(runs)) if abs(needs[n] - new[n].need) > 1e-9]
    if far:
        others = _heads(transcript, runs, far, lang, model)
        _sense(new, far, others, needs, transcript, model)
    for n in range(number, len(runs)):
        if n == number or (transcript.facts and _NUMERAL.search(runs[n].text)):
            rating, claims = _accuracy(transcript, runs[n], new[n].acts, lang, model)
            new[n] = replace(new[n], accuracy=rating, claims=tuple(claims))
    judged = new[number].accuracy, list(new[number].claims)
    found, _ = _critical(
        transcript, runs[number], partial(_known, judged), heads.alone[0], lang, model
    )
    kept = [
        one for one in reading.critical if one.message not in reading.replies[number].reply.messages
    ]
    critical = [replace(one, message=place[one.message]) for one in kept] + found
    return replace(
        reading,
        transcript=transcript,
        replies=tuple(new),
        customer=customer,
        critical=tuple(sorted(critical, key=lambda one: one.message)),
        unverified=(),
        deeds=tuple(replace(claim, message=place[claim.message]) for claim in reading.deeds),
    )


def _sense(
    new: list[HeardReply],
    numbers: Sequence[int],
    heads: _Heads,
    needs: Sequence[float],
    transcript: Transcript,
    model: Model,
) -> None:
    """Put what the heads say of the replies `numbers` in their place; claims stay."""
    ratings = _warmth(heads, [needs[n] for n in numbers], model)
    for row, n in enumerate(numbers):
        judged = new[n].accuracy, list(new[n].claims)
        new[n] = _reply(transcript, new[n].reply, heads, row, needs[n], ratings[row], judged)


def _heads(
    transcript: Transcript,
    runs: Sequence[Reply],
    numbers: Sequence[int],
    lang: Language,
    model: Model,
) -> _Heads:
    """What the heads say of the replies `numbers`."""
    seen = see([_turn(transcript, runs, n, model) for n in numbers], model.eyes)
    by_clause = model.acts.clause_probabilities(seen)
    probabilities = model.acts.probabilities(seen)
    take_back_refused(seen, probabilities, by_clause)
    alone = probabilities.copy()
    facts = tuple(fact.text for fact in transcript.facts)
    second = SecondJudge(model.detector, model.encoder)
    for row, n in enumerate(numbers):
        if all(map(model.words.babble, seen.turns[row].clauses)):
            probabilities[row] = by_clause[seen.bag == row] = 0.0
        asked = "\n".join(_texts(transcript, runs[n].customer))
        said = Said(runs[n].text, asked, facts, lang)
        probabilities[row] = second.weigh(said, probabilities[row], model.acts.thresholds)
    named = model.acts.acts(probabilities)
    clearly = degrees(probabilities, model.acts.thresholds)
    return _Heads(seen, named, alone, probabilities, by_clause, clearly)


def _turn(transcript: Transcript, runs: Sequence[Reply], number: int, model: Model) -> Turn:
    run = runs[number]
    before = _texts(transcript, runs[number - 1].messages) if number else []
    asked = _texts(transcript, run.customer)
    facts = nearest(run.text, "\n".join(asked), transcript.facts, model.encoder)
    return turn(_texts(transcript, run.messages), asked, before, [fact.text for fact in facts])


def _warmth(heads: _Heads, needs: Sequence[float], model: Model) -> list[float | None]:
    """The empathy ratings; None where none applies."""
    warmth, applies = model.warmth.rate(heads.seen, heads.probabilities, np.array(needs))
    return [
        float(rating) if (need >= CALM or sure >= 0.5) and sure >= 0.2 else None
        for rating, sure, need in zip(warmth, applies, needs, strict=True)
    ]


def _reply(
    transcript: Transcript,
    run: Reply,
    heads: _Heads,
    row: int,
    need: float,
    empathy: float | None,
    judged: tuple[float | None, list[Claim]],
) -> HeardReply:
    acts = heads.acts[row]
    mine = heads.by_clause[heads.seen.bag == row]
    litany = is_litany(transcript, run, acts)
    clearly = dict(zip(ACTS, heads.degrees[row].tolist(), strict=True))
    return HeardReply(
        reply=run,
        clauses=tuple(_clauses(transcript, run, acts, mine)),
        acts=acts,
        need=need,
        empathy=empathy,
        accuracy=judged[0],
        claims=tuple(judged[1]),
        substantive=_substantive(acts, run.text),
        solved=0.0 if litany else float(heads.solved[row]),
        degrees=dict.fromkeys(ACTS, 0.0) if litany else clearly,
        litany=litany,
    )


def _texts(transcript: Transcript, messages: Sequence[int]) -> list[str]:
    return [transcript.messages[index].text for index in messages]


def _customer(transcript: Transcript, model: Model) -> tuple[HeardCustomer, ...]:
    said = [n for n, message in enumerate(transcript.messages) if message.role == "customer"]
    if not said:
        return ()
    texts = _texts(transcript, said)
    mood = model.mood.hear(texts, model.encoder)
    emotions = with_wordless(texts, mood.emotion)
    return tuple(
        HeardCustomer(index, emotion, is_open(text, intents))
        for index, text, emotion, intents in zip(said, texts, emotions, mood.intents, strict=True)
    )


def _emotions(customer: Sequence[HeardCustomer]) -> dict[int, float]:
    return {heard.message: heard.emotion for heard in customer}


def _substantive(acts: Sequence[str], text: str) -> bool:
    """More than a greeting, thanks or a hold; a short "有的" counts, a bare "好的" does not."""
    if any(act not in IDLE for act in acts):
        return True
    return not acts and sum(character.isalnum() for character in text) > 6


def _clauses(
    transcript: Transcript, run: Reply, acts: Sequence[str], probabilities: Floats
) -> Iterator[Clause]:
    """The clauses of a reply; each act of the reply goes to its likeliest clause and to all others
    that do it by themselves."""
    spans = [
        (index, span) for index in run.messages for span in clauses(transcript.messages[index].text)
    ]
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
        chances = {
            act: float(probabilities[row, column])
            for act, column in zip(acts, columns, strict=True)
        }
        yield Clause(index, span.start, span.end, span.text, mine, chances)


def _accuracy(
    transcript: Transcript, run: Reply, acts: Sequence[str], lang: Language, model: Model
) -> tuple[float | None, list[Claim]]:
    context = _context(transcript, run, lang, model)
    asked = "\n".join(_texts(transcript, run.customer))
    rated = rate(run.text, asked, transcript.facts, context, model.accuracy, acts)
    return rated.rating, [_claim(transcript, run, finding, lang) for finding in rated.findings]


def _known(judged: _Judged) -> _Judged:
    return judged


def _context(transcript: Transcript, run: Reply, lang: Language, model: Model) -> Context:
    earlier = transcript.messages[: run.message]
    actions = tuple(m for m in transcript.messages if m.role == "action")
    return Context(
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
    transcript: Transcript,
    run: Reply,
    judged: Callable[[], _Judged],
    alone: Floats,
    lang: Language,
    model: Model,
) -> tuple[list[CriticalFinding], list[Unverified]]:
    found, doubtful = [], []
    suspicions = model.detector.find(
        run.text,
        "\n".join(_texts(transcript, run.customer)),
        [m.text for m in transcript.messages[: run.message] if m.role in ("customer", "agent")],
        [fact.text for fact in transcript.facts],
        lang,
        model.encoder,
    )
    for suspicion in suspicions:
        if not borne_out(suspicion.id, suspicion.confidence, alone):
            continue
        index, quote = place(transcript, run, suspicion.start, suspicion.end)
        if suspicion.critical and not _cleared(suspicion, judged):
            found.append(CriticalFinding(suspicion.id, index, quote))
        else:
            doubtful.append(Unverified(index, quote, say(lang, "facts.not_known", quote=quote)))
    return found, doubtful


def _cleared(suspicion: Suspicion, judged: Callable[[], _Judged]) -> bool:
    """Whether the facts speak against the suspicion: what is false or unsafe is inaccurate too.

    Two judges for a charge as grave as this, wherever there are facts to judge by: a fact that was
    broken bears it out; without one the reply must be rated inaccurate and the suspicion be more
    likely than not.
    """
    if suspicion.id not in TOLD_BY_FACTS:
        return False
    rating, claims = judged()
    if rating is None and suspicion.id != "false_promise":
        return False
    if any(c.verdict in FALSE_VERDICTS and c.severity >= GRAVE for c in claims):
        return False
    doubtful = suspicion.id == "false_promise" and suspicion.confidence < LIKELY
    return doubtful or rating is None or rating >= INACCURATE


def _distinct(rows: Sequence[Unverified]) -> list[Unverified]:
    return list(dict.fromkeys(rows))
