"""Leverans: its nodes, each a JVM with 512 MB of heap, on a PostgreSQL of their own."""

import contextlib
import shutil

from figures import Figures, HeapWatch, Processors
from peers import Leverans, free_port, java
from postgres import Postgres
from senders import make_senders

EVERYTHING = "api,dispatch,bounces"

# Those of ./leverans.
JVM_OPTIONS = ["-Xmx512m", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders"]


class Node(Leverans):
    """One that runs a jar that is there already."""

    def __init__(self, folder, jar, settings):
        self.jar = jar
        self.metrics = free_port()
        super().__init__(folder, {**settings, "metrics.listen": f"127.0.0.1:{self.metrics}"})

    def program(self):
        return [java(), *JVM_OPTIONS, "-jar", str(self.jar)]


class Service:
    """As one scenario wants it: set up, and warmed up by the caller."""

    def __init__(self, work, jar, rig, scenario):
        self.work = work
        self.jar = jar
        self.rig = rig
        self.scenario = scenario
        self.nodes = []
        self.peak_heap = 0.0

    def __enter__(self):
        self.folders = [self.work / f"node{number}" for number in range(self.scenario.nodes)]
        with contextlib.ExitStack() as stack:
            self.database = stack.enter_context(Postgres(self.work))
            with self.running(EVERYTHING, self.folders[:1]):
                self.identities = make_senders(self.nodes[0], self.rig, self.scenario)
            for folder in self.folders[1:]:
                shutil.copytree(self.folders[0], folder)
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    @contextlib.contextmanager
    def running(self, roles=EVERYTHING, folders=None):
        """The nodes; none runs outside of this."""
        with contextlib.ExitStack() as stack:
            for folder in folders or self.folders:
                folder.mkdir(exist_ok=True)
                self.nodes.append(stack.enter_context(Node(folder, self.jar, self._settings(roles))))
            watch = stack.enter_context(HeapWatch([node.metrics for node in self.nodes]))
            try:
                yield
            finally:
                self.peak_heap = max(self.peak_heap, watch.peak)
                self.nodes = []

    def _settings(self, roles):
        names = f"127.0.0.1:{self.rig.names}"
        return {
            "mode": "live",
            "platform.domain": "leverans.example",
            "roles": roles,
            "database.url": self.database.url,
            "database.user": "leverans",
            "database.password": "none",
            "dns.server": names,
            "msc.dns-server": names,
            "msc.port": self.rig.sink,
            "msc.bounce-listen": "127.0.0.1:0",
            "msc.dkim": self.scenario.dkim,
            "smtp.networks": "127.0.0.0/8",
        }

    def load(self, **values):
        return self.rig.load(
            self.scenario,
            via="http",
            ports=",".join(str(node.port) for node in self.nodes),
            key=self.nodes[0].key,
            identities=",".join(self.identities),
            **values,
        )

    def measure(self):
        """One round."""
        with self.processors() as spent:
            report = self.load()
        figures = Figures.of(report, self.scenario.sends)
        figures.service, figures.database = (1000 * seconds / self.scenario.messages for seconds in spent)
        return figures

    @contextlib.contextmanager
    def processors(self):
        """A list that holds, afterwards, the seconds that the nodes and the database took."""
        both = [Processors(node.process.pid for node in self.nodes), Processors([self.database.pid])]
        spent = []
        yield spent
        spent += [processors.seconds() for processors in both]
