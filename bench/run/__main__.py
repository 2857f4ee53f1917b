"""How fast messages go from the request to the sink's 250, scenario by scenario, and through Postfix beside it."""

import argparse
import dataclasses
import pathlib
import shutil
import sys

BENCH = pathlib.Path(__file__).resolve().parent.parent
sys.path += [str(BENCH.parent / "interop"), str(BENCH)]
from peers import ROOT, require_root, work_folder

import beside
import chart
import report
from measure import Effort, Row, through_leverans, through_postfix
from rig import Rig
from scenarios import SCENARIOS

QUICK = 10


def options():
    names = [scenario.name for scenario in SCENARIOS]
    parser = argparse.ArgumentParser(
        prog="bench/run",
        description=__doc__,
        epilog="scenarios: " + "; ".join(f"{s.name} ({s.title})" for s in SCENARIOS),
    )
    parser.add_argument("--scenario", nargs="+", choices=names, metavar="NAME", help="only these")
    parser.add_argument("--messages", type=int, help="in a round, at most")
    parser.add_argument("--rounds", type=int, default=3, help="the median of which is told (%(default)s)")
    parser.add_argument("--warm-up", type=float, default=20, help="seconds of load before (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="a tenth of all, one round: only to see that it works")
    parser.add_argument("--no-postfix", action="store_true", help="without the same load through Postfix")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--write-readme", action="store_true", help="put table and chart into bench/README.md")
    parser.add_argument("--jar", type=pathlib.Path, default=ROOT / "bootstrap" / "target" / "leverans.jar")
    chosen = parser.parse_args()
    if chosen.write_readme and (chosen.scenario or chosen.quick or chosen.no_postfix):
        parser.error("--write-readme is for a whole run")
    return chosen


def chosen_scenarios(chosen):
    for scenario in SCENARIOS:
        if chosen.scenario and scenario.name not in chosen.scenario:
            continue
        if chosen.quick:
            scenario = scenario.reduced(QUICK)
        if chosen.messages:
            scenario = dataclasses.replace(scenario, messages=min(scenario.messages, chosen.messages))
        yield scenario


def measured(chosen, effort, scenario, rig, work):
    folder = work / scenario.name
    folder.mkdir()
    folder.chmod(0o755)
    try:
        theirs = None
        if scenario.beside_postfix and beside.is_installed() and not chosen.no_postfix:
            theirs = through_postfix(folder, rig, scenario, effort)
        ours, heap = through_leverans(folder, chosen.jar, rig, scenario, effort)
        return Row(scenario, ours, heap, theirs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    chosen = options()
    require_root()
    if not chosen.jar.exists():
        sys.exit("there is no jar yet: run ./leverans version")
    if not beside.is_installed():
        print("Debian's postfix is not installed: no ratios", file=sys.stderr)
    effort = Effort(1, 5) if chosen.quick else Effort(chosen.rounds, chosen.warm_up)
    rows = []
    with work_folder() as work, Rig() as rig:
        for scenario in chosen_scenarios(chosen):
            print(scenario.title, "…", file=sys.stderr, flush=True)
            rows.append(measured(chosen, effort, scenario, rig, work))
            print(report.in_short(rows[-1]), file=sys.stderr, flush=True)
    often = "one round" if effort.rounds == 1 else f"{effort.rounds} rounds, the median of each figure"
    head = f"{report.machine()}; {often}"
    print(report.as_markdown(head, rows) if chosen.markdown else report.as_text(head, rows))
    if chosen.write_readme:
        picture = BENCH / "sent.svg"
        picture.write_text(chart.sent_a_second(rows))
        report.write_readme(BENCH / "README.md", report.as_markdown(head, rows), picture)


main()
