"""Debian's mail servers as the next hop of own servers: each takes everything, sends it on by domain, and reports by
itself what it could not deliver. Each is told to warn soon and to give up soon."""

import contextlib
import os
import pathlib
import socket
import subprocess
import sys
from typing import NamedTuple

from exim import Exim
from peers import UNPACKED, Postfix, free_port, listens, wait_for

# Seconds; a server may take longer, as often as it looks at its queue.
WARNS_AFTER = 2
GIVES_UP_AFTER = 20
# Each refuses addresses of this domain when it hears them.
REFUSED = "refused.example"
# OpenSMTPD gives up an address with all its ports, so nothing else has this one.
AWAY_HOST = "127.0.0.9"


class Place(NamedTuple):
    """Where a domain's mail is taken."""

    host: str
    port: int


@contextlib.contextmanager
def nobody_listens():
    """A port that is taken, and refuses connections."""
    with socket.socket() as s:
        s.bind((AWAY_HOST, 0))
        yield Place(AWAY_HOST, s.getsockname()[1])


class PostfixNextHop(Postfix):
    title = "Postfix"

    def __init__(self, folder, routes, gives_up_after=GIVES_UP_AFTER):
        inline = ", ".join(f"{{{domain} = smtp:[{at.host}]:{at.port}}}" for domain, at in routes.items())
        super().__init__(
            folder,
            "postfix",
            {
                "local_transport": "error:nobody lives here",
                "transport_maps": f"inline:{{ {inline} }}",
                "smtpd_recipient_restrictions": "check_recipient_access "
                f"inline:{{ {{{REFUSED} = 550 5.1.1 No such user here}} }}",
                "queue_run_delay": "1s",
                "minimal_backoff_time": "1s",
                "maximal_backoff_time": "2s",
                "delay_warning_time": f"{WARNS_AFTER}s",
                "maximal_queue_lifetime": f"{gives_up_after}s",
                "bounce_queue_lifetime": f"{gives_up_after}s",
            },
        )


class EximNextHop(Exim):
    CONFIGURATION = """\
primary_hostname = exim.test
acl_smtp_rcpt = recipient
acl_smtp_data = accept
delay_warning = {warns_after}s:1d
begin acl
recipient:
  deny domains = {refused}
       message = 550 5.1.1 No such user here
  accept
begin routers
onwards:
  driver = manualroute
  route_list = {routes}
  self = send
  transport = smtp
begin transports
smtp:
  driver = smtp
begin retry
* * F,{gives_up_after}s,1s
"""

    def __init__(self, folder, routes, gives_up_after=GIVES_UP_AFTER):
        super().__init__(
            folder / "exim",
            self.CONFIGURATION,
            routes=" ; ".join(f"{domain} {at.host}::{at.port}" for domain, at in routes.items()),
            refused=REFUSED,
            warns_after=WARNS_AFTER,
            gives_up_after=gives_up_after,
        )


class Enclosed:
    """A server that sees mounts and processes of its own: what it starts ends with it."""

    def __init__(self, folder, program):
        if not os.access(program, os.X_OK):
            sys.exit(f"needs {self.title} at {program}, where .ci/install unpacks it")
        self.program = program
        self.folder = folder
        self.folder.mkdir()
        self.port = free_port()

    def __enter__(self):
        self.configure()
        self.log_file = open(self.folder / "log", "ab")
        enclosure = ["unshare", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc"]
        self.process = subprocess.Popen(
            [*enclosure, "sh", "-ec", self.preparation() + '"$@" & wait $!', "sh", *self.command()],
            stdin=subprocess.DEVNULL,
            stdout=self.log_file,
            stderr=subprocess.STDOUT,
        )
        wait_for(f"{self.title} to listen", 30, self._listens)
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(30)
        self.log_file.close()

    def preparation(self):
        """What the shell does before the server starts."""
        return f"hostname {self.title.lower()}.test\n"

    def _listens(self):
        if self.process.poll() is not None:
            sys.exit(f"{self.title} ended:\n{self.log()}")
        return listens(self.port)

    def log(self):
        return (self.folder / "log").read_text(errors="replace")


def is_file(path):
    """Also of what may go any moment."""
    try:
        return path.is_file()
    except OSError:
        return False


class OpenSmtpdNextHop(Enclosed):
    title = "OpenSMTPD"
    # It has one connection to a server, leaves after 25 refusals, and comes back seconds later.
    HASTE = "mta limit max-failures-per-session 10000"
    # Folders whose names are compiled in, and a resolver that asks nobody.
    MOUNTS = """\
for folder in /var/spool /var/lib /run; do mount -t tmpfs tmpfs $folder; done
mkdir -m 711 /var/spool/smtpd
mkdir -p /var/lib/opensmtpd/empty
mount --bind {folder}/resolv.conf /etc/resolv.conf
"""

    def __init__(self, folder, routes, gives_up_after=GIVES_UP_AFTER):
        super().__init__(folder / "opensmtpd", UNPACKED / "usr/sbin/smtpd")
        self.routes = routes
        self.gives_up_after = gives_up_after

    def configure(self):
        lines = [
            f"bounce warn-interval {WARNS_AFTER}s",
            f"queue ttl {self.gives_up_after}s",
            self.HASTE,
            f"listen on 127.0.0.1 port {self.port} hostname opensmtpd.test",
        ]
        for number, (domain, at) in enumerate(self.routes.items()):
            lines.append(f"action to{number} relay host smtp+notls://{at.host}:{at.port}")
            lines.append(f'match from any for domain "{domain}" action to{number}')
        (self.folder / "config").write_text("\n".join(lines) + "\n")
        (self.folder / "resolv.conf").write_text("lookup file\n")

    def preparation(self):
        return super().preparation() + self.MOUNTS.format(folder=self.folder)

    def command(self):
        return [str(self.program), "-d", "-v", "-f", str(self.folder / "config")]

    def is_idle(self):
        """Whether all that was taken in is delivered. Its queue lies where it alone sees it."""
        seen = pathlib.Path(f"/proc/{self.process.pid}/root/var/spool/smtpd")
        waiting = (file for part in ("incoming", "queue") for file in (seen / part).glob("**/*"))
        return not any(is_file(file) for file in waiting)


class SendmailNextHop(Enclosed):
    title = "sendmail"
    # It minds how busy the machine is (the LA options), and here it shall not.
    CONFIGURATION = """\
define(`_CF_DIR_', `{cf}/')
include(`{cf}/m4/cf.m4')
define(`confDOMAIN_NAME', `sendmail.test')
define(`confSERVICE_SWITCH_FILE', `{folder}/service.switch')
define(`confPID_FILE', `{folder}/pid')
define(`QUEUE_DIR', `{folder}/queue')
define(`STATUS_FILE', `')
define(`HELP_FILE', `')
define(`ALIAS_FILE', `')
define(`confDONT_PROBE_INTERFACES', `True')
define(`confBIND_OPTS', `-DNSRCH -DEFNAMES')
define(`confTO_IDENT', `0')
define(`confTO_QUEUEWARN', `{warns_after}s')
define(`confTO_QUEUERETURN', `{gives_up_after}s')
define(`confMIN_QUEUE_AGE', `0')
define(`confQUEUE_LA', `1000')
define(`confREFUSE_LA', `1000')
define(`confDELAY_LA', `0')
define(`confDONT_BLAME_SENDMAIL', `GroupWritableDirPathSafe')
FEATURE(`no_default_msa')
FEATURE(`nocanonify')
FEATURE(`promiscuous_relay')
FEATURE(`accept_unresolvable_domains')
DAEMON_OPTIONS(`Name=MTA, Addr=127.0.0.1, Port={port}')
MAILER(`smtp')
MAILER_DEFINITIONS
{mailers}
LOCAL_RULE_0
{rules}
LOCAL_RULESETS
SLocal_check_rcpt
R$* < $* @ {refused} > $*\t$#error $@ 5.1.1 $: "550 No such user here"
"""
    MAILER = (
        "Mto{number}, P=[IPC], F=mDFMuXa, S=EnvFromSMTP/HdrFromSMTP, R=EnvToSMTP, E=\\r\\n, L=990,\n"
        "\tT=DNS/RFC822/SMTP, A=TCP $h {port}"
    )
    RULE = "R$* < @ {domain} . > $*\t$#to{number} $@ [{host}] $: $1 < @ {domain} > $2"

    def __init__(self, folder, routes, gives_up_after=GIVES_UP_AFTER):
        super().__init__(folder / "sendmail", UNPACKED / "usr/libexec/sendmail/sendmail")
        self.routes = routes
        self.gives_up_after = gives_up_after

    def configure(self):
        (self.folder / "queue").mkdir()
        (self.folder / "service.switch").write_text("hosts files\naliases files\n")
        numbered = list(enumerate(self.routes.items()))
        source = self.CONFIGURATION.format(
            cf=UNPACKED / "usr/share/sendmail/cf",
            folder=self.folder,
            port=self.port,
            refused=REFUSED,
            warns_after=WARNS_AFTER,
            gives_up_after=self.gives_up_after,
            mailers="\n".join(
                self.MAILER.format(number=number, port=at.port) for number, (_, at) in numbered
            ),
            rules="\n".join(
                self.RULE.format(number=number, domain=domain, host=at.host)
                for number, (domain, at) in numbered
            ),
        )
        made = subprocess.run(["m4"], input=source, capture_output=True, text=True)
        if made.returncode != 0:
            sys.exit(f"m4 failed: {made.stderr}")
        (self.folder / "config").write_text(made.stdout)

    def command(self):
        config, log = self.folder / "config", self.folder / "log"
        return [str(self.program), "-C", str(config), "-bD", "-q1s", "-X", str(log)]

    def is_idle(self):
        """Whether all that was taken in is delivered."""
        return not any((self.folder / "queue").glob("[qtd]f*"))


ALL = [PostfixNextHop, EximNextHop, OpenSmtpdNextHop, SendmailNextHop]
