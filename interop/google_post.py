"""The servers of Google that exchange mail with others, for the scripts beside this one."""

import contextlib
import email
import email.policy
import smtplib
import threading

from sink import Sink


class GooglesPost:
    """Sends on what an account of the emulator sends, and brings it what comes: the emulator does neither."""

    def __init__(self, account):
        self.account = account
        self.mails = []
        self.trouble = []
        self.sink = Sink(self._take)

    def _take(self, sender, _recipients, raw):
        self.google.deliver(self.account, b"Return-Path: <" + sender.encode() + b">\r\n" + raw)
        self.mails.append((sender, raw))

    def text(self):
        return "".join(raw.decode(errors="replace") for _, raw in list(self.mails))

    @contextlib.contextmanager
    def relaying(self, port):
        """Each mail that the account sends goes on to a mail server."""
        thread = threading.Thread(target=self._relay, args=(port,))
        thread.start()
        try:
            yield
        finally:
            self.google.gate.sent.put(None)
            thread.join()

    def _relay(self, port):
        while (sent := self.google.gate.sent.get()) is not None:
            try:
                self._hand_over(self.google.raw(self.account, sent), port)
            except (OSError, smtplib.SMTPException) as trouble:
                self.trouble.append(f"Google could not relay {sent}: {trouble}")

    def _hand_over(self, raw, port):
        header = email.message_from_bytes(raw, policy=email.policy.default)
        recipients = [a.addr_spec for field in ("To", "Cc") if header[field] for a in header[field].addresses]
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as server:
            refused = server.sendmail(self.account, recipients, raw)
        if refused:
            self.trouble.append(f"refused to Google: {refused}")
