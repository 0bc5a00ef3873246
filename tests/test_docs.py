"""What the documents show is what the program does: examples are read, fields are all described."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from grader.facts.library import LibraryFact, load_library
from rubrics import operators, parts, schema, times
from rubrics.ids import ACTS, CRITICALS, KINDS
from rubrics.load import load_rubric
from transcripts.masking.spans import KINDS as MASKED
from transcripts.notes import Notes
from transcripts.read import ReadOptions, Reject, read_many
from transcripts.shape import TranscriptShape
from transcripts.types import ROLES, Language
from web.text import table, template

DOCS = Path(__file__).parents[1] / "docs"
RUBRICS = (DOCS / "rubrics.md").read_text(encoding="utf-8")
FORMATS = (DOCS / "formats.md").read_text(encoding="utf-8")
CODEBOOK = (DOCS / "codebook.md").read_text(encoding="utf-8")

EXAMPLE = re.compile(
    r"<!-- example: (?P<name>\S+) (?P<chats>\d+) (?P<messages>\d+) -->\n```\w+\n(?P<text>.*?)```",
    re.DOTALL,
)
GUIDES = ("trainee", "trainer", "qa", "admin")
"""Guides by role, in both languages."""
PARTS = [
    model
    for module in (schema, parts, times, operators)
    for model in vars(module).values()
    if isinstance(model, type)
    and issubclass(model, BaseModel)
    and model.__module__ == module.__name__
    and model not in (parts.Strict, parts.Text, parts.Advice)
    and not model.__name__.endswith("Node")
]


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
def test_every_field_of_a_rubric_is_described(model: type[BaseModel]) -> None:
    missing = [
        name
        for name, field in model.model_fields.items()
        if name != "kind" and f"| {field.description} |" not in RUBRICS
    ]
    assert not missing, f"docs/rubrics.md lacks the description of {missing} of {model.__name__}"


def test_kinds_are_described() -> None:
    assert all(f"### {kind}\n" in RUBRICS for kind in KINDS)


def test_the_rubric_shown_is_valid(tmp_path: Path) -> None:
    found = re.search(r"```yaml\n(format: 1\n.*?)```", RUBRICS, re.DOTALL)
    assert found is not None
    path = tmp_path / "fresh_fruit.yaml"
    path.write_text(found[1], encoding="utf-8")
    assert load_rubric(path).id == "fresh_fruit"


@pytest.mark.parametrize("found", list(EXAMPLE.finditer(FORMATS)), ids=lambda found: found["name"])
def test_examples_of_formats_are_read(found: re.Match[str], tmp_path: Path) -> None:
    path = tmp_path / found["name"]
    path.write_text(found["text"], encoding="utf-8")
    items = [item for _, item in read_many([path], ReadOptions(), Notes())]
    assert not [item for item in items if isinstance(item, Reject)]
    chats = [item for item in items if not isinstance(item, Reject)]
    assert len(chats) == int(found["chats"])
    assert sum(len(chat.messages) for chat in chats) == int(found["messages"])
    assert all({"customer", "agent"} <= {m.role for m in chat.messages} for chat in chats)


def test_the_facts_shown_are_valid(tmp_path: Path) -> None:
    found = re.search(r"<!-- facts -->\n```yaml\n(.*?)```", FORMATS, re.DOTALL)
    assert found is not None
    path = tmp_path / "facts.yaml"
    path.write_text(found[1], encoding="utf-8")
    assert len(load_library(path).facts) == 3


def test_keys_of_files_are_described() -> None:
    known = {*TranscriptShape.model_fields, *LibraryFact.model_fields, *ROLES}
    known -= {"channel", "agent", "customer", "id", "messages"}
    assert not [name for name in sorted(known) if f"`{name}`" not in FORMATS]
    assert not [kind for kind in MASKED if kind not in FORMATS]


def test_labels_are_described() -> None:
    assert not [name for name in (*ACTS, *CRITICALS) if f"`{name}`" not in CODEBOOK]


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize(("lang", "ending"), [("zh", ".zh.md"), ("en", ".md")])
def test_names_in_guides_stand_on_the_pages(guide: str, lang: Language, ending: str) -> None:
    """Bold words of a guide are what a page or a button is called, to the letter."""
    text = (DOCS / f"{guide}{ending}").read_text(encoding="utf-8")
    shown = {template(lang, key) for key in table()}
    named = {" ".join(one.split()) for one in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}
    assert named
    assert not sorted(named - shown)


@pytest.mark.parametrize("guide", GUIDES)
def test_guides_say_the_same_in_both_languages(guide: str) -> None:
    """The same chapters, tables and shell lines."""
    zh, en = (
        (DOCS / f"{guide}{ending}").read_text(encoding="utf-8") for ending in (".zh.md", ".md")
    )
    for pattern in (r"^## ", r"^\|", r"^    (?:\./run|curl|kefu) "):
        assert len(re.findall(pattern, zh, re.M)) == len(re.findall(pattern, en, re.M)), pattern
