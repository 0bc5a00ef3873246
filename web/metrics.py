"""What the server counts, in the text format that Prometheus reads. No names, no texts."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Final

BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper ends in seconds."""


class Metrics:
    """Requests by kind and status, and how long each kind took. Any thread may count."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._within: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()

    def count(self, kind: str, status: int, seconds: float) -> None:
        """One answered request."""
        with self._guard:
            self._requests[kind, status] += 1
            self._seconds[kind] += seconds  # type: ignore[assignment]
            for end in BUCKETS:
                if seconds <= end:
                    self._within[kind, end] += 1

    def text(self, gauges: dict[str, float]) -> str:
        """Everything counted, and the gauges."""
        with self._guard:
            requests, seconds = dict(self._requests), dict(self._seconds)
            within = dict(self._within)
        totals: Counter[str] = Counter()
        lines = ["# TYPE kefu_requests_total counter"]
        for (kind, status), n in sorted(requests.items()):
            totals[kind] += n
            lines.append(f'kefu_requests_total{{kind="{kind}",status="{status}"}} {n}')
        lines.append("# TYPE kefu_request_seconds histogram")
        for kind, n in sorted(totals.items()):
            for end in BUCKETS:
                count = within.get((kind, end), 0)
                lines.append(f'kefu_request_seconds_bucket{{kind="{kind}",le="{end}"}} {count}')
            lines.append(f'kefu_request_seconds_bucket{{kind="{kind}",le="+Inf"}} {n}')
            lines.append(f'kefu_request_seconds_sum{{kind="{kind}"}} {seconds[kind]:.3f}')
            lines.append(f'kefu_request_seconds_count{{kind="{kind}"}} {n}')
        for name, value in gauges.items():
            lines += [f"# TYPE kefu_{name} gauge", f"kefu_{name} {value:g}"]
        return "\n".join(lines) + "\n"
