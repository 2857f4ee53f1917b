"""PostgreSQL and the nodes: real processes that are killed and started again."""

import glob
import os
import pathlib
import signal
import subprocess
import time
import urllib.error
import urllib.request

from peers import free_port, java, wait_for


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

    def rows(self, query):
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "leverans", "-d", "leverans"]
        command = ["psql", "-XAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", *where, "-c", query]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return [line.split("\t") for line in done.stdout.splitlines()]


class Node:
    """One that lives again and again."""

    def __init__(self, name, work, jar, settings, lives):
        self.name = name
        self.folder = work / name
        self.folder.mkdir()
        self.port = free_port()
        self.settings = {"data": self.folder, "http.port": self.port, **settings}
        self.jar = jar
        # What a JVM loads is kept from its first life, so that it is back sooner.
        self.archive = work / "classes.jsa"
        self.lives = lives
        self.count = 0
        self.process = None

    def start(self):
        self.count += 1
        self.life = self.lives[self.name] = f"{self.name}{self.count}"
        options = ["-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
        options += ["-XX:+AutoCreateSharedArchive", f"-XX:SharedArchiveFile={self.archive}"]
        command = [java(), *options, "-Xlog:disable", "-jar", str(self.jar), "start"]
        command += [f"--set={key}={value}" for key, value in self.settings.items()]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)

    def wait_until_ready(self):
        wait_for(f"node {self.name} to start; see {self.folder / 'log'}", 180, self.is_ready)

    def is_ready(self):
        if self.process.poll() is not None:
            # The database may have been away when it started.
            self.start()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def kill(self):
        """Ends it in the middle of whatever it is at; says which life that was, and when."""
        self.process.kill()
        self.process.wait()
        return self.life, time.time()

    def stall(self, seconds):
        self.process.send_signal(signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            self.process.send_signal(signal.SIGCONT)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)
