#!/usr/bin/python3
"""A company's own server as a channel: Postfix, then Exim, each with a password and a certificate of its own.

With --long the script also waits until each channel is marked as needing attention, which takes more than a
minute by design, and looks for the event and for the mail to the owner.
"""

import argparse
import email.utils
import pathlib
import sys

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
    connections_to,
)

AUTHOR = f"anna@{DOMAIN}"
PASSWORDS = {"anna": "the right one", "bert": "of bert", "cia": "of cia"}
# Connections are given up soon, since a server asks for the password once for each.
SETTINGS = {
    "mode": "live",
    "channels": "msc,smtp",
    "platform.domain": "leverans.example",
    "smtp.networks": "127.0.0.0/8",
    "smtp.connection-idle": "1s",
    "retry.first-pause": "2s",
}


class Trial:
    """One server, tried through one Leverans."""

    def __init__(self, leverans, identity, server, authority, stranger, notices):
        self.leverans = leverans
        self.identity = identity
        self.server = server
        self.authority = authority
        self.stranger = stranger
        self.notices = notices
        self.label = f"Our {server.title}"
        self.channel = ""

    def say(self, what, words=""):
        print(f"{self.server.title:8} {what:26} {words}", flush=True)

    def require(self, holds, what, *seen):
        if not holds:
            sys.exit(f"{self.server.title}: {what}; seen: {' '.join(map(str, seen))}")

    def run(self, long):
        self.refuse_certificates()
        self.refuse_password()
        self.connect()
        self.send_one()
        self.send_to_three()
        waiting = self.change_password_while_sending()
        if long:
            self.wait_for_attention()
        self.give_new_password(waiting)
        if long:
            self.event("channel.recovered")

    def attempt(self, **settings):
        body = company_channel(
            self.server, self.label, AUTHOR, PASSWORDS["anna"], self.authority, **settings
        )
        return self.leverans.ask("POST", "/v1/channels", body)

    def refusal(self, answer, cause):
        status, problem = answer
        self.require(
            (status, problem.get("type")) == (422, "/problems/channel-refused"),
            "no refusal",
            status,
            problem,
        )
        self.require(problem["cause"] == cause, f"the cause is not {cause}", problem)
        self.require(problem["words"] and problem["remedy"], "no words or no remedy", problem)
        return f"{problem['cause']}: {problem['words']}"

    def refuse_certificates(self):
        for whose, pem in (("untrusted certificate", ""), ("another's authority", self.stranger.pem)):
            words = self.refusal(self.attempt(ca=pem), "tls-failure")
            self.require("certificate" in words.lower(), "the words name no certificate", words)
            self.say(whose, words)

    def refuse_password(self):
        words = self.refusal(self.attempt(password="the wrong one"), "credentials-refused")
        self.require("535" in words, "not in the server's own words", words)
        self.say("wrong password", words)

    def connect(self):
        status, channel = self.attempt()
        self.require(status == 201, "not connected", status, channel)
        self.require(channel["health"] == {"status": "connected"}, "not healthy", channel)
        self.require(PASSWORDS["anna"] not in str(channel), "the password was shown", channel)
        self.channel = channel["id"]
        self.leverans.put(f"/v1/identities/{self.identity}/channel", {"channelId": self.channel})
        self.say("right password", " ".join(channel["findings"]))

    def send(self, *to):
        return self.leverans.send(self.identity, list(to), text="Hello.")

    def view(self, message):
        return self.leverans.get(f"/v1/messages/{message}")

    def states(self, message):
        return {r["address"]: r["state"] for r in self.view(message)["recipients"]}

    def settled(self, *messages):
        def settled():
            views = [self.view(message) for message in messages]
            states = {r["state"] for view in views for r in view["recipients"]}
            return views if states <= {"accepted", "failed", "in-doubt", "bounced"} else None

        return wait_for("the outcome of every recipient", 60, settled)

    def arrived(self, view, times):
        def enough():
            copies = self.server.mailboxes.of(view["internetMessageId"])
            return copies if len(copies) >= times else None

        return wait_for(f"{times} copies", 30, enough)

    def send_one(self):
        [view] = self.settled(self.send(f"bert@{DOMAIN}"))
        recipient = view["recipients"][0]
        self.require(recipient["state"] == "accepted", "not accepted", recipient)
        self.require(recipient["evidence"] == "relay", "evidence is not relay", recipient)
        [copy] = self.arrived(view, 1)
        told = self.leverans.get(f"/v1/identities/{self.identity}/presentation")
        shown = (told["from"].get("name", ""), told["from"]["address"])
        self.require(
            email.utils.parseaddr(str(copy.author)) == shown, "From is not as told", copy.author, told
        )
        self.require("via" not in told and copy.sender is None, "via is shown", copy.sender, told)
        self.require(copy.return_path == AUTHOR, "the return path is another", copy.return_path)
        sent = self.leverans.get(f"/v1/messages/{view['id']}/raw").replace(b"\r\n", b"\n")
        self.require(copy.raw.endswith(sent), "other bytes arrived", copy.raw, sent)
        self.say("what arrived", f"From: {copy.author}, return path {copy.return_path}, the bytes sent")
        self.say("evidence", f"{recipient['evidence']} - {recipient['attempts'][-1]['reply']}")

    def send_to_three(self):
        nobody = f"nobody-of-{self.server.title.lower()}@{DOMAIN}"
        [view] = self.settled(self.send(f"bert@{DOMAIN}", nobody, f"cia@{DOMAIN}"))
        states = {r["address"]: r for r in view["recipients"]}
        failure = states[nobody].get("failure", {})
        self.require(states[nobody]["state"] == "failed", "the unknown one did not fail", states[nobody])
        self.require("550" in failure.get("words", ""), "not in the server's own words", failure)
        for known in (f"bert@{DOMAIN}", f"cia@{DOMAIN}"):
            self.require(states[known]["state"] == "accepted", "not accepted", states[known])
            self.require(len(states[known]["attempts"]) == 1, "not at once", states[known])
        copies = self.arrived(view, 2)
        self.require(sorted(copy.user for copy in copies) == ["bert", "cia"], "others got it", copies)
        transactions = {copy.queue_id for copy in copies}
        self.require(len(transactions) == 1, "not in one transaction", transactions)
        self.say("three recipients", f"{view['summary']}, in one transaction ({transactions.pop()})")
        self.say("the third", f"{failure['cause']}: {failure['words']}")

    def change_password_while_sending(self):
        before = self.send(f"bert@{DOMAIN}")
        self.settled(before)
        self.server.set_password("anna", "the new one")
        wait_for("connections to be given up", 30, lambda: connections_to(self.server.port) == 0)
        messages = [self.send(f"bert@{DOMAIN}") for _ in range(3)]
        wait_for(
            "the mail to wait",
            60,
            lambda: all(set(self.states(m).values()) == {"waiting"} for m in messages),
        )
        channel = self.leverans.get(f"/v1/channels/{self.channel}")
        waiting = channel["waiting"]
        self.require(waiting["messages"] == len(messages), "the channel tells another number", waiting)
        self.say("password changed", f"{waiting['messages']} messages wait, {channel['health']['status']}")
        return messages

    def event(self, kind):
        def told():
            events, after = [], 0
            while items := self.leverans.get(f"/v1/events?limit=1000&after={after}")["items"]:
                events += items
                after = items[-1]["number"]
            of_it = [e for e in events if e["data"].get("channelId") == self.channel]
            return [e for e in of_it if e["kind"] == kind]

        return wait_for(f"the event {kind}", 180, told)

    def wait_for_attention(self):
        events = self.event("channel.needs-attention")
        self.require(len(events) == 1, "told more than once", events)
        health = self.leverans.get(f"/v1/channels/{self.channel}")["health"]
        self.require(
            (health["status"], health["cause"]) == ("needs-attention", "credentials-refused"),
            "not marked",
            health,
        )
        self.say("after a minute", f"{health['status']}, {health['cause']}: {health['words']}")

        def notices():
            return [copy for copy in self.notices.copies() if self.label in copy.subject]

        wait_for("the mail to the owner", 60, notices)
        self.require(len(notices()) == 1, "more than one mail to the owner")
        self.say("mail to the owner", notices()[0].subject)

    def change(self, password):
        body = {"settings": {"password": password}}
        return self.leverans.ask("PATCH", f"/v1/channels/{self.channel}", body)

    def give_new_password(self, messages):
        self.refusal(self.change("the wrong one"), "credentials-refused")
        self.require(
            all(set(self.states(m).values()) == {"waiting"} for m in messages), "something moved"
        )
        status, channel = self.change("the new one")
        self.require(status == 200, "not changed", status, channel)
        self.require(channel["id"] == self.channel, "the channel has another id", channel)
        self.require(channel["health"]["status"] == "connected", "not healthy", channel)
        for view in self.settled(*messages):
            self.require(view["recipients"][0]["state"] == "accepted", "not accepted", view)
            self.arrived(view, 1)
        wait_for("the server to deliver all", 30, self.server.is_idle)
        copies = [len(self.server.mailboxes.of(self.view(m)["internetMessageId"])) for m in messages]
        self.require(copies == [1] * len(messages), "not once each", copies)
        self.say("new password", f"{len(messages)} of {len(messages)} went out, once each; the same channel")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="wait for needs-attention, too")
    long = parser.parse_args().long
    require_root()
    with work_folder() as work:
        authority, stranger = Authority(work, "company"), Authority(work, "stranger")
        with (
            Platform(work, AUTHOR) as platform,
            PostfixSubmission(work, authority, PASSWORDS) as first,
            EximSubmission(work, authority, PASSWORDS) as second,
            Leverans(work, {**SETTINGS, "msc.smart-host": f"{HOST}:{platform.port}"}) as leverans,
        ):
            notices = platform.mailboxes
            identity = verified_identity(leverans, AUTHOR, notices.text, name="Anna Bergström")
            for server in (first, second):
                Trial(leverans, identity, server, authority, stranger, notices).run(long)


main()
