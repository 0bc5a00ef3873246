"""Typed quantities in Chinese and English text.

Values are held in one base unit a kind: money in its currency, durations in hours, weights in kg,
lengths in m, volumes in l, discounts as the share taken off (九五折 and "5% off" are 0.05), clock
times as hours after midnight, dates as (month, day) numbers month·100 + day (month 0 if not said).
Every pattern is bounded, so time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from grader.facts.numerals import DIGITS, number
from grader.facts.roles import Role, role_of
from transcripts.aligned import aligned

Kind = Literal[
    "money", "duration", "date", "weekday", "clock", "percent", "discount", "weight", "length",
    "volume", "temperature", "loudness", "power", "charge", "data", "count", "id", "number",
]  # fmt: skip
Comparator = Literal["exact", "about", "at_most", "at_least", "under", "over", "before", "after"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One value or range as said.

    `low` and `high` are in the base unit of `kind`; `unit` is the currency of money, the counter of
    counts, "workday" for working days, else the base unit. `start` and `end` are code points.
    `role`, of durations and dates, says what the time is of, see `roles`.
    """

    kind: Kind
    low: float
    high: float
    unit: str
    start: int
    end: int
    text: str
    comparator: Comparator = "exact"
    role: Role = ""

    @property
    def exact(self) -> bool:
        return self.low == self.high and self.comparator == "exact"


_NUM = r"(?:(?<![\d.])\d{1,9}(?:,\d{3}(?!\d)){0,4}(?:\.\d{1,6})?[万千k]?|[零〇一二两俩三四五六七八九十百千万廿]{1,12}(?:点[零一二三四五六七八九]{1,4})?)"
_WORD = r"(?:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|a dozen|an?)\b)"
_TO = r"\s{0,2}(?:-|~|到|至|to|or|或)\s{0,2}"


def _ranged(unit: str, *, words: bool = True, more: str = "[多来几]?") -> str:
    num = f"(?:{_NUM}|{_WORD})" if words else _NUM
    return rf"(?P<a>{num}|半)(?:{_TO}(?P<b>{num}))?\s{{0,2}}{more}\s{{0,1}}-?(?P<unit>{unit})"


_MONEY_UNIT = r"元|块钱?|圆|蚊|刀(?![片具])|usd|rmb|cny|twd|hkd|gbp|eur|dollars?|bucks|pounds?(?! of)|quid|euros?|yuan|[角毛](?=[钱。，,!！\s]|$)"
_SIGN = r"nt\$|hk\$|us\$|a\$|\$|£|€|¥"
_DURATION_UNIT = (
    r"秒钟?|分钟|刻钟|个?小时|个?钟头|个钟|天半|天|个?工作日|个?自然日|日(?!期|常|本|用)|周(?![一二三四五六日末年边围到])|个?星期(?![一二三四五六日天])|个?礼拜(?![一二三四五六日天])"
    r"|个半?月|年(?!\d)|seconds?\b|secs?\b|minutes?\b|mins?\b|hours?\b|hrs?\b|h\b"
    r"|(?:business|working|work|biz) ?days?\b|calendar days?\b|days?\b|d\b|weeks?\b|wks?\b|wk\b|months?\b|years?\b|yrs?\b"
)
_HOURS: Final = (
    ("秒", 1 / 3600), ("sec", 1 / 3600), ("分钟", 1 / 60), ("min", 1 / 60), ("刻钟", 0.25),
    ("小时", 1.0), ("钟头", 1.0), ("钟", 1.0), ("h", 1.0), ("天半", 36.0), ("工作日", 24.0),
    ("自然日", 24.0), ("天", 24.0), ("日", 24.0), ("半月", 24.0 * 45), ("月", 24.0 * 30),
    ("month", 24.0 * 30), ("年", 24.0 * 365), ("y", 24.0 * 365), ("周", 168.0), ("星期", 168.0),
    ("礼拜", 168.0), ("week", 168.0), ("wk", 168.0), ("d", 24.0), ("business", 24.0),
    ("work", 24.0), ("biz", 24.0), ("calendar", 24.0),
)  # fmt: skip
_MEASURES: Final[dict[str, tuple[Kind, str, float]]] = {
    "公斤": ("weight", "kg", 1.0), "千克": ("weight", "kg", 1.0), "kg": ("weight", "kg", 1.0),
    "kgs": ("weight", "kg", 1.0), "斤": ("weight", "kg", 0.5), "两": ("weight", "kg", 0.05),
    "克": ("weight", "kg", 0.001), "g": ("weight", "kg", 0.001), "lb": ("weight", "kg", 0.4536),
    "lbs": ("weight", "kg", 0.4536), "oz": ("weight", "kg", 0.02835), "吨": ("weight", "kg", 1e3),
    "grams": ("weight", "kg", 0.001),
    "公里": ("length", "m", 1000.0), "km": ("length", "m", 1000.0), "厘米": ("length", "m", 0.01),
    "公分": ("length", "m", 0.01), "cm": ("length", "m", 0.01), "毫米": ("length", "m", 0.001),
    "mm": ("length", "m", 0.001), "米": ("length", "m", 1.0), "m": ("length", "m", 1.0),
    "英寸": ("length", "m", 0.0254), "寸": ("length", "m", 0.0254), "inch": ("length", "m", 0.0254),
    "inches": ("length", "m", 0.0254), "英尺": ("length", "m", 0.3048), "ft": ("length", "m", 0.3048),
    "毫升": ("volume", "l", 0.001), "ml": ("volume", "l", 0.001), "升": ("volume", "l", 1.0),
    "l": ("volume", "l", 1.0), "℃": ("temperature", "c", 1.0), "°c": ("temperature", "c", 1.0),
    "摄氏度": ("temperature", "c", 1.0), "度": ("temperature", "c", 1.0),
    "分贝": ("loudness", "db", 1.0), "db": ("loudness", "db", 1.0), "w": ("power", "w", 1.0),
    "瓦": ("power", "w", 1.0), "kw": ("power", "w", 1000.0), "千瓦": ("power", "w", 1000.0),
    "mah": ("charge", "mah", 1.0), "毫安": ("charge", "mah", 1.0), "gb": ("data", "gb", 1.0),
    "tb": ("data", "gb", 1024.0),
}  # fmt: skip
_COUNTERS = (
    "个|颗|件|箱|盒|瓶|包(?!邮)|袋|只|条|双|支|片|张|份|套|本|台|部|次|人|位|名|枚|罐|把|根|粒|盆|株|杯|筐|篮|笔|单(?!号)|款|桶|卷|碗|碎|朵|束|排|轮|岁|码"
    r"|pcs?\b|pieces?\b|bottles?\b|boxes\b|box\b|items?\b|packs?\b|units?\b|bags?\b|pairs?\b|orders?\b|photos?\b|times?\b|sets?\b|mugs?\b|people\b|parcels?\b|cans?\b|jars?\b|left\b|in stock\b"
)
_COUNTER_NAMES: Final = {
    "pc": "个", "pcs": "个", "piece": "个", "pieces": "个", "unit": "个", "units": "个",
    "item": "件", "items": "件", "bottle": "瓶", "bottles": "瓶", "box": "盒", "boxes": "盒",
    "pack": "包", "packs": "包", "bag": "袋", "bags": "袋", "pair": "双", "pairs": "双",
    "order": "单", "orders": "单", "photo": "张", "photos": "张", "time": "次", "times": "次",
    "set": "套", "sets": "套", "left": "个", "in stock": "个", "颗": "个", "只": "个", "枚": "个",
    "粒": "个", "名": "人", "位": "人", "people": "人", "笔": "单",
}  # fmt: skip
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTH_RE = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAYS: Final = {"前天": -2, "昨": -1, "今": 0, "当天": 0, "明": 1, "后天": 2, "大后天": 3,
                "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}  # fmt: skip
_WEEKDAYS: Final = {
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7, "mon": 1, "tue": 2,
    "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7,
}  # fmt: skip
_PART = r"凌晨|早上|清早|上午|早|中午|下午|傍晚|晚上|晚间|今晚|明晚|昨晚|夜里|晚|明早"

Found = tuple[Kind, float, float, str]
Maker = Callable[["re.Match[str]", "datetime | None"], "Found | None"]


def _pair(match: re.Match[str]) -> tuple[float, float] | None:
    """Both ends of a range; 三五 and 两三 before a unit are ranges too."""
    text = match["a"]
    if match["b"] is None and len(text) == 2 and all(char in DIGITS for char in text):
        first, second = DIGITS[text[0]], DIGITS[text[1]]
        if 0 < first < second:
            return float(first), float(second)
    low = 0.5 if text == "半" else 1.0 if text in ("a", "an") else number(text.replace("a ", ""))
    high = low if match["b"] is None else number(match["b"])
    if low is None or high is None:
        return None
    return (low, high) if low <= high else (high, low)


def _currency(unit: str) -> str:
    for mark, code in (
        ("nt", "TWD"), ("twd", "TWD"), ("hk", "HKD"), ("蚊", "HKD"), ("£", "GBP"), ("gbp", "GBP"),
        ("pound", "GBP"), ("quid", "GBP"), ("€", "EUR"), ("eur", "EUR"), ("$", "$"), ("usd", "$"),
        ("dollar", "$"), ("buck", "$"), ("刀", "$"),
    ):  # fmt: skip
        if mark in unit:
            return code
    return "元"


def _money(match: re.Match[str], _: datetime | None) -> Found | None:
    ends = _pair(match)
    if ends is None:
        return None
    unit = match["unit"]
    scale = 0.1 if unit and unit in "角毛" else 1.0
    tail = match.groupdict().get("tail")
    extra = (number(tail) or 0.0) / (10 if tail and len(tail) == 1 else 100) if tail else 0.0
    return "money", ends[0] * scale + extra, ends[1] * scale + extra, _currency(unit)


def _duration(match: re.Match[str], _: datetime | None) -> Found | None:
    ends = _pair(match)
    unit = match["unit"]
    hours = next((v for name, v in _HOURS if (unit.lstrip("个").startswith(name))), None)
    if ends is None or hours is None:
        return None
    working = "工作日" in unit or "business" in unit or "work" in unit or "biz" in unit
    half = hours / 2 if match.groupdict().get("half") else 0.0
    return "duration", ends[0] * hours + half, ends[1] * hours + half, "workday" if working else "h"


def _measure(match: re.Match[str], _: datetime | None) -> Found | None:
    ends = _pair(match)
    if ends is None:
        return None
    kind, unit, scale = _MEASURES[match["unit"]]
    half = scale / 2 if match.groupdict().get("half") else 0.0
    return kind, ends[0] * scale + half, ends[1] * scale + half, unit


def _jin(match: re.Match[str], _: datetime | None) -> Found | None:
    jin, liang = number(match["a"]), number(match["b"])
    if jin is None or liang is None:
        return None
    weight = jin * 0.5 + liang * 0.05
    return "weight", weight, weight, "kg"


def _count(match: re.Match[str], _: datetime | None) -> Found | None:
    ends = _pair(match)
    if ends is None:
        return None
    unit = match["unit"]
    return "count", ends[0], ends[1], _COUNTER_NAMES.get(unit, unit)


def _times(match: re.Match[str], _: datetime | None) -> Found | None:
    ends = _pair(match)
    return None if ends is None else ("count", ends[0], ends[1], "倍")


def _percent(match: re.Match[str], _: datetime | None) -> Found | None:
    ends = _pair(match)
    if ends is None:
        return None
    scale = 0.1 if match["unit"] == "成" else 0.01
    kind: Kind = "discount" if "off" in match["unit"] or "discount" in match["unit"] else "percent"
    return kind, ends[0] * scale, ends[1] * scale, "share"


def _discount(match: re.Match[str], _: datetime | None) -> Found | None:
    text = match["a"] or "半"
    if text == "半":
        return "discount", 0.5, 0.5, "share"
    value = number(text)
    if value is None:
        return None
    share = value / 10 if value < 10 else value / 100
    return ("discount", 1 - share, 1 - share, "share") if 0 < share < 1 else None


def _month_day(month: float | None, day: float | None) -> Found | None:
    if month is None or day is None or not (0 <= month <= 12 and 1 <= day <= 31):
        return None
    return "date", month * 100 + day, month * 100 + day, "date"


def _date(match: re.Match[str], _: datetime | None) -> Found | None:
    month = match.groupdict().get("month")
    name = next(
        (i for i, m in enumerate(_MONTHS.split("|"), 1) if month and m[:3] == month[:3]), None
    )
    return _month_day(
        float(name) if name else number(month) if month else 0.0, number(match["day"])
    )


def _relative(match: re.Match[str], at: datetime | None) -> Found | None:
    word = match.group()
    days = next((days for name, days in reversed(_DAYS.items()) if word.startswith(name)), 0)
    if at is None:
        return "date", 10_000.0 + days, 10_000.0 + days, "relative"
    day = at + timedelta(days=days)
    return _month_day(float(day.month), float(day.day))


def _weekday(match: re.Match[str], _: datetime | None) -> Found | None:
    day = float(_WEEKDAYS[match["day"]])
    return "weekday", day, day, "weekday"


def _clock(match: re.Match[str], _: datetime | None) -> Found | None:
    hour = number(match["hour"])
    if hour is None or hour > 24:
        return None
    groups = match.groupdict()
    minute = groups.get("minute") or ""
    value = hour + (0.5 if minute == "半" else (number(minute.rstrip("分")) or 0.0) / 60)
    part = groups.get("part") or groups.get("half") or ""
    if (
        hour < 12
        and part
        and (part in ("下午", "傍晚", "pm", "p.m") or ("晚" in part and hour > 4))
    ) or (hour == 12 and ("晚" in part or "夜" in part)):
        value += 12
    unit = "clock" if part or hour > 12 or minute else "clock12"
    return "clock", value, value, unit


def _id(match: re.Match[str], _: datetime | None) -> Found | None:
    value = float(match["digits"][-4:])
    return "id", value, value, "tail" if len(match["digits"]) < 7 else "id"


def _plain(match: re.Match[str], _: datetime | None) -> Found | None:
    value = number(match.group())
    return None if value is None else ("number", value, value, "")


_CN = r"[零〇一二两三四五六七八九十百]{1,4}"
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Maker], ...]] = tuple(
    (re.compile(pattern), maker)
    for pattern, maker in (
        (
            r"(?:尾号|末[三四]码|末[三四]位|ending(?: in)?)\s{0,2}[:是为]?\s{0,2}(?P<digits>\d{3,6})",
            _id,
        ),
        (r"(?<![\d.])(?:20\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?!\d)日?", _date),
        (rf"(?P<month>\d{{1,2}}|{_CN})月(?P<day>\d{{1,2}}|{_CN})[日号]?", _date),
        (r"(?<![\d.:-])(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?![\d:-])", _date),
        (rf"\b(?P<month>{_MONTH_RE})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)", _date),
        (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH_RE})\b", _date),
        (rf"(?<![\d周a-z])(?P<day>\d{{1,2}}|{_CN})号(?![码线楼])", _date),
        (r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)\b", _date),
        (
            r"(?:(?P<part>上午|下午|晚上|凌晨|早上|晚|早)\s?)?(?<!\d)(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?!\d)(?:\s?(?P<half>am|pm))?",
            _clock,
        ),
        (
            rf"(?:(?P<part>{_PART})\s?)?(?<![\d.])(?P<hour>\d{{1,2}}|{_CN})点钟?(?P<minute>半|[0-5]?\d分?|[零一二三四五]?十[一二三四五六七八九]?分?|{_CN}分)?(?![零一二三四五六七八九\d])",
            _clock,
        ),
        (r"\b(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?\s?(?P<half>am|pm|a\.m|p\.m)\b", _clock),
        (
            r"大后天|后天|前天|昨[天日晚]|今[天日晚早]|当天|明[天日早晚]|\b(?:yesterday|today|tonight|tomorrow)\b",
            _relative,
        ),
        (
            r"(?:周|星期|礼拜)(?P<day>[一二三四五六日天])|\b(?P<en>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b",
            lambda m, _: _weekday_any(m),
        ),
        (
            rf"(?P<unit>{_SIGN}|rmb ?)\s{{0,1}}(?P<a>\d{{1,9}}(?:,\d{{3}}(?!\d)){{0,4}}(?:\.\d{{1,4}})?[万千k]?)(?:{_TO}(?:{_SIGN})?(?P<b>\d{{1,9}}(?:\.\d{{1,4}})?))?",
            _money,
        ),
        (
            rf"(?P<a>{_NUM})(?P<b>\b\B)?(?P<unit>块)(?P<tail>\d{{1,2}}|[一二三四五六七八九](?![个件箱盒张天分]))",
            _money,
        ),
        (_ranged(_MONEY_UNIT, words=True), _money),
        (
            r"[满减]\s?(?P<a>\d{1,5})(?P<b>\b\B)?(?P<unit>(?=\s?减)|(?!\s?[\d个件天箱斤%.张次])|(?=元))元?",
            _money,
        ),
        (
            rf"(?:退|补|赔|减|返|便宜|抹|少|送|收|实付|到手价?|券后|原价|现价|价格?是?|只要|卖|才)(?:给?[您你])?(?:个)?\s?(?P<a>\d{{1,5}}(?:\.\d{{1,2}})?)(?P<b>\b\B)?(?P<unit>)(?=[吧哈哦呢了的,。!~，！]|\s(?!\s?(?:{_DURATION_UNIT}|{_COUNTERS}|[号点折%]))|$)",
            _money,
        ),
        (rf"(?P<a>半|{_NUM})(?P<b>\b\B)?\s?折(?!叠)", _discount),
        (r"(?P<a>半)(?P<b>\b\B)?价|half price(?P<unit>)", _discount),
        (rf"(?P<unit>百分之)(?P<a>{_NUM})(?P<b>\b\B)?", _percent),
        (
            r"(?P<a>[一两1-9])(?P<b>\b\B)?个(?P<half>半)(?P<unit>小时|钟头|工作日|星期|礼拜|月)",
            _duration,
        ),
        (rf"(?P<a>{_NUM})斤(?P<b>{_NUM})(?P<unit>两)", _jin),
        (
            _ranged(r"%(?: off| discount)?|percent(?: off)?|成(?![分为本品功员熟交])", words=False),
            _percent,
        ),
        (_ranged(_DURATION_UNIT) + r"(?P<half>半(?![点夜]))?", _duration),
        (
            _ranged(
                r"公斤|千克|kgs?\b|lbs?\b|oz\b|斤|两(?=[，。,\s、!左重净果]|$)|克|grams\b|g\b|吨|公里|km\b|厘米|公分|cm|毫米|mm|米|英寸|寸|inch(?:es)?|英尺|ft\b|毫升|ml|升|l\b|℃|°c|摄氏度|度(?![假过])|分贝|db|kw|千瓦|瓦|w\b|mah|毫安|gb|tb|m\b",
                words=False,
            )
            + r"(?P<half>半)?",
            _measure,
        ),
        (rf"假一[赔罚](?P<a>{_NUM})(?P<b>\b\B)?(?P<unit>)", _times),
        (rf"(?P<a>{_NUM}|{_WORD})(?P<b>\b\B)?(?P<unit>倍| times the)", _times),
        (_ranged(_COUNTERS), _count),
        (r"(?<![a-z\d])(?P<digits>\d{7,24})(?!\d)", _id),
        (r"(?<![a-z\d.])\d{1,6}(?:\.\d{1,4})?(?![a-z\d])", _plain),
    )
)


def _weekday_any(match: re.Match[str]) -> Found | None:
    day = float(_WEEKDAYS[match["day"] or match["en"]])
    return "weekday", day, day, "weekday"


_BEFORE: Final[tuple[tuple[Comparator, re.Pattern[str]], ...]] = (
    ("about", re.compile(r"(?:大约|大概|约|差不多|将近|接近|估计|about|around|approx\.?|roughly|nearly|~)\s{0,2}$")),
    ("at_most", re.compile(r"(?:不超过?|不高于|不大于|最多|最高|至多|上限|顶多|最晚|最迟|最长|up to|at most|max(?:imum)?|within|no more than|not more than|≤|<=|limit)[^\d。，,;；]{0,6}$")),
    ("under", re.compile(r"(?:不到|少于|低于|不足|未满|under|less than|below|<)\s{0,2}$")),
    ("at_least", re.compile(r"(?:不少于|不低于|至少|起码|最少|最低|at least|min(?:imum)?|≥|>=|满)[^\d。，,;；]{0,3}$")),
    ("over", re.compile(r"(?:超过|超出|大于|高于|过了|more than|over|above|>|超)\s{0,2}$")),
    ("before", re.compile(r"\b(?:before|by)\s$")),
    ("after", re.compile(r"\bafter\s$")),
)  # fmt: skip
_AFTER: Final[tuple[tuple[Comparator, re.Pattern[str]], ...]] = (
    ("at_most", re.compile(r"\s?(?:以内|之内|内(?!胆|裤|衣)|以下|封顶|为限|max\b|or less)")),
    ("at_least", re.compile(r"\s?(?:以上|及以上|起(?![订床来])|\+|or more|and up)")),
    ("about", re.compile(r"\s?(?:左右|上下|出头|来钱|or so|ish)")),
    ("before", re.compile(r"(?:[之以]?前(?!台))")),
    ("after", re.compile(r"(?:[之以]?后(?!天))")),
)


def _compared(quantity: Quantity, text: str) -> Quantity:
    """The quantity with the comparator that stands before or after it."""
    left = text[max(0, quantity.start - 14) : quantity.start]
    right = text[quantity.end : quantity.end + 8]
    for name, pattern in _AFTER:
        if pattern.match(right):
            return replace(quantity, comparator=name)
    for name, pattern in _BEFORE:
        if pattern.search(left):
            return replace(quantity, comparator=name)
    if re.search(r"[\d十百千万][多来几]", quantity.text):
        return replace(quantity, comparator="about")
    return quantity


def _matches(text: str, at: datetime | None) -> Iterator[Quantity]:
    taken = bytearray(len(text))
    for pattern, maker in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if start == end or any(taken[start:end]):
                continue
            made = maker(match, at)
            if made is None:
                continue
            taken[start:end] = b"\x01" * (end - start)
            kind, low, high, unit = made
            yield Quantity(kind, round(low, 6), round(high, 6), unit, start, end, text[start:end])


_IDIOMS = re.compile(
    r"一下|一点|一些|一样|一定|一直|一起|一般|一共|一边|一旦|一律|一切|一会|一番|一遍|一路|一句|一家|统一|唯一|万一|第一时间|十分|千万|百分(?!之)|三方|四川|五金|两口|双十一|双11|六一|一个个|一个人"
)
_QUICK = re.compile(
    r"[\d零〇一二两俩三四五六七八九十百千万半廿]|[今明昨前后当][天日晚早]|星期|周|礼拜|day|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|tomorrow|tonight|mon|tue|wed|thu|fri|sat|sun)\b"
)


def quantities(text: str, at: datetime | None = None) -> tuple[Quantity, ...]:
    """The quantities of a text in order of place.

    `at` resolves 今天, tomorrow; without it relative days stay relative (unit "relative").

    >>> [(q.kind, q.low, q.comparator) for q in quantities("签收48小时内，最多赔30元，九五折")]
    [('duration', 48.0, 'at_most'), ('money', 30.0, 'at_most'), ('discount', 0.05, 'exact')]
    """
    plain = aligned(text)
    if not _QUICK.search(plain):
        return ()
    masked = _IDIOMS.sub(lambda match: "\x00" * len(match.group()), plain)
    found = sorted(_matches(masked, at), key=lambda quantity: quantity.start)
    return tuple(
        _compared(_cast(replace(q, text=text[q.start : q.end]), plain), plain) for q in found
    )


def _cast(quantity: Quantity, text: str) -> Quantity:
    role = role_of(quantity.kind, text, (quantity.start, quantity.end), quantity.high)
    return replace(quantity, role=role) if role else quantity
