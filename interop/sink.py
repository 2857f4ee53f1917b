"""A mail server that takes everything, for the scripts beside this one."""

import re
import socketserver
import threading


class Sink:
    """Hands each mail to a function: its envelope's sender, its recipients and its bytes."""

    def __init__(self, take):
        class Conversation(socketserver.StreamRequestHandler):
            def handle(self):
                sender, recipients = "", []
                self.say("220 sink.test")
                while line := self.rfile.readline():
                    verb = line[:4].strip().upper()
                    if verb == b"MAIL":
                        sender, recipients = address_in(line), []
                    elif verb == b"RCPT":
                        recipients.append(address_in(line))
                    elif verb == b"DATA":
                        self.say("354 go on")
                        take(sender, recipients, self.content())
                        self.say("250 taken")
                        continue
                    elif verb == b"QUIT":
                        self.say("221 bye")
                        return
                    self.say("250 sink.test")

            def content(self):
                content = b""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    content += line[1:] if line.startswith(b".") else line
                return content

            def say(self, line):
                self.wfile.write(line.encode() + b"\r\n")

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def address_in(line):
    """The address of a MAIL or RCPT command (RFC 5321 §4.1.1)."""
    return re.search(rb"<([^>]*)>", line).group(1).decode()


class SystemMail(Sink):
    """A smart host for the platform's own mail, such as that with the link of verification."""

    def __init__(self):
        self.text = ""
        super().__init__(self._take)

    def _take(self, _sender, _recipients, raw):
        self.text += raw.decode()
