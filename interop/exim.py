"""Debian's Exim, for the scripts beside this one."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys

from peers import UNPACKED, free_port, listens, wait_for


class Exim:
    """Exim in a folder of its own. What it does with mail is up to the configuration, a text with fields."""

    title = "Exim"
    PROGRAM = str(UNPACKED / "usr/sbin/exim4")
    ITSELF = """\
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
exim_path = {program}
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
pid_file_path = {folder}/pid
host_lookup =
rfc1413_query_timeout = 0s
check_spool_space = 0
smtp_accept_queue_per_connection = 0
keep_environment =
deliver_drop_privilege = true
"""

    def __init__(self, folder, configuration, **fields):
        if not os.access(self.PROGRAM, os.X_OK):
            sys.exit(f"needs Exim at {self.PROGRAM}, where .ci/install unpacks it")
        self.folder = folder
        self.folder.mkdir()
        shutil.chown(self.folder, "Debian-exim")
        self.port = free_port()
        self.config = self.folder / "config"
        self.config.write_text(
            (self.ITSELF + configuration).format(
                port=self.port, program=self.PROGRAM, folder=self.folder, **fields
            )
        )

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()

    def start(self):
        self.process = subprocess.Popen(
            [self.PROGRAM, "-C", str(self.config), "-bdf", "-q1s"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for("Exim to listen", 30, self._listens)

    def _listens(self):
        if self.process.poll() is not None:
            sys.exit("Exim ended:\n" + self.log())
        return listens(self.port)

    def stop(self):
        """Ends the daemon; what is under way goes on."""
        self.process.terminate()
        self.process.wait(30)

    def kill(self):
        """Ends at once, with all that is under way."""
        while processes := self._processes():
            for process in processes:
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            self.process.wait(30)

    def _processes(self):
        """Those with our configuration on their command line: Exim starts itself anew for each delivery."""
        ours = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if words[0] == self.PROGRAM.encode() and str(self.config).encode() in words:
                ours.append(int(process.name))
        return ours

    def is_idle(self):
        """Whether all that was taken in is delivered."""
        queue = subprocess.run(
            [self.PROGRAM, "-C", str(self.config), "-bpc"], capture_output=True, text=True
        )
        return queue.stdout.strip() == "0"

    def log(self):
        return "".join(file.read_text(errors="replace") for file in sorted(self.folder.glob("*log")))
