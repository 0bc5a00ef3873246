"""Where the files of a named model lie: a folder, an installed package, or the Hub's cache."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from grader.neural.extra import extra_needed
from transcripts.errors import MissingModel

WEIGHTS: Final = ("*.safetensors", "*.bin")
DESCRIPTIONS: Final = ("modules.json", "config.json")
OTHER_FORMATS: Final = ["onnx/*", "openvino/*", "coreml/*", "*.onnx", "*.h5", "*.msgpack", "*.ot"]
"""The same weights for other libraries; not fetched."""

Fetch = Callable[[str, bool], str]
"""From the name of a repository, and whether the network may be used, to its folder. `OSError`,
`ValueError` or `RuntimeError` where that fails."""


@dataclass(frozen=True, slots=True)
class Place:
    """A model's folder, and the name it goes by: never a path of this machine."""

    name: str
    folder: Path


def locate(name: str, owner: str = "", fetch: Fetch | None = None) -> Place:
    """The model of a folder, an installed package or the Hub, in this order.

    `owner` completes names on the Hub that have none. Without network, or with HF_HUB_OFFLINE, only
    what is already on this machine is found. Raises `MissingModel`.
    """
    path = Path(name).expanduser()
    if path.is_dir():
        if not _is_model(path):
            raise MissingModel(
                f"{path} holds no model: there must be a modules.json, or a config.json with "
                "weights (.safetensors)"
            )
        return Place(path.resolve().name, path)
    if name.startswith((".", "/", "~", "\\")) or path.is_absolute():
        raise MissingModel(f"there is no folder {path}; give the folder that holds the model")
    packaged = _in_package(name)
    if packaged is not None:
        return Place(name, packaged)
    repository = f"{owner}/{name}" if owner and "/" not in name else name
    return Place(name, _from_hub(repository, fetch or _fetch))


def fingerprint(folder: Path) -> str:
    """12 hex digits over weights and architecture: what decides over the model's numbers."""
    digest = hashlib.sha256()
    for path in _deciding(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _deciding(folder: Path) -> list[Path]:
    weights: list[Path] = next(
        (found for kind in WEIGHTS if (found := sorted(folder.rglob(kind)))), []
    )
    parts = sorted(folder.glob("*/config.json")) if weights else [folder / "config.json"]
    return [path for path in (folder / "modules.json", *parts, *weights) if path.is_file()]


def _is_model(folder: Path) -> bool:
    if (folder / "modules.json").is_file():
        return True
    return (folder / "config.json").is_file() and any(any(folder.glob(kind)) for kind in WEIGHTS)


def _in_package(name: str) -> Path | None:
    """The model folder inside an installed package of that name, which is not imported."""
    module = name.replace("-", "_")
    if not module.isidentifier():
        return None
    found = find_spec(module)
    for root in (found and found.submodule_search_locations) or ():
        for folder in _folders(Path(root)):
            if _is_model(folder):
                return folder
    return None


def _folders(root: Path) -> Iterator[Path]:
    yield root
    yield from sorted(path for path in root.iterdir() if path.is_dir())


def _from_hub(repository: str, fetch: Fetch) -> Path:
    failures: list[Exception] = []
    for network in (False, True):
        try:
            folder = Path(fetch(repository, network))
        except (OSError, ValueError, RuntimeError) as error:
            failures.append(error)
            continue
        if _is_model(folder):
            return folder
    reason = str(failures[-1]).strip().split("\n")[0] if failures else "it holds no weights"
    raise MissingModel(
        f"no model {repository!r}: no such folder or installed package, not among downloaded "
        f"models, and it cannot be downloaded ({reason.rstrip('.')}). With network: hf download "
        f"{repository} --local-dir DIR, then name DIR instead"
    ) from (failures[-1] if failures else None)


def _fetch(repository: str, network: bool) -> str:
    """A folder of the Hub's cache. Its errors become `OSError` or `ValueError`."""
    with extra_needed():
        from huggingface_hub import constants, snapshot_download
        from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError
    if network and constants.HF_HUB_OFFLINE:
        raise OSError("HF_HUB_OFFLINE is set")
    try:
        return str(
            snapshot_download(
                repository, local_files_only=not network, ignore_patterns=OTHER_FORMATS
            )
        )
    except LocalEntryNotFoundError as error:
        raise OSError("no connection" if network else "not downloaded yet") from error
    except HfHubHTTPError as error:
        status = getattr(error.response, "status_code", "no answer")
        raise OSError(f"the Hub answers {status}; the name may be wrong") from error
