"""Loci's LanceDB worker: one process that keeps LanceDB for all stores of its parent.

It is started by Loci with a socket as its standard input, and ends when that closes. Frames go both
ways: a header (bytes that follow, request number, bytes of JSON), the JSON, and then columns as
Arrow lays them out: texts as offsets and bytes, numbers as they stand. Requests are answered as
they finish. Frame 0 is the greeting, with LanceDB's version.
"""

import asyncio
import gc
import json
import os
import signal
import socket
import struct
import sys
import warnings
from datetime import datetime, timedelta

HEADER = struct.Struct("<IQI")
FORMAT = "2"  # Of the tables.
OLDER = "1"  # Its tables lack columns, which are added.
SETTLING_SECONDS = 2
ROOM = 1 << 16  # For frames; larger ones have their own.


class Database:
    """One location: a folder, or a prefix of an object store."""

    def __init__(self, connection, location):
        self.connection = connection
        self.folder = location if "://" not in location else None
        self.tables = {}
        self.renamed = set()  # Spaces whose tables have the names of earlier versions.
        self.opening = asyncio.Lock()
        self.settled = set()

    async def find(self, name, former=None):
        """The table of a space, or None. Earlier versions named it otherwise."""
        if name in self.renamed:
            return await self.named(former)
        found = await self.named(name)
        if found is None and former is not None:
            found = await self.named(former)
            if found is not None:
                self.renamed.add(name)
        return found

    def forget(self, request):
        """Forgets a table; returns whether it was open."""
        self.renamed.discard(request.get("table"))
        names = [request.get("table"), request.get("formerTable")]
        return any([self.tables.pop(name, None) for name in names])

    async def named(self, name):
        if name not in self.tables:
            async with self.opening:
                if name not in self.tables:
                    table = await self.opened(name)
                    if table is None:
                        return None
                    self.tables[name] = table
        return self.tables[name]

    async def opened(self, name):
        try:
            table = await self.connection.open_table(name)
        except ValueError as error:
            if f"'{name}' was not found" not in str(error):
                raise
            if self.has_data(name):  # Made anew, the table would hide what is left of it.
                raise Failure("corrupt", str(error)) from None
            return None
        schema = await table.schema()
        if (schema.metadata or {}).get(b"loci.format") not in (FORMAT.encode(), OLDER.encode()):
            raise Failure("newer_schema", "The table is of another format.")
        folder = os.path.join(self.folder, name + ".lance") if self.folder else None
        if lacking(schema):
            with await FolderLock.taken(folder):
                schema = await completed(table)
        opened = Table(table, schema, folder)
        await opened.has_vector_index()
        return opened

    def has_data(self, name):
        data = os.path.join(self.folder or "", name + ".lance", "data")
        return self.folder is not None and os.path.isdir(data) and bool(os.listdir(data))

    async def ensure(self, name, former, definition):
        """The table of a space, made where it is missing; of two makers one is faster."""
        found = await self.find(name, former)
        if found is None:
            try:
                schema = schema_of(definition)
                await self.connection.create_table(name, schema=schema, mode="create")
            except Exception as error:
                if "already exists" not in str(error) and code_of(error) != "busy":
                    raise
            found = await self.find(name)
            if found is None:
                raise Failure("busy", "A table that somebody else makes is not there yet.")
            await found.flush()
        if self.folder is None and name not in self.settled:
            await self.settle(found.table)
            self.settled.add(name)
        return found

    @staticmethod
    async def settle(table):
        """Waits until a new table is a little old. An object store has no lock, and LanceDB looks
        before it makes a table: a second maker that looked too early puts an empty table in the
        place of the first one's, and rows must not be in there by then."""
        while await table.version() == 1:
            made = (await table.list_versions())[0]["timestamp"]
            age = (datetime.now(made.tzinfo) - made).total_seconds()
            if not 0 <= age < SETTLING_SECONDS:
                return
            await asyncio.sleep(SETTLING_SECONDS - age)

    async def names(self):
        names, token = [], None
        while True:
            page = await self.connection.list_tables(page_token=token)
            names += page.tables
            token = page.page_token
            if not token:
                return names

    async def definitions(self):
        tables = [await self.find(name) for name in await self.names()]
        return [table.schema.metadata[b"loci.space"].decode() for table in tables if table]


def lacking(schema):
    """The columns that a table of an earlier format has not: name, kind, and what rows have."""
    columns = [("part", "integer", 0), ("embedded_at", "integer", None), *ATTRIBUTES]
    return [column for column in columns if column[0] not in schema.names]


async def completed(table):
    """Adds the columns that a table of an earlier format lacks; another process may be faster."""
    for attempt in range(WRITE_ATTEMPTS):
        await table.checkout_latest()
        schema = await table.schema()
        columns = {name: f"cast({literal(former)} as {SQL_TYPES[kind]})"
                   for name, kind, former in lacking(schema)}
        if not columns:
            return schema
        try:
            await table.add_columns(columns)
        except Exception as error:
            if code_of(error) != "busy" or attempt == WRITE_ATTEMPTS - 1:
                raise
    return await table.schema()


SQL_TYPES = {"text": "string", "integer": "bigint", "real": "double"}


def literal(value):
    return "null" if value is None else quoted(value) if isinstance(value, str) else repr(value)


def schema_of(definition):
    text, dimension = pa.string(), json.loads(definition)["dimension"]
    types = {"text": text, "integer": pa.int64(), "real": pa.float64()}
    # The columns of the key are marked, so that LanceDB notices two writers of one new key.
    key = {"lance-schema:unenforced-primary-key": "true"}
    return pa.schema(
        [pa.field("namespace", text, nullable=False, metadata=key),
         pa.field("id", text, nullable=False, metadata=key),
         pa.field("part", pa.int64(), nullable=False, metadata=key),
         pa.field("content_hash", pa.binary(32)),
         *(pa.field(name, types[kind]) for name, kind in KINDS.items()),
         pa.field("metadata", text), pa.field("terms", pa.list_(text)),
         pa.field("vector", pa.list_(pa.float32(), dimension))],
        metadata={"loci.format": FORMAT, "loci.space": definition})


class Service:
    """Answers requests: what is in the JSON, and the columns."""

    def __init__(self):
        self.databases = {}
        self.connecting = asyncio.Lock()

    async def database(self, request):
        location, options = request["location"], request["options"]
        key = (location, *sorted(options.items()))
        if key in self.databases:
            return self.databases[key]
        async with self.connecting:
            if key not in self.databases:
                # Zero: every read looks for newer versions, so that other processes' writes count.
                connection = await lancedb.connect_async(
                    location, read_consistency_interval=timedelta(0), storage_options=options)
                self.databases[key] = Database(connection, location)
        return self.databases[key]

    async def answer(self, request, columns):
        if request["op"] == "ping":
            return {}, b""
        database = await self.database(request)
        try:
            return await self.perform(request, database, Columns(columns))
        except Exception as error:
            # The folder may have been removed or put back by hand, or an old version cleaned up
            # under a reader. Only a table that is opened anew tells that from damage.
            if not database.forget(request) or code_of(error) != "corrupt":
                raise
        return await self.perform(request, database, Columns(columns))

    async def perform(self, request, database, columns):
        operation = request["op"]
        if operation == "spaces":
            return {"texts": await database.definitions()}, b""
        if operation in ("ensure", "upsert"):
            table = await database.ensure(
                request["table"], request.get("formerTable"), request["definition"])
            if operation == "upsert":
                await table.upsert(columns.entries(request["count"], table))
            return {}, b""
        if operation == "compact":
            for name in await database.names():
                await (await database.find(name)).tend(request["keptSeconds"])
            return {}, b""
        if operation == "scrub":
            for name in await database.names():
                await (await database.find(name)).scrub(request["index"])
            return {}, b""
        table = await database.find(request["table"], request.get("formerTable"))
        if table is None:
            return {"count": 0, "texts": []}, b""
        return await getattr(self, operation)(table, request, columns)

    async def search(self, table, request, columns):
        vector = columns.numbers("<f4", table.dimension)
        count, found = await table.search(
            vector, request["where"], request["conditions"], request["limit"])
        return {"count": count, "isIndexed": table.indexed}, found

    async def count(self, table, request, _):
        return {"count": await table.count(request["where"], request["conditions"])}, b""

    async def get(self, table, request, _):
        rows = await table.rows(request["where"], ENTRY)
        return {"count": rows.num_rows}, packed(rows, ENTRY)

    async def hashes(self, table, request, _):
        names = ["id", "content_hash"]
        rows = await table.rows(request["where"], names)
        return {"count": rows.num_rows}, packed(rows, names)

    async def scan(self, table, request, _):
        rows = await table.page(request["where"], request["limit"])
        return {"count": rows.num_rows}, packed(rows, ENTRY)

    async def delete(self, table, request, _):
        return {"count": await table.delete(request["where"])}, b""

    async def namespaces(self, table, *_):
        return {"texts": await table.namespaces()}, b""

    async def rebuild(self, table, request, _):
        await table.rebuild(request["index"])
        return {}, b""

    async def indexed(self, table, *_):
        return {"isIndexed": await table.has_vector_index()}, b""


READS = {"search", "count", "get", "hashes", "scan", "namespaces", "spaces", "indexed"}


class Server(asyncio.BufferedProtocol):
    """Reads requests from the socket and writes answers, as they finish.

    A frame is received where it stays: a large batch is nowhere copied until LanceDB has it.
    """

    def __init__(self):
        self.service = Service()
        self.reads = {}
        self.tasks = set()
        self.buffer = np.empty(ROOM, np.uint8)
        self.filled = 0

    def connection_made(self, transport):
        self.transport = transport
        self.send(0, {"lancedb": lancedb.__version__, "python": sys.version.split()[0]})

    def connection_lost(self, _):
        os._exit(0)  # The parent is gone; nothing that it was promised is still under way.

    def get_buffer(self, _):
        return memoryview(self.buffer)[self.filled :]

    def buffer_updated(self, count):
        """Takes whole frames out; the start of the next one moves where all of it has room."""
        self.filled += count
        start = 0
        while (end := self.end_of_frame(start)) <= self.filled:
            self.receive(memoryview(self.buffer)[start:end])
            start = end
        if start > 0 or end > len(self.buffer):
            rest = self.buffer[start : self.filled]
            self.buffer = np.empty(max(ROOM, end - start), np.uint8)
            self.buffer[: len(rest)] = rest
            self.filled = len(rest)

    def end_of_frame(self, start):
        """Where the frame ends that begins there, or at least its header."""
        end = start + HEADER.size
        return end + HEADER.unpack_from(self.buffer, start)[0] if end <= self.filled else end

    def receive(self, frame):
        _, number, json_size = HEADER.unpack_from(frame)
        columns = HEADER.size + json_size
        request = json.loads(bytes(frame[HEADER.size : columns]))
        if request["op"] == "cancel":
            if number in self.reads:
                self.reads[number].cancel()
            return
        task = asyncio.create_task(self.answer(number, request, frame[columns:]))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        if request["op"] in READS:
            self.reads[number] = task
            task.add_done_callback(lambda _: self.reads.pop(number))

    async def answer(self, number, request, columns):
        try:
            head, data = await self.service.answer(request, columns)
        except asyncio.CancelledError:
            return  # Nobody waits for the answer.
        except BaseException as error:  # LanceDB's panics are no Exceptions.
            detail = f"{type(error).__name__}: {error}"[:2000]
            head, data = {"error": {"code": code_of(error), "detail": detail}}, b""
        self.send(number, head, data)

    def send(self, number, head, data=b""):
        """Sends without waiting: Loci asks for no more than some answers at once."""
        text = json.dumps(head).encode()
        header = HEADER.pack(len(text) + len(data), number, len(text))
        self.transport.write(header + text + data)


async def serve():
    loop = asyncio.get_running_loop()
    await loop.create_connection(Server, sock=socket.socket(fileno=0))
    await loop.create_future()


def greet_with_error(error):
    # A version that has not all that is imported here is told by its number.
    version = getattr(sys.modules.get("lancedb"), "__version__", None)
    failure = {"code": "missing_library", "detail": repr(error)[:2000]}
    text = json.dumps({"lancedb": version, "error": failure}).encode()
    os.write(0, HEADER.pack(len(text), 0, len(text)) + text)
    os._exit(1)


KEPT_SECONDS = float(sys.argv[2])
os.umask(0o077)  # What is remembered is its owner's alone.
signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle.
sys.path.insert(0, sys.argv[1])
os.environ["OPENBLAS_NUM_THREADS"] = "1"
# NumPy asks for huge pages; to find some for a batch, the kernel may take 30 ms.
os.environ["NUMPY_MADVISE_HUGEPAGE"] = "0"
# Bringing an HNSW index up to date holds one of these threads to its end, so there must be another.
# LanceDB's own number is two fewer than cores, at least one.
os.environ.setdefault("LANCE_CPU_THREADS", str(max(2, (os.cpu_count() or 1) - 2)))
warnings.simplefilter("ignore")
try:
    import lancedb
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import uvloop
    from lancedb.index import Bitmap, BTree, HnswSq, IvfPq, IvfRq, LabelList
    from lancedb.query import ColumnOrdering
except Exception as error:
    greet_with_error(error)
gc.freeze()  # What was imported stays; collections need not look through it.
uvloop.run(serve())
