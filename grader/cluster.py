"""The same batch on several processes, on this machine or on a Dask cluster.

Chunks of conversations go to workers, never more than twice as many as there are workers; results
come back in the order of the input. Dask gives the chunk of a lost worker to another one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from threading import Lock
from typing import Any, Final

from grader.batch import Graded, Item, Work, graded, opened
from grader.identity import differences, identity
from transcripts.errors import KefuError, MissingModel, UnreadableInput

CHUNK: Final = 64
AHEAD: Final = 2
"""Chunks under way for each worker: one at work, one waiting, so that nobody idles."""
CONNECT_SECONDS: Final = 10
LOSSES: Final = 3
"""Workers that one chunk may lose before it is held to be at fault itself."""
ONE_THREAD: Final = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
_ALONE = Lock()


@contextmanager
def local_workers(jobs: int) -> Iterator[Any]:
    """A Dask client with `jobs` processes of one thread on this machine."""
    distributed = _distributed()
    import dask

    quiet = {
        "distributed.scheduler.allowed-failures": LOSSES,
        "distributed.worker.memory.terminate": False,
        "distributed.admin.log-format": "%(message)s",
    }
    with (
        dask.config.set(quiet),
        distributed.LocalCluster(
            n_workers=jobs,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            memory_limit=0,
            silence_logs=50,
            env=ONE_THREAD,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@contextmanager
def cluster_at(address: str) -> Iterator[Any]:
    """A Dask client of a running scheduler (`tcp://host:8786`, `tls://…`), its workers checked.

    Raises `UnreadableInput` if none answers or it has no workers, `MissingModel` with the name of
    every worker that would grade differently.
    """
    distributed = _distributed()
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise UnreadableInput(
            f"--cluster {address}: no Dask scheduler answers there ({type(error).__name__}). "
            "Give its address as tcp://HOST:PORT and check that it runs."
        ) from error
    with client:
        check_workers(client, address)
        yield client


def check_workers(client: Any, address: str) -> None:
    """Every worker is like this process, or `MissingModel` names those that are not."""
    found = client.run(identity, on_error="return")
    if not found:
        raise UnreadableInput(
            f"--cluster {address}: the scheduler has no workers. Start some: dask worker {address}"
        )
    strangers = [fault for name in sorted(found) if (fault := _stranger(name, found[name]))]
    if strangers:
        raise MissingModel("\n".join(strangers))


def _stranger(name: str, found: Any) -> str | None:
    if not isinstance(found, dict):
        return (
            f"worker {name} cannot run kefu ({found}); install the same version there: pip install "
            f"kefu=={identity()['kefu']}"
        )
    points = differences(found)
    if not points:
        return None
    return f"worker {name} is of another version and would grade differently: {'; '.join(points)}"


def grade_on(client: Any, items: Iterable[Item], work: Work) -> Iterator[Graded]:
    """Each item graded by the client's workers, in the order given."""
    waiting: deque[Any] = deque()
    mine = identity()
    source = iter(items)
    while True:
        most = AHEAD * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        while len(waiting) < most and (chunk := list(islice(source, CHUNK))):
            waiting.append(client.submit(run_chunk, work, chunk, mine, pure=False))
        if not waiting:
            return
        yield from _result(waiting.popleft())


def run_chunk(work: Work, chunk: list[Item], asker: dict[str, str]) -> list[Graded]:
    """On a worker: grade a chunk, one at a time whatever the number of its threads.

    Workers may join late, so each chunk says again who asks. Raises `MissingModel` with the
    worker's name when its grader, model, calibration or facts are others.
    """
    from distributed import get_worker

    name = str(get_worker().address)
    points = differences(asker)
    if points:
        raise MissingModel(
            f"worker {name} is of another version and would grade differently, it is asked for: "
            + "; ".join(points)
        )
    with _ALONE:
        try:
            make = opened(work)
        except KefuError as error:
            raise MissingModel(f"worker {name}: {error}") from None
        return [graded(item, make) for item in chunk]


def _result(future: Any) -> list[Graded]:
    from distributed import KilledWorker

    try:
        done: list[Graded] = future.result()
    except KilledWorker as error:
        raise KefuError(
            f"{LOSSES + 1} workers ended while grading the same part of the input, most likely for "
            "want of memory. Use fewer --jobs; the same command goes on where this one stopped."
        ) from error
    return done


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise MissingModel(
            "--jobs and --cluster need the extra cluster; run: pip install 'kefu[cluster]'"
        ) from error
    return distributed
