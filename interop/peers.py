"""Starts Leverans and its peers for the scripts beside this one."""

import contextlib
import glob
import json
import os
import pathlib
import re
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Where .ci/install unpacks the mail servers beside Postfix; Debian installs no two at a time.
UNPACKED = pathlib.Path("/opt/leverans-interop")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def listens(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def in_time(seconds, probe):
    """The first true answer of the probe; none if there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = probe()
        if answer:
            return answer
        time.sleep(0.1)
    return None


def wait_for(what, seconds, probe):
    """The first true answer of the probe; ends the script if there is none in time."""
    answer = in_time(seconds, probe)
    if not answer:
        sys.exit(f"gave up after {seconds} s waiting for {what}")
    return answer


@contextlib.contextmanager
def work_folder():
    # Also who ends the script ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("was told to stop"))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="leverans-interop-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def java():
    for release in sorted(glob.glob("/usr/lib/jvm/*/release"), reverse=True):
        if re.search(r'^JAVA_VERSION="(2[5-9]|[3-9]\d)', pathlib.Path(release).read_text(), re.M):
            return str(pathlib.Path(release).parent / "bin" / "java")
    sys.exit("needs a JDK 25 under /usr/lib/jvm")


class Leverans:
    """The service in a process of its own."""

    def __init__(self, folder, settings):
        self.folder = folder
        self.port = free_port()
        self.settings = {"http.port": self.port, **settings}
        self.key = ""

    def __enter__(self):
        command = [*self.program(), "start"]
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

    def program(self):
        """What is started, without the command and its settings."""
        return [str(ROOT / "leverans")]

    def _is_ready(self):
        if self.process.poll() is not None:
            sys.exit("Leverans ended:\n" + (self.folder / "leverans.log").read_text())
        try:
            return self.ask("GET", "/readyz")[0] == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def get(self, path):
        return self._expect("GET", path)

    def post(self, path, body=None):
        return self._expect("POST", path, body)

    def put(self, path, body):
        return self._expect("PUT", path, body)

    def patch(self, path, body):
        return self._expect("PATCH", path, body)

    def ask(self, method, path, body=None):
        """The status and the body of the answer, whatever it is."""
        request = urllib.request.Request(self._url(path), method=method)
        request.add_header("Authorization", "Bearer " + self.key)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, self._read(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, self._read(refusal)

    def press(self, link):
        with urllib.request.urlopen(
            urllib.request.Request(link, data=b"", method="POST"), timeout=30
        ) as answer:
            return answer.status

    def send(self, identity, to, **content):
        body = {"identityId": identity, "to": to, "subject": "Hello", **content}
        return self.post("/v1/messages", body)["id"]

    def events(self):
        """All that happened, in order."""
        events, after = [], 0
        while items := self.get(f"/v1/events?limit=1000&after={after}")["items"]:
            events += items
            after = items[-1]["number"]
        return events

    def reports(self, **query):
        """All mail that came back, newest first."""
        reports, query = [], {"limit": 100, **query}
        while True:
            page = self.get("/v1/reports?" + urllib.parse.urlencode(query))
            reports += page["items"]
            if "nextCursor" not in page:
                return reports
            query["cursor"] = page["nextCursor"]

    def _url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def _expect(self, method, path, body=None):
        status, answer = self.ask(method, path, body)
        if status >= 400:
            sys.exit(f"{method} {path}: {status} {answer}")
        return answer

    @staticmethod
    def _read(answer):
        body = answer.read()
        try:
            return json.loads(body)
        except ValueError:
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
tlsmgr unix - - n 1000? 1 tlsmgr
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
            folder.mkdir(parents=True, exist_ok=True)
        shutil.chown(self.folder / "data", "postfix")
        (self.config / "main.cf").write_text(
            "".join(f"{key} = {value}\n" for key, value in self.settings.items())
        )
        (self.config / "master.cf").write_text(self.MASTER.format(port=self.port))
        self.start()
        return self

    def __exit__(self, *_):
        if self.is_running():
            self.stop()

    def start(self):
        self._postfix("start")

    def stop(self):
        """Ends without haste: what is under way is broken off all the same."""
        self._postfix("stop")

    def kill(self):
        """Ends at once."""
        self._postfix("abort")
        wait_for("Postfix to end", 60, lambda: not self.is_running())

    def is_running(self):
        command = ["postfix", "-c", str(self.config), "status"]
        return subprocess.run(command, capture_output=True).returncode == 0

    def is_idle(self):
        """Whether all that was taken in is delivered."""
        queue = subprocess.run(
            ["postqueue", "-c", str(self.config), "-p"], capture_output=True, text=True
        )
        return "Mail queue is empty" in queue.stdout

    def _postfix(self, verb):
        done = subprocess.run(["postfix", "-c", str(self.config), verb], capture_output=True)
        if done.returncode != 0:
            sys.exit(f"postfix {verb} failed:\n{done.stderr.decode()}{self.log()[-2000:]}")

    def log(self):
        return (self.folder / "log").read_text(errors="replace")


def final_server(work, mail, domain, names, **settings):
    """Keeps mail for these names at a domain in a folder, and refuses everybody else."""
    account = pwd.getpwnam("postfix")
    mail.mkdir()
    mail.chmod(0o777)
    known = ", ".join(f"{{{name}@{domain} = {name}}}" for name in names)
    return Postfix(
        work,
        "final",
        {
            "virtual_mailbox_domains": domain,
            "virtual_mailbox_base": mail,
            "virtual_mailbox_maps": f"inline:{{ {known} }}",
            "virtual_uid_maps": f"static:{account.pw_uid}",
            "virtual_gid_maps": f"static:{account.pw_gid}",
            **settings,
        },
    )


def verified_identity(leverans, address, read_mail, **details):
    """An identity whose verification mail is found in the text that read_mail gives."""
    identity = leverans.post("/v1/identities", {"address": address, **details})["id"]
    link = wait_for(
        "the verification mail", 60, lambda: re.search(r"http://\S+/verify/\S+", read_mail())
    )
    leverans.press(link.group())
    return identity


def told_of_delay(recipient):
    """What a report said of a delay, in the API's view of a recipient; none if none did."""
    words = (word for word in recipient["laterWords"] if word["kind"] == "delivery.delayed")
    return next((word.get("failure") for word in words), None)


def print_table(rows):
    """Columns of words, the first row being their names."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(word.ljust(width) for word, width in zip(row, widths)).rstrip())


def require_root():
    if os.geteuid() != 0:
        sys.exit("needs root, since Postfix does")
