"""What is measured, as data."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Scenario:
    name: str
    title: str
    messages: int = 12_000  # in a round
    size: int = 4096  # octets of text
    domains: int = 1  # that the recipients are spread over, each with a server of its own
    rate: float = 0  # messages a second; 0: as fast as they are accepted
    latency: int = 0  # milliseconds until each answer of the sink
    defer_one_in: int = 0  # one recipient of so many is refused for now, once
    nodes: int = 1
    sends: bool = True  # False: accepting alone
    dkim: str = "off"
    identities: int = 1
    channels: int = 0  # paced ones of the kind smtp that the identities are spread over
    pace: int = 0  # messages a second on each of them
    backlog: tuple = ()  # what lies in the queue, fewest first, in place of a load
    beside_postfix: bool = True
    targets: tuple = ("sent",)  # names of what is to be reached, as in targets.py

    def reduced(self, factor):
        """The same with fewer of everything that takes time."""
        return dataclasses.replace(
            self,
            title=self.title + " (reduced)",
            messages=max(200, self.messages // factor),
            identities=max(1, self.identities // factor),
            channels=max(1, self.channels // factor) if self.channels else 0,
            backlog=tuple(max(1_000, count // factor // factor) for count in self.backlog),
        )


SCENARIOS = [
    Scenario("one", "4 KB to one destination"),
    Scenario("accept", "4 KB, accepting alone", sends=False, targets=("accepted",)),
    Scenario("many", "4 KB to 1,000 destinations", domains=1000),
    Scenario("large", "100 KB to one destination", messages=2_000, size=100 * 1024),
    Scenario("far", "4 KB, 50 ms latency, 1,000 destinations", domains=1000, latency=50),
    Scenario("far-one", "4 KB, 50 ms latency, one destination", messages=3_000, latency=50),
    Scenario("deferring", "4 KB, 1 % deferred", defer_one_in=100),
    Scenario("steady", "4 KB, 100 a second", messages=2_000, rate=100, targets=("prompt",)),
    Scenario(
        "paced",
        "4 KB, 1,000 identities on 100 paced channels",
        identities=1000,
        channels=100,
        pace=20,
        beside_postfix=False,
        targets=(),
    ),
    Scenario("nodes", "4 KB, two nodes", nodes=2),
    Scenario("signed", "4 KB, signed with RSA-2048", dkim="on"),
    Scenario(
        "backlog",
        "4 KB, 1,000,000 queued",
        domains=1000,
        backlog=(10_000, 1_000_000),
        beside_postfix=False,
        targets=("steadfast",),
    ),
]
