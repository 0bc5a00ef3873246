"""What every part of a rubric is made of: texts in two languages, and when a criterion applies."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from rubrics.ids import ACTS, CRITICALS
from transcripts.types import Language

Contact = Literal["complaint", "presale", "order_change", "care", "enquiry"]
"""What a conversation is about: recognised by the grader from its content, never from a label.

complaint: the customer is uneasy or worse about a trouble; presale: before an order; order_change:
address, size, date, note of an existing order; care: the shop calls back, birthdays, members;
enquiry: anything else that is asked.
"""

ADVICE_LENGTH: Final = 60
VERDICT_WORDS: Final = ("应该", "必须", "有待加强")


def _known_act(value: str) -> str:
    return _known(value, ACTS, "act")


def _known_critical(value: str) -> str:
    return _known(value, CRITICALS, "critical error")


def _known(value: str, known: tuple[str, ...], what: str) -> str:
    if value not in known:
        from rubrics.nearest import did_you_mean

        raise ValueError(f"no such {what}: {value!r}{did_you_mean(value, known)}")
    return value


Act = Annotated[str, AfterValidator(_known_act), Field(json_schema_extra={"enum": list(ACTS)})]
Critical = Annotated[
    str, AfterValidator(_known_critical), Field(json_schema_extra={"enum": list(CRITICALS)})
]
Word = Annotated[str, Field(min_length=1, max_length=100)]
Emotion = Annotated[float, Field(ge=0, le=4)]
Score = Annotated[float, Field(ge=0, le=100)]
Rating = Annotated[float, Field(ge=0, le=4)]
Seconds = Annotated[float, Field(ge=0, le=31 * 86_400)]


class Strict(BaseModel):
    """A part of a file that people write: unknown keys are faults, values do not change."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, validate_default=True
    )


class Text(Strict):
    """A text in Chinese and in English."""

    zh: str = Field(min_length=1, max_length=500, description="Simplified Chinese.")
    en: str = Field(min_length=1, max_length=1000, description="English.")

    def in_language(self, lang: Language) -> str:
        """The Chinese text for zh and zh-Hant (the caller converts), else the English one."""
        return self.en if lang == "en" else self.zh


class Advice(Text):
    """Words to a trainee: short, about what to say, without a verdict."""

    @model_validator(mode="after")
    def _short_and_kind(self) -> Advice:
        if len(self.zh) > ADVICE_LENGTH:
            raise ValueError(
                f"the Chinese advice has {len(self.zh)} characters; at most {ADVICE_LENGTH}"
            )
        for word in VERDICT_WORDS:
            if word in self.zh:
                raise ValueError(f"advice without {word}: say what to write instead")
        return self


class Applies(Strict):
    """When a criterion, an order of stages or a statement applies. All that is given must hold."""

    contact: tuple[Contact, ...] = Field(
        default=(), description="One of these kinds of contact was recognised in the conversation."
    )
    complaint: bool | None = Field(
        default=None, description="true: only in complaints; false: only outside of complaints."
    )
    emotion_at_least: Emotion | None = Field(
        default=None, description="Some customer message has at least this emotion (0–4)."
    )
    customer_words: tuple[Word, ...] = Field(
        default=(), description="Some customer message holds one of these words."
    )
    agent_acts: tuple[Act, ...] = Field(
        default=(), description="Some reply does one of these acts."
    )
    lang: tuple[Language, ...] = Field(default=(), description="Language of the conversation.")
    market: tuple[Word, ...] = Field(
        default=(), description="Market of the transcript, such as CN, TW, HK, UK, EU, US."
    )
