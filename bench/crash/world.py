"""What the nodes send to: a server that records what it gets, behind networks that can be cut."""

import asyncio
import collections
import contextlib
import dataclasses
import re
import threading
import time

MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^>\r\n]+>)", re.I | re.M)
ADDRESS = re.compile(r"<([^>]*)>")


@dataclasses.dataclass
class Talk:
    """One message in one conversation, as the server saw it. Times are seconds since 1970."""

    life: str  # which life of which node
    recipient: str
    begun: float
    message_id: str = ""
    dotted: float = 0.0
    answered: float = 0.0
    kept_back: bool = False  # the server took it and gave no answer, on purpose
    closed: float = 0.0


class Sink:
    """Records a message when its final dot is there, before it answers. One port for each node."""

    def __init__(self, dice, slowness, keep_back):
        self.dice = dice
        self.slowness = slowness
        self.keep_back = keep_back
        self.talks = []
        self.texts = {}
        self.lives = {}
        self.begun = collections.Counter()  # by life

    async def open(self, node):
        server = await asyncio.start_server(
            lambda reader, writer: self._serve(node, reader, writer), "127.0.0.1", 0, limit=1 << 20
        )
        return server.sockets[0].getsockname()[1]

    async def _serve(self, node, reader, writer):
        life, talks = self.lives.get(node, node), []
        try:
            await self._converse(life, talks, reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # the node or the network is gone
        finally:
            for talk in talks:
                talk.closed = time.time()
            writer.transport.abort()

    async def _converse(self, life, talks, reader, writer):
        await self._say(writer, "220 sink.example ESMTP")
        while True:
            line = (await reader.readuntil(b"\r\n")).decode("latin-1").strip()
            verb = line[:4].upper()
            if verb == "EHLO":
                await self._say(writer, "250-sink.example\r\n250-8BITMIME\r\n250 SIZE 10000000")
            elif verb == "RCPT":
                talks.append(Talk(life, ADDRESS.search(line).group(1), time.time()))
                self.talks.append(talks[-1])
                self.begun[life] += 1
                await self._say(writer, "250 2.1.5 known")
            elif verb == "DATA":
                await self._say(writer, "354 go ahead")
                if not await self._take(talks[-1], reader, writer):
                    return
            elif verb == "QUIT":
                await self._say(writer, "221 bye")
                return
            else:
                await self._say(writer, "250 2.0.0 well")

    async def _take(self, talk, reader, writer):
        content = []
        while (line := await reader.readuntil(b"\r\n")) != b".\r\n":
            content.append(line)
        whole = b"".join(content)
        talk.message_id = MESSAGE_ID.search(whole).group(1).decode()
        talk.dotted = time.time()
        self.texts[talk.recipient] = whole
        if self.dice.random() < self.keep_back:
            talk.kept_back = True
            return False
        await self._say(writer, "250 2.0.0 taken")
        talk.answered = talk.closed = time.time()
        return True

    async def _say(self, writer, reply):
        await asyncio.sleep(self.dice.uniform(0, self.slowness))
        writer.write(reply.encode() + b"\r\n")
        await writer.drain()


class Network:
    """Between one node and the sink."""

    def __init__(self, target):
        self.target = target
        self.transports = set()
        self.is_cut = False
        self.flows = asyncio.Event()
        self.flows.set()

    async def open(self):
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        return server.sockets[0].getsockname()[1]

    async def _carry(self, reader, writer):
        if self.is_cut:
            writer.transport.abort()
            return
        there, thither = await asyncio.open_connection("127.0.0.1", self.target)
        transports = {writer.transport, thither.transport}
        self.transports |= transports
        await asyncio.wait(
            [
                asyncio.ensure_future(self._pump(reader, thither)),
                asyncio.ensure_future(self._pump(there, writer)),
            ],
            return_when=asyncio.FIRST_COMPLETED,
        )
        for transport in transports:
            transport.close()
        self.transports -= transports

    async def _pump(self, reader, writer):
        with contextlib.suppress(OSError):
            while block := await reader.read(1 << 16):
                await self.flows.wait()
                writer.write(block)
                await writer.drain()

    def cut(self):
        """Ends all connections, and refuses others."""
        self.is_cut = True
        for transport in self.transports:
            transport.abort()

    def freeze(self):
        """Nothing gets through, and nobody is told."""
        self.flows.clear()

    def mend(self):
        """What was on its way while it was frozen is lost."""
        if not self.flows.is_set():
            self.cut()
            self.flows.set()
        self.is_cut = False


class World:
    """Sink and networks on a thread of their own."""

    def __init__(self, sink, nodes):
        self.sink = sink
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.networks, self.ports = {}, {}
        for node in nodes:
            self.networks[node] = Network(self._await(sink.open(node)))
            self.ports[node] = self._await(self.networks[node].open())

    def _await(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()

    def tell(self, node, what):
        """Has the network of a node cut, frozen or mended."""

        async def told():
            getattr(self.networks[node], what)()

        self._await(told())
