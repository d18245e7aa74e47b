"""A backend's engine without Loci, on the table that Loci made, with the filter that Loci sets.

usage: direct.py BACKEND FOLDER SPACE DATA         BACKEND: sqlite-vec | lancedb
FOLDER holds the backend's files, SPACE is the key of the vectors' space, DATA a folder of float32
files: queries, vectors, and fresh ones to be written. Ids and distances of the nearest are read.
LanceDB is written to as well: rows that are ready in Arrow's layout are merged in as Loci merges
them, then flushed, as Loci flushes them, and taken out at the end; flush_ms is the flushing alone.
The last line of the output is the answer.
"""

import asyncio
import concurrent.futures
import contextlib
import hashlib
import json
import os
import pathlib
import sqlite3
import sys
import time

import numpy as np

DIMENSION = 384
LIMITS = {"ten": 10, "hundred": 100}
FILTER = "namespace = 'bench' AND status = 'active'"
SINGLES, BATCHES, BATCH, DELETIONS, LARGE = 30, 10, 100, 230, 10_000


async def measure_search(search, queries, limit):
    """The median of one round, in milliseconds; no longer than some seconds."""
    times = []
    for number, query in enumerate(list(queries[:3]) + list(queries)):
        start = time.perf_counter()
        found = await search(query, limit)
        if number >= 3:
            times.append(time.perf_counter() - start)
        assert len(found) == limit
        if sum(times) > 4:
            break
    return float(np.median(times)) * 1000


async def measure_writes(engine, data):
    """Medians as Loci's own task takes them: the same rows, in the same order."""
    fresh, vectors = read(data, "fresh"), read(data, "vectors")[:LARGE]
    answer = {}

    async def median(name, work, arguments):
        times = []
        for argument in arguments:
            start = time.perf_counter()
            await work(argument)
            times.append(time.perf_counter() - start)
        answer[name] = float(np.median(times)) * 1000

    def new(number):
        return f"new-{number}"

    singles, batches, changed = np.split(fresh, [SINGLES, SINGLES + BATCHES * BATCH])
    await median("insert_ms", engine.upsert,
                 [engine.rows([new(i)], singles[i:i + 1]) for i in range(SINGLES)])
    answer["flush_ms"] = float(np.median(engine.flushes[-SINGLES:])) * 1000
    starts = [SINGLES + BATCH * i for i in range(BATCHES)]
    await median("batch_100_ms", engine.upsert,
                 [engine.rows([new(start + i) for i in range(BATCH)],
                              fresh[start:start + BATCH]) for start in starts])
    await median("update_ms", engine.upsert,
                 [engine.rows([str(7 * i)], changed[i:i + 1]) for i in range(SINGLES)])
    await median("delete_ms", engine.delete, [[new(i)] for i in range(DELETIONS)])
    await engine.delete([new(i) for i in range(DELETIONS, SINGLES + BATCHES * BATCH)])
    async with engine.empty_table() as empty:
        rows = empty.rows([str(i) for i in range(len(vectors))], vectors)
        await median("batch_10000_ms", empty.upsert, [rows])
    return answer


def read(folder, name):
    return np.fromfile(folder / f"{name}.f32", "<f4").reshape(-1, DIMENSION)


class SQLiteVec:
    def __init__(self, folder, space):
        import sqlite_vec

        self.database = sqlite3.connect(folder / "sqlite-vec.sqlite")
        self.database.enable_load_extension(True)
        sqlite_vec.load(self.database)
        self.database.execute("PRAGMA cache_size = -32768")
        vec0 = "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE %vec0(%'"
        (table,) = self.database.execute(vec0).fetchone()
        self.nearest = f"""
            SELECT vector.id, near.distance FROM {table} AS near CROSS JOIN vector USING (number)
            WHERE near.components MATCH ? AND near.k = ?
            AND near.namespace = 'bench' AND near.status = 'active'"""

    async def search(self, query, limit):
        return self.database.execute(self.nearest, (query.tobytes(), limit)).fetchall()


class LanceDB:
    KEY = ["namespace", "id"]

    @classmethod
    async def opened(cls, folder, space):
        import lancedb
        from datetime import timedelta

        database = await lancedb.connect_async(
            str(folder), read_consistency_interval=timedelta(0)
        )
        engine = cls()
        await engine.use(database, folder, await database.open_table(space))
        return engine

    async def use(self, database, folder, table):
        self.database, self.folder, self.table = database, folder, table
        self.schema = await table.schema()
        self.indexed = any(index.columns == ["vector"] for index in await table.list_indices())
        self.flushes, self.flushed = [], set()
        self.flush()
        self.flushes = []

    async def search(self, query, limit):
        request = self.table.query().nearest_to(query).distance_type("cosine").where(FILTER)
        if self.indexed:
            request = request.minimum_nprobes(20).maximum_nprobes(0)
            request = request.refine_factor(max(5, -(-200 // limit)))
        rows = await request.limit(limit).select(["id", "_distance"]).to_arrow()
        return rows["id"].to_pylist()

    def rows(self, ids, vectors):
        import pyarrow as pa

        def repeated(value):
            return [value] * len(ids)

        columns = {
            "namespace": repeated("bench"), "id": ids,
            "content_hash": [hashlib.sha256(name.encode()).digest() for name in ids],
            "collection": repeated("default"), "status": repeated("active"),
            "category": [category(name) for name in ids],
            "created_at": repeated(1_700_000_000_000), "source_uri": repeated(None),
            "metadata": repeated("{}"), "terms": repeated([])}
        arrays = [
            pa.FixedSizeListArray.from_arrays(pa.array(vectors.reshape(-1)), DIMENSION)
            if field.name == "vector" else pa.array(columns[field.name], field.type)
            for field in self.schema]
        return pa.table(arrays, schema=self.schema)

    async def upsert(self, rows):
        merge = self.table.merge_insert(self.KEY).when_matched_update_all()
        await merge.when_not_matched_insert_all().execute(rows)
        self.flush()

    async def delete(self, ids):
        names = ", ".join(f"'{name}'" for name in ids)
        await self.table.delete(f"namespace = 'bench' AND id IN ({names})")
        self.flush()

    def flush(self):
        """What is new and the folders that name it, all at once."""
        start = time.perf_counter()
        tree = os.walk(self.folder)
        new = {os.path.join(parent, name) for parent, *names in tree for name in sum(names, [])}
        new -= self.flushed
        self.flushed |= new
        list(FLUSHERS.map(flush_file, new | {os.path.dirname(path) for path in new}))
        self.flushes.append(time.perf_counter() - start)

    @contextlib.asynccontextmanager
    async def empty_table(self):
        table = await self.database.create_table("direct", schema=self.schema, mode="overwrite")
        empty = LanceDB()
        await empty.use(self.database, self.folder, table)
        try:
            yield empty
        finally:
            await self.database.drop_table("direct")


def category(name):
    """As Loci's own task sets it: the filters of 50 % and of 1 % each ask for one."""
    if not name.isdecimal():
        return None
    return "fact" if int(name) % 2 else "preference" if int(name) % 100 == 0 else None


FLUSHERS = concurrent.futures.ThreadPoolExecutor(8)


def flush_file(path):
    file = os.open(path, os.O_RDONLY)
    os.fsync(file)
    os.close(file)


async def main(backend, folder, space, data):
    folder, data = pathlib.Path(folder), pathlib.Path(data)
    writes = backend == "lancedb"
    engine = await LanceDB.opened(folder, space) if writes else SQLiteVec(folder, space)
    answer = {
        f"{name}_p50_ms": await measure_search(engine.search, read(data, "queries"), limit)
        for name, limit in LIMITS.items()
    }
    if writes:
        answer |= await measure_writes(engine, data)
    print(json.dumps(answer))


asyncio.run(main(*sys.argv[1:]))
