"""Reading what came in through the web app: claimed by lease, masked, and the files deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kefu.logs import log
from kefu.worker import LEASE, Clock, name_of_worker
from store.imports import LostLease, cannot_read, claim, release, renew, spools
from store.reading import Spool, read_into
from store.temporary import remove_files
from transcripts.errors import KefuError
from transcripts.masking import Masker
from transcripts.read import read_many

if TYPE_CHECKING:
    from store.database import Store

GONE: Final = "the files are no longer there; bring them in once more"
BROKEN: Final = "the files cannot be read; save them anew as CSV or JSON Lines and try again"


def read_off(
    store: Store, data: Path, clock: Clock, *, alive: Callable[[], None] = lambda: None
) -> int:
    """Read every import that waits for it; how many. `alive` may end the work by raising."""
    worker = name_of_worker()
    count = 0
    while (job := claim(store, worker, clock(), clock() + LEASE, reading=True)) is not None:
        count += 1
        number = job.id

        def kept(number: int = number) -> None:
            alive()
            renew(store, number, worker, clock() + LEASE)

        try:
            _read(store, number, data, clock, kept)
        except LostLease as lost:
            log("worker").warning("lost", job=number, reason=str(lost))
        except KefuError as error:
            cannot_read(store, number, worker, told(error, data))
        except Exception as error:  # noqa: BLE001 - a file may be anything; the import says so
            log("worker").error("unreadable", job=number, error=type(error).__name__)
            cannot_read(store, number, worker, BROKEN)
        finally:
            release(store, number, worker, clock())
    return count


def _read(store: Store, number: int, data: Path, clock: Clock, kept: Callable[[], None]) -> None:
    from kefu.importing import completing

    spool = Spool.of(spools(store)[number])
    files = [data / name for name in spool.files]
    if not all(path.is_file() for path in files):
        raise LookupFault(GONE)
    facts = None if spool.facts is None else data / spool.facts
    found = read_many(files, spool.options)
    read_into(store, number, found, clock, complete=completing(facts), kept=kept)
    remove_files(data, spool.paths)


class LookupFault(KefuError):
    """Files that an import is to be read from are gone."""


def told(error: KefuError, data: Path) -> str:
    """What was wrong, in one line, without the folder the files lie in and personal data."""
    words = str(error).splitlines()[0]
    for path in (data / "temporary" / "uploads").glob("*"):
        words = words.replace(f"{path}/", "")
    return Masker().mask(words).text[:400]
