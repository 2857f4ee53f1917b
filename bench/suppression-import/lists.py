"""A list of addresses, some of whose lines are bad in ways that real lists are."""

import csv
import dataclasses
import io

BAD = [
    lambda number: [f"nobody{number}", "", "no domain"],
    lambda number: [f"@list{number % 50}.example", "", "no mailbox"],
    lambda number: [f"two words{number}@list.example", "", "a space"],
    lambda number: [f"r{number}@list..example", "", "an empty label"],
    lambda number: ["", "", "no address"],
    lambda number: [f"r{number}@list.example", "next year", "no time"],
    lambda number: [f"r{number}@list.example", "2001-01-01T00:00:00Z", "over"],
]


@dataclasses.dataclass
class MadeList:
    text: bytes
    lines: int
    bad: set  # the numbers of these lines in the file
    repeated: int


def made_list(lines, bad_every, repeated_every):
    """One line in so many is bad, and one repeats an address before it in other letters."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(["address", "until", "note"])
    bad, repeated = set(), 0
    for number in range(2, lines + 2):
        if number % bad_every == 0:
            rows.writerow(BAD[len(bad) % len(BAD)](number))
            bad.add(number)
        elif number % repeated_every == 1:
            rows.writerow([good.upper(), "", ""])
            repeated += 1
        else:
            good = f"r{number}@list{number % 50}.example"
            rows.writerow([good, "", f"asked for it, \"{number}\""])
    return MadeList(text.getvalue().encode(), lines, bad, repeated)
