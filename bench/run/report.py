"""The figures as a table, on a terminal and in Markdown."""

import datetime
import os
import pathlib
import platform
import re

from targets import HEAP, heap_is_kept, verdicts

MARKS = "<!-- results: written by bench/run -->\n", "<!-- end of results -->\n"
COLUMNS = (
    "scenario",
    "accepted/s",
    "sent/s",
    "p50 ms",
    "p99 ms",
    "CPU service",
    "CPU database",
    "heap MB",
    "Postfix accepted/s",
    "Postfix sent/s",
    "Postfix p99 ms",
    "Postfix CPU",
    "ratio accepted",
    "ratio sent",
)
LEGEND = (
    "CPU: milliseconds of processor time a message, in the service's JVMs, in PostgreSQL's processes, and in Postfix'."
    " p50, p99: from POST, or MAIL, to the sink's 250. Heap: the most that was seen in use, of 512 MB allowed."
)


def cells(row):
    ours, theirs = row.ours, row.theirs
    values = [
        rate(ours.accepted),
        rate(ours.sent),
        number(ours.p50, 0),
        number(ours.p99, 0),
        number(ours.service, 2),
        number(ours.database, 2),
        number(row.heap, 0),
        rate(theirs and theirs.accepted),
        rate(theirs and theirs.sent),
        number(theirs and theirs.p99, 0),
        number(theirs and theirs.service, 2),
        number(row.ratio("accepted"), 2),
        number(row.ratio("sent"), 2),
    ]
    return [row.scenario.title, *values]


def rate(value):
    return number(value, 0)


def number(value, digits):
    return "" if value is None else f"{value:,.{digits}f}"


def machine():
    """What it was measured on."""
    model = re.search(r"^model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    name = model.group(1) if model else platform.machine()
    today = datetime.date.today().isoformat()
    return f"{name}, {os.cpu_count()} cores for everything, {memory:.0f} GB, Linux {platform.release()}, {today}"


def footnotes(rows):
    """Targets, met and missed, and what else one has to know of a row."""
    for row in rows:
        for words, is_met in verdicts(row):
            yield f"{verdict(is_met)}: {row.scenario.title}: {words}"
        if row.ours.fewer:
            fewest, most = row.scenario.backlog
            yield f"with {fewest:,} queued {row.ours.fewer:,.0f} a second, with {most:,} {row.ours.sent:,.0f}"
        if row.ours.repeated:
            yield f"SENT TWICE: {row.scenario.title}: {row.ours.repeated} messages"
    yield f"{verdict(all(map(heap_is_kept, rows)))}: heap ≤ {HEAP} MB everywhere"


def verdict(is_met):
    return "reached" if is_met else "MISSED"


def in_short(row):
    """For those who watch."""
    told = [f"{name} {cell}" for name, cell in zip(COLUMNS[1:], cells(row)[1:]) if cell]
    return "  " + ", ".join(told)


def as_text(head, rows):
    table = [COLUMNS, *map(cells, rows)]
    first, *others = [max(map(len, column)) for column in zip(*table)]
    lines = [
        "  ".join([title.ljust(first), *(cell.rjust(width) for cell, width in zip(figures, others))])
        for title, *figures in table
    ]
    return "\n".join([head, "", *lines, "", LEGEND, *footnotes(rows)])


def as_markdown(head, rows):
    lines = [COLUMNS, ["---"] + ["--:"] * (len(COLUMNS) - 1), *map(cells, rows)]
    table = ["| " + " | ".join(line) + " |" for line in lines]
    notes = ["- " + note for note in footnotes(rows)]
    return "\n".join([head + ".", "", *table, "", LEGEND, "", *notes, ""])


def write_readme(readme, table, chart):
    """Puts table and chart between the marks."""
    text = readme.read_text()
    before, _, rest = text.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    inside = table + f"\n![sent a second, beside Postfix]({chart.name})\n"
    readme.write_text(before + MARKS[0] + "\n" + inside + "\n" + MARKS[1] + after)
