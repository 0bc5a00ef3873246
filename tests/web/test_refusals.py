"""A refusal reaches whoever asked as plain text; it is no fault that anybody must look into."""

from __future__ import annotations

import inspect

import pytest

from transcripts.errors import Refused
from web.mounting import refusing_quietly
from web.sessions import NotAllowed

pytestmark = pytest.mark.slow


def answer(number: int, request: object = None) -> int:
    if number == 1:
        raise NotAllowed("log in again")
    if number == 2:
        raise Refused("<b>not so</b>")
    if number == 3:
        raise KeyError("broken")
    return number


def test_a_refusal_is_told_without_a_traceback() -> None:
    import gradio as gr

    handler = refusing_quietly(answer)
    assert handler(7) == 7
    assert inspect.signature(handler) == inspect.signature(answer), "gradio reads the parameters"
    with pytest.raises(NotAllowed) as away:
        handler(1)
    assert isinstance(away.value, gr.Error)
    with pytest.raises(gr.Error) as refused:
        handler(2)
    assert not refused.value.print_exception
    assert refused.value.message == "&lt;b&gt;not so&lt;/b&gt;"
    with pytest.raises(KeyError):
        handler(3)
