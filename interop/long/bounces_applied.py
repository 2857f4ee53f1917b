#!/usr/bin/python3
"""Four mail servers report on the mail of three channels: each report is linked, and says the right cause.

Each server is the smart host of a Leverans of its own (msc: reports come to our return paths), the server of a company
(smtp: reports come to the sender's mailbox, which Dovecot serves), and the one behind Google (gmail: what was sent
through the npm package emulate is relayed to it, and its reports come to the account there). 200 messages each meet
ends of all sorts; every message has recipients of its own. Prints two tables, and what was wrong.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import hashlib
import itertools
import os
import pathlib
import re
import sys
import time
from typing import NamedTuple

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import next_hops
from dovecot import Dovecot
from google import Browser, Emulator
from google_post import GooglesPost
from next_hops import REFUSED, Place, nobody_listens
from peers import (
    Leverans,
    final_server,
    free_port,
    in_time,
    print_table,
    require_root,
    verified_identity,
    wait_for,
    work_folder,
)
from recorder import Recorder
from submission import DOMAIN, HOST, Authority, MailboxServer

PLATFORM = "leverans.example"
RECIPIENTS = "recipients.example"
AWAY = "away.example"
GOOGLE = "workspace.example"
MAILBOX_PASSWORD = "of the mailbox"
CHANNELS = ["msc", "smtp", "gmail"]
SPAM = "You have won"
VIRUS = "Your invoice"
# Seconds for all messages of a server to reach their ends, once they are accepted.
PATIENCE = 300
SETTINGS = {
    "mode": "live",
    "channels": "msc,smtp,gmail",
    "platform.domain": PLATFORM,
    "smtp.networks": "127.0.0.0/8",
    "retry.first-pause": "1s",
    "retry.longest-pause": "2s",
    # A server has all its reports for one machine here.
    "msc.bounce-connections-per-host": "100",
}


class End(NamedTuple):
    """What becomes of mail to a sort of recipients, and what the server beyond the next hop answers."""

    name: str
    user: str
    state: str
    cause: str = ""
    reply: str = ""
    domain: str = RECIPIENTS
    subject: str = "Hello"
    delay: str = ""

    def address(self, number):
        return f"{self.user}-{number}@{self.domain}"


ACCEPTED, BOUNCED, FAILED = "accepted", "bounced", "failed"
ARRIVES = End("arrives", "known", ACCEPTED)
UNKNOWN = End("unknown user", "nobody", BOUNCED, "mailbox-unknown")
FULL = End("full mailbox", "full", BOUNCED, "mailbox-full", "552 5.2.2 Mailbox full")
REFUSED_AT_ONCE = End(
    "refused by the next hop", "stranger", FAILED, "mailbox-unknown", domain=REFUSED
)
ENDS = [
    ARRIVES,
    UNKNOWN,
    FULL,
    End("closed mailbox", "closed", BOUNCED, "mailbox-inactive", "550 5.2.1 Mailbox disabled"),
    End("refused by policy", "strict", BOUNCED, "policy", "550 5.7.1 Refused by local policy"),
    End(
        "block list", "wary", BOUNCED, "reputation-block",
        "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org",
    ),
    End(
        "DMARC", "proof", BOUNCED, "auth-failure",
        "550 5.7.26 Unauthenticated email is not accepted due to the domain's DMARC policy",
    ),
    End(
        "too large", "small", BOUNCED, "message-too-large",
        "552 5.3.4 Message size exceeds fixed limit",
    ),
    End("taken for spam", "reader", BOUNCED, "spam-rejected", subject=SPAM),
    End("taken for malware", "opener", BOUNCED, "virus-rejected", subject=VIRUS),
    End(
        "expired, mailbox full", "brimful", BOUNCED, "mailbox-full",
        "452 4.2.2 Mailbox over quota", delay="mailbox-full",
    ),
    End(
        "expired, too fast", "slow", BOUNCED, "rate-limited",
        "451 4.7.1 Too many messages, slow down", delay="rate-limited",
    ),
    End(
        "expired, out of reach", "somebody", BOUNCED, "delivery-expired",
        domain=AWAY, delay="network-failure",
    ),
    REFUSED_AT_ONCE,
]  # fmt: skip
# One message to three, of whom one gets it.
MIXED = [ARRIVES, UNKNOWN, FULL]
# So many fail for each that arrives: OpenSMTPD turns away from a server that refuses ten one after the other.
FAILING = 3
# Seconds: a server may be busy for a while, and shall give up only what cannot be delivered.
GIVES_UP_AFTER = 45
# What a server leaves out of its report, nobody can read there.
SAYS_LESS = {
    ("OpenSMTPD", "expired, mailbox full"): "delivery-expired",
    ("OpenSMTPD", "expired, too fast"): "delivery-expired",
}
SAYS_LESS_OF_DELAYS = {("Exim", "expired, out of reach"): "undetermined"}


def plan(channel, count):
    """The recipients' ends of each message. Google relays by itself, and tells nobody what it is told."""
    ends = [end for end in ENDS if channel != "gmail" or end is not REFUSED_AT_ONCE]
    failing = itertools.cycle([*([end] for end in ends if end is not ARRIVES), MIXED])
    return [[ARRIVES] if i % (FAILING + 1) == 0 else next(failing) for i in range(count)]


class Expected(NamedTuple):
    """A message, and the end of each of its recipients."""

    channel: str
    message: str
    ends: dict


class Written(NamedTuple):
    """A report of a server, by what does not change on its way."""

    key: str
    recipients: frozenset
    raw: bytes


def written(raw):
    """The report in a mail, of whom it speaks by the fields of RFC 3464."""
    named = re.findall(rb"^Final-Recipient: *rfc822; *<?([^\s>]+)", raw, re.MULTILINE | re.IGNORECASE)
    recipients = frozenset(address.decode().lower() for address in named)
    return Written(body_key(raw), recipients, raw)


def body_key(raw):
    """Servers on the way add fields; the body stays as it is."""
    body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    return hashlib.sha256(body.strip()).hexdigest()


class World:
    """What all servers share: who takes and refuses mail beyond them, and the company's mailboxes."""

    def __init__(self, work):
        self.work = work
        self.final = refusing_server(work)
        users = [user(hop, channel) for hop in next_hops.ALL for channel in ("msc", "smtp")]
        self.mailboxes = MailboxServer(work, "mailboxes", {f"{name}@{DOMAIN}": name for name in users})
        self.dovecot = Dovecot(
            work,
            Authority(work, "company"),
            self.mailboxes.mailboxes.folder,
            "postfix",
            {f"{name}@{DOMAIN}": MAILBOX_PASSWORD for name in users},
        )
        self._stack = contextlib.ExitStack()

    def __enter__(self):
        self.away = self._stack.enter_context(nobody_listens())
        for server in (self.final, self.mailboxes, self.dovecot):
            self._stack.enter_context(server)
        return self

    def __exit__(self, *trouble):
        return self._stack.__exit__(*trouble)


def user(hop, channel):
    return f"{channel}-{hop.title.lower()}"


def refusing_server(work):
    """Knows recipients by the first part of their name, and takes no spam and no malware."""
    refusals, known, contents = (work / name for name in ("refusals", "known", "contents"))
    refusals.write_text("".join(f"/^{end.user}-/ {end.reply}\n" for end in ENDS if end.reply))
    here = [end for end in ENDS if end.domain == RECIPIENTS and end is not UNKNOWN]
    takes = [end.user for end in here if not end.reply]
    known.write_text("".join(f"/^{name}-/ mail\n" for name in takes))
    contents.write_text(
        f"/^Subject: {SPAM}/ REJECT 5.7.1 Message identified as spam\n"
        f"/^Subject: {VIRUS}/ REJECT 5.7.1 Message contains the virus Eicar-Test\n"
    )
    return final_server(
        work,
        work / "final-mail",
        RECIPIENTS,
        [],
        virtual_mailbox_maps=f"regexp:{known}",
        smtpd_recipient_restrictions=f"check_recipient_access regexp:{refusals}",
        header_checks=f"regexp:{contents}",
        # What comes is mostly refused, and nobody shall be slowed down for it.
        smtpd_soft_error_limit="10000",
        smtpd_hard_error_limit="10000",
        smtpd_client_connection_count_limit="0",
    )


class Trial:
    """One server as the next hop of all three channels of one Leverans."""

    def __init__(self, world, hop, count):
        self.world = world
        self.hop = hop
        self.folder = world.work / hop.title.lower()
        self.folder.mkdir()
        self.post = GooglesPost(f"anna-{hop.title.lower()}@{GOOGLE}")
        self.counts = {
            channel: count // len(CHANNELS) + (i < count % len(CHANNELS))
            for i, channel in enumerate(CHANNELS)
        }
        self.expected = []

    def run(self):
        bounces = free_port()
        leverans = Leverans(self.folder, {**SETTINGS, "msc.bounce-listen": f"{HOST}:{bounces}"})
        public = f"http://{HOST}:{leverans.port}"
        google = Emulator(self.folder, [self.post.account], [f"{public}/connect/callback"])
        self.post.google = google
        with Recorder(bounces) as self.recorder, self.post.sink, google:
            with (
                self.hop(self.folder, self.routes(), GIVES_UP_AFTER) as next_hop,
                self.post.relaying(next_hop.port),
            ):
                leverans.settings.update(google.settings())
                leverans.settings["http.public-url"] = public
                leverans.settings["msc.smart-host"] = f"{HOST}:{next_hop.port}"
                with leverans:
                    self.leverans = leverans
                    self.next_hop = next_hop
                    self.send()
                    self.settle()
                    self.look()
                self.log = next_hop.log()
        return self

    def routes(self):
        return {
            RECIPIENTS: Place(HOST, self.world.final.port),
            AWAY: self.world.away,
            PLATFORM: Place(HOST, self.recorder.port),
            DOMAIN: Place(HOST, self.world.mailboxes.port),
            GOOGLE: Place(HOST, self.post.sink.port),
        }

    def send(self):
        identities = {channel: getattr(self, channel)() for channel in CHANNELS}
        number = 0
        for channel in CHANNELS:
            for ends in plan(channel, self.counts[channel]):
                number += 1
                addresses = {end.address(number): end for end in ends}
                message = self.leverans.send(
                    identities[channel],
                    list(addresses),
                    subject=ends[0].subject,
                    text=f"Number {number} by {self.hop.title}.",
                )
                self.expected.append(Expected(channel, message, addresses))

    def msc(self):
        return self.identity_at_company("msc")

    def smtp(self):
        identity = self.identity_at_company("smtp")
        address = f"{user(self.hop, 'smtp')}@{DOMAIN}"
        settings = {
            "host": HOST,
            "port": str(self.next_hop.port),
            "security": "none",
            "bounces": "mailbox",
            "imap-port": str(self.world.dovecot.tls),
            "imap-security": "tls",
            "imap-username": address,
            "imap-password": MAILBOX_PASSWORD,
            "imap-certificate-sha256": self.world.dovecot.fingerprint,
        }
        body = {"kind": "smtp", "label": self.hop.title, "owner": "member", "settings": settings}
        self.choose(identity, self.leverans.post("/v1/channels", body)["id"])
        return identity

    def gmail(self):
        identity = verified_identity(self.leverans, self.post.account, self.post.text)
        settings = {"bounces": "mailbox"}
        body = {"kind": "gmail", "label": "Google", "owner": "member", "settings": settings}
        begun = self.leverans.post("/v1/channels/connect", body)
        status, text = Browser().consent(begun["consentPage"], self.post.account)
        if status != 200:
            sys.exit(f"not connected to Google: {status} {text}")
        [channel] = [c for c in self.leverans.get("/v1/channels")["items"] if c["kind"] == "gmail"]
        # At Google's own limit it would take a minute and more.
        pace = [{"atMost": 50, "counted": "messages", "window": "PT1S"}]
        self.leverans.patch(f"/v1/channels/{channel['id']}", {"pace": pace})
        self.choose(identity, channel["id"])
        return identity

    def identity_at_company(self, channel):
        name = user(self.hop, channel)
        mailboxes = self.world.mailboxes.mailboxes
        return verified_identity(
            self.leverans,
            f"{name}@{DOMAIN}",
            lambda: b"".join(mailboxes.mails(name)).decode(errors="replace"),
        )

    def choose(self, identity, channel):
        """Waits until its mailbox is followed: what comes from then on is seen."""
        self.leverans.put(f"/v1/identities/{identity}/channel", {"channelId": channel})
        wait_for(
            "the mailbox to be read",
            120,
            lambda: "readAt" in self.leverans.get(f"/v1/channels/{channel}").get("mailbox", {}),
        )

    def settle(self):
        """Waits until all is told; what does not come in time is missing in the table."""
        open_ones = list(self.expected)
        deadline = time.monotonic() + PATIENCE

        def ended():
            open_ones[:] = [one for one in open_ones if not self.has_ended(one)]
            return not open_ones and self.next_hop.is_idle()

        in_time(PATIENCE, ended)
        in_time(max(1, deadline - time.monotonic()), self.all_reports_came)

    def has_ended(self, expected):
        view = self.leverans.get(f"/v1/messages/{expected.message}")
        states = {recipient["address"]: recipient["state"] for recipient in view["recipients"]}
        return all(states[address] == end.state for address, end in expected.ends.items())

    def all_reports_came(self):
        statements = sum(len(one.recipients) for one in self.all_written())
        return len(self.leverans.reports()) >= statements

    def look(self):
        self.views = {
            one.message: self.leverans.get(f"/v1/messages/{one.message}")["recipients"]
            for one in self.expected
        }
        self.reports = self.leverans.reports()
        self.tray = self.leverans.reports(linked="false")
        self.keys = {
            report["id"]: body_key(self.leverans.ask("GET", f"/v1/reports/{report['id']}/raw")[1])
            for report in self.reports
        }
        ends = [end for one in self.expected for end in one.ends.values()]
        due = sum(end.state == BOUNCED for end in ends)
        # The feed may show an event a moment after the message shows it.
        in_time(30, lambda: self.count_bounces().total() >= due)
        self.bounces_told = self.count_bounces()

    def count_bounces(self):
        """How often the feed tells of one, by delivery."""
        bounces = [event for event in self.leverans.events() if event["kind"] == "delivery.bounced"]
        return collections.Counter(event["data"]["deliveryId"] for event in bounces)

    def all_written(self):
        return [one for channel in CHANNELS for one in self.written_to(channel)]

    def written_to(self, channel):
        """The reports that the server wrote to where this channel's come."""
        if channel == "msc":
            mails = [mail.raw for mail in list(self.recorder.mails)]
        elif channel == "smtp":
            mails = self.world.mailboxes.mailboxes.mails(user(self.hop, "smtp"))
            mails = [mail for mail in mails if mail.startswith(b"Return-Path: <>")]
        else:
            mails = [raw for sender, raw in list(self.post.mails) if not sender]
        return [written(mail) for mail in mails]


class Judgement:
    """What holds of one channel of one trial."""

    def __init__(self, trial, channel):
        self.trial = trial
        self.channel = channel
        self.server = trial.hop.title
        self.messages = [one for one in trial.expected if one.channel == channel]
        self.message_of = {
            address: one.message for one in self.messages for address in one.ends
        }
        self.written = trial.written_to(channel)
        self.wrong = []
        self.causes = collections.defaultdict(set)
        self.linked = sum(self.is_linked(one) for one in self.written)
        self.right = self.ends = 0
        for one in self.messages:
            views = {view["address"]: view for view in trial.views[one.message]}
            for address, end in one.ends.items():
                self.ends += 1
                self.right += self.is_right(end, address, views[address])

    def is_linked(self, report):
        """Whether it is kept with the message of each recipient whom it names, and for no one else."""
        kept = [r for r in self.trial.reports if self.trial.keys[r["id"]] == report.key]
        messages = [r.get("messageId") for r in kept if r.get("linkedBy") in ("token", "mailbox")]
        named = [self.message_of.get(recipient, "nobody's") for recipient in report.recipients]
        holds = bool(named) and sorted(map(str, messages)) == sorted(named) and len(kept) == len(named)
        if not holds:
            shown = "effect", "reason", "linkedBy", "messageId"
            seen = [[report.get(name) for name in shown] for report in kept]
            self.complain("linked", ", ".join(sorted(report.recipients)), seen, words_of(report.raw))
        return holds

    def is_right(self, end, address, view):
        case = f"{end.name} ({address})"
        failure = view.get("failure") or {}
        due = end.state, SAYS_LESS.get((self.server, end.name), end.cause)
        got = view["state"], failure.get("cause", "")
        self.causes[end.name].add(got[1] or got[0])
        if got != due:
            self.complain(case, due, got, failure.get("words"))
        bounces = self.trial.bounces_told[view["deliveryId"]]
        is_told_rightly = bounces == (end.state == BOUNCED)
        if not is_told_rightly:
            self.complain(case, "each bounce told once", f"{bounces} times", failure.get("words"))
        return got == due and is_told_rightly and self.is_right_of_delays(end, case, view)

    def is_right_of_delays(self, end, case, view):
        due = SAYS_LESS_OF_DELAYS.get((self.server, end.name), end.delay)
        told = [w.get("failure") or {} for w in view["laterWords"] if w["kind"] == "delivery.delayed"]
        wrong = [failure for failure in told if failure.get("cause") != due]
        for failure in wrong:
            self.complain(f"{case}, delay", due, failure.get("cause"), failure.get("words"))
        self.causes[f"{end.name}: delay"].update(failure.get("cause") for failure in told)
        return not wrong

    def complain(self, case, expected, got, words):
        self.wrong.append(f"{self.server}, {self.channel}: {case}: expected {expected}, got {got}: {words}")

    def row(self):
        return (
            self.server,
            self.channel,
            str(len(self.messages)),
            str(len(self.written)),
            str(self.linked),
            str(self.ends),
            str(self.right),
            str(len(self.wrong)),
        )


COLUMNS = (
    "server",
    "channel",
    "messages",
    "reports",
    "linked",
    "recipients",
    "right end and cause",
    "wrong",
)


def words_of(raw):
    """What tells somebody which report it is."""
    fields = re.findall(rb"^(?:Subject|Final-Recipient|Action|Status|Diagnostic-Code):.*", raw, re.MULTILINE)
    return b" | ".join(field.strip() for field in fields[:8]).decode(errors="replace")


def judge(trial):
    """The judgement of each channel, and what belongs to none."""
    judgements = [Judgement(trial, channel) for channel in CHANNELS]
    wrong = [line for one in judgements for line in one.wrong]
    wrong += [f"{trial.hop.title}: {line}" for line in trial.post.trouble]
    shown = "reason", "subject", "statements"
    wrong += [
        f"{trial.hop.title}: in the tray: {[report.get(name) for name in shown]}" for report in trial.tray
    ]
    return judgements, wrong


def causes_by_server(judged):
    """What each end is told as, after the mail of each server, and what was told of a delay before it."""
    columns = [judgements for judgements, _ in judged]
    yield ("end", *(judgements[0].server for judgements in columns))
    for end in ENDS:
        for name in (end.name, f"{end.name}: delay") if end.delay else (end.name,):
            told = [set().union(*(one.causes[name] for one in judgements)) for judgements in columns]
            yield (name, *(", ".join(sorted(causes)) for causes in told))


def keep(trial, folder):
    folder.mkdir(parents=True, exist_ok=True)
    name = trial.hop.title.lower()
    (folder / f"{name}.log").write_text(trial.log)
    for channel in CHANNELS:
        for number, report in enumerate(trial.written_to(channel), 1):
            (folder / f"{name}-{channel}-{number:03}.eml").write_bytes(report.raw)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=200, help="for each server")
    parser.add_argument("--only", metavar="SERVER", help="one of the servers")
    parser.add_argument("--keep", type=pathlib.Path, metavar="DIR", help="keep the reports and the logs there")
    options = parser.parse_args()
    require_root()
    os.environ.setdefault("LEVERANS_JAVA_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    hops = [hop for hop in next_hops.ALL if options.only in (None, hop.title)]
    begun = time.monotonic()
    with work_folder() as work, World(work) as world:
        with concurrent.futures.ThreadPoolExecutor(len(hops)) as pool:
            running = [pool.submit(Trial(world, hop, options.messages).run) for hop in hops]
            trials = [one.result() for one in running]
        judged = [judge(trial) for trial in trials]
        if options.keep:
            for trial in trials:
                keep(trial, options.keep)
    print_table([COLUMNS, *(one.row() for judgements, _ in judged for one in judgements)])
    print()
    print_table(list(causes_by_server(judged)))
    tray = sum(len(trial.tray) for trial in trials)
    print(f"\nin the tray: {tray}; {time.monotonic() - begun:.0f} s")
    wrong = [line for _, lines in judged for line in lines]
    if wrong:
        sys.exit("\n".join(wrong))


main()
