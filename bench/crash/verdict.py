"""What Leverans says of each message, beside what the sink recorded."""

import dataclasses
import itertools
import statistics

DELIVERIES = """
SELECT d.message_id, d.address, m.internet_id, d.state, coalesce(a.number, 0),
       coalesce(extract(epoch FROM a.handed_over_at), 0), coalesce(a.fact, '')
  FROM delivery d
  JOIN message m ON m.team_id = d.team_id AND m.id = d.message_id
  LEFT JOIN attempt a ON a.team_id = d.team_id AND a.delivery_id = d.id AND a.number = d.attempt
 WHERE m.purpose = 'CORRESPONDENCE'
"""
DOUBTS = """
SELECT data ->> 'recipient', extract(epoch FROM at) FROM event WHERE kind = 'delivery.in-doubt'
"""
# Between the permission and the stored outcome lie one answer of the sink and one commit.
HAND_OVER_TAKES = 5.0
# A link may be cut, unseen, just before the permission.
LINK_LOST_BEFORE = 1.0
# With the leases that nodes have by default; here they are shorter.
TAKEN_UP_WITHIN = 30.0


@dataclasses.dataclass
class Trouble:
    """What was done to the nodes, to the database and to the networks; times as in Talk."""

    kills: dict = dataclasses.field(default_factory=dict)  # life: when
    stalls: list = dataclasses.field(default_factory=list)  # (life, from, to)
    cuts: list = dataclasses.field(default_factory=list)  # (node, from, to)
    outages: list = dataclasses.field(default_factory=list)  # (from, to)
    ups: list = dataclasses.field(default_factory=list)  # (from, to): a node was ready

    def up_time(self, begun, end):
        """Seconds in which any node was ready."""
        total, reached = 0.0, begun
        for since, until in sorted(self.ups):
            since, until = max(since, reached), min(until, end)
            if until > since:
                total, reached = total + until - since, until
        return total


@dataclasses.dataclass
class Delivery:
    message: str
    recipient: str
    message_id: str
    state: str
    attempt: int
    handed_over: float
    fact: str


class Verdict:
    def __init__(self, database, load, sink, trouble):
        self.trouble = trouble
        self.talks = {}
        for talk in sink.talks:
            self.talks.setdefault(talk.recipient, []).append(talk)
        self.deliveries = [
            Delivery(message, recipient, message_id, state, int(number), float(at), fact)
            for message, recipient, message_id, state, number, at, fact in database.rows(DELIVERIES)
        ]
        self.doubted = {recipient: float(at) for recipient, at in database.rows(DOUBTS)}
        self.accepted = load.accepted
        by_recipient = {}
        for delivery in self.deliveries:
            by_recipient.setdefault(delivery.recipient, []).append(delivery)
        self.doubts = [d for d in self.deliveries if d.state == "IN_DOUBT"]
        self.sent = [d for d in self.deliveries if d.state == "ACCEPTED"]
        self.lost = [r for r in self.accepted if not self._is_accounted_for(by_recipient.get(r, []))]
        self.lost += [d for d in self.sent if not self.copies(d)]
        self.twice = [d for d in self.deliveries if self._times_ended(d.recipient) > 1]
        self.twice += [r for r, several in by_recipient.items() if len(several) > 1]
        self.unexplained = [d for d in self.doubts if not self._is_explained(d)]
        self.recoveries = self._recoveries()
        self.late = sum(1 for seconds in self.recoveries if seconds > TAKEN_UP_WITHIN)

    def _times_ended(self, recipient):
        return sum(1 for talk in self.talks.get(recipient, []) if talk.dotted)

    def copies(self, delivery):
        return [
            talk
            for talk in self.talks.get(delivery.recipient, [])
            if talk.dotted and talk.message_id == delivery.message_id
        ]

    @staticmethod
    def _is_accounted_for(deliveries):
        return len(deliveries) == 1 and deliveries[0].state in ("ACCEPTED", "IN_DOUBT")

    def _is_explained(self, doubt):
        """Whether something was done to its own node, network or answer after it was handed over."""
        if not doubt.handed_over:
            return False
        # Another node may have begun later with what it had lost, and was refused its permission.
        at = doubt.handed_over
        talks = self.talks.get(doubt.recipient, [])
        open_then = [t for t in talks if t.begun <= at and (not t.closed or t.closed >= at - LINK_LOST_BEFORE)]
        return any(self._explains(talk, at) for talk in open_then)

    def _explains(self, talk, handed_over):
        node = talk.life.rstrip("0123456789")
        begun, end = handed_over, handed_over + HAND_OVER_TAKES
        spans = list(self.trouble.outages)
        spans += [(at, at) for life, at in self.trouble.kills.items() if life == talk.life]
        spans += [(since, until) for life, since, until in self.trouble.stalls if life == talk.life]
        spans += [(since, until) for cut, since, until in self.trouble.cuts if cut == node]
        return talk.kept_back or any(since <= end and until >= begun for since, until in spans)

    def in_the_sink(self):
        return sum(1 for doubt in self.doubts if self.copies(doubt))

    def _recoveries(self):
        """Seconds from each kill until what it broke off was begun again, or said to be in doubt.

        Time in which no node was ready is left out: nobody was there to take it up.
        """
        times = []
        for recipient, talks in self.talks.items():
            for talk, after in itertools.zip_longest(talks, talks[1:]):
                killed = self.trouble.kills.get(talk.life)
                if not killed or talk.answered or talk.closed < killed - 0.05:
                    continue
                next_step = after.begun if after else self.doubted.get(recipient, 0)
                if next_step > killed:
                    times.append(self.trouble.up_time(killed, next_step))
        return times

    def print(self, trouble_counts, seconds, lease):
        columns = {
            "kills": len(self.trouble.kills),
            "accepted": len(self.accepted),
            "sent": len(self.sent),
            "in doubt": len(self.doubts),
            "in the sink": self.in_the_sink(),
            "not there": len(self.doubts) - self.in_the_sink(),
            "unexplained": len(self.unexplained),
            "lost": len(self.lost),
            "twice": len(self.twice),
            "seconds": round(seconds),
        }
        print(trouble_counts)
        print(" ".join(f"{name:>{max(8, len(name))}}" for name in columns))
        print(" ".join(f"{value:>{max(8, len(name))}}" for name, value in columns.items()))
        times = self.recoveries
        if times:
            middle = statistics.median(times)
            print(
                f"taken up after a kill: {len(times)}, half of them within {middle:.1f} s and all within"
                f" {max(times):.1f} s in which a node was ready, with leases of {lease:g} s;"
                f" later than {TAKEN_UP_WITHIN:g} s: {self.late}"
            )
        for title in ("lost", "twice", "unexplained"):
            for one in getattr(self, title)[:5]:
                print(f"{title}: {one} {self.talks.get(getattr(one, 'recipient', one))}")

    def is_good(self):
        return not (self.lost or self.twice or self.unexplained or self.late)
