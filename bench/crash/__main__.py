"""Nodes under load are killed, stalled and cut off, PostgreSQL is restarted; nothing may be lost or sent twice."""

import argparse
import json
import math
import pathlib
import random
import re
import shutil
import sys
import threading
import time
import urllib.request

BENCH = pathlib.Path(__file__).resolve().parent.parent
sys.path += [str(BENCH.parent / "interop"), str(BENCH)]
from peers import ROOT, wait_for, work_folder
from postgres import Postgres

from cluster import Node
from load import Load
from verdict import Trouble, Verdict
from world import Sink, World

NODES = ("a", "b")
AUTHOR = "anna@leverans.example"
UNDER_WAY = "SELECT count(*) FROM delivery WHERE state IN ('QUEUED', 'SENDING', 'HANDED_OVER', 'WAITING')"


class Chaos:
    """Does to the nodes what happens to nodes, until so many were killed."""

    def __init__(self, options, dice, nodes, database, world):
        self.options = options
        self.dice = dice
        self.nodes = nodes
        self.database = database
        self.world = world
        self.trouble = Trouble()
        self.left = options.kills
        self.latest = time.monotonic() + options.minutes * 60
        self.lock = threading.Lock()
        self.failure = None

    def run(self):
        threads = [threading.Thread(target=self._guard, args=(self._end, n)) for n in self.nodes]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            self._guard(self._disturb, threads)
        for thread in threads:
            thread.join()
        if self.failure:
            raise self.failure

    def _guard(self, what, *arguments):
        try:
            what(*arguments)
        except BaseException as failure:
            self.failure = failure

    def _end(self, node):
        """Mostly while it works; one time in ten while it starts; sometimes it stalls first."""
        dice = random.Random(f"{self.options.seed} {node.name}")
        up_since = time.time()
        while not self.failure and self._take_one():
            if dice.random() < 0.1:
                time.sleep(dice.uniform(0, 3))
            else:
                node.wait_until_ready()
                up_since = up_since or time.time()
                if dice.random() < 0.08:
                    self._stall(node, up_since)
                    up_since = time.time()
                self._let_work(node, dice)
            life, at = node.kill()
            self.trouble.kills[life] = at
            if up_since:
                self.trouble.ups.append((up_since, at))
            up_since = None
            self._tell()
            node.start()
        node.wait_until_ready()
        self.trouble.ups.append((up_since or time.time(), math.inf))

    def _let_work(self, node, dice):
        """Until it has begun with some messages and, on a slow machine, for ten seconds at most."""
        messages, latest = dice.randint(0, self.options.messages), time.monotonic() + 10
        while self.world.sink.begun[node.life] < messages and time.monotonic() < latest:
            time.sleep(0.02)
        time.sleep(dice.uniform(0, 0.3))

    def _take_one(self):
        with self.lock:
            self.left -= 1
            return self.left >= 0 and time.monotonic() < self.latest

    def _stall(self, node, up_since):
        """For longer than its leases."""
        since = time.time()
        self.trouble.ups.append((up_since, since))
        node.stall(self.options.lease * 1.5)
        self.trouble.stalls.append((node.life, since, time.time()))

    def _disturb(self, ends):
        """Something else after every second kill or so, as kills take as long as a start takes."""
        kills = len(self.trouble.kills) + self.dice.randint(1, 3)
        while len(self.trouble.kills) < kills:
            if not any(end.is_alive() for end in ends):
                return
            time.sleep(0.1)
        time.sleep(self.dice.uniform(0, 3))
        if self.dice.random() < 0.25:
            since = time.time()
            self.database.restart_as_after_a_crash()
            self.trouble.outages.append((since, time.time()))
            return
        node, how = self.dice.choice(NODES), self.dice.choice(("cut", "freeze"))
        since = time.time()
        self.world.tell(node, how)
        time.sleep(self.dice.uniform(0.1, 1.5))
        self.world.tell(node, "mend")
        self.trouble.cuts.append((node, since, time.time()))

    def _tell(self):
        done = len(self.trouble.kills)
        if done % 10 == 0:
            print(f"{done} kills", file=sys.stderr, flush=True)


def settings(node, options, database, world, work):
    return {
        "mode": "live",
        "platform.domain": "leverans.example",
        "channels": "msc",
        "database.url": database.url,
        "database.user": "leverans",
        "database.password": "none",
        "secrets.keyset-file": work / "keyset.json",
        "dispatch.lease": f"{options.lease * 1000:.0f}ms",
        "dispatch.concurrency": 16,
        "retry.first-pause": "1s",
        "retry.longest-pause": "2s",
        "msc.smart-host": f"127.0.0.1:{world.ports[node]}",
        "msc.bounce-listen": "127.0.0.1:0",
        "msc.dkim": "off",
    }


def verified_identity(node, sink):
    """Also the first life of a node, which ends in order and leaves behind what the others share."""
    node.start()
    node.wait_until_ready()
    key = (node.folder / "api-key").read_text().strip()
    base = f"http://127.0.0.1:{node.port}"
    headers = {"Authorization": "Bearer " + key, "Content-Type": "application/json"}

    def post(url, body):
        request = urllib.request.Request(url, body, headers, method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    identity = json.loads(post(base + "/v1/identities", json.dumps({"address": AUTHOR}).encode()))["id"]
    pattern = re.compile(rb"http://\S+?(/verify/\S+)")
    link = wait_for("the verification mail", 60, lambda: pattern.search(sink.texts.get(AUTHOR, b"")))
    post(base + link.group(1).decode(), b"")
    return key, identity


def options():
    parser = argparse.ArgumentParser(prog="bench/crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=math.inf, help="no more kills after that")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--rate", type=float, default=20, help="messages a second")
    parser.add_argument("--lease", type=float, default=3, help="seconds")
    parser.add_argument("--messages", type=int, default=60, help="that a node begins with in a life, at most")
    parser.add_argument("--keep-back", type=float, default=0.005, help="share of messages without an answer")
    parser.add_argument("--jar", type=pathlib.Path, default=ROOT / "bootstrap" / "target" / "leverans.jar")
    parser.add_argument("--before", type=pathlib.Path, help="a jar of the version before, for one of the nodes")
    parser.add_argument("--keep", action="store_true", help="leave the folder with the logs")
    return parser.parse_args()


def run(options, work):
    dice = random.Random(options.seed)
    sink = Sink(random.Random(dice.random()), 0.15, options.keep_back)
    world = World(sink, NODES)
    with Postgres(work) as database:
        jars = [options.before or options.jar, options.jar]
        nodes = [
            Node(n, work, jar, settings(n, options, database, world, work), sink.lives)
            for n, jar in zip(NODES, jars)
        ]
        try:
            key, identity = verified_identity(nodes[0], sink)
            nodes[0].stop()
            shutil.copytree(nodes[0].folder, nodes[1].folder, dirs_exist_ok=True)
            for node in nodes:
                node.start()
            for node in nodes:
                node.wait_until_ready()
            begun = time.monotonic()
            chaos = Chaos(options, dice, nodes, database, world)
            with Load(nodes, key, identity, options.rate) as load:
                chaos.run()
            wait_for("the queue to come to rest", 3600, lambda: database.rows(UNDER_WAY) == [["0"]])
            return Verdict(database, load, sink, chaos.trouble), load, time.monotonic() - begun
        finally:
            for node in nodes:
                node.stop()


def main():
    chosen = options()
    chosen.jar = chosen.jar.resolve()
    chosen.before = chosen.before and chosen.before.resolve()
    if not chosen.jar.exists():
        sys.exit("there is no jar yet: run ./leverans version")
    if chosen.before and not chosen.before.exists():
        sys.exit(f"--before names {chosen.before}, and there is no such file")
    print(f"seed {chosen.seed}, {chosen.rate:g} messages a second", file=sys.stderr)
    with work_folder() as work:
        try:
            verdict, load, seconds = run(chosen, work)
        finally:
            if chosen.keep:
                keep_logs(work)
    trouble = verdict.trouble
    counts = (
        f"{len(NODES)} nodes, {len(trouble.stalls)} stalls, {len(trouble.cuts)} cuts of the network,"
        f" {len(trouble.outages)} crashes of PostgreSQL, {load.repeated} requests repeated"
    )
    verdict.print(counts, seconds, chosen.lease)
    for refusal in load.refused[:5]:
        print("refused:", refusal)
    if not verdict.is_good() or load.refused:
        sys.exit(1)


def keep_logs(work):
    kept = work.with_name(work.name + "-kept")
    shutil.copytree(work, kept, ignore=shutil.ignore_patterns("cluster"))
    print("logs in", kept)


main()
