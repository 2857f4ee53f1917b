"""What a measurement says, and what processors and memory it took."""

import dataclasses
import os
import pathlib
import re
import statistics
import threading
import urllib.error
import urllib.request

TICKS = os.sysconf("SC_CLK_TCK")
HEAP = re.compile(r'^jvm_memory_used_bytes\{[^}]*area="heap"[^}]*\} (\S+)', re.M)


@dataclasses.dataclass
class Figures:
    """Of one round; rates a second, latencies and processor times in milliseconds. None: does not apply."""

    accepted: float | None = None
    sent: float | None = None
    p50: float | None = None
    p99: float | None = None
    service: float | None = None  # processor time a message, of the service's JVMs or of Postfix
    database: float | None = None  # the same, of PostgreSQL
    fewer: float | None = None  # messages sent a second with the smallest backlog
    repeated: int = 0  # messages that the sink got more than once

    @staticmethod
    def of(report, sends):
        """From what the rig tells of a round."""
        figures = Figures(accepted=report["count"] / report["accepted_in"], repeated=report["repeated"])
        if sends:
            figures.sent = report["sent"] / report["sent_in"]
            figures.p50, figures.p99 = report["p50"], report["p99"]
        return figures

    @staticmethod
    def median(rounds):
        """Of each figure by itself."""
        middle = Figures(repeated=sum(one.repeated for one in rounds))
        for field in dataclasses.fields(Figures):
            values = [getattr(one, field.name) for one in rounds]
            if field.name != "repeated" and None not in values:
                setattr(middle, field.name, statistics.median(values))
        return middle


class Processors:
    """Processor time of processes and all that descend from them, since this was made."""

    def __init__(self, pids):
        self.pids = list(pids)
        self.before = self._seconds()

    def seconds(self):
        return self._seconds() - self.before

    def _seconds(self):
        processes = {}
        for folder in pathlib.Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    fields = (folder / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue  # it has just ended
                # The parent; its own time and that of its children that have ended and been waited for.
                processes[int(folder.name)] = int(fields[1]), sum(map(int, fields[11:15])) / TICKS
        members = set(self.pids)
        while more := {pid for pid, (parent, _) in processes.items() if parent in members} - members:
            members |= more
        return sum(processes[pid][1] for pid in members if pid in processes)


class HeapWatch:
    """The most heap that any of the nodes was seen to use, in MB."""

    def __init__(self, ports):
        self.ports = ports
        self.peak = 0.0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def _watch(self):
        while not self.over.wait(1):
            for port in self.ports:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
                        used = sum(map(float, HEAP.findall(answer.read().decode())))
                except (urllib.error.URLError, OSError):
                    continue  # not up yet, or busy; the next look tells
                self.peak = max(self.peak, used / 2**20)
