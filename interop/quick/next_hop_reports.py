#!/usr/bin/python3
"""Four mail servers, each the next hop of a Leverans of its own, accept messages that they cannot deliver, and mail
their own reports: on an unknown user, a full mailbox, a delay and an expired queue."""

import argparse
import concurrent.futures
import os
import pathlib
import re
import sys
import time
from typing import NamedTuple

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import next_hops
from next_hops import GIVES_UP_AFTER, Place, nobody_listens
from peers import (
    Leverans,
    final_server,
    free_port,
    print_table,
    require_root,
    told_of_delay,
    verified_identity,
    work_folder,
)
from recorder import Recorder

HERE = "127.0.0.1"
PLATFORM = "leverans.example"
RECIPIENTS = "recipients.example"
AWAY = "away.example"

UNKNOWN = f"nobody@{RECIPIENTS}"
FULL = f"full@{RECIPIENTS}"
LONG_FULL = f"full-for-long@{RECIPIENTS}"
UNREACHABLE = f"somebody@{AWAY}"


class Case(NamedTuple):
    """What a server is made to report, and what Leverans shall say of it."""

    name: str
    recipient: str
    state: str
    causes: set


BOUNCED = "bounced"
DELAYED = "accepted"
OUT_OF_REACH = {"network-failure", "delivery-expired"}
CASES = [
    Case("unknown user", UNKNOWN, BOUNCED, {"mailbox-unknown"}),
    Case("full mailbox", FULL, BOUNCED, {"mailbox-full"}),
    Case("delay, out of reach", UNREACHABLE, DELAYED, OUT_OF_REACH),
    Case("expired, out of reach", UNREACHABLE, BOUNCED, OUT_OF_REACH),
    Case("delay, mailbox full", LONG_FULL, DELAYED, {"mailbox-full"}),
    Case("expired, mailbox full", LONG_FULL, BOUNCED, {"mailbox-full"}),
]
# What a server leaves out of its report, nobody can read there.
SAYS_LESS = {
    ("Exim", "delay, out of reach"): {"undetermined", "delivery-expired"},
    ("OpenSMTPD", "expired, mailbox full"): {"delivery-expired"},
}


class Finding(NamedTuple):
    """What became of a case."""

    server: str
    case: str
    written: str
    linked: str
    state: str
    cause: str
    right: str


def refusing_server(work):
    """Knows a mailbox for each next hop's sender, and refuses everybody else in its own way."""
    refusals = f"{{{FULL} = 552 5.2.2 Mailbox full}}, {{{LONG_FULL} = 452 4.2.2 Mailbox over quota}}"
    return final_server(
        work,
        work / "mail",
        RECIPIENTS,
        [sender(hop).partition("@")[0] for hop in next_hops.ALL],
        smtpd_recipient_restrictions=f"check_recipient_access inline:{{ {refusals} }}",
    )


def sender(hop):
    return f"sales-{hop.title.lower()}@{RECIPIENTS}"


class Try:
    """One server as the next hop of one Leverans."""

    def __init__(self, work, hop, final, away):
        self.hop = hop
        self.folder = work / hop.title.lower()
        self.folder.mkdir()
        self.mailbox = work / "mail" / sender(hop).partition("@")[0]
        self.final = final
        self.away = away
        self.views = {}

    def run(self):
        bounce_port = free_port()
        with Recorder(bounce_port) as recorder:
            routes = {
                RECIPIENTS: Place(HERE, self.final.port),
                AWAY: self.away,
                PLATFORM: Place(HERE, recorder.port),
            }
            with self.hop(self.folder, routes) as next_hop:
                settings = {
                    "mode": "live",
                    "platform.domain": PLATFORM,
                    "msc.smart-host": f"{HERE}:{next_hop.port}",
                    "msc.bounce-listen": f"{HERE}:{bounce_port}",
                }
                with Leverans(self.folder, settings) as leverans:
                    self.send_and_watch(leverans)
                    self.reports = leverans.get("/v1/reports?limit=100")["items"]
                self.log = next_hop.log()
        self.mails = recorder.mails
        return self

    def send_and_watch(self, leverans):
        identity = verified_identity(leverans, sender(self.hop), self.read_mailbox)
        self.messages = {
            recipient: leverans.send(identity, recipient, text="Is anybody there?")
            for recipient in (UNKNOWN, FULL, LONG_FULL, UNREACHABLE)
        }
        deadline = time.monotonic() + 6 * GIVES_UP_AFTER
        while time.monotonic() < deadline and len(self.views) < len(CASES):
            self.look(leverans)
            time.sleep(0.2)
        self.last = {
            recipient: self.view(leverans, message) for recipient, message in self.messages.items()
        }

    def read_mailbox(self):
        return self.mailbox.read_text(errors="replace") if self.mailbox.exists() else ""

    def look(self, leverans):
        """Keeps the first sight of each case as it should be."""
        for case in CASES:
            if case.name not in self.views:
                view = self.view(leverans, self.messages[case.recipient])
                if view["state"] == case.state and (case.state == BOUNCED or told_of_delay(view)):
                    self.views[case.name] = view

    @staticmethod
    def view(leverans, message):
        return leverans.get(f"/v1/messages/{message}")["recipients"][0]

    def finding(self, case):
        allowed = SAYS_LESS.get((self.hop.title, case.name), case.causes)
        view = self.views.get(case.name, self.last[case.recipient])
        failure = told_of_delay(view) if case.state == DELAYED else view.get("failure")
        cause = failure["cause"] if failure else "-"
        mail = self.mail_of(case)
        linked = mail is not None and self.is_linked(mail, case)
        is_right = case.name in self.views and linked and cause in allowed
        return Finding(
            self.hop.title,
            case.name,
            described(mail.raw) if mail else "nothing",
            "yes" if linked else "NO",
            view["state"] if case.state == BOUNCED or not failure else f"{view['state']}, delayed",
            cause,
            "yes" if is_right else "NO",
        )

    def mails_about(self, recipient):
        return [mail for mail in self.mails if f"To: {recipient}".encode() in mail.raw]

    def mail_of(self, case):
        """Delay notices come before the last word."""
        mails = self.mails_about(case.recipient)
        if not mails:
            return None
        return mails[0] if case.state == DELAYED else mails[-1]

    def is_linked(self, mail, case):
        """Whether each mail that went to that return path is kept with our message."""
        came = [m for m in self.mails if m.envelope_recipient == mail.envelope_recipient]
        kept = [
            report
            for report in self.reports
            if report["envelopeRecipient"].lower() == mail.envelope_recipient.lower()
            and report["link"] == "genuine"
            and report.get("messageId") == self.messages[case.recipient]
        ]
        return len(kept) == len(came)

    def keep(self, folder):
        (folder / f"{self.hop.title.lower()}.log").write_text(self.log)
        for case in CASES:
            if mail := self.mail_of(case):
                name = re.sub(r"\W+", "-", f"{self.hop.title} {case.name}".lower())
                (folder / f"{name}.eml").write_bytes(mail.raw)


def described(raw):
    """The kind of report, and what its fields say."""
    fields = dict(re.findall(rb"^(Action|Status): *(\S+)", raw, re.MULTILINE))
    kind = re.search(rb"^Content-Type: *(multipart/\w+|text/\w+)", raw, re.MULTILINE)
    words = [kind.group(1) if kind else b"text", fields.get(b"Action"), fields.get(b"Status")]
    return " ".join(word.decode() for word in words if word)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=pathlib.Path, metavar="DIR", help="keep the reports and the logs there")
    parser.add_argument("--only", metavar="SERVER", help="one of the servers")
    options = parser.parse_args()
    require_root()
    # Four at a time, and not for long: quick to start is better than quick to run.
    os.environ.setdefault("LEVERANS_JAVA_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    hops = [hop for hop in next_hops.ALL if options.only in (None, hop.title)]
    with work_folder() as work, refusing_server(work) as final, nobody_listens() as away:
        with concurrent.futures.ThreadPoolExecutor(len(hops)) as pool:
            running = [pool.submit(Try(work, hop, final, away).run) for hop in hops]
            tries = [one.result() for one in running]
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        for one in tries:
            one.keep(options.keep)
    findings = [one.finding(case) for one in tries for case in CASES]
    print_table([tuple(name.replace("_", " ") for name in Finding._fields), *findings])
    if any(finding.right != "yes" for finding in findings):
        sys.exit("not every report was linked and read rightly")


main()
