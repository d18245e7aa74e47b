"""Loci's LanceDB worker: one process that keeps LanceDB for all stores of its parent.

It is started by Loci with a socket as its standard input, and ends when that closes. Frames go both
ways: a header (bytes that follow, request number, bytes of JSON), the JSON, and then columns as
Arrow lays them out: texts as offsets and bytes, numbers as they stand. Requests are answered as
they finish. Frame 0 is the greeting, with LanceDB's version.
"""

import asyncio
import itertools
import json
import os
import random
import signal
import socket
import struct
import sys
import time
import warnings

HEADER = struct.Struct("<IQI")
NO_TEXT = "\x01"  # How a frame writes "no text"; Loci's escaping never makes it.
FORMAT = "1"
KEY = ["namespace", "id"]
ENTRY = ["namespace", "id", "content_hash", "collection", "status", "category", "created_at",
         "source_uri", "metadata", "vector"]

TIE = 2e-6  # Distances this close may be equal: float32 sums of unit vectors are no better.
MARGIN = 4  # How many rows more than asked for are fetched, to see whether the cut is a tie.
CANDIDATES = 200  # The least that an ANN index hands to the exact distances.
PROBES = 20
SCALAR_INDEX_ROWS = 5_000
VECTOR_INDEX_ROWS = 10_000
COMMITS_PER_TENDING = 64
ROWS_PER_TENDING = 20_000
WRITE_ATTEMPTS = 8
LOCK_SECONDS = 20


class Failure(Exception):
    """An error with one of Loci's codes; the text is for developers."""

    def __init__(self, code, text=""):
        super().__init__(text)
        self.code = code


def code_of(error):
    """What one of LanceDB's errors means to Loci."""
    if isinstance(error, Failure):
        return error.code
    if isinstance(error, MemoryError):
        return "overloaded"
    text = str(error).lower()
    for code, marks in MEANINGS:
        if any(mark in text for mark in marks):
            return code
    return "store_engine"


MEANINGS = [
    ("disk_full", ["no space left", "file too large", "quota exceeded", "os error 28",
                   "os error 27"]),
    ("read_only", ["permission denied", "read-only file system", "os error 13", "os error 30"]),
    ("busy", ["commit conflict", "conflicting", "too many concurrent", "retryable"]),
    ("forbidden", ["accessdenied", "403 forbidden", "invalidaccesskeyid",
                   "signaturedoesnotmatch", "401 unauthorized"]),
    ("network", ["error sending request", "connection refused", "dns error", "timed out",
                 "generic s3 error", "nosuchbucket", "retryerror"]),
    ("corrupt", ["magic number", "corrupt", "decode", "sufficient data", "whole buffer",
                 "not found", "no such file", "unexpected end", "protobuf", "out of range",
                 "out of bounds", "too small"]),
]


# Columns, as they stand in frames.


class Columns:
    """Reads the columns of a frame one after the other."""

    def __init__(self, data):
        self.data = data
        self.position = 0

    def take(self, size):
        start, self.position = self.position, self.position + size
        if self.position > len(self.data):
            raise Failure("store_engine", "A frame ends inside a column.")
        return bytes(self.data[start : self.position])

    def numbers(self, kind, count):
        return np.frombuffer(self.take(count * np.dtype(kind).itemsize), kind)

    def texts(self, count):
        offsets = self.take(4 * (count + 1))
        data = self.take(int.from_bytes(offsets[-4:], "little"))
        buffers = (pa.py_buffer(offsets), pa.py_buffer(data))
        return pa.StringArray.from_buffers(count, *buffers)

    def optional_texts(self, count):
        texts = self.texts(count)
        return pc.if_else(pc.equal(texts, NO_TEXT), pa.scalar(None, pa.string()), texts)

    def entries(self, count, schema):
        dimension = schema.field("vector").type.list_size
        columns = {name: self.texts(count) for name in ["namespace", "id"]}
        hashes = pa.py_buffer(self.take(32 * count))
        columns["content_hash"] = pa.Array.from_buffers(pa.binary(32), count, [None, hashes])
        columns |= {name: self.texts(count) for name in ["collection", "status"]}
        columns["category"] = self.optional_texts(count)
        columns["created_at"] = pa.array(self.numbers("<i8", count))
        columns["source_uri"] = self.optional_texts(count)
        columns["metadata"] = self.texts(count)
        ends = self.numbers("<i4", count + 1)
        columns["terms"] = pa.ListArray.from_arrays(pa.array(ends), self.texts(int(ends[-1])))
        vectors = pa.array(self.numbers("<f4", count * dimension))
        columns["vector"] = pa.FixedSizeListArray.from_arrays(vectors, dimension)
        return pa.table(columns).select(schema.names).cast(schema)


def packed_texts(column):
    # Pages are short, and Arrow's own functions cost more than these loops for a few rows.
    texts = [(NO_TEXT if text is None else text).encode() for text in column.to_pylist()]
    ends = itertools.accumulate(map(len, texts), initial=0)
    return struct.pack(f"<{len(texts) + 1}i", *ends) + b"".join(texts)


def vectors_of(rows):
    """The vectors as one flat float32 array."""
    chunks = [chunk.flatten().to_numpy(zero_copy_only=False) for chunk in rows["vector"].chunks]
    return np.concatenate(chunks) if chunks else np.empty(0, np.float32)


def packed(rows, names):
    parts = []
    for name in names:
        if name == "vector":
            parts.append(vectors_of(rows).tobytes())
        elif name == "content_hash":
            parts.append(b"".join(rows[name].to_pylist()))
        elif name == "created_at":
            parts.append(rows[name].to_numpy().astype("<i8").tobytes())
        else:
            parts.append(packed_texts(rows[name]))
    return b"".join(parts)


# Conditions that order metadata; LanceDB has no way to say them, so candidates are tested here.


def passes(metadata, conditions):
    stored = json.loads(metadata)
    return all(holds(stored.get(test["key"]), test) for test in conditions)


def holds(value, test):
    wanted = {"string": str, "number": float, "bool": lambda text: text == "true"}[test["kind"]](
        test["value"])
    kind = "bool" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"
    if value is None or kind != test["kind"]:
        return False
    # Python orders text by code points, which is the order of UTF-8 bytes.
    return {"<": value < wanted, "<=": value <= wanted, ">": value > wanted,
            ">=": value >= wanted}[test["comparison"]]


class Table:
    """One space of one location. Writes take turns; reads never wait for them."""

    def __init__(self, table, schema, folder):
        self.table = table
        self.schema = schema
        self.folder = folder  # None where the location is an object store.
        self.indexed = False
        self.turn = asyncio.Lock()
        self.pending = []
        self.commits = 0
        self.rows_written = 0
        self.tending = None
        self.flushed = set()

    # Reading

    async def rows(self, where, names, limit=None):
        query = self.table.query().where(where).select(names)
        return await (query.limit(limit) if limit else query).to_arrow()

    async def count(self, where, conditions):
        if not conditions:
            return await self.table.count_rows(where)
        batches = await self.table.query().where(where).select(["metadata"]).to_batches()
        count = 0
        async for batch in batches:
            count += sum(passes(text, conditions) for text in batch["metadata"].to_pylist())
        return count

    async def namespaces(self):
        names = set()
        async for batch in await self.table.query().select(["namespace"]).to_batches():
            names.update(batch["namespace"].unique().to_pylist())
        return sorted(names)

    async def page(self, where, limit):
        """The first rows by id. Only ids are sorted; then the page's own rows are read."""
        while True:
            by_id = ColumnOrdering(column_name="id")
            query = self.table.query().where(where).select(["id"])
            ids = (await query.order_by([by_id]).limit(limit).to_arrow())["id"]
            if len(ids) == 0:
                return self.schema.empty_table()
            last = quoted(ids[-1].as_py())
            rows = await self.rows(f"{where} AND id <= {last}", ENTRY)
            if rows.num_rows:  # Else all of them were deleted in between.
                return rows

    async def search(self, vector, where, conditions, limit):
        """All that may be among the nearest `limit`, ties at the cut included, with cosines."""
        fetched, exact = limit + MARGIN, not self.indexed
        while True:
            if fetched > 1_000:
                fetched = max(1, min(fetched, await self.table.count_rows()))
            rows = await self.nearest(vector, where, conditions, fetched, exact)
            distances = rows["_distance"].to_numpy()
            passing = self.passing(rows, conditions)
            if rows.num_rows < fetched:
                if exact or not await self.has_vector_index():
                    return self.scored(rows, passing, vector)
                exact = True  # The index looked into some partitions only; look everywhere.
                continue
            if len(passing) >= limit and distances[-1] - distances[passing[limit - 1]] > TIE:
                return self.scored(rows, passing, vector)
            if fetched >= await self.table.count_rows():
                return self.scored(rows, passing, vector)
            fetched *= 4

    async def nearest(self, vector, where, conditions, limit, exact):
        query = self.table.query().nearest_to(vector).distance_type("cosine").where(where)
        names = ["id", "vector", "_distance"] + (["metadata"] if conditions else [])
        query = query.select(names).limit(limit)
        if exact:
            query = query.bypass_vector_index()
        else:
            query = query.nprobes(PROBES).refine_factor(max(5, -(-CANDIDATES // limit)))
        return await query.to_arrow()

    @staticmethod
    def passing(rows, conditions):
        if not conditions:
            return range(rows.num_rows)
        texts = rows["metadata"].to_pylist()
        return [row for row, text in enumerate(texts) if passes(text, conditions)]

    def scored(self, rows, passing, vector):
        """Ids and cosines, summed anew in double precision."""
        vectors = vectors_of(rows).reshape(-1, len(vector))
        ids = rows["id"]
        if len(passing) < rows.num_rows:
            vectors, ids = vectors[passing], ids.take(pa.array(passing, pa.int64()))
        cosines = (vectors.astype(np.float64) @ vector.astype(np.float64)).astype("<f4")
        return len(ids), packed_texts(ids) + cosines.tobytes()

    async def has_vector_index(self):
        indices = await self.table.list_indices()
        self.indexed = any(index.columns == ["vector"] for index in indices)
        return self.indexed

    # Writing

    async def upsert(self, rows):
        """Writers that wait for their turn share one commit: each commit makes a fragment."""
        done = asyncio.get_running_loop().create_future()
        self.pending.append((rows, done))
        async with self.turn:
            if not done.done():
                batch, self.pending = self.pending, []
                await self.commit(batch)
        return await done

    async def commit(self, batch):
        try:
            rows = without_duplicates(pa.concat_tables([rows for rows, _ in batch]))
            await self.write(lambda: self.merge(rows))
        except BaseException as error:
            for _, done in batch:
                done.set_exception(error)
            return
        self.rows_written += rows.num_rows
        for _, done in batch:
            done.set_result(None)

    async def merge(self, rows):
        # LanceDB finds out that two writers insert the same new key only where it does not use the
        # index on the key. In a folder a lock keeps writers apart, so the index may serve.
        merge = self.table.merge_insert(KEY).when_matched_update_all()
        merge = merge.when_not_matched_insert_all().use_index(self.folder is not None)
        return await merge.execute(rows)

    async def delete(self, where):
        async with self.turn:
            result = await self.write(lambda: self.table.delete(where))
        return result.num_deleted_rows

    async def write(self, work):
        """Writes under the folder's lock, again after a conflict, and flushes what was written."""
        with await FolderLock.taken(self.folder):
            for attempt in range(WRITE_ATTEMPTS):
                try:
                    result = await work()
                    break
                except Exception as error:
                    if code_of(error) != "busy" or attempt == WRITE_ATTEMPTS - 1:
                        raise
                    await asyncio.sleep(random.uniform(0, 0.02 * 2**attempt))
            await self.flush()
        self.commits += 1
        due = self.commits >= COMMITS_PER_TENDING or self.rows_written >= ROWS_PER_TENDING
        if due and self.tending is None:
            self.tending = asyncio.create_task(self.tend_quietly())
        return result

    async def flush(self):
        """LanceDB flushes nothing, so do it here: what is acknowledged survives a power cut."""
        if self.folder is not None:
            await asyncio.to_thread(flush_tree, self.folder, self.flushed)

    # Housekeeping

    async def tend_quietly(self):
        try:
            await self.tend(KEPT_SECONDS)
        except Exception as error:
            print("housekeeping failed:", code_of(error), file=sys.stderr, flush=True)
        finally:
            self.tending = None

    async def tend(self, kept_seconds):
        """Joins small fragments, brings the indexes up to date and drops old versions."""
        self.commits = self.rows_written = 0
        async with self.turn:
            with await FolderLock.taken(self.folder):
                await self.index_scalars()
                await self.table.optimize(cleanup_older_than=timedelta(seconds=kept_seconds))
                await self.flush()

    async def index_scalars(self):
        if await self.table.count_rows() < SCALAR_INDEX_ROWS:
            return
        known = {index.columns[0] for index in await self.table.list_indices()}
        wanted = {"id": BTree(), "created_at": BTree(), "source_uri": BTree(),
                  "terms": LabelList()}
        wanted |= {name: Bitmap() for name in ["namespace", "collection", "status", "category"]}
        for name, config in wanted.items():
            if name not in known:
                await self.table.create_index(name, config=config)

    async def rebuild(self, kind):
        """Builds the vector index where the table is large enough; below, a scan is as fast."""
        if await self.table.count_rows() >= VECTOR_INDEX_ROWS:
            config = {"ivf_rq": IvfRq, "ivf_hnsw_sq": HnswSq, "ivf_pq": IvfPq}[kind]
            await self.index_scalars()
            await self.table.create_index(
                "vector", config=config(distance_type="cosine"), replace=True)
            await self.flush()
        return await self.has_vector_index()


class FolderLock:
    """Keeps the writers of other processes away from a table in a folder; ends with the process."""

    def __init__(self, file):
        self.file = file

    @classmethod
    async def taken(cls, folder):
        if folder is None:
            return cls(None)
        file = os.open(folder.removesuffix(".lance") + ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return cls(file)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    os.close(file)
                    raise Failure("busy", "The table's lock is taken.") from None
                await asyncio.sleep(random.uniform(0.001, 0.01))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.file is not None:
            os.close(self.file)


def flush_tree(folder, flushed):
    """Flushes the files that are new since the last time, and the folders that name them."""
    seen = set()
    for parent, _, names in os.walk(folder):
        paths = {os.path.join(parent, name) for name in names}
        seen |= paths
        new = paths - flushed
        for path in [*new, parent] if new else []:
            try:
                file = os.open(path, os.O_RDONLY)
            except FileNotFoundError:
                continue  # Cleaned up meanwhile.
            try:
                os.fsync(file)
            finally:
                os.close(file)
    flushed.clear()
    flushed |= seen


def without_duplicates(rows):
    """The last row of each key: merging one key twice would insert it twice."""
    keys = zip(rows["namespace"].to_pylist(), rows["id"].to_pylist())
    last = {key: row for row, key in enumerate(keys)}
    return rows if len(last) == rows.num_rows else rows.take(pa.array(sorted(last.values())))


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


class Database:
    """One location: a folder, or a prefix of an object store."""

    def __init__(self, connection, location):
        self.connection = connection
        self.folder = location if "://" not in location else None
        self.tables = {}
        self.opening = asyncio.Lock()

    async def find(self, name):
        """The table of a space, or None."""
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
        if (schema.metadata or {}).get(b"loci.format") != FORMAT.encode():
            raise Failure("newer_schema", "The table is of another format.")
        folder = os.path.join(self.folder, name + ".lance") if self.folder else None
        opened = Table(table, schema, folder)
        await opened.has_vector_index()
        return opened

    def has_data(self, name):
        data = os.path.join(self.folder or "", name + ".lance", "data")
        return self.folder is not None and os.path.isdir(data) and bool(os.listdir(data))

    async def ensure(self, name, definition):
        """The table of a space, made where it is missing; of two makers one is faster."""
        found = await self.find(name)
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
        return found

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


def schema_of(definition):
    text, dimension = pa.string(), json.loads(definition)["dimension"]
    # Both columns of the key are marked, so that LanceDB notices two writers of one new key.
    key = {"lance-schema:unenforced-primary-key": "true"}
    return pa.schema(
        [pa.field("namespace", text, nullable=False, metadata=key),
         pa.field("id", text, nullable=False, metadata=key),
         pa.field("content_hash", pa.binary(32)), pa.field("collection", text),
         pa.field("status", text), pa.field("category", text),
         pa.field("created_at", pa.int64()), pa.field("source_uri", text),
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
        key = (location, json.dumps(options, sort_keys=True))
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
            known = database.tables.pop(request.get("table"), None)
            if known is None or code_of(error) != "corrupt":
                raise
        return await self.perform(request, database, Columns(columns))

    async def perform(self, request, database, columns):
        operation = request["op"]
        if operation == "spaces":
            return {"texts": await database.definitions()}, b""
        if operation in ("ensure", "upsert"):
            table = await database.ensure(request["table"], request["definition"])
            if operation == "upsert":
                await table.upsert(columns.entries(request["count"], table.schema))
            return {}, b""
        if operation == "compact":
            for name in await database.names():
                await (await database.find(name)).tend(request["keptSeconds"])
            return {}, b""
        table = await database.find(request["table"])
        if table is None:
            return {"count": 0, "texts": []}, b""
        return await getattr(self, operation)(table, request, columns)

    async def search(self, table, request, columns):
        vector = columns.numbers("<f4", table.schema.field("vector").type.list_size)
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
        return {"isIndexed": await table.rebuild(request["index"])}, b""


READS = {"search", "count", "get", "hashes", "scan", "namespaces", "spaces"}


class Server:
    """Reads requests from the socket and writes answers, as they finish."""

    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer
        self.service = Service()
        self.reads = {}
        self.tasks = set()

    async def run(self):
        self.send(0, {"lancedb": lancedb.__version__, "python": sys.version.split()[0]})
        while True:
            size, number, json_size = HEADER.unpack(await self.reader.readexactly(HEADER.size))
            body = memoryview(await self.reader.readexactly(size))
            request = json.loads(bytes(body[:json_size]))
            if request["op"] == "cancel":
                if number in self.reads:
                    self.reads[number].cancel()
                continue
            task = asyncio.create_task(self.answer(number, request, body[json_size:]))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
            if request["op"] in READS:
                self.reads[number] = task
                task.add_done_callback(lambda _, number=number: self.reads.pop(number))

    async def answer(self, number, request, columns):
        try:
            head, data = await self.service.answer(request, columns)
        except asyncio.CancelledError:
            return  # Nobody waits for the answer.
        except BaseException as error:  # LanceDB's panics are no Exceptions.
            detail = f"{type(error).__name__}: {error}"[:2000]
            head, data = {"error": {"code": code_of(error), "detail": detail}}, b""
        self.send(number, head, data)
        await self.writer.drain()

    def send(self, number, head, data=b""):
        text = json.dumps(head).encode()
        self.writer.write(HEADER.pack(len(text) + len(data), number, len(text)) + text + data)


async def serve():
    connection = socket.socket(fileno=0)
    reader, writer = await asyncio.open_connection(sock=connection, limit=1 << 24)
    try:
        await Server(reader, writer).run()
    except (asyncio.IncompleteReadError, ConnectionError):
        os._exit(0)  # The parent is gone; nothing that it was promised is still under way.


def greet_with_error(error):
    # A version that has not all that is imported here is told by its number.
    version = getattr(sys.modules.get("lancedb"), "__version__", None)
    failure = {"code": "missing_library", "detail": repr(error)[:2000]}
    text = json.dumps({"lancedb": version, "error": failure}).encode()
    os.write(0, HEADER.pack(len(text), 0, len(text)) + text)
    os._exit(1)


KEPT_SECONDS = float(sys.argv[2])
signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle.
sys.path.insert(0, sys.argv[1])
os.environ["OPENBLAS_NUM_THREADS"] = "1"
warnings.simplefilter("ignore")
try:
    import fcntl
    from datetime import timedelta

    import lancedb
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    from lancedb.index import Bitmap, BTree, HnswSq, IvfPq, IvfRq, LabelList
    from lancedb.query import ColumnOrdering
except Exception as error:
    greet_with_error(error)
asyncio.run(serve())
