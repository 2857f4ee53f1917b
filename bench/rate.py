#!/usr/bin/python3
"""From the request to the sink's 250: Leverans beside Postfix, in one run."""

import argparse
import contextlib
import pathlib
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
from peers import ROOT, Leverans, Postfix, free_port, java, require_root, verified_identity, wait_for, work_folder

SIZE = 4096
CONNECTIONS = 16


@contextlib.contextmanager
def sink(port, log, *options):
    """Debian's smtp-sink, which counts what it took."""
    with open(log, "wb") as out:
        process = subprocess.Popen(
            ["smtp-sink", "-u", "postfix", *options, f"127.0.0.1:{port}", "1000"], stdout=out, stderr=out
        )
        try:
            time.sleep(0.5)
            yield lambda: taken(log)
        finally:
            process.terminate()
            process.wait()


def taken(log):
    counts = re.findall(rb"mesg=(\d+)", pathlib.Path(log).read_bytes())
    return int(counts[-1]) if counts else 0


def text(mails):
    return mails.read_text(errors="replace") if mails.exists() else ""


def run_until_sunk(count, sunk, load):
    """Seconds until the load was taken in, and until the sink had all of it."""
    before, start = sunk(), time.monotonic()
    load()
    accepted = time.monotonic() - start
    wait_for("the sink to have all", 900, lambda: sunk() >= before + count)
    return count / accepted, count / (time.monotonic() - start)


def postfix_rates(work, count):
    port = free_port()
    with sink(port, work / "postfix-sink", "-c") as sunk:
        route = f"inline:{{ {{recipients.example = smtp:[127.0.0.1]:{port}}} }}"
        with Postfix(work, "relay", {"transport_maps": route}) as postfix:
            source = ["smtp-source", "-s", str(CONNECTIONS), "-l", str(SIZE), "-m", str(count)]
            source += ["-f", "sales@recipients.example", "-t", "reader@recipients.example"]
            return run_until_sunk(
                count,
                sunk,
                lambda: subprocess.run([*source, f"127.0.0.1:{postfix.port}"], check=True),
            )


def leverans_rates(work, count):
    port = free_port()
    settings = {
        "mode": "live",
        "platform.domain": "leverans.example",
        "msc.smart-host": f"127.0.0.1:{port}",
        "msc.bounce-listen": "127.0.0.1:0",
        "msc.dkim": "off",
    }
    with Leverans(work, settings) as leverans:
        mails = work / "mails"
        mails.mkdir()
        mails.chmod(0o777)
        with sink(port, work / "verification", "-D", str(mails / "all")):
            identity = verified_identity(leverans, "sales@recipients.example", lambda: text(mails / "all"))
        load = [java(), str(ROOT / "bench" / "Load.java"), f"http://127.0.0.1:{leverans.port}"]
        load += [leverans.key, identity, str(count), str(CONNECTIONS), str(SIZE)]
        with sink(port, work / "leverans-sink", "-c") as sunk:
            submit = lambda: subprocess.run(load, check=True)
            run_until_sunk(count, sunk, submit)
            return run_until_sunk(count, sunk, submit)


def main():
    require_root()
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--messages", type=int, default=4000)
    count = arguments.parse_args().messages
    with work_folder() as work:
        rows = {"Postfix": postfix_rates(work, count), "Leverans": leverans_rates(work, count)}
    print(f"{count} messages of {SIZE} octets over {CONNECTIONS} connections, durability on, no signing")
    print(f"{'':10} {'accepted/s':>12} {'sent/s':>12}")
    for name, (accepted, sent) in rows.items():
        print(f"{name:10} {accepted:12.0f} {sent:12.0f}")
    ratios = [ours / theirs for ours, theirs in zip(rows["Leverans"], rows["Postfix"])]
    print(f"{'ratio':10} {ratios[0]:12.2f} {ratios[1]:12.2f}")


main()
