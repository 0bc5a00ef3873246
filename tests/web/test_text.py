"""Every text of the pages stands in all languages, takes the same values and is used."""

from __future__ import annotations

import re
import string
from functools import cache
from pathlib import Path

import pytest

from transcripts.scripts import converter
from transcripts.types import LANGUAGES
from web.text import t, table, template, texts

ROOT = Path(__file__).parents[2]
KEYS = sorted(table())
ROOMS = ("rubrics", "scenarios", "simulator", "store", "web")
"""Where the last part of a key may come from: names of roles, endings, refusals."""


def values(text: str) -> set[str]:
    """The names of the values that a text takes."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_language_has_every_text() -> None:
    wrong = [key for key in KEYS if not {"zh", "en"} <= set(table()[key]) <= set(LANGUAGES)]
    empty = [key for key in KEYS for lang in LANGUAGES if not template(lang, key).strip()]
    assert not wrong + empty


def test_every_language_takes_the_same_values() -> None:
    taken = {key: {frozenset(values(template(lang, key))) for lang in LANGUAGES} for key in KEYS}
    assert not [key for key, found in taken.items() if len(found) > 1]


def test_traditional_chinese_is_derived_or_given() -> None:
    assert t("zh-Hant", "wait.model") == "評分模型正在載入，幾秒就好"
    assert t("zh-Hant", "login.title") == "登入"


def test_no_simplified_character_is_left_in_traditional() -> None:
    given = {key: texts["zh-Hant"] for key, texts in table().items() if "zh-Hant" in texts}
    wanted = {key: converter("s2tw").convert(text) for key, text in given.items()}
    assert not [key for key in given if wanted[key].replace("臺", "台") != given[key]]


@cache
def sources(*suffixes: str, room: str = "web") -> str:
    found = [path for path in (ROOT / room).rglob("*") if path.suffix in suffixes]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(found))


@cache
def pages() -> str:
    return sources(".py", ".html", ".js")


@cache
def words() -> frozenset[str]:
    """Every word of the code from which a key could be put together."""
    code = "\n".join(sources(".py", ".html", ".js", ".yaml", room=room) for room in ROOMS[:-1])
    return frozenset(re.findall(r"\w+", code + pages()))


@cache
def beginnings() -> frozenset[str]:
    """What keys are put together with: "declined." in f"declined.{key}", groups for scripts."""
    joined = re.findall(r"""["']([a-z_.]+)\.(?:\{|["']\s*~)""", pages())
    return frozenset((*joined, *re.findall(r"""\btexts\(["']([a-z_]+)["']\)""", pages())))


@cache
def ends() -> frozenset[str]:
    """What is put behind something: ".title" in key ~ '.title'."""
    return frozenset(re.findall(r"""~\s*["']\.([a-z_]+)["']""", pages()))


def spelled(name: str) -> bool:
    """Whether the code names this, or puts it together as in "limit_" + action, "how_" + 3."""
    halves = [(name[: n + 1], name[n + 1 :]) for n, sign in enumerate(name) if sign == "_"]
    return name in words() or any(
        one in words() and (other in words() or other.isdigit()) for one, other in halves
    )


def noted(deed: str) -> bool:
    """Whether the pages or the shell write this deed down."""
    code = sources(".py") + sources(".py", room="kefu")
    start, _, end = deed.rpartition(".")
    return f'"{deed}"' in code or (f'f"{start}.{{' in code and f'"{end}"' in code)


def used(key: str) -> bool:
    if key.startswith("log."):
        return noted(key.removeprefix("log."))
    if re.search(rf"""["']{re.escape(key)}["']""", pages()):
        return True
    start, _, rest = key.rpartition(".")
    if start in beginnings() and spelled(rest):
        return True
    return rest in ends() and start in words()


@pytest.mark.slow
def test_no_text_is_left_over() -> None:
    unused = [key for key in KEYS if not used(key)]
    assert not unused, f"nothing shows these; take them out: {unused}"


def test_every_key_in_the_code_has_a_text() -> None:
    named = re.findall(r"""\bt\(\s*(?:lang,\s*|_lang\(request\),\s*)?["']([a-z_]+\.[a-z_.]+)["']""",
                       pages())  # fmt: skip
    missing = sorted({key for key in named if key not in table() and not key.endswith(".")})
    assert not missing, f"no text for: {missing}"


def test_a_script_gets_its_group() -> None:
    assert texts("zh", "home")["go_on"] == "接着聊"
