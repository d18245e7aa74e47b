"""A backend's engine without Loci, on the tables that Loci made, with the filter that Loci sets.

usage: direct.py BACKEND FOLDER DATA      BACKEND: sqlite-vec
FOLDER holds the backend's files, DATA queries.f32. Ids and distances of the nearest are read. The
last line of the output is the answer.
"""

import json
import pathlib
import sqlite3
import sys
import time

import numpy as np

LIMITS = {"ten": 10, "hundred": 100}


def measure(search, queries):
    """The median of one round, in milliseconds; no longer than some seconds."""
    times = []
    for number, query in enumerate(list(queries[:3]) + list(queries)):
        start = time.perf_counter()
        search(query)
        if number >= 3:
            times.append(time.perf_counter() - start)
        if sum(times) > 4:
            break
    return float(np.median(times)) * 1000


def sqlite_vec(folder, queries):
    import sqlite_vec

    database = sqlite3.connect(folder / "sqlite-vec.sqlite")
    database.enable_load_extension(True)
    sqlite_vec.load(database)
    database.execute("PRAGMA cache_size = -32768")
    (table,) = database.execute("SELECT name FROM sqlite_schema WHERE sql LIKE '%USING vec0(%'").fetchone()
    statement = f"""
        SELECT vector.id, near.distance FROM {table} AS near CROSS JOIN vector USING (number)
        WHERE near.components MATCH ? AND near.k = ?
        AND near.namespace = 'bench' AND near.status = 'active'"""

    def search(limit):
        return lambda query: database.execute(statement, (query.tobytes(), limit)).fetchall()

    return {f"{name}_p50_ms": measure(search(limit), queries) for name, limit in LIMITS.items()}


def main(backend, folder, data):
    queries = np.fromfile(pathlib.Path(data) / "queries.f32", "<f4").reshape(-1, 384)
    engines = {"sqlite-vec": sqlite_vec}
    print(json.dumps(engines[backend](pathlib.Path(folder), queries)))


main(*sys.argv[1:])
