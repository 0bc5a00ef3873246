"""Scripted agents that prove a scenario: its own paths, and the cheats that must never pass.

`path_results` plays every path of every variant and grades it as real chats are graded;
`cheat_results` does the same with agents that only look busy, `twin_results` with the solution of
another variant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import Final

from grader.grade import grade
from grader.model import Model
from rubrics.load import load_rubric
from rubrics.schema import Rubric
from scenarios.load import Shelved, load_persona
from scenarios.parts import Ending, Entry, Path
from scenarios.schema import Scenario
from simulator.play import ears, play
from simulator.record import outcome, transcript
from simulator.session import Session
from simulator.state import Case
from transcripts.errors import Fault, Refused
from transcripts.scripts import traditional
from transcripts.types import Language

CHEATS_AT_MOST: Final = 60.0
"""No cheat may score more, whatever it does."""
_QUICK: Final[Mapping[str, tuple[str, ...]]] = {
    "zh": (
        "您好，在的，很高兴为您服务，请问有什么可以帮您？",
        "非常抱歉给您带来不好的体验，理解您的心情。",
        "您的问题我已经收到了，这边帮您核实一下，请您稍等。",
        "请您放心，我们一定会尽快为您处理的。",
        "感谢您的耐心等待，已经帮您反馈给相关部门了。",
        "麻烦您提供一下订单号和照片，我们会尽快核实。",
        "给您带来不便再次表示歉意，感谢您的理解与支持。",
        "请问还有其他可以帮您的吗？祝您生活愉快！",
    ),
    "en": (
        "Hello, thank you for contacting us. How may I help you today?",
        "We apologise for any inconvenience caused and understand your frustration.",
        "Your request is important to us. Please bear with me while I look into this.",
        "Rest assured, we will get this resolved as soon as possible.",
        "Thank you for your patience. I have passed this on to the relevant team.",
        "Kindly provide your order number and a photo so that we can check.",
        "Once again, sorry for the inconvenience and thank you for your understanding.",
        "Is there anything else I can help you with? Have a wonderful day!",
    ),
}
_WARM: Final[Mapping[str, str]] = {
    "zh": "真的很抱歉让您遇到这样的事，换作是我也会着急生气，您放心，这件事我一定负责到底。",
    "en": "I'm truly sorry you have had to go through this, I would be upset too, and I promise "
    "I will see it through for you.",
}


@dataclass(frozen=True, slots=True)
class PathResult:
    """What came of a scripted agent in one variant.

    `overall` 0–100, None if not scored; `criteria` the scores by id; `csat` 1–5. `faults` says what
    is not as the file demands, each with its line; empty if all is.
    """

    scenario: str
    variant: int
    path: str
    ending: Ending
    right: bool
    csat: int
    overall: float | None
    passed: bool | None
    critical: tuple[str, ...]
    criteria: Mapping[str, float | None]
    faults: tuple[Fault, ...]
    states: tuple[str, ...] = ()
    """The states that the customer came through, in order."""


@dataclass(frozen=True, slots=True)
class Prover:
    """Who judges: the model, and where own personas and rubrics are searched first."""

    model: Model
    personas: Sequence[File] = ()
    rubrics: Sequence[File] = ()

    def case(self, shelved: Shelved, variant: int) -> Case:
        """The customer of a variant; its number is the seed of the choices."""
        scenario = shelved.variants[variant]
        return Case(scenario, load_persona(scenario.persona, self.personas), variant)

    def rubric(self, scenario: Scenario) -> Rubric:
        """What the scenario is graded by."""
        return load_rubric(scenario.rubric, self.rubrics)

    def session(self, shelved: Shelved, variant: int, says: Sequence[Entry]) -> Session:
        """The session of a scripted agent."""
        case = self.case(shelved, variant)
        return play(case, says, ears(case.scenario, self.model))


def path_results(
    shelved: Shelved, prover: Prover, variants: Iterable[int] | None = None
) -> list[PathResult]:
    """Every path of every variant, or of these, played and graded."""
    return [
        _result(shelved, prover, variant, number)
        for variant in (range(len(shelved.variants)) if variants is None else variants)
        for number in range(len(shelved.variants[variant].paths))
    ]


def cheat_results(
    shelved: Shelved,
    others: Sequence[Shelved],
    prover: Prover,
    variants: Iterable[int] | None = None,
) -> list[PathResult]:
    """The cheats in every variant, or in these; a fault where one scores too much or passes.

    `others` is the library, from which a good path of another matter is taken.
    """
    found = []
    for variant in range(len(shelved.variants)) if variants is None else variants:
        for cheat in cheats(shelved.variants[variant], others):
            result = _played(shelved, prover, variant, cheat)
            faults = tuple(
                shelved.documents[variant].fault(("paths",), message)
                for message in _cheated(result)
            )
            found.append(replace(result, faults=faults))
    return found


def twin_results(shelved: Shelved, prover: Prover) -> list[PathResult]:
    """The good path of each variant in those that begin with the same words; a fault where it
    passes or ends rightly: there an answer learnt by heart is as good as listening."""
    found = []
    for own, one in enumerate(shelved.variants):
        good = _good(one)
        for variant, other in enumerate(shelved.variants):
            if good is None or variant == own or other.shelf != one.shelf:
                continue
            result = _played(shelved, prover, variant, good)
            who = f"variant {variant + 1}: the good path of variant {own + 1}"
            words = [f"{who} passes"] if result.passed else []
            words += [f"{who} ends rightly"] if result.right else []
            faults = tuple(shelved.documents[variant].fault(("paths",), word) for word in words)
            found.append(replace(result, path=f"as_{own + 1}", faults=faults))
    return found


def cheats(scenario: Scenario, others: Sequence[Shelved]) -> Iterator[Path]:
    """Agents that only look busy; none of them listens to this customer.

    Nothing is too much at once where the customer never answers: there one message is all.
    """
    good = _good(scenario)
    lang: Language = scenario.lang
    if good is not None and scenario.answers:
        yield _all_at_once(good)
    stranger = _stranger(scenario, others)
    if stranger is not None:
        yield Path(name="another", says=stranger.says)
    quick = [_in(lang, text) for text in _QUICK["en" if lang == "en" else "zh"]]
    count = scenario.turns
    yield Path(name="quick", says=_every(20, (quick[n % len(quick)] for n in range(count))))
    warm = _in(lang, _WARM["en" if lang == "en" else "zh"])
    yield Path(name="same", says=_every(20, (warm for _ in range(count))))


def _all_at_once(good: Path) -> Path:
    """Everything that the good agent says, in one message before anything is known."""
    texts = "\n".join(entry.text for entry in good.says if entry.text is not None)
    deeds = [entry for entry in good.says if entry.action is not None]
    says = (Entry(after=15, text=texts[:2000]), *(_soon(entry) for entry in deeds))
    return Path(name="at_once", says=says)


def _soon(entry: Entry) -> Entry:
    return entry.model_copy(update={"after": 5.0})


def _every(seconds: float, texts: Iterator[str]) -> tuple[Entry, ...]:
    return tuple(Entry(after=seconds, text=text) for text in texts)


def _in(lang: Language, text: str) -> str:
    return traditional(text) if lang == "zh-Hant" else text


def _good(scenario: Scenario) -> Path | None:
    return next((path for path in scenario.paths if path.name == "good"), None)


def _stranger(scenario: Scenario, others: Sequence[Shelved]) -> Path | None:
    """The good path of the next scenario in this language that is on another topic."""
    near = [
        other.variants[0]
        for other in sorted(others, key=lambda one: one.id)
        if other.id != scenario.id
        and other.variants[0].lang == scenario.lang
        and other.variants[0].topic != scenario.topic
        and _good(other.variants[0]) is not None
    ]
    later = [other for other in near if other.id > scenario.id]
    return _good((later or near)[0]) if near else None


def _cheated(result: PathResult) -> Iterator[str]:
    who = f"variant {result.variant + 1}: the cheat {result.path!r}"
    if result.overall is not None and round(result.overall, 1) > CHEATS_AT_MOST:
        yield f"{who} scores {result.overall:.1f}, more than {CHEATS_AT_MOST:g}"
    if result.passed:
        yield f"{who} passes"


def _result(shelved: Shelved, prover: Prover, variant: int, number: int) -> PathResult:
    path = shelved.variants[variant].paths[number]
    document = shelved.documents[variant]
    place = ("paths", number)
    try:
        result = _played(shelved, prover, variant, path)
    except Refused as refused:
        raise Refused(f"{document.fault(place, f'path {path.name}: {refused}')}") from None
    faults = tuple(document.fault((*place, key), message) for key, message in _missed(path, result))
    return replace(result, faults=faults)


def _played(shelved: Shelved, prover: Prover, variant: int, path: Path) -> PathResult:
    session = prover.session(shelved, variant, path.says)
    scenario = session.case.scenario
    card = grade(transcript(session), prover.rubric(scenario), prover.model)
    end = outcome(session)
    return PathResult(
        scenario=scenario.id,
        variant=variant,
        path=path.name,
        ending=end["ending"],
        right=end["right"],
        csat=end["csat"],
        overall=card.overall,
        passed=card.passed,
        critical=card.critical,
        criteria={name: result.score for name, result in card.criteria.items()},
        faults=(),
        states=tuple(dict.fromkeys((scenario.first_state, *(one.place for one in session.states)))),
    )


def _missed(path: Path, result: PathResult) -> Iterator[tuple[str, str]]:
    """The key of the path that is missed, and how."""
    who = f"variant {result.variant + 1}: path {path.name!r}"
    if path.ending and result.ending not in path.ending:
        wanted = " or ".join(path.ending)
        yield "ending", f"{who} ends {result.ending}, expected {wanted}"
    if path.right is not None and result.right != path.right:
        words = ("a wrong", "a right")
        yield (
            "right",
            f"{who} ends {result.ending}, {words[result.right]} ending; expected "
            + (f"{words[path.right]} one"),
        )
    score = None if result.overall is None else round(result.overall, 1)
    if path.at_least is not None and (score is None or score < path.at_least):
        yield "at_least", f"{who} scores {_told(score)}, expected at least {path.at_least:g}"
    if path.at_most is not None and score is not None and score > path.at_most:
        yield "at_most", f"{who} scores {_told(score)}, expected at most {path.at_most:g}"


def _told(score: float | None) -> str:
    return "nothing" if score is None else f"{score:.1f}"
