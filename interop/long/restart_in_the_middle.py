#!/usr/bin/python3
"""500 messages through a company's own server that is stopped, killed and started again in the middle.

It is away for the first half of them, and is then ended six times more while they go out.

Each message is looked for in the mailbox. Nothing that Leverans says was accepted may be missing (lost),
and nothing may have been handed over more than once (twice). What it says is in doubt is told, with how
much of that had arrived.
"""

import argparse
import concurrent.futures
import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from peers import Leverans, require_root, verified_identity, wait_for, work_folder
from submission import (
    DOMAIN,
    HOST,
    Authority,
    EximSubmission,
    Platform,
    PostfixSubmission,
    company_channel,
)

AUTHOR = f"anna@{DOMAIN}"
RECIPIENT = f"bert@{DOMAIN}"
PASSWORDS = {"anna": "the right one", "bert": "of bert"}
SENDERS = 4
TROUBLES_SHOWN = 5
SETTINGS = {
    "mode": "live",
    "channels": "msc,smtp",
    "platform.domain": "leverans.example",
    "smtp.networks": "127.0.0.0/8",
    "retry.first-pause": "1s",
    "retry.longest-pause": "2s",
}
COLUMNS = (
    "server",
    "messages",
    "restarts",
    "seconds",
    "accepted",
    "in doubt",
    "of these arrived",
    "failed",
    "lost",
    "twice",
)


class Interruptions:
    """Ends the server and starts it again whenever another part of the messages has arrived."""

    def __init__(self, server, messages, times):
        self.server = server
        self.thresholds = [messages * 3 * (i + 1) // (4 * times) for i in range(times)]
        self.done = 0
        self.trouble = None
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def _run(self):
        try:
            for threshold in self.thresholds:
                while self.server.mailboxes.size() < threshold:
                    if self.over.wait(0.02):
                        return
                self.interrupt()
        except BaseException as trouble:
            self.trouble = trouble

    def interrupt(self):
        if self.done % 2 == 0:
            self.server.kill()
        else:
            self.server.stop()
        time.sleep(1)
        self.server.start()
        self.done += 1

    def check(self):
        if self.trouble:
            raise self.trouble


def channel(leverans, server, authority):
    return leverans.post(
        "/v1/channels",
        company_channel(server, server.title, AUTHOR, PASSWORDS["anna"], authority),
    )["id"]


def send_all(leverans, identity, server, numbers):
    """The messages' ids, once they are accepted."""
    with concurrent.futures.ThreadPoolExecutor(SENDERS) as senders:
        return list(
            senders.map(
                lambda i: leverans.send(identity, RECIPIENT, text=f"Number {i} by {server.title}."),
                numbers,
            )
        )


def settle(leverans, interruptions):
    """Waits until nothing is under way any more."""

    def nothing_pending():
        interruptions.check()
        return not any(
            leverans.get(f"/v1/messages?folder={folder}&limit=1")["items"]
            for folder in ("in-progress", "waiting", "scheduled")
        )

    wait_for("the outcome of every message", 300, nothing_pending)


def judge(leverans, server, messages):
    """What Leverans says of each message, beside what arrived."""
    with concurrent.futures.ThreadPoolExecutor(SENDERS) as readers:
        views = list(readers.map(lambda message: leverans.get(f"/v1/messages/{message}"), messages))
    hand_overs = {}
    for copy in server.mailboxes.copies():
        hand_overs.setdefault(copy.message_id, set()).add(copy.queue_id)
    states = {"accepted": 0, "in-doubt": 0}
    arrived_in_doubt = lost = twice = 0
    troubles = []
    for view in views:
        state = view["recipients"][0]["state"]
        if state in states:
            states[state] += 1
        times = len(hand_overs.get(view["internetMessageId"], ()))
        arrived_in_doubt += state == "in-doubt" and times > 0
        lost += state == "accepted" and times == 0
        twice += times > 1
        if state not in states or times > 1 or (state == "accepted" and times == 0):
            troubles.append(f"{server.title}: {state}, arrived {times} times: {view['recipients']}")
    for trouble in troubles[:TROUBLES_SHOWN]:
        print(trouble, file=sys.stderr)
    others = len(views) - sum(states.values())
    return states["accepted"], states["in-doubt"], arrived_in_doubt, others, lost, twice


def interrupt_and_judge(leverans, identity, server, authority, count, times):
    leverans.put(
        f"/v1/identities/{identity}/channel", {"channelId": channel(leverans, server, authority)}
    )
    begun = time.monotonic()
    # Half of the messages pile up before a server that is away, so that much is under way when it ends again.
    server.stop()
    messages = send_all(leverans, identity, server, range(count // 2))
    server.start()
    with Interruptions(server, count, times) as interruptions:
        messages += send_all(leverans, identity, server, range(count // 2, count))
        settle(leverans, interruptions)
    seconds = time.monotonic() - begun
    wait_for("the server to deliver all", 120, server.is_idle)
    return (count, 1 + interruptions.done, round(seconds), *judge(leverans, server, messages))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--times", type=int, default=6, help="how often the server is ended")
    options = parser.parse_args()
    require_root()
    rows = {}
    with work_folder() as work:
        authority = Authority(work, "company")
        with (
            Platform(work, AUTHOR) as platform,
            PostfixSubmission(work, authority, PASSWORDS) as first,
            EximSubmission(work, authority, PASSWORDS) as second,
            Leverans(work, {**SETTINGS, "msc.smart-host": f"{HOST}:{platform.port}"}) as leverans,
        ):
            identity = verified_identity(leverans, AUTHOR, platform.mailboxes.text)
            for server in (first, second):
                rows[server.title] = interrupt_and_judge(
                    leverans, identity, server, authority, options.messages, options.times
                )
    show(COLUMNS)
    for title, row in rows.items():
        show((title, *row))
    check(rows, options)


def show(row):
    print(" ".join(f"{value:>{max(8, len(c))}}" for c, value in zip(COLUMNS, row)))


def check(rows, options):
    for title, (_, restarts, _, _, _, _, failed, lost, twice) in rows.items():
        if lost or twice or failed:
            sys.exit(f"{title}: {lost} lost, {twice} twice, {failed} failed")
        if restarts <= options.times:
            sys.exit(f"{title}: only {restarts} restarts; more messages are needed to tell anything")


main()
