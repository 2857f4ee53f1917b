"""What a JVM has in memory."""

import pathlib
import re
import threading
import urllib.error
import urllib.request

HEAP = re.compile(r'^jvm_memory_used_bytes\{[^}]*area="heap"[^}]*\} (\S+)', re.M)


class Memory:
    """The most that was seen, in MB: of heap in use five times a second, of RSS as the kernel keeps it."""

    def __init__(self, pid, metrics):
        self.folder = pathlib.Path(f"/proc/{pid}")
        self.metrics = metrics
        self.heap = 0.0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        (self.folder / "clear_refs").write_text("5")  # the peak begins anew
        self._look()
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        self.rss = self._status("VmHWM")

    def _watch(self):
        while not self.over.wait(0.2):
            self._look()

    def _look(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics", timeout=5) as answer:
                self.heap = max(self.heap, sum(map(float, HEAP.findall(answer.read().decode()))) / 2**20)
        except (urllib.error.URLError, OSError):
            pass  # busy; the next look tells

    def _status(self, name):
        line = next(line for line in (self.folder / "status").read_text().splitlines() if line.startswith(name))
        return int(line.split()[1]) / 1024
