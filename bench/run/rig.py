"""Load and sink, in one program of their own."""

import json
import subprocess
import sys

from peers import ROOT, java

SOURCE = ROOT / "bench/src/main/java/io/leverans/bench/rig/Rig.java"
CONNECTIONS = 64


class Rig:
    """Takes an order in a line, and answers it in a line."""

    def __enter__(self):
        command = [java(), "-Xmx384m", "-XX:+UseSerialGC", str(SOURCE)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ports = self.ask("ports")
        self.sink, self.names = ports["sink"], ports["names"]
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.terminate()
        self.process.wait(30)

    def ask(self, verb, **values):
        order = " ".join([verb, *(f"{name.replace('_', '-')}={value}" for name, value in values.items())])
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"load and sink ended at: {order[:200]}")
        return json.loads(answer)

    def answer_as(self, scenario):
        self.ask("sink", latency=scenario.latency, defer_one_in=scenario.defer_one_in)

    def load(self, scenario, **values):
        """A round of the scenario; values replace or add to what it says."""
        order = {
            "count": scenario.messages,
            "size": scenario.size,
            "domains": scenario.domains,
            "rate": scenario.rate,
            "connections": CONNECTIONS,
            "await": "sent" if scenario.sends else "accepted",
        }
        return self.ask("load", **order | values)
