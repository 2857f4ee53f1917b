"""Messages over HTTP, each asked for with its own key until it is accepted."""

import http.client
import itertools
import json
import random
import threading
import time

WRITERS = 8


class Load:
    """So many messages a second, from several writers, to any of the nodes."""

    def __init__(self, nodes, key, identity, rate):
        self.ports = [node.port for node in nodes]
        self.headers = {"Authorization": "Bearer " + key, "Content-Type": "application/json"}
        self.identity = identity
        self.rate = rate
        self.numbers = itertools.count()
        self.accepted = {}  # recipient: id of the message
        self.repeated = 0
        self.refused = []
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._write, daemon=True) for _ in range(WRITERS)]

    def __enter__(self):
        self.begun = time.monotonic()
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        """What was begun is asked for until it is accepted."""
        self.over.set()
        for thread in self.threads:
            thread.join(300)

    def _write(self):
        while not self.over.is_set():
            number = next(self.numbers)
            self.over.wait(max(0, self.begun + number / self.rate - time.monotonic()))
            self._submit(f"reader{number}@recipients.example")

    def _submit(self, recipient):
        body = {"identityId": self.identity, "to": recipient, "subject": "Hello", "text": "One of many."}
        while True:
            status, answer = self._post(json.dumps(body), recipient)
            if status == 202:
                self.accepted[recipient] = answer["id"]
                return
            if 400 <= status < 500:
                self.refused.append((recipient, status, answer))
                return
            self.repeated += 1
            time.sleep(0.2)

    def _post(self, body, key):
        connection = http.client.HTTPConnection("127.0.0.1", random.choice(self.ports), timeout=10)
        try:
            connection.request("POST", "/v1/messages", body, {**self.headers, "Idempotency-Key": key})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return 0, None
        finally:
            connection.close()
