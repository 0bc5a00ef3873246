"""A turn in the making: what the customer feels, asks and says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from scenarios.parts import ENDINGS, Burst, Change, Goal, Rule
from scenarios.schema import Persona
from simulator import offers
from simulator.heard import Heard
from simulator.moment import Moment, holds
from simulator.speech import Said, spoken
from simulator.state import ONE, Case, State
from simulator.words import way
from transcripts.types import Language

HURTS: Final = frozenset({"deny", "blame", "dismiss", "rude", "coerce"})
EMPTY: Final = frozenset({"apologise", "empathise", "reassure", "greet", "thank", "close", "stall"})
"""Acts that bring the customer's matter no further by themselves."""
TELLS: Final = frozenset(
    {"give_info", "commit_time", "escalate", "offer_refund", "offer_replacement"}
)
"""Acts that tell what was found or done."""
SHOT: Final[Mapping[Language, str]] = {"zh": "[图片]", "zh-Hant": "[圖片]", "en": "[photo]"}
"""What stands in a chat where a picture was sent."""
MOST_LINES: Final = 3
"""Things that a customer says at one time, beside a last warning."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state afterwards and what the customer says, in order."""

    state: State
    says: tuple[Said, ...] = ()


@dataclass
class Turn:
    """A turn in the making."""

    case: Case
    state: State
    heard: Heard = field(default_factory=Heard)
    waited: int = 0
    says: list[Said] = field(default_factory=list)
    lines: int = 0
    again: bool = False
    """The reply says only what was said before."""
    ready: bool = True
    """An offer can be taken: what must come first was there before this reply was answered."""

    @property
    def persona(self) -> Persona:
        return self.case.persona

    @property
    def moment(self) -> Moment:
        worth = offers.best(self.case.scenario.deal, self.heard)
        return Moment(self.state, self.heard, self.waited, worth)

    def outcome(self) -> Outcome:
        if not self.says:
            return Outcome(self.state)
        number, used = self.state.answered, self.state.used
        typed = spoken(self.says, self.persona.speech, self.case.seed, number, used)
        self.set(answered=number + 1, used=typed.used)
        return Outcome(self.state, typed.says)

    def set(self, **values: Any) -> None:
        self.state = replace(self.state, **values)

    def may_answer(self) -> bool:
        return self.state.answered < self.case.scenario.answers

    def say(
        self, pool: str, lines: tuple[Burst, ...], picture: str | None = None, **sums: str
    ) -> bool:
        """Say the next way of a pool; False when all of them were said or it is enough."""
        if self.lines >= MOST_LINES + (pool == "persona.threat") or not self.may_answer():
            return False
        found = way(lines, self.case.seed, pool, self.state.used)
        if found is None:
            return False
        self.lines += 1
        self.set(used={**self.state.used, pool: self.state.used.get(pool, 0) + 1})
        for text in found:
            for name, value in sums.items():
                text = text.replace(f"{{{name}}}", value)
            self.says.append(Said(text))
        if picture is not None:
            shot = SHOT[self.case.scenario.lang]
            self.says.insert(len(self.says) - len(found), Said(shot, picture))
        return True

    # --- feeling

    def count(self) -> None:
        """Take note of the reply."""
        heard, state = self.heard, self.state
        counts = dict(state.counts)
        for act in heard.acts:
            counts[act] = counts.get(act, 0) + 1
        fresh = tuple(one for one in dict.fromkeys(heard.clauses) if one not in state.said)
        self.again = bool(heard.clauses) and not fresh
        told = tuple(dict.fromkeys((*state.told, *heard.hears)))
        self.set(turn=state.turn + 1, counts=counts, told=told, said=state.said + fresh)
        self.set(held=False, unheard=False)

    def feel(self) -> None:
        """Feel about a reply that was counted."""
        self.feel_only()
        slow = self.waited > self.persona.waits.nudge
        useful = self.heard.asks or self.heard.offers or set(self.heard.acts) - EMPTY - HURTS
        if slow:
            self.change(Change(mood=0.15, patience=-1))
        if useful and not self.again and not self.hurt():
            self.set(patience=min(self.persona.patience, self.state.patience + 1))

    def feel_only(self) -> None:
        """What the acts, the warmth and the errors of the reply do to mood and trust."""
        heard, persona = self.heard, self.persona
        points = 0.0 if self.again else sum(
            persona.reaction(act, self.state.counts[act]) for act in heard.acts
        )  # fmt: skip
        if heard.warm and not self.again:
            points += persona.warmth / max(1, self.state.counts.get("empathise", 1))
        if heard.critical:
            points += 0.8
        trust = 1 * ("commit_time" in heard.acts) - 2 * self.hurt() - len(heard.wrong)
        self.change(Change(mood=max(-4, min(4, points)), trust=max(-10, trust)))
        if self.hurt():
            self.change(Change(patience=-2))

    def hurt(self) -> bool:
        """Whether the reply hurts."""
        return bool(HURTS.intersection(self.heard.acts))

    def change(self, change: Change) -> None:
        """Apply a change; words alone calm no further than the persona's floor."""
        state = self.state
        floor = 0
        if change.mood < 0 and not state.settled and set(state.done) != set(self.goals):
            floor = min(state.mood, round(self.persona.no_calmer_than * ONE))
        questions = {name: age for name, age in state.open.items() if name not in change.closes}
        questions |= {name: 0 for name in change.opens if name not in questions}
        self.set(
            mood=max(floor, min(4 * ONE, state.mood + round(change.mood * ONE))),
            trust=max(0, min(10 * ONE, state.trust + round(change.trust * ONE))),
            patience=max(0, min(self.persona.patience, state.patience + change.patience)),
            open=questions,
            revealed=_joined(state.revealed, change.reveals),
            told=_joined(state.told, change.marks),
        )

    # --- answering

    @property
    def goals(self) -> Mapping[str, Goal]:
        return self.case.scenario.goals

    def answer(self) -> None:
        """Tell what was asked for, and only that; twice the same is held against the agent.

        Reading back what was told, with news of what was done, is no second question.
        """
        acts = set(self.heard.acts)
        reads_back = bool(acts & TELLS) and "request_evidence" not in acts
        held = False
        for name in self.heard.asks:
            known = self.case.scenario.knows[name]
            if name in self.state.revealed:
                if not (reads_back or held) and self.say(
                    "persona.asked_again", self.persona.lines.asked_again
                ):
                    held = True
                    self.change(Change(mood=0.3, patience=-2))
            elif self.say(f"knows.{name}", known.say, known.picture):
                self.change(known.change)
                self.change(Change(reveals=(name,)))
                self.set(unheard=self.state.unheard or self.wants())

    def correct(self) -> None:
        """Never agree to a wrong statement about the own order."""
        for number in self.heard.wrong[:1]:
            fact = self.case.scenario.facts[number]
            if not (fact.corrects and self.say(f"facts.{number}", fact.corrects)):
                self.say("persona.wrong", self.persona.lines.wrong)
            self.change(Change(mood=0.2))

    def rule(self) -> tuple[str, Rule] | None:
        """The first rule of the state that holds and has not had its times, with its pool."""
        place = self.state.place
        for number, rule in enumerate(self.case.scenario.states.get(place, ())):
            pool = f"states.{place}.{number}"
            if self.state.used.get(pool, 0) < rule.times and holds(rule.when, self.moment):
                return pool, rule
        return None

    def take(self, pool: str, rule: Rule) -> None:
        """Do what a rule says."""
        if rule.say is None:
            self.set(used={**self.state.used, pool: self.state.used.get(pool, 0) + 1})
        else:
            self.say(pool, rule.say, rule.picture)
        self.change(rule.change)
        if rule.go is not None:
            self.go(rule.go)

    def go(self, where: str) -> None:
        """To a state or an ending."""
        if where in ENDINGS:
            self.end(where)
        else:
            self.set(place=where)

    def refuses(self) -> bool:
        """Whether the reply refuses with a reason what the customer bargains for."""
        bargaining = self.case.scenario.deal is not None and "deal" not in self.state.told
        acts = set(self.heard.acts)
        return bargaining and bool(acts & {"hold_price", "state_policy"}) and not self.heard.asks

    # --- questions and goals

    def close_questions(self) -> None:
        """Thank for answers; grow impatient about what was passed over."""
        for name in tuple(self.state.open):
            question = self.case.scenario.questions[name]
            if holds(question.answered, self.moment):
                self.change(question.change)
                self.change(Change(closes=(name,), marks=(f"{name}_answered",)))
                if question.thanks is not None:
                    self.say(f"questions.{name}.thanks", question.thanks)
        ages = {name: age + 1 for name, age in self.state.open.items()}
        self.set(open=ages)

    def ask_open(self, least: int) -> bool:
        """Come back to the question that was passed over longest."""
        ages = sorted(self.state.open.items(), key=lambda item: -item[1])
        for name, age in ages:
            again = self.case.scenario.questions[name].again
            if age > least and self.say(f"questions.{name}", again):
                self.change(Change(mood=0.15, patience=-1))
                return True
        return False

    def ask_what_was_passed_over(self) -> None:
        """A question that two replies passed over comes back, whatever else is said."""
        quiet = self.state.ending is not None or self.state.held
        if not quiet and self.says and self.lines < MOST_LINES - 1:
            self.ask_open(least=1)

    def reach_goals(self) -> None:
        """Tick the goals that are reached."""
        for name, goal in self.goals.items():
            if name not in self.state.done and holds(goal.by, self.moment):
                self.set(done=(*self.state.done, name))
                if goal.say is not None:
                    self.say(f"goals.{name}", goal.say)
        self.settle()

    def ask_missing(self) -> bool:
        """Ask for the one goal that is still open when the rest is reached."""
        if len(self.state.done) + 1 < len(self.goals):
            return False
        for name, goal in self.goals.items():
            open_still = name not in self.state.done and goal.missing is not None
            if open_still and self.say(f"goals.{name}.missing", goal.missing or ()):
                return True
        return False

    def settle(self) -> None:
        """Settled is who has all goals, no open question, and a word about what was just told.

        Whoever asks and answers in one breath has not waited for what this customer has to say.
        """
        if not self.state.unheard and not self.wants():
            self.set(settled=True)

    def wants(self) -> bool:
        """Whether a goal or a question is open."""
        return bool(self.state.open) or set(self.state.done) != set(self.goals)

    # --- leaving

    def end(self, ending: Any) -> None:
        self.set(ending=ending)

    def leave(self) -> None:
        """Give up, as this persona does."""
        self.lines = 0
        self.says = self.says[:1]
        self.say("persona.leaves", self.persona.lines.leaves)
        angry = self.state.mood >= round(self.persona.threatens_at * ONE)
        self.end(self.persona.then if angry else "left")


def _joined(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))
