#!/usr/bin/python3
"""A company's Postfix reports to the sender's mailbox, which Dovecot serves: bounces are read there over IMAP."""

import pathlib
import pwd
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from dovecot import Dovecot
from peers import Leverans, final_server, require_root, verified_identity, wait_for, work_folder
from submission import DOMAIN, HOST, Authority, Platform, PostfixSubmission, company_channel

AUTHOR = f"anna@{DOMAIN}"
PASSWORDS = {"anna": "the right one"}
MAILBOX_PASSWORD = "quite another one"
RECIPIENTS = "recipients.example"
SETTINGS = {
    "mode": "live",
    "channels": "msc,smtp",
    "platform.domain": "leverans.example",
    "smtp.networks": "127.0.0.0/8",
}
SEALED = "a letter of Anna's own"


def company_server(work, authority, final):
    """Takes everything for the recipients, and asks nobody whether they exist."""
    server = PostfixSubmission(work, authority, PASSWORDS)
    server.settings["transport_maps"] = f"inline:{{ {{{RECIPIENTS} = smtp:[{HOST}]:{final.port}}} }}"
    return server


class Trial:
    def __init__(self, leverans, identity, server, dovecot, authority):
        self.leverans = leverans
        self.identity = identity
        self.server = server
        self.dovecot = dovecot
        self.authority = authority
        self.channel = ""

    def require(self, holds, what, *seen):
        if not holds:
            sys.exit(f"{what}; seen: {' '.join(map(str, seen))}\n{self.dovecot.log()[-2000:]}")

    def attempt(self, **more):
        mailbox = {
            "bounces": "mailbox",
            "imap-port": str(self.dovecot.tls),
            "imap-security": "tls",
            "imap-password": MAILBOX_PASSWORD,
            **more,
        }
        body = company_channel(
            self.server, "Company", AUTHOR, PASSWORDS["anna"], self.authority, **mailbox
        )
        return self.leverans.ask("POST", "/v1/channels", body)

    def refuse(self, cause, **more):
        status, problem = self.attempt(**more)
        self.require(
            (status, problem.get("cause")) == (422, cause), f"not refused by {cause}", status, problem
        )
        print(f"refused:   {problem['cause']}: {problem['words']}")

    def connect(self):
        self.refuse("credentials-refused", **{"imap-password": "the wrong one"})
        self.refuse("policy", **{"imap-folder": "Nowhere"})
        status, channel = self.attempt(
            **{"imap-port": str(self.dovecot.starttls), "imap-security": "starttls"}
        )
        self.require(status == 201, "not connected by STARTTLS", status, channel)
        self.leverans.ask("DELETE", f"/v1/channels/{channel['id']}")
        status, channel = self.attempt()
        self.require(status == 201, "not connected", status, channel)
        self.require(MAILBOX_PASSWORD not in str(channel), "the password was shown", channel)
        capture = channel["capabilities"]["bounceCapture"]
        self.require(capture == "from-senders-mailbox", "another capture is told", capture)
        self.channel = channel["id"]
        self.leverans.put(f"/v1/identities/{self.identity}/channel", {"channelId": self.channel})
        print("connected:", " ".join(channel["findings"]))

    def bounce(self, user):
        message = self.leverans.send(self.identity, f"{user}@{RECIPIENTS}", text="Is anybody there?")

        def bounced():
            view = self.leverans.get(f"/v1/messages/{message}")
            return view if view["folder"] == "bounced" else None

        view = wait_for(f"the bounce of {user}", 90, bounced)
        failure = view["recipients"][0]["failure"]
        self.require(failure["cause"] == "mailbox-unknown", "another cause", failure)
        print(f"bounced:   {user}: {failure['cause']} - {failure['words']}")

    def told_once(self, messages):
        """The feed may show an event a moment after the message shows it."""

        def told():
            events = self.leverans.events()
            bounces = sum(1 for event in events if event["kind"] == "delivery.bounced")
            return bounces if bounces >= messages else None

        bounces = wait_for(f"{messages} bounces in the feed", 30, told)
        self.require(bounces == messages, "a bounce was told twice", bounces)

    def untouched(self):
        """Dovecot moves what somebody has seen out of new, and writes flags behind the name."""
        kept = list((self.server.mailboxes.folder / "anna").glob("*/*"))
        seen = [file.name for file in kept if ":2," in file.name and file.name.split(":2,")[1]]
        self.require(not seen, "mails were marked", seen)
        letters = [file for file in kept if SEALED.encode() in file.read_bytes()]
        self.require(len(letters) == 1, "the letter is not there any more", letters)
        print(f"untouched: {len(kept)} mails, none with a flag")


def leave_letter(server):
    """Among the reports lies something that is nobody's business."""
    folder = server.mailboxes.folder / "anna" / "new"
    folder.mkdir(parents=True)
    letter = folder / "1.letter"
    letter.write_text(f"From: Dan <dan@example.org>\nSubject: {SEALED}\n\nSee you.\n")
    owner = pwd.getpwnam("postfix")
    for path in (folder.parent, folder, letter):
        shutil.chown(path, owner.pw_name, owner.pw_gid)


def main():
    require_root()
    with work_folder() as work:
        authority = Authority(work, "company")
        with (
            final_server(work, work / "final-mail", RECIPIENTS, ["sales"]) as final,
            company_server(work, authority, final) as server,
        ):
            leave_letter(server)
            mailboxes = server.mailboxes.folder
            with (
                Dovecot(work, authority, mailboxes, "postfix", {AUTHOR: MAILBOX_PASSWORD}) as dovecot,
                Platform(work, AUTHOR) as platform,
            ):
                settings = {**SETTINGS, "msc.smart-host": f"{HOST}:{platform.port}"}
                with Leverans(work, settings) as leverans:
                    identity = verified_identity(leverans, AUTHOR, platform.mailboxes.text)
                    trial = Trial(leverans, identity, server, dovecot, authority)
                    trial.connect()
                    trial.bounce("nobody")
                    trial.bounce("nobody-else")
                    trial.untouched()
                    dovecot.number_anew("anna")
                    trial.bounce("nobody-at-last")
                    trial.told_once(3)
                    trial.untouched()
                    text = str(leverans.get("/v1/reports?limit=100"))
                    trial.require(SEALED not in text, "a letter was kept", text)
                    print("numbered anew: each bounce told once")


main()
