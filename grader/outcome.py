"""The signs of what became of the customer's matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from grader.abandoned import left_alone
from grader.closings import only_pictures
from grader.evasion import PLANS, asked_in_vain, dodged, put_off, untold
from grader.misdirected import POLITE, meant_for_another
from grader.reading import HeardReply, Reading
from grader.signs import NOWHERE, Measured, Sign, SignHead, measured
from rubrics.ids import ACTS

OFFERS: Final = frozenset({"offer_refund", "offer_replacement", "offer_compensation"})
ANSWERS: Final = frozenset({"give_info", "state_policy", "recommend", "explain_cause", "hold_price",
                            "offer_discount"})  # fmt: skip
CHECKS: Final = frozenset({"ask_problem", "request_evidence", "verify_order"})
WORDS_ALONE: Final = 1.4
"""The rating of a trouble that nobody did anything about, however kindly they spoke."""
LEFT_OPEN: Final = 1.0
"""The codebook's rating of a matter without a plan."""
BY_END: Final = 0.9
LAST: Final = 0.6
RATING_BY_MOOD: Final = (4.0, 3.6, 2.6, 1.4, 0.2)
FIGHTS: Final = frozenset({"deny", "blame", "rude", "coerce", "off_platform", "leak_privacy"})
HELP: Final = PLANS | ANSWERS | CHECKS
WEIGHTY: Final = frozenset(ACTS) - POLITE


def signs(reading: Reading) -> list[Sign]:
    """Every sign of what became of the matter."""
    return measured(_SIGNS, reading)


def signs_by_end(reading: Reading) -> list[Sign]:
    """The same, and how the customer came out of it, last."""
    return [*signs(reading), Sign("end", *_end(reading))]


def by_end(head: SignHead) -> SignHead:
    """The head for conversations without facts.

    Nothing there says whether an answer was right, so the customer's own end decides nearly all:
    the mood at the end and at its worst, thanks, and having to ask again. What was fitted keeps a
    tenth.
    """
    kept = 1 - BY_END
    weights = {name: kept * weight for name, weight in head.weights.items()}
    for name, weight in {"end": 4.0, "satisfied": 1.0, "chased": -1.0}.items():
        weights[name] = weights.get(name, 0.0) + BY_END * weight
    return SignHead(kept * head.base, weights)


def _end(reading: Reading) -> Measured:
    """What the customer's mood stands for, over 4: mostly the last, partly the worst."""
    if not reading.customer:
        return NOWHERE
    last = reading.customer[-1]
    worst = max(heard.emotion for heard in reading.customer)
    mood = LAST * last.emotion + (1 - LAST) * worst
    return float(np.interp(mood, range(5), RATING_BY_MOOD)) / 4, last.message


def most(reading: Reading) -> float:
    """The highest rating that is left: nothing is done for a customer who was answered no more, nor
    by words for another, nor by reciting everything before a word was known; words alone are no
    plan for an upset customer who is not pleased at the end either, nor for a question that was
    dodged."""
    astray = left_alone(reading) is not None or meant_for_another(reading) is not None
    if astray or _recited(reading):
        return LEFT_OPEN
    if not any(_asked(heard, reading) for heard in reading.replies):
        return 4.0
    worst = max(heard.emotion for heard in reading.customer)
    helped = max(_helps(heard) for heard in reading.replies)
    upset = np.interp(worst, (2.0, 3.0), (0, 1))
    sore = np.interp(reading.customer[-1].emotion, (0.7, 1.0), (0, 1))
    idle = max(upset * sore * np.interp(helped, (0.25, 0.75), (1, 0)), dodged(reading))
    return float(4 - (4 - WORDS_ALONE) * idle)


def _recited(reading: Reading) -> bool:
    """Whether all that was said beyond a greeting was said in one breath."""
    said = [heard for heard in reading.replies if heard.substantive or heard.litany]
    return bool(said) and all(heard.litany for heard in said)


def _share(acts: frozenset[str]) -> Callable[[Reading], Measured]:
    """The share of replies that do one of these acts, and the last that does."""

    def measure(reading: Reading) -> Measured:
        clearly = [heard.degree(acts) for heard in reading.replies]
        if not any(clearly):
            return NOWHERE
        return sum(clearly) / len(clearly), _last(reading.replies, clearly).reply.message

    return measure


def _once(acts: frozenset[str]) -> Callable[[Reading], Measured]:
    """1 if some reply clearly does one of these acts, and the first that does it most clearly."""

    def measure(reading: Reading) -> Measured:
        best = max(reading.replies, key=lambda heard: heard.degree(acts), default=None)
        if best is None or best.degree(acts) == 0:
            return NOWHERE
        return best.degree(acts), best.reply.message

    return measure


def _last(replies: Sequence[HeardReply], clearly: Sequence[float]) -> HeardReply:
    """The last reply that rather does it than not, else the one that comes nearest."""
    doing = [n for n, degree in enumerate(clearly) if degree >= 0.5]
    return replies[doing[-1] if doing else int(np.argmax(clearly))]


def _last_mood(reading: Reading) -> Measured:
    if not reading.customer:
        return NOWHERE
    last = reading.customer[-1]
    return last.emotion / 4, last.message


def _calmed(reading: Reading) -> Measured:
    """How far the customer came down from the worst moment."""
    if len(reading.customer) < 2:
        return NOWHERE
    last = reading.customer[-1]
    return (max(heard.emotion for heard in reading.customer) - last.emotion) / 4, last.message


def _satisfied(reading: Reading) -> Measured:
    """The customer's last message closes the matter in a good or neutral mood."""
    if len(reading.customer) < 2 or reading.customer[-1].open:
        return NOWHERE
    last = reading.customer[-1]
    return max(0.0, (2.5 - last.emotion) / 2.5), last.message


def _left_open(reading: Reading) -> Measured:
    """The conversation ends on a customer message that needed an answer."""
    if not reading.customer or not reading.customer[-1].open:
        return NOWHERE
    last = reading.customer[-1]
    answered = any(heard.reply.message > last.message for heard in reading.replies)
    return NOWHERE if answered else (1.0, last.message)


def _answered(reading: Reading) -> Measured:
    """The share of customer turns with something open that the next reply did something about."""
    turns = [heard for heard in reading.replies if heard.reply.customer and _asked(heard, reading)]
    if not turns:
        return NOWHERE
    good = [_helps(heard) for heard in turns]
    return sum(good) / len(turns), _last(turns, good).reply.message


def _asked(heard: HeardReply, reading: Reading) -> bool:
    open_ones = {customer.message for customer in reading.customer if customer.open}
    return any(message in open_ones for message in heard.reply.customer)


def _helps(heard: HeardReply) -> float:
    """How clearly a reply does something about the matter, and neither fights nor brushes off."""
    return heard.degree(HELP) * (1 - heard.degree(FIGHTS | {"dismiss", "stall"}))


def _ended_helping(reading: Reading) -> Measured:
    """The last reply that is more than courtesy helps."""
    weighty = [heard for heard in reading.replies if set(heard.acts) - POLITE]
    if not weighty:
        return NOWHERE
    last = weighty[-1]
    return 2 * _helps(last) - 1, last.reply.message


def _courtesy_only(reading: Reading) -> Measured:
    """The share of replies to something open that are courtesy alone."""
    turns = [heard for heard in reading.replies if _asked(heard, reading)]
    empty = [1 - heard.degree(WEIGHTY) for heard in turns]
    if not any(empty):
        return NOWHERE
    return sum(empty) / len(turns), turns[int(np.argmax(empty))].reply.message


def _only_checked(reading: Reading) -> Measured:
    """Questions were asked, and nothing ever came of them."""
    if not reading.replies:
        return NOWHERE
    checked = max(heard.degree(CHECKS) for heard in reading.replies)
    came = max(heard.degree(PLANS | ANSWERS) for heard in reading.replies)
    return (checked - came, reading.replies[-1].reply.message) if checked > came else NOWHERE


def _chased(reading: Reading) -> Measured:
    """Customer messages after the first reply that are open and uneasy or worse, per four.

    A picture without a word gives what was asked for.
    """
    if not reading.replies:
        return NOWHERE
    first = reading.replies[0].reply.message
    messages = reading.transcript.messages
    again = [
        h
        for h in reading.customer
        if h.message > first and h.open and h.emotion > 1.3
        if not only_pictures(messages[h.message].text)
    ]
    if not again:
        return NOWHERE
    return min(sum(min(h.emotion - 1.3, 1.0) for h in again), 4) / 4, again[-1].message


def _false(reading: Reading) -> Measured:
    """How false the falsest reply is, from right (3 and more: 0) to contradicted (0: 1)."""
    rated = [heard for heard in reading.replies if heard.accuracy is not None]
    if not rated:
        return NOWHERE
    worst = min(rated, key=lambda heard: heard.accuracy or 0.0)
    return max(0.0, 3 - (worst.accuracy or 0.0)) / 3, worst.reply.message


def _right(reading: Reading) -> Measured:
    """The mean accuracy, over 4."""
    rated = [heard.accuracy for heard in reading.replies if heard.accuracy is not None]
    return (float(np.mean(rated)) / 4, -1) if rated else NOWHERE


def _critical(reading: Reading) -> Measured:
    return (1.0, reading.critical[0].message) if reading.critical else NOWHERE


_SIGNS: Final[dict[str, Callable[[Reading], Measured]]] = {
    "last_mood": _last_mood,
    "calmed": _calmed,
    "satisfied": _satisfied,
    "left_open": _left_open,
    "answered": _answered,
    "ended_helping": _ended_helping,
    "courtesy_only": _courtesy_only,
    "only_checked": _only_checked,
    "chased": _chased,
    "offer": _once(OFFERS),
    "commit_time": _once(frozenset({"commit_time"})),
    "escalate": _once(frozenset({"escalate"})),
    "guide_steps": _once(frozenset({"guide_steps"})),
    "informed": _once(ANSWERS),
    "closed": _once(frozenset({"close"})),
    "fought": _share(FIGHTS),
    "brushed_off": _share(frozenset({"dismiss", "stall"})),
    "false": _false,
    "right": _right,
    "critical": _critical,
    "put_off": put_off,
    "asked_in_vain": asked_in_vain,
    "untold": untold,
}  # fmt: skip
DIRECTION: Final = {
    "last_mood": -1, "calmed": 1, "satisfied": 1, "left_open": -1, "answered": 1,
    "ended_helping": 1, "courtesy_only": -1, "only_checked": -1, "chased": -1, "offer": 1,
    "commit_time": 1, "escalate": 1, "guide_steps": 1, "informed": 1, "closed": 1, "fought": -1,
    "brushed_off": -1, "false": -1, "right": 1, "critical": -1, "put_off": -1,
    "asked_in_vain": -1, "untold": -1,
}  # fmt: skip
