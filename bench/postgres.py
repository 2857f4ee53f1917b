"""A PostgreSQL for the scripts in the folders beside this file."""

import glob
import os
import pathlib
import subprocess

from peers import free_port


class Postgres:
    """Debian's, on a cluster of its own, with its durability on."""

    def __init__(self, work):
        self.programs = pathlib.Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
        self.folder = work / "postgres"
        self.port = free_port()

    def __enter__(self):
        self.folder.mkdir()
        if os.geteuid() == 0:
            subprocess.run(["chown", "postgres", self.folder], check=True)
        self._run("initdb", "-D", self.folder / "cluster", "-U", "leverans", "-A", "trust", "-E", "UTF8")
        self._control("start")
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "leverans", "leverans")
        return self

    def __exit__(self, *_):
        self._control("stop", "-m", "fast")

    def restart_as_after_a_crash(self):
        """Nothing is written back before it ends: the start after it recovers from the log."""
        self._control("restart", "-m", "immediate")

    def _control(self, verb, *options):
        place = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder}"
        command = ["-D", self.folder / "cluster", "-l", self.folder / "log", "-w", "-t", "120"]
        self._run("pg_ctl", *command, "-o", place, *options, verb)

    def _run(self, program, *arguments):
        command = [str(self.programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    @property
    def url(self):
        return f"jdbc:postgresql://127.0.0.1:{self.port}/leverans"

    @property
    def pid(self):
        """Of the process that all others of the cluster are children of."""
        return int((self.folder / "cluster" / "postmaster.pid").read_text().split()[0])

    def rows(self, query):
        done = subprocess.run([*self._psql(), "-c", query], check=True, capture_output=True, text=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def run_script(self, script):
        """Several statements, each by itself unless the script says otherwise."""
        subprocess.run([*self._psql(), "-q"], check=True, stdout=subprocess.DEVNULL, input=script, text=True)

    def _psql(self):
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "leverans", "-d", "leverans"]
        return ["psql", "-XAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", *where]
