"""What is to be reached, on two cores that are shared by service, database, load and sink."""

import dataclasses
from collections.abc import Callable


HEAP = 512  # MB, everywhere


@dataclasses.dataclass(frozen=True)
class Target:
    words: str
    value: Callable  # of a row; None where it cannot be told
    is_met: Callable  # of that value
    unit: str


TARGETS = {
    "sent": Target("sent/s ≥ 3 × Postfix", lambda row: row.ratio("sent"), lambda ratio: ratio >= 3, "×"),
    "accepted": Target(
        "accepted/s ≥ 3 × Postfix", lambda row: row.ratio("accepted"), lambda ratio: ratio >= 3, "×"
    ),
    "prompt": Target("p99 < 60 ms", lambda row: row.ours.p99, lambda p99: p99 < 60, " ms"),
    "steadfast": Target(
        "≥ 90 % of the rate with fewer queued",
        lambda row: 100 * row.ours.sent / row.ours.fewer,
        lambda percent: percent >= 90,
        " %",
    ),
}


def verdicts(row):
    """For each target of the row that can be told: its words with the value, and whether it is met."""
    for name in row.scenario.targets:
        target = TARGETS[name]
        value = target.value(row)
        if value is not None:
            yield f"{target.words}: {value:,.4g}{target.unit}", target.is_met(value)


def heap_is_kept(row):
    return row.heap <= HEAP
