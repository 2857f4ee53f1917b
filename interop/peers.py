"""Starts Leverans and its peers for the scripts beside this one."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(what, seconds, probe):
    """The first true answer of the probe; ends the script if there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = probe()
        if answer:
            return answer
        time.sleep(0.1)
    sys.exit(f"gave up after {seconds} s waiting for {what}")


@contextlib.contextmanager
def work_folder():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="leverans-interop-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Leverans:
    """The service in a process of its own."""

    def __init__(self, folder, settings):
        self.folder = folder
        self.port = free_port()
        self.settings = {"http.port": self.port, **settings}
        self.key = ""

    def __enter__(self):
        command = [str(ROOT / "leverans"), "start"]
        command += [f"--set={key}={value}" for key, value in self.settings.items()]
        self.log = open(self.folder / "leverans.log", "ab")
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdout=self.log, stderr=subprocess.STDOUT
        )
        wait_for("Leverans to start", 180, self._is_ready)
        name = "sandbox-api-key" if self.settings.get("mode") != "live" else "api-key"
        self.key = (self.folder / "data" / name).read_text().strip()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        self.log.close()

    def _is_ready(self):
        if self.process.poll() is not None:
            sys.exit("Leverans ended:\n" + (self.folder / "leverans.log").read_text())
        try:
            return self.get("/readyz") is not None
        except (urllib.error.URLError, ConnectionError):
            return False

    def get(self, path):
        return self._send(urllib.request.Request(self._url(path)))

    def post(self, path, body):
        return self._send(
            urllib.request.Request(
                self._url(path),
                data=json.dumps(body).encode(),
                headers={"Content-Type": "application/json"},
                method="POST",
            )
        )

    def press(self, link):
        with urllib.request.urlopen(
            urllib.request.Request(link, data=b"", method="POST"), timeout=30
        ) as answer:
            return answer.status

    def send(self, identity, to, **content):
        body = {"identityId": identity, "to": to, "subject": "Hello", **content}
        return self.post("/v1/messages", body)["id"]

    def _url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def _send(self, request):
        request.add_header("Authorization", "Bearer " + self.key)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                body = answer.read()
        except urllib.error.HTTPError as refusal:
            sys.exit(f"{request.full_url}: {refusal.code} {refusal.read().decode()}")
        try:
            return json.loads(body)
        except json.JSONDecodeError:
            return body


class Postfix:
    """A Postfix instance in a folder of its own."""

    MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

    def __init__(self, folder, name, settings):
        self.folder = folder / name
        self.port = free_port()
        self.settings = {
            "compatibility_level": "3.6",
            "myhostname": f"{name}.test",
            "mydestination": "",
            "mynetworks": "127.0.0.0/8",
            "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4",
            "smtpd_relay_restrictions": "permit_mynetworks, reject",
            "smtp_dns_support_level": "disabled",
            "smtp_host_lookup": "native",
            "queue_directory": self.folder / "queue",
            "data_directory": self.folder / "data",
            "maillog_file_prefixes": self.folder,
            "maillog_file": self.folder / "log",
            "alias_maps": "",
            **settings,
        }

    def __enter__(self):
        self.config = self.folder / "config"
        for folder in (self.config, self.folder / "queue", self.folder / "data"):
            folder.mkdir(parents=True)
        shutil.chown(self.folder / "data", "postfix")
        (self.config / "main.cf").write_text(
            "".join(f"{key} = {value}\n" for key, value in self.settings.items())
        )
        (self.config / "master.cf").write_text(self.MASTER.format(port=self.port))
        self._postfix("start")
        return self

    def __exit__(self, *_):
        self._postfix("stop")

    def _postfix(self, verb):
        subprocess.run(
            ["postfix", "-c", str(self.config), verb],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def log(self):
        return (self.folder / "log").read_text(errors="replace")


def verified_identity(leverans, address, mailbox):
    """An identity whose verification mail comes to a file."""
    identity = leverans.post("/v1/identities", {"address": address})["id"]
    link = wait_for(
        "the verification mail",
        60,
        lambda: mailbox.exists()
        and re.search(r"http://\S+/verify/\S+", mailbox.read_text(errors="replace")),
    )
    leverans.press(link.group())
    return identity


def require_root():
    if os.geteuid() != 0:
        sys.exit("needs root, since Postfix does")
