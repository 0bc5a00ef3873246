"""Zendesk and Intercom JSON: users by id, HTML bodies, epoch times, private notes left out."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from transcripts.read import ReadOptions, Reject, read
from transcripts.read.html import body_text, to_text
from transcripts.types import Transcript


def load(content: Any) -> list[Transcript | Reject]:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return list(read(io.BytesIO(text.encode()), ReadOptions()))


def said(found: Transcript | Reject) -> list[tuple[str, str | None, str]]:
    assert isinstance(found, Transcript), found
    return [(message.role, message.sender, message.text) for message in found.messages]


USERS = [
    {"id": 1, "name": "Ann", "role": "end-user"},
    {"id": 2, "name": "Bob", "role": "agent"},
]
TICKET = {
    "id": 35436,
    "subject": "Broken",
    "requester_id": 1,
    "assignee_id": 2,
    "via": {"channel": "email"},
    "comments": [
        {
            "author_id": 1,
            "html_body": "<div>It &amp; arrived<br>broken<p>help</p></div>",
            "body": "raw",
            "public": True,
            "created_at": "2026-03-02T02:00:00Z",
        },
        {
            "author_id": 2,
            "body": "angry one",
            "public": False,
            "created_at": "2026-03-02T02:00:30Z",
        },
        {
            "author_id": 2,
            "body": "Sorry!",
            "public": True,
            "created_at": 1772416860,
            "attachments": [{"file_name": "a.pdf", "content_type": "application/pdf"}],
        },
    ],
}
ZENDESK = [
    ("customer", "Ann", "It & arrived\nbroken\nhelp"),
    ("agent", "Bob", "Sorry!\n[附件：a.pdf]"),
]


@pytest.mark.parametrize(
    "layout",
    [
        {**TICKET, "users": USERS},
        [{**TICKET, "users": USERS}],
        {"tickets": [TICKET], "users": USERS},
        {"users": USERS, "count": 1, "tickets": [TICKET], "next_page": None},
        {"ticket": {k: v for k, v in TICKET.items() if k != "comments"},
         "comments": TICKET["comments"], "users": USERS},
    ],
)  # fmt: skip
@pytest.mark.parametrize("indent", [None, 2])
def test_zendesk_in_each_layout(layout: Any, indent: int | None) -> None:
    (found,) = load(json.dumps(layout, indent=indent))
    assert said(found) == ZENDESK
    assert isinstance(found, Transcript)
    assert (found.id, found.customer, found.agent) == ("35436", "Ann", "Bob")
    assert str(found.messages[0].at) == "2026-03-02 02:00:00+00:00"
    assert found.extra["subject"] == "Broken"


def test_zendesk_lines_a_ticket_each() -> None:
    lines = "\n".join(json.dumps({**TICKET, "id": n, "users": USERS}) for n in range(3))
    assert [item.id for item in load(lines) if isinstance(item, Transcript)] == ["0", "1", "2"]


def test_without_users_the_requester_is_the_customer() -> None:
    (found,) = load({"tickets": [TICKET]})
    assert [role for role, _, _ in said(found)] == ["customer", "agent"]


def test_a_ticket_without_comments_is_its_description() -> None:
    (found,) = load([{"id": 9, "requester_id": 1, "description": "Where is it?"}])
    assert said(found) == [("customer", "1", "Where is it?")]


def test_a_broken_ticket_costs_only_itself() -> None:
    good = json.dumps(TICKET)
    items = load('{"tickets": [' + good + ',\n{"id": 2, "comments": "x"},\n5,\n{"id": 3, "comm')
    assert [type(item) for item in items] == [Transcript, Reject, Reject, Reject]
    assert [item.line for item in items if isinstance(item, Reject)] == [2, 3, 4]


INTERCOM = {
    "type": "conversation",
    "id": "147",
    "created_at": 1772416800,
    "source": {
        "type": "chat",
        "body": "<p>Where is my order?</p>",
        "author": {"type": "user", "id": "u1", "name": "Ann"},
    },
    "conversation_parts": {
        "type": "conversation_part.list",
        "total_count": 5,
        "conversation_parts": [
            {"part_type": "comment", "body": "<p>One moment</p>", "created_at": 1772416801,
             "author": {"type": "bot", "id": "b", "name": "Operator"}},
            {"part_type": "note", "body": "<p>difficult</p>", "created_at": 1772416802,
             "author": {"type": "admin", "id": "a1", "name": "Bob"}},
            {"part_type": "assignment", "body": None, "created_at": 1772416803,
             "author": {"type": "admin", "id": "a1"}},
            {"part_type": "comment", "body": "<p>It is on its way</p>", "created_at": 1772416860000,
             "author": {"type": "admin", "id": "a1"}},
            {"part_type": "close", "body": "<p>Bye</p>", "created_at": 1772416900,
             "author": {"type": "admin", "id": "a1", "name": "Bob"}},
        ],
    },
    "teammates": [{"type": "admin", "id": "a1", "name": "Bob"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "layout", [INTERCOM, [INTERCOM], {"type": "conversation.list", "conversations": [INTERCOM]}]
)
def test_intercom_in_each_layout(layout: Any) -> None:
    (found,) = load(layout)
    assert said(found) == [
        ("customer", "Ann", "Where is my order?"),
        ("bot", "Operator", "One moment"),
        ("agent", "Bob", "It is on its way"),
        ("agent", "Bob", "Bye"),
    ]
    assert isinstance(found, Transcript)
    assert (found.id, found.agent, found.incomplete) == ("147", "Bob", False)
    assert str(found.messages[2].at) == "2026-03-02 10:01:00+08:00"


def test_parts_that_the_export_left_out_make_it_incomplete() -> None:
    parts = {**INTERCOM["conversation_parts"], "total_count": 700}  # type: ignore[dict-item]
    (found,) = load({**INTERCOM, "conversation_parts": parts})
    assert isinstance(found, Transcript)
    assert found.incomplete


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
        ("a &amp; b", "a & b"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("a<br/>b<script>x()</script>", "a\nb"),
        ('看<img src="x.png">图', "看[图片]图"),
    ],
)
def test_bodies(body: str, text: str) -> None:
    assert body_text(body) == text


def test_hostile_html_is_only_text() -> None:
    assert to_text("<![if x]>a<b" + "<div>" * 5_000) is not None
