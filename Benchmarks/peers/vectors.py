"""The best known vector searches of the Python world, on the benchmark's own data.

usage: vectors.py ENGINE FOLDER DIMENSION      ENGINE: faiss | lancedb | sqlite-vec
FOLDER holds vectors.f32 (unit vectors), queries.f32 and truth.i32 (the ids of the 10 nearest by a
float64 scan). An approximate engine is tuned to the fastest setting with recall@10 >= 0.99. One
process an engine, so that its peak memory is its own. The last line of the output is the answer.
"""

import asyncio
import json
import os
import pathlib
import resource
import sqlite3
import sys
import time

import numpy as np

TOP = 10
GOAL = 0.99


def read(folder, dimension):
    vectors = np.fromfile(folder / "vectors.f32", "<f4").reshape(-1, dimension)
    queries = np.fromfile(folder / "queries.f32", "<f4").reshape(-1, dimension)
    truth = np.fromfile(folder / "truth.i32", "<i4").reshape(-1, TOP)
    return vectors, queries, truth


def recall(found, truth):
    return float(np.mean([len(set(f) & set(t)) / TOP for f, t in zip(found, truth)]))


def summary(times, found, truth, setting):
    return {
        "setting": setting,
        "p50_ms": float(np.percentile(times, 50)) * 1000,
        "p95_ms": float(np.percentile(times, 95)) * 1000,
        "recall": recall(found, truth[: len(found)]),
    }


def measure(search, queries, truth, setting, seconds=20):
    """Each query once, the first few twice; no longer than some seconds."""
    for query in queries[:3]:
        search(query)
    times, found, end = [], [], time.perf_counter() + seconds
    for query in queries:
        start = time.perf_counter()
        ids = search(query)
        times.append(time.perf_counter() - start)
        found.append([int(i) for i in ids])
        if time.perf_counter() > end:
            break
    return summary(times, found, truth, setting)


def best(results):
    """The fastest that reaches the goal, else the one with the best recall."""
    good = [r for r in results if r["recall"] >= GOAL]
    return min(good, key=lambda r: r["p50_ms"]) if good else max(results, key=lambda r: r["recall"])


def faiss_hnsw(vectors, queries, truth, folder):
    import faiss

    start = time.perf_counter()
    index = faiss.IndexHNSWFlat(vectors.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
    index.add(vectors)
    built = time.perf_counter() - start
    faiss.omp_set_num_threads(1)  # one query is one thread's work; waking others only costs

    def search(query):
        return index.search(query[None], TOP)[1][0]

    results = []
    for breadth in (16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024):
        index.hnsw.efSearch = breadth
        results.append(measure(search, queries, truth, f"HNSW32 efSearch {breadth}"))
        if results[-1]["recall"] >= GOAL:
            break
    return best(results) | {"build_s": built}


def lancedb_ivf(vectors, queries, truth, folder):
    os.environ["LANCEDB_LOG"] = "error"
    import lancedb
    import pyarrow
    from lancedb.index import HnswSq, IvfRq

    async def search(table, query, probes, refine, breadth):
        request = table.query().nearest_to(query).distance_type("cosine")
        request = request.nprobes(probes).refine_factor(refine)
        if breadth:
            request = request.ef(breadth)
        rows = await request.limit(TOP).select(["id", "_distance"]).to_arrow()
        return rows["id"].to_numpy()

    async def answer(table, name, setting, count):
        probes, refine, breadth = setting
        times, found = [], []
        for number, query in enumerate(list(queries[:3]) + list(queries[:count])):
            start = time.perf_counter()
            ids = await search(table, query, probes, refine, breadth)
            if number >= 3:
                times.append(time.perf_counter() - start)
                found.append([int(i) for i in ids])
        words = f"{name} nprobes {probes} refine {refine}" + (f" ef {breadth}" if breadth else "")
        return summary(times, found, truth, words) | {"place": setting}

    async def tune(table, name, settings):
        """Finds the best setting with a quarter of the queries, and measures it with all."""
        tried = [await answer(table, name, setting, len(queries) // 4) for setting in settings]
        chosen = [best(tried)["place"]]
        # A setting that just reached the goal may miss it with all queries: then the next better.
        chosen += [t["place"] for t in sorted(tried, key=lambda t: t["p50_ms"]) if t["recall"] == 1]
        for setting in chosen:
            result = await answer(table, name, setting, len(queries))
            result.pop("place")
            if result["recall"] >= GOAL:
                break
        return result

    async def run():
        database = await lancedb.connect_async(str(folder / "lancedb"))
        column = pyarrow.FixedSizeListArray.from_arrays(
            pyarrow.array(vectors.reshape(-1)), vectors.shape[1]
        )
        ids = pyarrow.array(np.arange(len(vectors), dtype=np.int64))
        rows = pyarrow.table({"id": ids, "vector": column})
        table = await database.create_table("v", rows, mode="overwrite")
        partitions = max(16, int(len(vectors) ** 0.5))
        answers = []

        start = time.perf_counter()
        config = IvfRq(distance_type="cosine", num_partitions=partitions)
        await table.create_index("vector", config=config)
        built = time.perf_counter() - start
        settings = [(p, r, None) for p in (10, 20, 40) for r in (5, 10, 20)]
        answers.append(await tune(table, "IVF_RQ", settings) | {"build_s": built})

        if len(vectors) <= 100_000:
            start = time.perf_counter()
            config = HnswSq(distance_type="cosine", num_partitions=max(1, len(vectors) // 100_000))
            await table.create_index("vector", config=config, replace=True)
            built = time.perf_counter() - start
            settings = [(1, r, b) for r in (2, 5) for b in (50, 100, 200, 300)]
            answers.append(await tune(table, "IVF_HNSW_SQ", settings) | {"build_s": built})
        return best(answers)

    return asyncio.run(run())


def sqlite_vec_scan(vectors, queries, truth, folder):
    import sqlite_vec

    database = sqlite3.connect(folder / "vec.sqlite")
    database.enable_load_extension(True)
    sqlite_vec.load(database)
    start = time.perf_counter()
    database.execute(
        f"create virtual table v using vec0(e float[{vectors.shape[1]}] distance_metric=cosine)"
    )
    database.executemany(
        "insert into v(rowid, e) values (?, ?)",
        ((row, vector.tobytes()) for row, vector in enumerate(vectors)),
    )
    database.commit()
    built = time.perf_counter() - start

    def search(query):
        nearest = "select rowid from v where e match ? and k = ?"
        rows = database.execute(nearest, (query.tobytes(), TOP))
        return [row[0] for row in rows]

    return measure(search, queries, truth, "vec0, exact") | {"build_s": built}


def main(engine, folder, dimension):
    folder = pathlib.Path(folder)
    vectors, queries, truth = read(folder, int(dimension))
    engines = {"faiss": faiss_hnsw, "lancedb": lancedb_ivf, "sqlite-vec": sqlite_vec_scan}
    answer = engines[engine](vectors, queries, truth, folder)
    answer["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(answer))


main(*sys.argv[1:])
