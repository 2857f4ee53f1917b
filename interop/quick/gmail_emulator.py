#!/usr/bin/python3
"""A Google account as a channel, with the npm package emulate as Google: from the consent to the Sent list, the
access taken back while mail waits, and connected again."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from google import Browser, Emulator
from peers import Leverans, verified_identity, wait_for, work_folder
from sink import SystemMail

IDENTITY = "anna@company.example"
NAME = "Anna Bergström"
ACCOUNT = "anna.bergstrom@workspace.example"
ANOTHER = "bert@workspace.example"
RECIPIENT = "cia@customer.example"
SETTINGS = {
    "mode": "live",
    "channels": "msc,gmail",
    "platform.domain": "leverans.example",
    "retry.first-pause": "2s",
}


def say(what, words):
    print(f"{what:24} {words}", flush=True)


def require(holds, what, *seen):
    if not holds:
        sys.exit(f"{what}; seen: {' '.join(map(str, seen))}")


class Trial:
    def __init__(self, leverans, google, identity):
        self.leverans = leverans
        self.google = google
        self.identity = identity
        self.channel = ""

    def run(self):
        self.connect()
        first = self.send_one()
        self.answer(first)
        waiting = self.take_back()
        self.refuse_another_account()
        self.connect_again(waiting)

    def connect(self):
        body = {"kind": "gmail", "label": "Anna's account", "owner": "member"}
        begun = self.leverans.post("/v1/channels/connect", body)
        status, text = Browser().consent(begun["consentPage"], ACCOUNT)
        require(status == 200 and "connected" in text, "not connected", status, text)
        channels = self.leverans.get("/v1/channels")["items"]
        [channel] = [c for c in channels if c["kind"] == "gmail"]
        require(channel["health"]["status"] == "connected", "not healthy", channel)
        require(ACCOUNT in str(channel), "the channel does not tell whose it is", channel)
        require("google_" not in str(channel), "a token was shown", channel)
        self.channel = channel["id"]
        self.leverans.put(f"/v1/identities/{self.identity}/channel", {"channelId": self.channel})
        say("consent", f"connected: {ACCOUNT}")

    def view(self, message):
        return self.leverans.get(f"/v1/messages/{message}")

    def states(self, message):
        return {r["state"] for r in self.view(message)["recipients"]}

    def accepted(self, *messages):
        def accepted():
            views = [self.view(message) for message in messages]
            states = {r["state"] for view in views for r in view["recipients"]}
            require(states.isdisjoint({"failed", "bounced", "in-doubt"}), "not accepted", views)
            return views if states == {"accepted"} else None

        return wait_for("all to be accepted", 60, accepted)

    def copies(self, view):
        sent = self.google.sent(ACCOUNT)
        return [mail for mail in sent if mail.message_id == view["internetMessageId"]]

    def send(self, **content):
        return self.leverans.send(self.identity, [RECIPIENT], text="Hello.", **content)

    def send_one(self):
        [view] = self.accepted(self.send())
        require(view["recipients"][0]["evidence"] == "provider", "no provider's word", view)
        [copy] = self.copies(view)
        told = self.leverans.get(f"/v1/identities/{self.identity}/presentation")["from"]
        require(copy.author == (NAME, ACCOUNT), "From is another", copy.author)
        require((told["name"], told["address"]) == copy.author, "not as told", told, copy.author)
        shown = self.leverans.get(f"/v1/identities/{self.identity}")["address"]
        require(shown == IDENTITY, "the identity is shown as another", shown)
        say("in the Sent list", f"{copy.id}, From: {copy.message['From']}")
        return view, copy

    def answer(self, first):
        view, copy = first
        [answer] = self.accepted(self.send(inReplyTo=view["internetMessageId"]))
        [reply] = self.copies(answer)
        require(reply.thread == copy.thread, "in another thread", reply.thread, copy.thread)
        require(reply.id != copy.id, "the same mail", reply.id)
        say("its answer", f"{reply.id}, in the same thread {reply.thread}")

    def health(self):
        return self.leverans.get(f"/v1/channels/{self.channel}")["health"]

    def take_back(self):
        before = len(self.google.sent(ACCOUNT))
        self.google.revoke()
        messages = [self.send() for _ in range(3)]
        wait_for(
            "the mail to wait", 60, lambda: all(self.states(m) == {"waiting"} for m in messages)
        )
        health = wait_for(
            "the channel to need attention",
            120,
            lambda: (h := self.health())["status"] == "needs-attention" and h,
        )
        require(len(self.google.sent(ACCOUNT)) == before, "something was sent")
        say("access taken back", f"{len(messages)} mails wait; {health['cause']}: {health['words']}")
        return messages

    def reconnect(self, account):
        begun = self.leverans.post(f"/v1/channels/{self.channel}/connect", {})
        return Browser().consent(begun["consentPage"], account)

    def refuse_another_account(self):
        status, text = self.reconnect(ANOTHER)
        require(status == 422 and ACCOUNT in text, "another account was taken", status, text)
        require(self.health()["status"] == "needs-attention", "healthy with another account")
        require(not self.google.sent(ANOTHER), "something was sent from another account")
        say("another account", "refused")

    def connect_again(self, messages):
        status, text = self.reconnect(ACCOUNT)
        require(status == 200, "not connected again", status, text)
        require(self.health()["status"] == "connected", "not healthy", self.health())
        views = self.accepted(*messages)
        copies = [len(self.copies(view)) for view in views]
        require(copies == [1] * len(messages), "not once each", copies)
        sent = self.google.sent(ACCOUNT)
        require(
            len(sent) == self.google.gate.sends == 2 + len(messages),
            "sent or asked more often than accepted",
            len(sent),
            self.google.gate.sends,
        )
        say("connected again", f"{len(messages)} of {len(messages)} went out, once each; the same channel")


def main():
    with work_folder() as work, SystemMail() as system:
        leverans = Leverans(work, {**SETTINGS, "msc.smart-host": f"127.0.0.1:{system.port}"})
        public = f"http://127.0.0.1:{leverans.port}"
        leverans.settings["http.public-url"] = public
        with Emulator(work, [ACCOUNT, ANOTHER], [f"{public}/connect/callback"]) as google:
            leverans.settings.update(google.settings())
            with leverans:
                identity = verified_identity(leverans, IDENTITY, lambda: system.text, name=NAME)
                Trial(leverans, google, identity).run()


main()
