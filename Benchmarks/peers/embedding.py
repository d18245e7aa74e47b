"""ONNX Runtime as it is commonly used from Python: texts in the order given, batches of 32, each
padded to its longest text, mean pooling and normalising in NumPy; 2 threads.

usage: embedding.py MODEL_FOLDER TEXTS.json OUTPUT.f32
TEXTS.json: {"8": text, "128": text, "256": text, "mixed": [text]}; the vectors of "mixed" are
written to OUTPUT.f32 for the caller to compare. The last line of the output is the answer.
"""

import json
import os
import pathlib
import sys
import time

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnxruntime
import tokenizers

import bert_graph


def main(folder, texts_path, output_path):
    texts = json.loads(pathlib.Path(texts_path).read_text())
    graph = bert_graph.build(folder)
    loading = time.perf_counter()
    tokenizer = tokenizers.Tokenizer.from_file(str(pathlib.Path(folder) / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.enable_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def embed(batch):
        encodings = tokenizer.encode_batch(batch)
        ids = np.array([e.ids for e in encodings], np.int64)
        mask = np.array([e.attention_mask for e in encodings], np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = session.run(None, feed)[0]
        weights = mask[:, :, None].astype(np.float32)
        mean = (states * weights).sum(1) / weights.sum(1)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def median_ms(text, seconds):
        times, end = [], time.perf_counter() + seconds
        for _ in range(5):
            embed([text])
        while time.perf_counter() < end or len(times) < 10:
            start = time.perf_counter()
            embed([text])
            times.append(time.perf_counter() - start)
        return float(np.median(times)) * 1000

    embed(["hello"])
    load_ms = (time.perf_counter() - loading) * 1000
    answer = {f"latency_{size}_ms": median_ms(texts[size], 2) for size in ("8", "128", "256")}
    answer["load_ms"] = load_ms
    mixed = texts["mixed"]
    start = time.perf_counter()
    vectors = np.concatenate([embed(mixed[i : i + 32]) for i in range(0, len(mixed), 32)])
    answer["mixed_seconds"] = time.perf_counter() - start
    vectors.astype("<f4").tofile(output_path)
    print(json.dumps(answer))


main(*sys.argv[1:])
