"""A listening post between a mail server and another: it passes on what both say and keeps the mail."""

import re
import socket
import socketserver
import threading
from typing import NamedTuple


class Kept(NamedTuple):
    """A mail as it was sent, and whom to."""

    envelope_recipient: str
    raw: bytes


class Recorder:
    """Passes connections on to a port of this machine."""

    def __init__(self, onwards):
        self.mails = []
        recorder = self

        class Connection(socketserver.BaseRequestHandler):
            def handle(self):
                with socket.create_connection(("127.0.0.1", onwards)) as server:
                    back = threading.Thread(target=pass_on, args=(server, self.request), daemon=True)
                    back.start()
                    said = pass_on(self.request, server)
                    back.join(30)
                recorder.mails += mails_in(said)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Connection)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def pass_on(source, target):
    """All that the source said."""
    said = b""
    try:
        while block := source.recv(65536):
            said += block
            target.sendall(block)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # one side has gone; the other will notice
    return said


def mails_in(said):
    """The mail in what a client said (RFC 5321): none of ours speaks TLS or BDAT to a server without them."""
    recipient = ""
    lines = iter(said.splitlines(keepends=True))
    for line in lines:
        if named := re.match(rb"RCPT TO: *<([^>]*)>", line, re.IGNORECASE):
            recipient = named.group(1).decode()
        elif line.strip().upper() == b"DATA":
            content = []
            for inner in lines:
                if inner == b".\r\n":
                    yield Kept(recipient, b"".join(content))
                    break
                content.append(inner[1:] if inner.startswith(b".") else inner)
