"""One scenario, through Leverans and through Postfix."""

import dataclasses
import time

from backlog import Backlog
from beside import Beside
from figures import Figures
from service import Service


@dataclasses.dataclass
class Row:
    scenario: object
    ours: Figures
    heap: float  # the most that any node was seen to use, in MB
    theirs: Figures | None = None  # Postfix'

    def ratio(self, figure):
        """Of ours to Postfix'; None where there is none."""
        ours, theirs = getattr(self.ours, figure), getattr(self.theirs, figure, None)
        return ours / theirs if ours and theirs else None


@dataclasses.dataclass(frozen=True)
class Effort:
    rounds: int
    warm_up: float  # seconds


def through_postfix(work, rig, scenario, effort):
    rig.answer_as(scenario)
    with Beside(work, rig, scenario) as postfix:
        postfix.load(count=min(1_000, scenario.messages), rate=0)
        return Figures.median([postfix.measure() for _ in range(effort.rounds)])


def through_leverans(work, jar, rig, scenario, effort):
    """The figures, and the peak of the heap."""
    rig.answer_as(scenario)
    with Service(work, jar, rig, scenario) as service:
        if scenario.backlog:
            figures = with_backlog(service, rig, scenario, effort)
        else:
            with service.running(*([] if scenario.sends else ["api"])):
                warm_up(service, effort)
                figures = Figures.median([service.measure() for _ in range(effort.rounds)])
        return figures, service.peak_heap


def warm_up(service, effort):
    end = time.monotonic() + effort.warm_up
    while time.monotonic() < end:
        service.load(rate=0)


def with_backlog(service, rig, scenario, effort):
    """The same number of messages out of a short queue and out of a long one."""
    backlog = Backlog(service.database)
    fewest, most = scenario.backlog
    with service.running("api"):
        service.load(**{"await": "accepted", "count": scenario.domains})
        backlog.remember()
    with service.running():
        warm_up(service, effort)
        short = [figures for _ in range(effort.rounds) for figures in drain(service, rig, backlog, fewest, fewest, 1)]
        figures = Figures.median(drain(service, rig, backlog, most, fewest, effort.rounds))
    figures.fewer = Figures.median(short).sent
    return figures


def drain(service, rig, backlog, count, window, times):
    """Figures of so many windows one after the other, the first fifth of one window left out."""
    first = rig.ask("expect", count=count)["first"]
    backlog.fill(first, count)
    sent = window // 5
    width = window - sent
    since = rig.ask("await", sunk=sent)["seconds"]
    measured = []
    for _ in range(times):
        with service.processors() as spent:
            sent += width
            until = rig.ask("await", sunk=sent)["seconds"]
        ours, database = (1000 * seconds / width for seconds in spent)
        measured.append(Figures(sent=width / (until - since), service=ours, database=database))
        since = until
    return measured
