"""The table of one space: reads, writes that take turns, and housekeeping."""

import asyncio
import concurrent.futures
import fcntl
import os
import random
import sys
import time
from datetime import timedelta

KEY = ["namespace", "id", "part"]
TREES = ["id", "created_at", "source_uri"]  # Columns with a scalar index, by its kind.
BITMAPS = ["namespace", "collection", "status", "category", "audience"]
TIE = 2e-6  # Distances this close may be equal: float32 sums of unit vectors are no better.
MARGIN = 4  # How many rows more than asked for are fetched, to see whether the cut is a tie.
CANDIDATES = 200  # The least that an ANN index hands to the exact distances.
PROBES = 20  # At least; where a filter leaves too few candidates there, more are looked into.
SCALAR_INDEX_ROWS = 5_000
VECTOR_INDEX_ROWS = 10_000
COMMITS_PER_TENDING = 64
ROWS_PER_TENDING = 20_000
WRITE_ATTEMPTS = 8
LOCK_SECONDS = 20
FLUSHERS = concurrent.futures.ThreadPoolExecutor(8)
HOUSEKEEPING = asyncio.Lock()  # One table's at a time, so that it holds one of LanceDB's threads.


class Table:
    """One space of one location. Writes take turns; reads never wait for them."""

    def __init__(self, table, schema, folder):
        self.table = table
        self.schema = schema
        self.dimension = schema.field("vector").type.list_size
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
            # Whole records, though fewer than asked for where some have several parts.
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
            distances = rows["_distance"].to_pylist()
            passing = self.passing(rows, conditions)
            if rows.num_rows < fetched:
                if exact or not await self.has_vector_index():
                    return self.scored(rows, distances, passing, vector)
                exact = True  # The index looked into some partitions only; look everywhere.
                continue
            if len(passing) >= limit and distances[-1] - distances[passing[limit - 1]] > TIE:
                return self.scored(rows, distances, passing, vector)
            if fetched >= await self.table.count_rows():
                return self.scored(rows, distances, passing, vector)
            fetched *= 4

    async def nearest(self, vector, where, conditions, limit, exact):
        query = self.table.query().nearest_to(vector).distance_type("cosine").where(where)
        names = ["id", "_distance"] + (["metadata"] if conditions else [])
        names += ["vector"] if exact else []
        query = query.select(names).limit(limit)
        if exact:
            query = query.bypass_vector_index()
        else:
            query = query.minimum_nprobes(PROBES).maximum_nprobes(0)
            query = query.refine_factor(max(5, -(-CANDIDATES // limit)))
        return await query.to_arrow()

    @staticmethod
    def passing(rows, conditions):
        if not conditions:
            return range(rows.num_rows)
        texts = rows["metadata"].to_pylist()
        return [row for row, text in enumerate(texts) if passes(text, conditions)]

    def scored(self, rows, distances, passing, vector):
        """Ids and cosines: those of an exact search summed anew in double precision, those of an
        index as it refined them, since fetching vectors again would cost more than the search."""
        if "vector" in rows.column_names:
            vectors = vectors_of(rows).reshape(-1, len(vector))
            cosines = (vectors.astype(np.float64) @ vector.astype(np.float64)).tolist()
        else:
            cosines = [1 - distance for distance in distances]
        ids, count = rows["id"].to_pylist(), len(passing)
        cosines = struct.pack(f"<{count}f", *(cosines[row] for row in passing))
        return count, packed_texts(ids[row] for row in passing) + cosines

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
        async with HOUSEKEEPING, self.turn:
            with await FolderLock.taken(self.folder):
                await self.index_scalars()
                await self.table.optimize(cleanup_older_than=timedelta(seconds=kept_seconds))
                await self.flush()

    async def scrub(self, kind):
        """Leaves nothing of deleted rows: fragments and indexes are written anew, since joining
        fragments keeps those of which little was deleted, and indexes keep what they knew."""
        async with self.turn:
            await self.write(lambda: self.table.update(updates_sql={"id": "id"}))
        for index in await self.table.list_indices():
            if index.columns == ["vector"]:
                await self.rebuild(kind)
            else:
                await self.index_scalar(index.columns[0])
        async with HOUSEKEEPING, self.turn:
            with await FolderLock.taken(self.folder):
                # What no version names is removed, too, where the lock keeps other writers away.
                await self.table.optimize(
                    cleanup_older_than=timedelta(0), delete_unverified=self.folder is not None)
                await self.flush()

    async def index_scalars(self):
        if await self.table.count_rows() < SCALAR_INDEX_ROWS:
            return
        known = {index.columns[0] for index in await self.table.list_indices()}
        for name in [*TREES, "terms", *BITMAPS]:
            if name not in known:
                await self.index_scalar(name)

    async def index_scalar(self, name):
        config = BTree() if name in TREES else LabelList() if name == "terms" else Bitmap()
        await self.table.create_index(name, config=config)

    async def rebuild(self, kind):
        """Builds the vector index where the table is large enough; below, a scan is as fast."""
        if await self.table.count_rows() >= VECTOR_INDEX_ROWS:
            config = {"ivf_rq": IvfRq, "ivf_hnsw_sq": HnswSq, "ivf_pq": IvfPq}[kind]
            await self.index_scalars()
            await self.table.create_index(
                "vector", config=config(distance_type="cosine"), replace=True)
            await self.flush()


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
    """Flushes what is new since the last time, and the folders that name it."""
    seen = {folder}
    for parent, folders, files in os.walk(folder):
        seen.update(os.path.join(parent, name) for name in folders + files)
    new = seen - flushed
    new |= {os.path.dirname(path) for path in new}
    # All at once: the file system then writes its journal once, not once for each of them.
    list(FLUSHERS.map(flush_file, new))
    flushed.clear()
    flushed |= seen


def flush_file(path):
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return  # Cleaned up meanwhile.
    try:
        os.fsync(file)
    finally:
        os.close(file)


def without_duplicates(rows):
    """The last row of each key: merging one key twice would insert it twice."""
    keys = zip(*(rows[name].to_pylist() for name in KEY))
    last = {key: row for row, key in enumerate(keys)}
    return rows if len(last) == rows.num_rows else rows.take(pa.array(sorted(last.values())))


def quoted(text):
    return "'" + text.replace("'", "''") + "'"
