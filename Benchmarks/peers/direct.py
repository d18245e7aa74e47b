"""A backend's engine without Loci, on the table that Loci made, with the filter that Loci sets.

usage: direct.py BACKEND FOLDER SPACE QUERIES      BACKEND: sqlite-vec | lancedb
FOLDER holds the backend's files, SPACE is the key of the vectors' space, QUERIES a file of float32.
Ids and distances of the nearest are read. The last line of the output is the answer.
"""

import asyncio
import json
import pathlib
import sqlite3
import sys
import time

import numpy as np

DIMENSION = 384
LIMITS = {"ten": 10, "hundred": 100}
FILTER = "namespace = 'bench' AND status = 'active'"


async def measure(search, queries, limit):
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


async def sqlite_vec(folder, space, queries):
    import sqlite_vec

    database = sqlite3.connect(folder / "sqlite-vec.sqlite")
    database.enable_load_extension(True)
    sqlite_vec.load(database)
    database.execute("PRAGMA cache_size = -32768")
    vec0 = "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE %vec0(%'"
    (table,) = database.execute(vec0).fetchone()
    nearest = f"""
        SELECT vector.id, near.distance FROM {table} AS near CROSS JOIN vector USING (number)
        WHERE near.components MATCH ? AND near.k = ?
        AND near.namespace = 'bench' AND near.status = 'active'"""

    async def search(query, limit):
        return database.execute(nearest, (query.tobytes(), limit)).fetchall()

    return search


async def lancedb(folder, space, queries):
    import lancedb
    from datetime import timedelta

    database = await lancedb.connect_async(
        str(folder), read_consistency_interval=timedelta(0)
    )
    table = await database.open_table(space)
    indexed = any(index.columns == ["vector"] for index in await table.list_indices())

    async def search(query, limit):
        request = table.query().nearest_to(query).distance_type("cosine").where(FILTER)
        if indexed:
            request = request.nprobes(20).refine_factor(max(5, -(-200 // limit)))
        rows = await request.limit(limit).select(["id", "_distance"]).to_arrow()
        return rows["id"].to_pylist()

    return search


async def main(backend, folder, space, queries):
    queries = np.fromfile(queries, "<f4").reshape(-1, DIMENSION)
    engine = {"sqlite-vec": sqlite_vec, "lancedb": lancedb}[backend]
    search = await engine(pathlib.Path(folder), space, queries)
    answer = {
        f"{name}_p50_ms": await measure(search, queries, limit) for name, limit in LIMITS.items()
    }
    print(json.dumps(answer))


asyncio.run(main(*sys.argv[1:]))
