"""Points in time as shops, platforms and spreadsheets write them.

Read are ISO 8601 (with offset, Z or neither), `2026/3/2 10:00`, `2026年3月2日 10:00:00`, 上午/下午,
full-width digits, AM/PM, English month names, epoch seconds and milliseconds, Excel serial days.

`03/02/2026` is ambiguous, so the whole column decides (`day_order`): a first number above 12
anywhere means day first, a second number above 12 month first, both leave the ambiguous rows unread
(guessing would move them by months); without either AM/PM means month first, as the US writes, and
no sign at all day first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from transcripts.errors import KefuError

DEFAULT_ZONE: Final = "Asia/Shanghai"
DayOrder = Literal["day-first", "month-first", "mixed"]

_YEARS: Final = range(1970, 2200)
_EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zone
_EXCEL_DAYS: Final = (20_000, 110_000)
_DIGIT_FORMS: Final = {14: "%Y%m%d%H%M%S", 12: "%Y%m%d%H%M", 8: "%Y%m%d"}
_EPOCH_DIVISORS: Final = {10: 1, 13: 1_000, 16: 1_000_000}

_PLAIN_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_NUMBER: Final = re.compile(r"\d{1,16}(?:\.\d+)?")
_WEEKDAY: Final = re.compile(
    r"[(（]?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天][)）]?|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b\.?,?"
)
_HALF: Final = re.compile(r"(上午|下午|凌晨|早上|清晨|中午|傍晚|晚上|夜里)|\b([ap])\.?m\b\.?")
_ZONE: Final = re.compile(r"(?<=[\d\s])(?:(z|utc|gmt)|(?:utc|gmt)?\s*([+-])(\d\d):?(\d\d))$")
_CLOCK: Final = re.compile(
    r"(\d{1,2})(?:[:：时時点點](\d{1,2})?)(?:[:：分](\d{1,2})?)?秒?(?:[.,](\d{1,9}))?秒?"
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTH_NAME: Final = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?"
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s-]*"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_AFTERNOON: Final = ("中午", "下午", "傍晚", "晚上", "夜里", "pm")
_LONGEST: Final = 64


class UnreadableTime(ValueError):
    """A text is no point in time; the message says so with the text and a form that works."""


class UnknownZone(KefuError):
    """A time zone's name is not in the time zone database."""


def zone(name: str) -> tzinfo:
    """The time zone of that name ("Asia/Shanghai") or offset ("+08:00", "UTC+8")."""
    offset = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d\d))?", name.strip(), re.IGNORECASE)
    if offset and int(offset[2]) < 15 and int(offset[3] or 0) < 60:
        span = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(-span if offset[1] == "-" else span)
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(
            f"Time zone {name[:60]!r} is not known. Write a name such as Asia/Shanghai or "
            "Europe/London, or an offset such as +08:00."
        ) from None


def day_order(texts: Iterable[str]) -> DayOrder:
    """Which of day and month stands first in a column of dates written with the year last."""
    signs: set[str] = set()
    for text in texts:
        signs |= order_signs(text)
    return order_of(signs)


def order_signs(text: str) -> set[str]:
    """What one date tells of its column: "day" or "month" stands first, "half" for AM/PM."""
    plain = _plain(text)
    found = _YEAR_LAST.match(plain)
    if not found:
        return set()
    signs = set()
    if int(found[1]) > 12:
        signs.add("day")
    if int(found[2]) > 12:
        signs.add("month")
    if (half := _HALF.search(plain)) and half[2]:
        signs.add("half")
    return signs


def order_of(signs: set[str]) -> DayOrder:
    """The order that the signs of a whole column point to."""
    if "day" in signs:
        return "mixed" if "month" in signs else "day-first"
    return "month-first" if signs else "day-first"


@dataclass(frozen=True)
class Clock:
    """Reads times: those without a zone are in `zone`.

    `order` serves dates with the year last; with None each such date speaks for itself.
    """

    zone: tzinfo
    order: DayOrder | None = None

    def read(self, value: Any) -> datetime:
        """A point in time with a fixed offset. Raises `UnreadableTime`."""
        try:
            found = self._read(value)
            if found.tzinfo is None:
                found = found.replace(tzinfo=self.zone)
            offset = found.utcoffset()
            if found.year not in _YEARS or offset is None:
                raise ValueError(value)
            return found.replace(tzinfo=timezone(offset))
        except (ValueError, OverflowError, OSError, ArithmeticError):
            raise UnreadableTime(
                f"the time {str(value)[:40]!r} cannot be read; write it as 2026-03-02 10:00:00"
            ) from None

    def _read(self, value: Any) -> datetime:
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime.combine(value, time())
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueError(value)  # noqa: TRY004 - to the caller a wrong type is a wrong text
        if isinstance(value, str) and _PLAIN_ISO.match(value):
            try:
                return datetime.fromisoformat(value)
            except ValueError:
                return self._words(_plain(value))
        plain = _plain(str(value) if isinstance(value, str | int) else f"{value:.9f}")
        return self._number(plain) if _NUMBER.fullmatch(plain) else self._words(plain)

    def _number(self, text: str) -> datetime:
        whole = text.partition(".")[0]
        if len(whole) in _EPOCH_DIVISORS:
            seconds = float(text) / _EPOCH_DIVISORS[len(whole)]
            moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(  # noqa: UP017
                microseconds=round(seconds * 1_000_000)
            )
            return moment.astimezone(self.zone)
        if len(whole) in _DIGIT_FORMS:
            return datetime.strptime(whole, _DIGIT_FORMS[len(whole)])  # noqa: DTZ007
        days = float(text)
        if not _EXCEL_DAYS[0] <= days <= _EXCEL_DAYS[1]:
            raise ValueError(text)
        return _EXCEL_EPOCH + timedelta(seconds=round(days * 86_400))

    def _words(self, text: str) -> datetime:
        if len(text) > _LONGEST:
            raise ValueError(text)
        text = _WEEKDAY.sub(" ", text).strip()
        year, month, day, rest = self._date(text)
        rest = rest.lstrip("t ,，").strip()
        offset: tzinfo | None = None
        if found := _ZONE.search(rest):
            rest, offset = rest[: found.start()].strip(), _offset(found)
        if half := _HALF.search(rest):
            rest = (rest[: half.start()] + rest[half.end() :]).strip()
        clock = _time(rest, (half[1] or half[2] + "m") if half else "")
        return datetime.combine(date(year, month, day), clock, tzinfo=offset)

    def _date(self, text: str) -> tuple[int, int, int, str]:
        if found := _YEAR_FIRST.match(text):
            return int(found[1]), int(found[2]), int(found[3]), text[found.end() :]
        if found := _YEAR_LAST.match(text):
            first, second = int(found[1]), int(found[2])
            order = self.order or order_of(order_signs(text))
            if first > 12 or second > 12:
                month_first = second > 12
            elif order == "mixed":
                raise ValueError(text)
            else:
                month_first = order == "month-first"
            month, day = (first, second) if month_first else (second, first)
            return int(found[3]), month, day, text[found.end() :]
        if (found := _MONTH_NAME.match(text)) and (found[1] or found[3]):
            month = _MONTHS.index(found[2]) + 1
            return int(found[4]), month, int(found[1] or found[3]), text[found.end() :]
        raise ValueError(text)


def _plain(text: str) -> str:
    text = text.strip().strip("\ufeff\u200e\u200f")
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower().strip()


def _time(text: str, half: str) -> time:
    if not text:
        return time()
    found = _CLOCK.fullmatch(text.replace(" ", ""))
    if not found and half and text.isdigit():
        found = _CLOCK.fullmatch(text + ":00")
    if not found:
        raise ValueError(text)
    hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
    if hour < (11 if half == "中午" else 12) and half in _AFTERNOON:
        hour += 12
    elif half in ("凌晨", "am", "上午") and hour == 12:
        hour = 0
    return time(hour, minute, second, int((found[4] or "0").ljust(6, "0")[:6]))


def _offset(found: re.Match[str]) -> tzinfo:
    if found[1]:
        return timezone(timedelta())
    span = timedelta(hours=int(found[3]), minutes=int(found[4]))
    return timezone(-span if found[2] == "-" else span)
