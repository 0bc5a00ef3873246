"""Every form of a point in time that exports use, and those that must not be guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from transcripts.times import Clock, UnknownZone, UnreadableTime, day_order, zone

TEN = "2026-03-02T10:00:00+08:00"
CLOCK = Clock(zone("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-02T10:00:00+08:00", TEN),
        ("2026-03-02T02:00:00Z", "2026-03-02T02:00:00+00:00"),
        ("2026-03-02T10:00:00", TEN),
        ("2026-03-02 10:00:00", TEN),
        ("2026-03-02 10:00:00.250", "2026-03-02T10:00:00.250000+08:00"),
        ("2026/3/2 10:00", TEN),
        ("2026.03.02 10:00", TEN),
        ("2026年3月2日 10:00:00", TEN),
        ("2026年3月2日10时00分00秒", TEN),
        ("2026年3月2日 上午10:00", TEN),
        ("2026年3月2日 下午3:05", "2026-03-02T15:05:00+08:00"),
        ("2026-03-02 中午12:30", "2026-03-02T12:30:00+08:00"),
        ("2026-03-02 凌晨12:30", "2026-03-02T00:30:00+08:00"),
        ("2026-03-02 星期一 10:00", TEN),
        ("２０２６－０３－０２　１０：００：００", TEN),
        ("03/02/2026 10:00 AM", TEN),
        ("03/02/2026 10:00 PM", "2026-03-02T22:00:00+08:00"),
        ("Mar 2, 2026 10:00 AM", TEN),
        ("Mon, 02 Mar 2026 10:00:00 +0800", TEN),
        ("2026-03-02 02:00:00 UTC", "2026-03-02T02:00:00+00:00"),
        ("20260302100000", TEN),
        ("1772416800", TEN),
        (1772416800, TEN),
        (1772416800000, TEN),
        ("46083.4166666667", TEN),
        (46083.4166666667, TEN),
        (datetime(2026, 3, 2, 10), TEN),  # noqa: DTZ001 - what a spreadsheet holds
        (date(2026, 3, 2), "2026-03-02T00:00:00+08:00"),
    ],
)
def test_reads(written: object, expected: str) -> None:
    assert CLOCK.read(written).isoformat() == expected


@pytest.mark.parametrize(
    "written",
    ["昨天", "", "2026-13-02 10:00", "2026-02-30", "25:00", "12345", "9" * 400, True, None,
     float("nan"), float("inf"), 10**400, -5, "1 2 3", "2026-03-02 10:00 foo", [], "99999-01-01"],
)  # fmt: skip
def test_says_how_to_write_what_it_cannot_read(written: object) -> None:
    with pytest.raises(UnreadableTime, match="write it as 2026-03-02 10:00:00"):
        CLOCK.read(written)


def test_a_column_decides_which_of_day_and_month_stands_first() -> None:
    assert day_order(["03/02/2026 10:00", "25/02/2026 10:00"]) == "day-first"
    assert day_order(["03/02/2026 10:00", "02/25/2026 10:00"]) == "month-first"
    assert day_order(["03/02/2026 10:00 AM"]) == "month-first"
    assert day_order(["03/02/2026 10:00 AM", "25/02/2026 10:00 AM"]) == "day-first"
    assert day_order(["03/02/2026"]) == "day-first"
    assert day_order(["25/02/2026", "02/25/2026"]) == "mixed"


def test_an_ambiguous_date_of_a_mixed_column_is_not_guessed() -> None:
    clock = Clock(zone("Asia/Shanghai"), "mixed")
    assert clock.read("25/02/2026").isoformat()[:10] == "2026-02-25"
    with pytest.raises(UnreadableTime):
        clock.read("03/02/2026")


def test_zones_by_name_and_offset() -> None:
    assert Clock(zone("Europe/London")).read("2026-07-01 10:00").isoformat()[-6:] == "+01:00"
    assert Clock(zone("UTC+8")).read("2026-07-01 10:00").isoformat()[-6:] == "+08:00"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "Asia", "+99:00", "\0"])
def test_an_unknown_zone_is_a_clear_error(name: str) -> None:
    with pytest.raises(UnknownZone, match="Asia/Shanghai"):
        zone(name)
