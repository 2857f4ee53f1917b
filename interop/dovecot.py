"""Debian's Dovecot, for the scripts beside this one."""

import hashlib
import pathlib
import pwd
import shutil
import ssl
import subprocess
import sys

from peers import free_port, listens, wait_for


class Dovecot:
    """Serves Maildir folders over IMAP: encrypted from the first byte on one port, by STARTTLS on the other."""

    title = "Dovecot"
    PROGRAM = "/usr/sbin/dovecot"
    CONFIGURATION = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = yes
auth_mechanisms = plain login
mail_location = maildir:{mail}/%n
first_valid_uid = 1
maildir_very_dirty_syncs = no
mailbox_idle_check_interval = 1 secs
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/passwords
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={mail}/%n
}}
service imap-login {{
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
"""

    def __init__(self, folder, authority, mail, owner, users):
        if not pathlib.Path(self.PROGRAM).exists():
            sys.exit(f"needs Dovecot at {self.PROGRAM}, which .ci/install installs")
        self.folder = folder / "dovecot"
        self.folder.mkdir()
        self.mail = mail
        self.starttls, self.tls = free_port(), free_port()
        certificate, key = authority.certify("dovecot")
        self.fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate.read_text())).hexdigest()
        account = pwd.getpwnam(owner)
        self.config = self.folder / "dovecot.conf"
        self.config.write_text(
            self.CONFIGURATION.format(
                folder=self.folder,
                certificate=certificate,
                key=key,
                mail=mail,
                uid=account.pw_uid,
                gid=account.pw_gid,
                starttls=self.starttls,
                tls=self.tls,
            )
        )
        passwords = self.folder / "passwords"
        passwords.write_text("".join(f"{user}:{word}\n" for user, word in users.items()))
        shutil.chown(passwords, "dovecot")

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        # What it leaves running would keep a pipe open for ever.
        errors = self.folder / "errors"
        with errors.open("w") as words:
            done = subprocess.run([self.PROGRAM, "-c", str(self.config)], stdout=words, stderr=words)
        if done.returncode != 0:
            sys.exit(f"Dovecot did not start: {errors.read_text()}")
        wait_for("Dovecot to listen", 30, lambda: listens(self.starttls) and listens(self.tls))

    def stop(self):
        subprocess.run(["doveadm", "-c", str(self.config), "stop"], capture_output=True)
        wait_for("Dovecot to end", 30, lambda: not listens(self.starttls))

    def number_anew(self, user):
        """As after a restore: the mails are there, and their numbers are given anew, in a new validity."""
        self.stop()
        for file in (self.mail / user).glob("dovecot*"):
            file.unlink()
        self.start()

    def log(self):
        return (self.folder / "log").read_text(errors="replace")
