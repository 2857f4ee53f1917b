"""How long a list of addresses takes to be on the suppression list, and in how much memory."""

import argparse
import collections
import json
import pathlib
import re
import sys
import time
import urllib.request

BENCH = pathlib.Path(__file__).resolve().parent.parent
sys.path += [str(BENCH.parent / "interop")]
from peers import ROOT, Leverans, free_port, java, work_folder

from lists import made_list
from memory import Memory

# Those of ./leverans.
JVM_OPTIONS = ["-Xmx512m", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders"]
IDLE_SECONDS = 10


class Node(Leverans):
    """In the sandbox, with the PostgreSQL that comes with it."""

    def __init__(self, folder, jar):
        self.jar = jar
        self.metrics = free_port()
        super().__init__(folder, {"metrics.listen": f"127.0.0.1:{self.metrics}"})

    def program(self):
        return [java(), *JVM_OPTIONS, "-jar", str(self.jar)]

    def memory(self):
        return Memory(self.process.pid, self.metrics)

    def send(self, path, body=None, kind="text/csv"):
        """The answer's headers and body."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body)
        request.add_header("Authorization", "Bearer " + self.key)
        request.add_header("Content-Type", kind)
        with urllib.request.urlopen(request, timeout=600) as answer:
            return answer.headers, answer.read().decode()


def options():
    parser = argparse.ArgumentParser(prog="bench/suppression-import", description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000, help="%(default)s")
    parser.add_argument("--bad-every", type=int, default=100, help="one line in so many is bad (%(default)s)")
    parser.add_argument("--jar", type=pathlib.Path, default=ROOT / "bootstrap" / "target" / "leverans.jar")
    return parser.parse_args()


def followed(node, location):
    """The import at its end, and how often it was looked at."""
    looks = 0
    while True:
        looks += 1
        progress = json.loads(node.send(location)[1])
        if progress["state"] == "finished":
            return progress, looks
        time.sleep(0.1)


def bad_lines(node, location):
    cursor = ""
    while cursor is not None:
        page = json.loads(node.send(f"{location}/lines?outcome=bad&limit=1000{cursor}")[1])
        yield from page["items"]
        cursor = f"&cursor={page['nextCursor']}" if page.get("nextCursor") else None


def check(what, found, expected):
    print(f"{'ok ' if found == expected else 'BAD'} {what}: {found:,}")
    return found == expected


def report_reasons(bad):
    alike = collections.defaultdict(list)
    for line in bad:
        alike[re.sub(r"\d+", "", line["words"])].append(line)
    print("bad lines, by what is said of them:")
    for lines in alike.values():
        first = lines[0]
        print(f"  {len(lines)} such as line {first['line']}, {first['text']!r}: {first['words']}")


def measure(node, made):
    with node.memory() as idle:
        time.sleep(IDLE_SECONDS)
    print(f"before: heap {idle.heap:.0f} MB, RSS {idle.rss:.0f} MB at most in {IDLE_SECONDS} s")
    with node.memory() as busy:
        begun = time.monotonic()
        headers, answer = node.send("/v1/suppressions/imports", made.text)
        answered = time.monotonic() - begun
        end, looks = followed(node, headers["Location"])
        finished = time.monotonic() - begun
    print(f"answer after {answered:.1f} s: {answer}")
    print(f"finished after {finished:.1f} s, {made.lines / finished:,.0f} lines a second, looked at {looks} times")
    print(f"during: heap {busy.heap:.0f} MB, RSS {busy.rss:.0f} MB at most")
    return headers["Location"], end


def is_right(node, made, location, end):
    bad = list(bad_lines(node, location))
    report_reasons(bad)
    entries = node.send("/v1/suppressions/export")[1].count("\r\n") - 1
    good = made.lines - len(made.bad) - made.repeated
    return all(
        [
            check("lines", end["lines"], made.lines),
            check("dealt with", end["done"], made.lines),
            check("added", end["added"], good),
            check("already there", end["known"], made.repeated),
            check("bad", end["bad"], len(made.bad)),
            check("bad lines told, each where it stands", len({line["line"] for line in bad} & made.bad), len(made.bad)),
            check("entries in the export", entries, good),
        ]
    )


def main():
    chosen = options()
    made = made_list(chosen.lines, chosen.bad_every, 201)
    print(f"a list of {made.lines:,} lines, {len(made.text) / 2**20:.1f} MB")
    with work_folder() as work, Node(work, chosen.jar) as node:
        location, end = measure(node, made)
        sys.exit(0 if is_right(node, made, location, end) else 1)


if __name__ == "__main__":
    main()
