"""LanceDB's full-text search as a lexical leg, measured as `loci eval` measures Loci's own.

usage: lexical.py retrieval DIR [--loci COMMAND]
       lexical.py conversations DIR [--unit turn|session] [--loci COMMAND]
       lexical.py writing DIR [--copies N]
It is run by LanceDB's own Python: PYTHONPATH=ENGINE ENGINE/python3 lexical.py ..., where ENGINE is
~/.local/share/loci/engines/lancedb/0.40.0.

DIR is laid out as for `loci eval retrieval` (BEIR; writing reads it too) and `loci eval
conversations` (LoCoMo). The first two print a line of JSON for each setting of the index: quality
by words alone, the median latency of a query, and with --loci the quality of both legs, where
COMMAND embeds and the legs are fused as Loci fuses them. The third prints what a table of texts
costs to write; of N copies of the documents all but the first are random halves of their words.
"""

import argparse
import asyncio
import json
import math
import pathlib
import random
import subprocess
import tempfile
import time
from datetime import timedelta

import lancedb
import numpy as np
from lancedb.index import FTS, Bitmap
from lancedb.query import MatchQuery

SETTINGS = {  # LanceDB's documented switches, each beside the defaults.
    "defaults": {},
    "no stemming": {"stem": False},
    "stop words kept": {"remove_stop_words": False},
    "stop words kept, no stemming": {"remove_stop_words": False, "stem": False},
    "accents kept": {"ascii_folding": False},
    "case kept": {"lower_case": False},
    "ICU's words": {"base_tokenizer": "icu"},
}
FILTER = "namespace = 'bench' AND status = 'active'"
RRF_K = 60


class Collection:
    """Texts by id, and queries: each with its id, its text and the grades of what was judged."""

    def __init__(self, documents, queries):
        self.documents = documents
        self.queries = queries


# The data, as Loci reads it


def lines(path):
    return [json.loads(line) for line in path.read_text().split("\n") if line.strip()]


def beir_documents(folder):
    texts = {}
    for document in lines(folder / "corpus.jsonl"):
        title = document.get("title")
        texts[document["_id"]] = f"{title} {document['text']}" if title else document["text"]
    return {id: text for id, text in texts.items() if text.strip()}


def beir_queries(folder):
    own = folder / "queries.test.jsonl"
    grades = {}
    for row in (folder / "qrels" / "test.tsv").read_text().splitlines()[1:]:
        query, document, grade = row.split("\t")
        grades.setdefault(query, {})[document] = int(grade)
    queries = lines(own if own.exists() else folder / "queries.jsonl")
    return [(q["_id"], q["text"], grades[q["_id"]]) for q in queries if q["_id"] in grades]


def conversations(folder, unit):
    turns, sessions, questions = (
        lines(folder / f"{name}.jsonl") for name in ["turns", "sessions", "questions"]
    )
    for name in dict.fromkeys(turn["conv"] for turn in turns):
        own = [turn for turn in turns if turn["conv"] == name]
        texts = {turn["id"]: f'{turn["speaker"]} said, "{turn["text"]}"' for turn in own}
        units = {id: [id] for id in texts}
        if unit == "session":
            units = {
                f"session {s['session']}": s["turn_ids"] for s in sessions if s["conv"] == name
            }
        documents = {
            id: "\n".join(texts[turn] for turn in members if turn in texts)
            for id, members in units.items()
        }
        asked = [
            (q["id"], q["question"], {
                id: 1 for id, members in units.items() if set(members) & set(q["evidence"])
            })
            for q in questions if q["conv"] == name
        ]
        yield Collection(documents, asked)


# Metrics and fusion, as Loci computes them


def ndcg(ranking, grades, depth=10):
    def gain(values):
        return sum(value / math.log2(rank + 2) for rank, value in enumerate(values))

    best = gain(sorted((g for g in grades.values() if g > 0), reverse=True)[:depth])
    return gain([max(0, grades.get(id, 0)) for id in ranking[:depth]]) / best if best else 0


def recall(ranking, grades, depth, of_nothing):
    relevant = {id for id, grade in grades.items() if grade > 0}
    found = relevant & set(ranking[:depth])
    return len(found) / len(relevant) if relevant else of_nothing


def retrieval_figures(rankings):
    """BEIR: a document with the query's own id is no hit."""
    cleaned = [([id for id in ranking if id != query], g) for query, g, ranking in rankings]
    return {
        "ndcg_at_10": mean(ndcg(ranking, g) for ranking, g in cleaned),
        "recall_at_10": mean(recall(ranking, g, 10, 0) for ranking, g in cleaned),
        "recall_at_100": mean(recall(ranking, g, 100, 0) for ranking, g in cleaned),
    }


def conversation_figures(rankings):
    """LoCoMo: a question without known evidence counts as found."""
    return {
        f"recall_at_{depth}": mean(recall(ranking, g, depth, 1) for _, g, ranking in rankings)
        for depth in [5, 10, 25, 50]
    }


def mean(values):
    return round(float(np.mean(list(values))), 4)


def fused(legs):
    scores = {}
    for leg in legs:
        for rank, id in enumerate(leg, 1):
            scores[id] = scores.get(id, 0) + 1 / (RRF_K + rank)
    return sorted(scores, key=lambda id: (-scores[id], id))


def embedded(loci, texts, role):
    rows = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))
    command = [loci, "embed", "--quiet", "--role", role]
    output = subprocess.run(command, input=rows, capture_output=True, text=True, check=True).stdout
    return np.array([json.loads(row)["vector"] for row in output.splitlines()], np.float32)


def semantic_rankings(loci, collection, depth):
    """For each query the nearest documents by an exact scan, ties by id."""
    ids = np.array(sorted(collection.documents))
    passages = embedded(loci, [collection.documents[id] for id in ids], "passage")
    queries = embedded(loci, [text for _, text, _ in collection.queries], "query")
    orders = np.argsort(-(queries @ passages.T), axis=1, kind="stable")
    return [ids[order[:depth]].tolist() for order in orders]


# LanceDB


async def new_table(folder, documents):
    """A table of texts with the columns that a recall always filters by."""
    database = await lancedb.connect_async(folder, read_consistency_interval=timedelta(0))
    table = await database.create_table("texts", rows(documents), mode="overwrite")
    for name in ["namespace", "status"]:
        await table.create_index(name, config=Bitmap())
    return table


def rows(documents):
    return [
        {"namespace": "bench", "status": "active", "id": id, "text": text}
        for id, text in documents.items()
    ]


async def index(table, **switches):
    await table.create_index("text", config=FTS(**switches), replace=True)


async def search(table, text, limit):
    query = table.query().nearest_to_text(MatchQuery(text, "text")).where(FILTER)
    found = await query.limit(limit).select(["id", "_score"]).to_arrow()
    return found["id"].to_pylist()


async def timed(work):
    start = time.perf_counter()
    result = await work
    return (time.perf_counter() - start) * 1000, result


async def latencies(table, texts, limit):
    """Milliseconds a query, after a few that warm up."""
    for text in texts[:3]:
        await search(table, text, limit)
    return [(await timed(search(table, text, limit)))[0] for text in texts]


# The three measurements


async def measure_quality(collections, figures, depth, loci):
    """The depth of a leg in a hybrid recall is three times that of the answer."""
    collections = list(collections)
    legs = 3 * depth
    semantic = [semantic_rankings(loci, c, legs) for c in collections] if loci else []
    with tempfile.TemporaryDirectory() as folder:
        tables = [
            await new_table(f"{folder}/{number}", collection.documents)
            for number, collection in enumerate(collections)
        ]
        for name, switches in SETTINGS.items():
            lexical, hybrid, times = [], [], {10: [], 100: []}
            for number, (table, collection) in enumerate(zip(tables, collections)):
                await index(table, **switches)
                for place, (query, text, grades) in enumerate(collection.queries):
                    found = await search(table, text, legs)
                    lexical.append((query, grades, found[:depth]))
                    if loci:
                        both = fused([semantic[number][place], found])
                        hybrid.append((query, grades, both[:depth]))
                for limit in times:
                    texts = [text for _, text, _ in collection.queries]
                    times[limit] += await latencies(table, texts, limit)
            answer = {"setting": name, "lexical": figures(lexical)}
            if loci:
                answer["hybrid"] = figures(hybrid)
            for limit, values in times.items():
                answer[f"p50_ms_of_{limit}"] = round(float(np.median(values)), 2)
            print(json.dumps(answer), flush=True)


async def measure_writing(folder, copies):
    documents = copied(beir_documents(folder), copies)
    texts = [text for _, text, _ in beir_queries(folder)]
    with tempfile.TemporaryDirectory() as place:
        answer = {"rows": len(documents)}
        answer["add_ms"], table = await timed(new_table(place, documents))
        answer["table_bytes"] = size(place)
        answer["index_ms"], _ = await timed(index(table))
        answer["index_bytes"] = size(place) - answer["table_bytes"]
        await measure_speed(answer, "indexed", table, texts)
        await measure_commits(answer, table, texts, 64)
        answer["optimize_ms"], _ = await timed(table.optimize())
        await measure_speed(answer, "optimized", table, texts)
        await table.add(rows({f"batch {id}": text for id, text in list(documents.items())[:1000]}))
        await measure_speed(answer, "1000_in_one_commit", table, texts)
        print(json.dumps({k: round(v, 2) for k, v in answer.items()}))


async def measure_commits(answer, table, texts, count):
    """Rows written one by one; the index does not hold them yet, so a search scans them."""
    names = [f"zebra{number}" for number in range(count)]
    commits = [(await timed(table.add(rows({name: name}))))[0] for name in names]
    answer["add_one_ms"] = float(np.median(commits))
    answer["find_it_ms"], found = await timed(search(table, names[-1], 10))
    assert found == [names[-1]]
    await measure_speed(answer, f"{count}_commits", table, texts)


def copied(documents, copies):
    draw = random.Random(20260101)
    result = dict(documents)
    for copy in range(1, copies):
        for id, text in documents.items():
            words = text.split()
            result[f"{id}/{copy}"] = " ".join(draw.sample(words, len(words) // 2))
    return result


async def measure_speed(answer, name, table, texts):
    for limit in [10, 100]:
        times = await latencies(table, texts[:100], limit)
        answer[f"{name}_p50_ms_of_{limit}"] = float(np.median(times))


def size(place):
    return sum(file.stat().st_size for file in pathlib.Path(place).rglob("*") if file.is_file())


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("what", choices=["retrieval", "conversations", "writing"])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--unit", choices=["turn", "session"], default="turn")
    parser.add_argument("--loci")
    parser.add_argument("--copies", type=int, default=1)
    return parser.parse_args()


async def main(asked):
    if asked.what == "writing":
        return await measure_writing(asked.folder, asked.copies)
    if asked.what == "retrieval":
        collection = Collection(beir_documents(asked.folder), beir_queries(asked.folder))
        return await measure_quality([collection], retrieval_figures, 101, asked.loci)
    collections = conversations(asked.folder, asked.unit)
    await measure_quality(collections, conversation_figures, 50, asked.loci)


asyncio.run(main(arguments()))
