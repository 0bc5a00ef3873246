"""Accounts: who may come in, by what, for how long, and when nobody may even try."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.audit import deeds, note_deed
from store.database import Store
from store.declined import Declined
from store.links import choose_password, make_link, whom
from store.lockout import Limit, shut_until
from store.logins import (
    change_password,
    end_login,
    log_in,
    log_out,
    logins,
    make_api_token,
    who,
)
from store.passwords import fits, hashed
from store.people import (
    Person,
    add_person,
    first_person,
    groups,
    led_by,
    named,
    people,
    person,
    remove_group,
    set_active,
    set_group,
    set_name,
    set_role,
)
from transcripts.errors import KefuError, UnreadableInput

At = Callable[..., datetime]
PASSWORD = "草莓烂了一半-2026"


@pytest.fixture
def admin(store: Store, at: At) -> Person:
    found = first_person(store, "Boss", at())
    assert found is not None
    return found


@pytest.fixture
def li(store: Store, admin: Person, at: At) -> Person:
    li = add_person(store, "li", "小李", "agent", at())
    make_link(store, li.id, "invite", "token-of-li", admin.id, at())
    return choose_password(store, "token-of-li", PASSWORD, at(hours=1))


def test_only_a_new_folder_makes_its_first_admin(store: Store, admin: Person, at: At) -> None:
    assert (admin.login, admin.role, admin.ready) == ("boss", "admin", False)
    assert first_person(store, "other", at()) is None


def test_login_names_are_one_however_they_are_typed(store: Store, li: Person, at: At) -> None:
    assert named(store, " ＬＩ ") == li
    with pytest.raises(Declined) as refused:
        add_person(store, "Li", "", "agent", at())
    assert refused.value.key == "login_taken"
    for wrong in ("", "a b", "x" * 61):
        with pytest.raises(UnreadableInput):
            add_person(store, wrong, "", "agent", at())


def test_the_last_admin_stays(store: Store, admin: Person, li: Person) -> None:
    with pytest.raises(Declined):
        set_role(store, admin.id, "agent")
    with pytest.raises(Declined):
        set_active(store, admin.id, False)
    assert person(store, admin.id) == admin
    set_role(store, li.id, "admin")
    set_role(store, admin.id, "lead")
    assert [one.role for one in people(store)] == ["lead", "admin"]


def test_a_link_works_once_and_not_for_ever(store: Store, li: Person, at: At) -> None:
    with pytest.raises(Declined, match="used or is too old"):
        choose_password(store, "token-of-li", PASSWORD + "!", at(hours=1))
    make_link(store, li.id, "reset", "again", None, at())
    assert whom(store, "again", at(minutes=119)) == li
    with pytest.raises(Declined):
        choose_password(store, "again", PASSWORD, at(hours=2))
    make_link(store, li.id, "reset", "first", None, at())
    make_link(store, li.id, "reset", "second", None, at())
    with pytest.raises(Declined):
        whom(store, "first", at())
    set_active(store, li.id, False)
    with pytest.raises(Declined):
        whom(store, "second", at())


def test_a_reset_logs_out_whoever_was_in(store: Store, li: Person, at: At) -> None:
    log_in(store, "li", PASSWORD, "10.0.0.1", "cookie", at())
    make_link(store, li.id, "reset", "reset", None, at())
    choose_password(store, "reset", "另一个密码-2026", at())
    assert who(store, "cookie", "browser", at()) is None
    with pytest.raises(Declined):
        log_in(store, "li", PASSWORD, "10.0.0.1", "cookie2", at())
    assert log_in(store, "li", "另一个密码-2026", "10.0.0.1", "cookie3", at()).id == li.id


def test_a_session_ends_by_age_idleness_logout_and_shutting_out(
    store: Store, li: Person, at: At
) -> None:
    log_in(store, "LI", PASSWORD, "10.0.0.1", "cookie", at())
    assert who(store, "cookie", "browser", at(hours=1)) == li
    assert who(store, "cookie", "api", at(hours=1)) is None
    assert who(store, "cookie", "browser", at(hours=3)) is None, "two hours idle"
    log_in(store, "li", PASSWORD, "10.0.0.1", "busy", at())
    for hour in range(1, 12):
        assert who(store, "busy", "browser", at(hours=hour)) == li
    assert who(store, "busy", "browser", at(hours=12)) is None
    log_in(store, "li", PASSWORD, "10.0.0.1", "short", at(hours=12))
    log_out(store, "short")
    assert who(store, "short", "browser", at(hours=12)) is None
    log_in(store, "li", PASSWORD, "10.0.0.1", "shut", at(hours=12))
    set_active(store, li.id, False)
    assert who(store, "shut", "browser", at(hours=12)) is None
    with pytest.raises(Declined, match="wrong login"):
        log_in(store, "li", PASSWORD, "10.0.0.1", "again", at(hours=12))


def test_changing_the_password_keeps_only_this_session(store: Store, li: Person, at: At) -> None:
    for cookie in ("here", "there"):
        log_in(store, "li", PASSWORD, "10.0.0.1", cookie, at())
    with pytest.raises(Declined, match="not your password"):
        change_password(store, li.id, "wrong", "另一个密码-2026", "here")
    change_password(store, li.id, PASSWORD, "另一个密码-2026", "here")
    assert who(store, "here", "browser", at()) == li
    assert who(store, "there", "browser", at()) is None


def test_tokens_for_programs_are_listed_and_ended(store: Store, li: Person, at: At) -> None:
    make_api_token(store, li.id, "看板", "secret", at(), timedelta(days=90))
    assert who(store, "secret", "api", at(days=80)) == li
    (token,) = logins(store, li.id)
    assert (token.kind, token.label) == ("api", "看板")
    end_login(store, li.id + 1, token.id)
    assert who(store, "secret", "api", at(days=80)) == li
    end_login(store, li.id, token.id)
    assert who(store, "secret", "api", at(days=80)) is None


def test_after_five_failures_even_the_right_password_waits(
    store: Store, li: Person, at: At
) -> None:
    for minute in range(5):
        with pytest.raises(Declined, match="wrong login"):
            log_in(store, "li", "nein", f"10.0.0.{minute}", "t", at(minutes=minute))
    with pytest.raises(Declined, match="again in 11 min"):
        log_in(store, "li", PASSWORD, "10.0.0.9", "t", at(minutes=4))
    # The first failure is 15 minutes old: four are left, and the right password wipes them out.
    assert log_in(store, "li", PASSWORD, "10.0.0.9", "t", at(minutes=15)) == li
    for _ in range(4):
        with pytest.raises(Declined, match="wrong login"):
            log_in(store, "li", "nein", "10.0.0.9", "t", at(minutes=15))


@pytest.mark.slow
def test_an_address_that_tries_many_names_is_shut_out(store: Store, li: Person, at: At) -> None:
    for number in range(30):
        with pytest.raises(Declined, match="wrong login"):
            log_in(store, f"nobody{number}", "nein", "10.6.6.6", "t", at())
    with pytest.raises(Declined) as refused:
        log_in(store, "li", PASSWORD, "10.6.6.6", "t", at())
    assert refused.value.key == "shut_out"
    assert log_in(store, "li", PASSWORD, "10.0.0.1", "t", at()) == li


def test_nothing_that_opens_a_door_is_readable_in_the_file(
    store: Store, li: Person, at: At
) -> None:
    log_in(store, "li", PASSWORD, "10.11.12.13", "cookie-abc", at())
    make_link(store, li.id, "reset", "reset-abc", None, at())
    data = b"".join(path.read_bytes() for path in store.path.parent.iterdir())
    for secret in (PASSWORD, "token-of-li", "cookie-abc", "reset-abc", "10.11.12.13"):
        assert secret.encode() not in data


@pytest.mark.parametrize(
    ("password", "key"),
    [("kurz", "password_short"), ("a" * 201, "password_long"), ("aaaaaaaaaaaa", "password_easy"),
     ("my name is li!", "password_easy")],
)  # fmt: skip
def test_passwords_that_anybody_would_try_are_declined(password: str, key: str) -> None:
    with pytest.raises(Declined) as refused:
        hashed(password, "li")
    assert refused.value.key == key


def test_a_password_is_the_same_on_every_keyboard() -> None:
    assert fits("ＡＢＣＤ-１２３４５６", hashed("ABCD-123456", "li"))
    assert not fits("ABCD-123457", hashed("ABCD-123456", "li"))
    assert not fits("ABCD-123456", None)
    assert not fits("ABCD-123456", "no hash at all")


TIMES = st.lists(st.integers(0, 3600), max_size=40)


@given(TIMES, st.integers(1, 10), st.integers(1, 1800))
def test_shut_out_exactly_while_the_limit_is_reached(
    seconds: list[int], most: int, within: int
) -> None:
    start = datetime(2026, 3, 2, tzinfo=UTC)
    now = start + timedelta(seconds=3600)
    failed = [start + timedelta(seconds=one) for one in seconds]
    limit = Limit(most, timedelta(seconds=within))
    until = shut_until(failed, limit, now)
    recent = [one for one in failed if one > now - limit.within]
    assert (until is not None) == (len(recent) >= most)
    if until is not None:
        assert until > now
        assert shut_until(failed, limit, until) is None
        assert shut_until(failed, limit, until - timedelta(microseconds=1)) is not None


def test_leaders_see_their_groups_only(store: Store, li: Person, at: At) -> None:
    wang = add_person(store, "wang", "", "agent", at())
    zhao = add_person(store, "zhao", "", "team_leader", at())
    set_group(store, "早班", [li.id, wang.id], [zhao.id], at())
    set_group(store, "晚班", [wang.id], [], at())
    assert led_by(store, zhao.id) == {li.id, wang.id, zhao.id}
    assert led_by(store, wang.id) == set()
    set_group(store, "早班", [li.id], [zhao.id], at())
    assert led_by(store, zhao.id) == {li.id, zhao.id}
    set_name(store, li.id, " 李姐 ")
    set_name(store, li.id, " ")
    assert person(store, li.id).name == "李姐"
    assert [(one.name, one.leaders) for one in groups(store)] == [
        ("早班", (zhao.id,)), ("晚班", ()),
    ]  # fmt: skip
    remove_group(store, groups(store)[0].id)
    assert led_by(store, zhao.id) == set()
    assert person(store, zhao.id).active


def test_the_log_of_deeds_is_read_in_pages(store: Store, li: Person, at: At) -> None:
    for number in range(5):
        note_deed(store, li.id, "card.view", str(number), at(minutes=number), rows=number)
    note_deed(store, None, "export", None, at())
    first = deeds(store, most=3)
    assert [one.action for one in first] == ["export", "card.view", "card.view"]
    rest = deeds(store, before=first[-1].id)
    assert [one.subject for one in rest] == ["2", "1", "0"]
    assert (rest[0].login, rest[0].detail) == ("li", {"rows": 2})
    assert len(deeds(store, person=li.id)) == 5


def test_errors_are_for_people(store: Store) -> None:
    with pytest.raises(KefuError, match="kefu user list"):
        named(store, "nobody")
