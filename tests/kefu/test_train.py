"""`kefu train`: what is asked for, where it goes, and that a failed run costs nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.model import FOLDER
from kefu.train import default_folder, labelled, staged, tuned_from
from transcripts.errors import UnreadableInput


def test_heads_are_linear_or_tuned() -> None:
    assert tuned_from("linear") is None
    assert tuned_from("transformers:bert-base-chinese") == "bert-base-chinese"


def half_done(folder: Path) -> None:
    with staged(folder) as stage:
        (stage / "model.json").write_text("half", "utf-8")
        raise ZeroDivisionError


@pytest.mark.parametrize("head", ["", "forest", "transformers:", "transformers: "])
def test_an_unknown_head_is_told(head: str) -> None:
    with pytest.raises(UnreadableInput, match="write linear, or transformers:NAME"):
        tuned_from(head)


def test_each_encoder_has_its_place(tmp_path: Path) -> None:
    embedded = ("embedded", "embedded:use-multilingual-v3")
    assert default_folder(tmp_path, *embedded, None) == FOLDER
    tuned = default_folder(tmp_path, *embedded, "bert")
    assert tuned == tmp_path / "models" / "embedded-use-multilingual-v3"
    spec = "sentence-transformers+batched:BAAI/bge"
    other = default_folder(tmp_path, spec, f"{spec}@0123456789ab", None)
    assert other == tmp_path / "models" / "sentence-transformers-BAAI-bge"


def test_new_files_take_the_place_of_old_ones_only_when_all_is_done(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    (folder / "head").mkdir(parents=True)
    (folder / "head" / "config.json").write_text("{}", "utf-8")
    (folder / "model.json").write_text("old", "utf-8")
    (folder / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(ZeroDivisionError):
        half_done(folder)
    assert (folder / "model.json").read_text("utf-8") == "old"
    assert (folder / "head").is_dir()
    with staged(folder) as stage:
        (stage / "model.json").write_text("new", "utf-8")
    assert (folder / "model.json").read_text("utf-8") == "new"
    assert (folder / "notes.txt").read_text("utf-8") == "mine"
    assert not (folder / "head").exists(), "the head of another model is gone"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_an_output_that_cannot_be_is_told_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UnreadableInput, match="Choose another --output"), staged(tmp_path / "file"):
        pass


def test_a_corpus_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"there is no replies.jsonl; name a folder"):
        labelled(tmp_path)
