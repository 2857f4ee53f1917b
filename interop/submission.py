"""Mail servers of a company, for the scripts beside this one: they ask for a password, and encrypt with a
certificate of the company's own authority."""

import email
import email.policy
import pathlib
import pwd
import re
import shutil
import subprocess
import sys

from exim import Exim
from peers import Postfix

DOMAIN = "company.test"
HOST = "127.0.0.1"


class Authority:
    """Signs the certificates of a company's servers."""

    def __init__(self, folder, name):
        self.folder = folder / name
        self.folder.mkdir()
        self.name = name
        self._openssl(
            "req", "-x509", *self._new_key("ca"), "-out", "ca.pem", "-days", "30", "-subj", f"/CN={name}"
        )
        self.pem = (self.folder / "ca.pem").read_text()

    def certify(self, name):
        """The files of a certificate for servers on this machine, and of its key."""
        self._openssl("req", *self._new_key(name), "-out", f"{name}.csr", "-subj", f"/CN={name}")
        (self.folder / "extensions").write_text(f"subjectAltName=IP:{HOST},DNS:{name}\n")
        self._openssl(
            "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-days", "30", "-extfile", "extensions", "-out", f"{name}.pem",
        )  # fmt: skip
        return self.folder / f"{name}.pem", self.folder / f"{name}.key"

    @staticmethod
    def _new_key(name):
        return "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key"

    def _openssl(self, *arguments):
        run(["openssl", *arguments], cwd=self.folder)


class Mailboxes:
    """The company's mailboxes, as Maildir folders: a file for each copy that arrived."""

    def __init__(self, folder, owner):
        self.folder = folder
        self.folder.mkdir(parents=True)
        shutil.chown(self.folder, owner)
        self._read = {}

    def size(self):
        return sum(1 for _ in self._files())

    def copies(self):
        """All copies, read once each."""
        for file in self._files():
            if file not in self._read:
                self._read[file] = Copy(file)
        return list(self._read.values())

    def text(self):
        return "".join(copy.raw.decode(errors="replace") for copy in self.copies())

    def mails(self, user):
        """What lies in one of them, read anew."""
        return [file.read_bytes() for file in sorted(self.folder.glob(f"{user}/new/*"))]

    def of(self, message_id):
        return [copy for copy in self.copies() if copy.message_id == message_id]

    def _files(self):
        return self.folder.glob("*/new/*")


class Copy:
    """One copy of a message in a mailbox."""

    def __init__(self, file):
        self.user = file.parent.parent.name
        self.raw = file.read_bytes()
        message = email.message_from_bytes(self.raw, policy=email.policy.default)
        self.message_id = message["Message-ID"].strip()
        self.subject = message["Subject"]
        self.author = message["From"]
        self.sender = message["Sender"]
        self.return_path = message["Return-Path"].strip("<> ")
        self.received = " ".join(message["Received"].split())
        # Under this the server took the message in: it is another one if it was handed over twice, and the
        # same one if the server itself, ended while it delivered, delivered twice.
        self.queue_id = re.search(r" id ([\w-]+)", self.received).group(1)


class PostfixSubmission(Postfix):
    """Postfix with the users of Cyrus SASL. STARTTLS before AUTH, AUTH before anything else."""

    title = "Postfix"

    def __init__(self, folder, authority, users):
        self.mailboxes = Mailboxes(folder / "mail" / "postfix", "postfix")
        self.users = users
        certificate, key = authority.certify("postfix")
        account = pwd.getpwnam("postfix")
        mailboxes = ", ".join(f"{{{user}@{DOMAIN} = {user}/}}" for user in users)
        super().__init__(
            folder,
            "postfix",
            {
                "mynetworks": "",
                "smtpd_tls_security_level": "may",
                "smtpd_tls_cert_file": certificate,
                "smtpd_tls_key_file": key,
                "smtpd_tls_auth_only": "yes",
                "smtpd_sasl_auth_enable": "yes",
                "smtpd_sasl_path": "smtpd",
                "smtpd_sasl_local_domain": DOMAIN,
                "smtpd_relay_restrictions": "permit_sasl_authenticated, reject",
                "virtual_mailbox_domains": DOMAIN,
                "virtual_mailbox_base": self.mailboxes.folder,
                "virtual_mailbox_maps": f"inline:{{ {mailboxes} }}",
                "virtual_uid_maps": f"static:{account.pw_uid}",
                "virtual_gid_maps": f"static:{account.pw_gid}",
            },
        )

    def __enter__(self):
        # Debian's looks for it here, and nowhere else.
        sasl = self.folder / "config" / "sasl"
        sasl.mkdir(parents=True)
        self.passwords = sasl / "sasldb2"
        (sasl / "smtpd.conf").write_text(
            "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n"
            f"sasldb_path: {self.passwords}\n"
        )
        for user, password in self.users.items():
            self.set_password(user, password)
        return super().__enter__()

    def set_password(self, user, password):
        run(
            ["saslpasswd2", "-p", "-c", "-f", str(self.passwords), "-u", DOMAIN, user],
            input=password,
        )
        shutil.chown(self.passwords, "postfix")


class MailboxServer(Postfix):
    """Keeps mail in mailboxes, which are named by addresses of the company."""

    def __init__(self, folder, name, mailbox_of):
        self.mailboxes = Mailboxes(folder / "mail" / name, "postfix")
        account = pwd.getpwnam("postfix")
        known = ", ".join(f"{{{address} = {mailbox}/}}" for address, mailbox in mailbox_of.items())
        super().__init__(
            folder,
            name,
            {
                "virtual_mailbox_domains": DOMAIN,
                "virtual_mailbox_base": self.mailboxes.folder,
                "virtual_mailbox_maps": f"inline:{{ {known} }}",
                "virtual_uid_maps": f"static:{account.pw_uid}",
                "virtual_gid_maps": f"static:{account.pw_gid}",
            },
        )


class Platform(MailboxServer):
    """Takes the platform's own mail: verification mail, and mail to the owners of channels."""

    def __init__(self, folder, address):
        super().__init__(folder, "platform", {address: "owner"})


class EximSubmission(Exim):
    """Exim with its users in a file. STARTTLS before AUTH, AUTH before anything else."""

    CONFIGURATION = """\
primary_hostname = exim.test
tls_advertise_hosts = *
tls_certificate = {certificate}
tls_privatekey = {key}
auth_advertise_hosts = ${{if def:tls_in_cipher {{*}}{{}}}}
acl_smtp_rcpt = recipient
acl_smtp_data = accept
begin acl
recipient:
  deny !authenticated = *
       message = sign in first
  require verify = recipient
  accept
begin routers
users:
  driver = accept
  domains = {domain}
  local_parts = lsearch;{folder}/mailboxes
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = {mail}/$local_part_data
  maildir_format
  return_path_add
  user = Debian-exim
begin retry
* * F,1d,1s
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if eq{{$auth3}}{{${{lookup{{$auth2}}lsearch{{{folder}/passwords}}{{$value}}fail}}}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = User Name : Password
  server_condition = ${{if eq{{$auth2}}{{${{lookup{{$auth1}}lsearch{{{folder}/passwords}}{{$value}}fail}}}}}}
  server_set_id = $auth1
"""

    def __init__(self, folder, authority, users):
        self.mailboxes = Mailboxes(folder / "mail" / "exim", "Debian-exim")
        self.users = dict(users)
        certificate, key = authority.certify("exim")
        shutil.chown(key, "Debian-exim")
        super().__init__(
            folder / "exim",
            self.CONFIGURATION,
            certificate=certificate,
            key=key,
            domain=DOMAIN,
            mail=self.mailboxes.folder,
        )
        (self.folder / "mailboxes").write_text("".join(f"{user}: {user}\n" for user in users))

    def __enter__(self):
        self._write_passwords()
        return super().__enter__()

    def set_password(self, user, password):
        self.users[user] = password
        self._write_passwords()

    def _write_passwords(self):
        new = self.folder / "passwords.new"
        new.write_text("".join(f"{user}@{DOMAIN}: {word}\n" for user, word in self.users.items()))
        new.rename(self.folder / "passwords")


def company_channel(server, label, author, password, authority, /, **more):
    """What connects a member's own server as a channel, with other settings where they are given."""
    settings = {
        "host": HOST,
        "port": str(server.port),
        "security": "starttls",
        "username": author,
        "password": password,
        "ca": authority.pem,
        **more,
    }
    return {"kind": "smtp", "label": label, "owner": "member", "settings": settings}


def connections_to(port):
    """How many connections stand to a port of this machine."""
    lines = pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]
    established = "01"
    fields = [line.split() for line in lines]
    return sum(1 for f in fields if f[1].endswith(f":{port:04X}") and f[3] == established)


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed: {done.stderr}")
