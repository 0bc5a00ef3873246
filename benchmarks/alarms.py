"""Critical alarms on real conversations, one a line: conversation, message, critical id.

    python benchmarks/alarms.py FILE…

They are those that scorecards would show. No text is; docs/critical-alarms.md says what reading
the conversations showed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from grader.hearing import hear
from grader.model import load_model
from transcripts.read import ReadOptions, read
from transcripts.types import Transcript


def main() -> None:
    """Print the alarms of each file, and how many conversations were read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="+", type=Path)
    model = load_model()
    conversations = 0
    for path in parser.parse_args().files:
        for transcript in read(path, ReadOptions()):
            if not isinstance(transcript, Transcript):
                continue
            conversations += 1
            for alarm in hear(transcript, model).critical:
                print(f"{transcript.id}\t{alarm.message}\t{alarm.id}", flush=True)
    print(f"{conversations} conversations")


if __name__ == "__main__":
    main()
