#!/usr/bin/python3
"""Postfix accepts a message for a user unknown beyond it, and mails its own report."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from peers import (
    Leverans,
    Postfix,
    final_server,
    free_port,
    require_root,
    verified_identity,
    wait_for,
    work_folder,
)

PLATFORM = "leverans.example"
RECIPIENTS = "recipients.example"


def smart_host(work, final, bounce_port):
    """Takes everything, and asks nobody whether the recipient exists."""
    routes = {
        RECIPIENTS: f"smtp:[127.0.0.1]:{final.port}",
        PLATFORM: f"smtp:[127.0.0.1]:{bounce_port}",
    }
    inline = ", ".join(f"{{{domain} = {route}}}" for domain, route in routes.items())
    return Postfix(
        work,
        "relay",
        {"local_transport": "error:nobody lives here", "transport_maps": f"inline:{{ {inline} }}"},
    )


def main():
    require_root()
    bounce_port = free_port()
    with (
        work_folder() as work,
        final_server(work, work / "mail", RECIPIENTS, ["sales"]) as final,
        smart_host(work, final, bounce_port) as relay,
    ):
        settings = {
            "mode": "live",
            "platform.domain": PLATFORM,
            "msc.smart-host": f"127.0.0.1:{relay.port}",
            "msc.bounce-listen": f"127.0.0.1:{bounce_port}",
        }
        with Leverans(work, settings) as leverans:
            mailbox = work / "mail" / "sales"
            identity = verified_identity(
                leverans,
                f"sales@{RECIPIENTS}",
                lambda: mailbox.read_text(errors="replace") if mailbox.exists() else "",
            )
            bounced = leverans.send(identity, f"nobody@{RECIPIENTS}", text="Is anybody there?")
            arrived = leverans.send(identity, f"sales@{RECIPIENTS}", text="To myself.")
            judge(leverans, bounced, arrived, relay)


def judge(leverans, bounced, arrived, relay):
    def in_folder(message, folder):
        view = leverans.get(f"/v1/messages/{message}")
        return view if view["folder"] == folder else None

    wait_for("the message to a known user to be sent", 60, lambda: in_folder(arrived, "sent"))
    view = wait_for("the bounce", 60, lambda: in_folder(bounced, "bounced"))
    recipient = view["recipients"][0]
    failure = recipient["failure"]
    print("smart host:", next(l for l in relay.log().splitlines() if "status=bounced" in l))
    print("evidence: ", recipient["evidence"], "-", recipient["attempts"][0]["reply"])
    print("state:    ", recipient["state"], "in", view["section"] + "/" + view["folder"])
    print("cause:    ", failure["cause"], "-", failure["words"])
    print("remedy:   ", failure["remedy"])
    if (view["section"], failure["cause"]) != ("undelivered", "mailbox-unknown"):
        sys.exit("the message did not end under Undelivered/Bounced with the right cause")


main()
