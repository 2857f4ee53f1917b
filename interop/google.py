"""The npm package emulate as Google, with a gate before it that does what it leaves out."""

import base64
import email
import email.policy
import http.server
import json
import queue
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from typing import NamedTuple

from peers import UNPACKED, free_port, wait_for

PROGRAM = UNPACKED / "emulator/node_modules/emulate/dist/index.js"
CLIENT = "leverans.apps.googleusercontent.test"
SECRET = "the secret of the platform"
# The emulator knows it from the start, for each account; the product never sees it.
OWNERS_TOKEN = "of-the-owner-of-"
MAIL = "/gmail/v1/users/me/messages"


class Sent(NamedTuple):
    """A mail in the Sent list of an account."""

    id: str
    thread: str
    message: email.message.EmailMessage

    @property
    def author(self):
        return email.utils.parseaddr(str(self.message["From"]))

    @property
    def message_id(self):
        return str(self.message["Message-ID"]).strip()


class Emulator:
    """Google with some accounts, and the platform as the only application that it knows."""

    def __init__(self, folder, accounts, callbacks):
        self.port = free_port()
        self.folder = folder
        self.log = folder / "emulator.log"
        self.seed = {
            # An unknown token counts as the first user's, who is nobody here.
            "google": {
                "users": [
                    {"email": address, "name": address.split("@")[0].title()}
                    for address in ["nobody@google.test", *accounts]
                ],
                "oauth_clients": [
                    {
                        "client_id": CLIENT,
                        "client_secret": SECRET,
                        "name": "Leverans",
                        "redirect_uris": callbacks,
                    }
                ],
            },
            "tokens": {
                OWNERS_TOKEN + address: {"login": address, "scopes": ["openid"]}
                for address in accounts
            },
        }

    def __enter__(self):
        if not PROGRAM.exists():
            sys.exit(f"{PROGRAM} is missing: .ci/install installs it")
        self.gate = Gate(self.port)
        seed = self.folder / "emulator.json"
        seed.write_text(json.dumps(self.seed))
        command = ["node", str(PROGRAM), "start", "--service=google", f"--port={self.port}"]
        command += [f"--seed={seed}", f"--base-url={self.gate.url}"]
        self.output = open(self.log, "ab")
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdout=self.output, stderr=subprocess.STDOUT
        )
        wait_for("the emulator to start", 60, self._is_ready)
        self.gate.open()
        return self

    def __exit__(self, *_):
        self.gate.close()
        self.process.terminate()
        self.process.wait(30)
        self.output.close()

    def _is_ready(self):
        if self.process.poll() is not None:
            sys.exit("the emulator ended:\n" + self.log.read_text())
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/oauth2/v3/certs", timeout=5):
                return True
        except (urllib.error.URLError, ConnectionError):
            return False

    def settings(self):
        """What Leverans has to know of it. Its ID tokens are signed with no key that can be looked up."""
        url = self.gate.url
        return {
            "gmail.client-id": CLIENT,
            "gmail.client-secret": SECRET,
            "gmail.authorize-url": f"{url}/o/oauth2/v2/auth",
            "gmail.token-url": f"{url}/oauth2/token",
            "gmail.revoke-url": f"{url}/oauth2/revoke",
            "gmail.certs-url": f"{url}/oauth2/v3/certs",
            "gmail.userinfo-url": f"{url}/oauth2/v2/userinfo",
            "gmail.api-url": f"{url}/",
            "gmail.issuer": url,
            "gmail.id-token": "direct",
        }

    def sent(self, account):
        """The Sent list of an account as its owner sees it, oldest first."""
        listed = self._ask(account, f"{MAIL}?labelIds=SENT&maxResults=500")["messages"]
        mails = [self._ask(account, f"{MAIL}/{item['id']}?format=raw") for item in listed]
        return [
            Sent(
                mail["id"],
                mail["threadId"],
                email.message_from_bytes(_decoded(mail), policy=email.policy.default),
            )
            for mail in reversed(mails)
        ]

    def raw(self, account, message):
        """A mail of an account, as it was sent or came."""
        return _decoded(self._ask(account, f"{MAIL}/{message}?format=raw"))

    def deliver(self, account, raw):
        """A mail comes to an account from outside."""
        self._ask(account, f"{MAIL}/import", {"raw": base64.urlsafe_b64encode(raw).decode()})

    def _ask(self, account, path, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        request.add_header("Authorization", f"Bearer {OWNERS_TOKEN}{account}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def revoke(self):
        """The owner takes back all that was given so far."""
        for token in self.gate.take_tokens():
            body = urllib.parse.urlencode({"token": token}).encode()
            urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/oauth2/revoke", data=body, timeout=30
            ).close()


def _decoded(mail):
    return base64.urlsafe_b64decode(mail["raw"] + "==")


class LeftOut:
    """What Google's API for mail answers and the emulator does not, made of what the emulator does."""

    def __init__(self, emulator):
        self.emulator = emulator

    def answer(self, path, authorization):
        """None where the emulator knows the answer itself."""
        place, _, query = path.partition("?")
        asked = urllib.parse.parse_qs(query)
        if place.endswith("/users/me/profile"):
            return self._profile(authorization)
        if re.fullmatch(MAIL + "/[^/]+", place) and asked.get("format") == ["metadata"]:
            return self._metadata(place, asked.get("metadataHeaders", []), authorization)
        return None

    def _profile(self, authorization):
        """Where a mailbox stands: the emulator tells it with the history alone."""
        user = self._ask("/oauth2/v2/userinfo", authorization)
        history = self._ask("/gmail/v1/users/me/history?startHistoryId=1&maxResults=1", authorization)
        return {"emailAddress": user["email"], "historyId": history["historyId"]}

    def _metadata(self, place, names, authorization):
        """The fields of the mail itself: the emulator keeps ten of them, none of which tells a report."""
        mail = self._ask(f"{place}?format=raw", authorization)
        raw = _decoded(mail)
        named = {name.lower() for name in names}
        fields = email.message_from_bytes(raw).items()
        shown = [{"name": n, "value": str(v)} for n, v in fields if n.lower() in named]
        return {"id": mail["id"], "sizeEstimate": len(raw), "payload": {"headers": shown}}

    def _ask(self, path, authorization):
        request = urllib.request.Request(f"http://127.0.0.1:{self.emulator}{path}")
        request.add_header("Authorization", authorization)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


class Gate:
    """Passes requests on. The emulator takes a token that it revoked for the first user's; Google answers 401."""

    REFUSAL = {
        "error": {
            "code": 401,
            "message": "Invalid Credentials",
            "errors": [
                {
                    "domain": "global",
                    "reason": "authError",
                    "message": "Invalid Credentials",
                    "locationType": "header",
                    "location": "Authorization",
                }
            ],
        }
    }

    def __init__(self, onwards):
        self.sends = 0
        # The ids of the mails that were sent, for who relays them.
        self.sent = queue.SimpleQueue()
        self.access = set()
        self.tokens = set()
        gate = self
        left_out = LeftOut(onwards)

        class Request(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.pass_on()

            do_POST = do_PUT = do_GET

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
                    body = self.read_chunks()
                if gate.is_refused(self.path, self.headers.get("Authorization", "")):
                    self.answer(401, "application/json", json.dumps(gate.REFUSAL).encode(), {})
                    return
                own = self.command == "GET" and left_out.answer(
                    self.path, self.headers.get("Authorization", "")
                )
                if own:
                    self.answer(200, "application/json", json.dumps(own).encode(), {})
                    return
                gate.count(self.path)
                request = urllib.request.Request(
                    f"http://127.0.0.1:{onwards}{self.path}",
                    data=body if self.command != "GET" else None,
                    method=self.command,
                )
                for name in ("Authorization", "Content-Type", "Accept"):
                    if name in self.headers:
                        request.add_header(name, self.headers[name])
                try:
                    answer = Opener.open(request, timeout=30)
                except urllib.error.HTTPError as other:
                    answer = other
                with answer:
                    content = answer.read()
                if self.path.startswith("/oauth2/token"):
                    gate.learn(content)
                if gate.sends_mail(self.path) and answer.status == 200:
                    gate.sent.put(json.loads(content)["id"])
                kind = answer.headers.get("Content-Type", "application/octet-stream")
                more = {n: answer.headers[n] for n in ("Location",) if n in answer.headers}
                self.answer(answer.status, kind, content, more)

            def read_chunks(self):
                body = b""
                while size := int(self.rfile.readline().split(b";")[0], 16):
                    body += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return body

            def answer(self, status, kind, content, headers):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Request)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def open(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def is_refused(self, path, authorization):
        needs_access = path.startswith(("/gmail/", "/upload/", "/oauth2/v2/userinfo"))
        return needs_access and authorization.removeprefix("Bearer ") not in self.access

    @staticmethod
    def sends_mail(path):
        return path.split("?")[0].endswith("/messages/send")

    def count(self, path):
        if self.sends_mail(path):
            self.sends += 1

    def learn(self, content):
        given = json.loads(content)
        if "access_token" in given:
            self.access.add(given["access_token"])
        self.tokens.update(given[n] for n in ("access_token", "refresh_token") if n in given)

    def take_tokens(self):
        """All tokens that were given; none of them gives access any more."""
        given, self.tokens, self.access = self.tokens, set(), set()
        return given


class _Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


Opener = urllib.request.build_opener(_Unfollowed)


class Browser:
    """What the owner of an account does: keeps cookies, presses buttons, follows where pages lead."""

    def __init__(self):
        self.cookies = {}

    def open(self, address, form=None):
        """The status, the address and the text of the page that is reached in the end."""
        for _ in range(10):
            status, headers, text = self._ask(address, form)
            onwards = headers.get("Location") or self._refreshed(headers)
            if not onwards:
                return status, address, text
            address, form = urllib.parse.urljoin(address, onwards), None
        sys.exit(f"led in circles, at last to {address}")

    def _ask(self, address, form):
        data = None if form is None else urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(address, data=data)
        site = urllib.parse.urlsplit(address).netloc
        kept = self.cookies.setdefault(site, {})
        if kept:
            request.add_header("Cookie", "; ".join(f"{n}={v}" for n, v in kept.items()))
        try:
            answer = Opener.open(request, timeout=60)
        except urllib.error.HTTPError as other:
            answer = other
        with answer:
            text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            kept[name] = value
        return answer.status, answer.headers, text

    @staticmethod
    def _refreshed(headers):
        found = re.match(r"\d+; *url=(.*)", headers.get("Refresh") or "")
        return found and found.group(1)

    def consent(self, page, account):
        """From the product's page to Google's and back; the status and the text of the last page."""
        status, address, text = self.open(page)
        if status != 200 or "<form" not in text:
            sys.exit(f"no page to begin at: {status} {text}")
        status, address, text = self.open(address, {})
        for form in re.findall(r"<form.*?</form>", text, re.DOTALL):
            fields = dict(re.findall(r'name="([^"]*)" value="([^"]*)"', form))
            if fields.get("email") == account:
                action = re.search(r'action="([^"]*)"', form).group(1)
                fields = {name: _unescaped(value) for name, value in fields.items()}
                status, _, text = self.open(urllib.parse.urljoin(address, action), fields)
                return status, text
        sys.exit(f"{account} is not on the consent page: {status} {text}")


def _unescaped(value):
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'")):
        value = value.replace(entity, character)
    return value.replace("&amp;", "&")
