"""The nodes: real processes that are killed and started again."""

import signal
import subprocess
import time
import urllib.error
import urllib.request
import zlib

from peers import free_port, java, wait_for


class Node:
    """One that lives again and again."""

    def __init__(self, name, work, jar, settings, lives):
        self.name = name
        self.folder = work / name
        self.folder.mkdir()
        self.port = free_port()
        self.settings = {"data": self.folder, "http.port": self.port, **settings}
        self.jar = jar
        # What a JVM loads of this jar is kept from its first life, so that it is back sooner.
        self.archive = work / f"classes-{zlib.crc32(bytes(jar))}.jsa"
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
