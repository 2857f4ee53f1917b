#!/usr/bin/python3
"""The DKIM signature of every sort of message is verified by python3-dkim, which is what dkimverify runs."""

import base64
import pathlib
import re
import subprocess
import sys

import dkim

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from peers import ROOT, Leverans, wait_for, work_folder

PIXEL = base64.b64encode(bytes(range(256))).decode()
LONG_LINE = "a very long line " * 200
SORTS = {
    "text": {"text": "Plain."},
    "html": {"html": "<p>Only HTML.</p>"},
    "both": {"text": "Plain.", "html": "<p>And HTML.</p>"},
    "attachment": {
        "text": "See the file.",
        "attachments": [
            {"filename": "Übersicht.pdf", "contentType": "application/pdf", "content": PIXEL}
        ],
    },
    "inline-image": {
        "text": "A picture.",
        "html": '<p><img src="cid:logo"></p>',
        "attachments": [
            {
                "filename": "logo.png",
                "contentType": "image/png",
                "content": PIXEL,
                "contentId": "logo",
            }
        ],
    },
    "non-ascii": {
        "subject": "Grüße aus Malmö 🚚",
        "text": "Räksmörgås – 日本語 – Привет",
        "headers": {"X-Campaign": "vår"},
    },
    "long-lines": {"text": LONG_LINE + "\n.\n..\n" + LONG_LINE, "html": "<p>" + LONG_LINE + "</p>"},
    "trailing-space": {"text": "ends with space   \n\n\n\n"},
    "empty-body": {"text": ""},
}


def dkim_records(work):
    """The TXT records that check-config says to publish."""
    text = subprocess.run(
        [str(ROOT / "leverans"), "check-config", "-s", "mode=live", "-s", "platform.domain=leverans.test"],
        cwd=work,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return {
        name: "".join(re.findall('"([^"]*)"', value)).encode()
        for name, value in re.findall(r"^\s+(\S+\.) TXT (.+)$", text, re.MULTILINE)
    }


def main():
    failed = []
    with work_folder() as work, Leverans(work, {}) as leverans:
        records = dkim_records(work)
        identity = leverans.get("/v1/identities")["items"][0]["id"]
        for sort, content in SORTS.items():
            address = f"{sort}@recipients.example"
            leverans.send(identity, address, **content)
            mail = wait_for(
                f"the mail of sort {sort}",
                60,
                lambda: leverans.get(f"/sandbox/inbox?address={address}")["items"],
            )[0]
            raw = mail["raw"].encode("ascii")
            good = dkim.verify(raw, dnsfunc=lambda name, timeout=5: records.get(name.decode()))
            print(f"{sort:15} {'pass' if good else 'FAIL'}")
            if not good:
                failed.append(sort)
    if failed:
        sys.exit("signatures that do not verify: " + ", ".join(failed))


main()
