"""Critical alarms on real conversations, one a line: conversation, critical id, confidence.

    python benchmarks/alarms.py FILE…

No text is shown; docs/critical-alarms.md says what reading the conversations showed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from grader.critical import Suspicion
from grader.model import Model, load_model
from transcripts.language import recognise
from transcripts.read import ReadOptions, read
from transcripts.types import Transcript, replies


def alarms(transcript: Transcript, model: Model) -> Iterator[Suspicion]:
    """Every critical suspicion of a conversation, reply by reply."""
    texts = [message.text for message in transcript.messages]
    lang = transcript.lang or recognise(texts)
    facts = [fact.text for fact in transcript.facts]
    for reply in replies(transcript):
        asked = "\n".join(texts[index] for index in reply.customer)
        found = model.detector.find(
            reply.text, asked, texts[: reply.message], facts, lang, model.encoder
        )
        yield from (suspicion for suspicion in found if suspicion.critical)


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
            for suspicion in alarms(transcript, model):
                print(f"{transcript.id}\t{suspicion.id}\t{suspicion.confidence:.2f}", flush=True)
    print(f"{conversations} conversations")


if __name__ == "__main__":
    main()
