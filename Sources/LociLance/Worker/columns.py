"""What crosses the socket, and what LanceDB's errors mean.

The first of the three parts of Loci's LanceDB worker: columns.py, table.py and worker.py are joined
in this order and run as one program.
"""

import itertools
import json
import struct
import sys

NO_TEXT = "\x01"  # How a frame writes "no text"; Loci's escaping never makes it.
# What filters can see: name, kind, and what rows have that are older than the column.
ATTRIBUTES = [tuple(attribute) for attribute in json.loads(sys.argv[3])]
KINDS = {"embedded_at": "integer"} | {name: kind for name, kind, _ in ATTRIBUTES}
ENTRY = ["vector", "namespace", "id", "part", "content_hash", *KINDS, "metadata"]
NUMBERS = {"integer": "<i8", "real": "<f8"}


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
    ("busy", ["commit conflict", "conflicting", "incompatible transaction",
              "too many concurrent", "retryable"]),
    ("forbidden", ["accessdenied", "403 forbidden", "invalidaccesskeyid",
                   "signaturedoesnotmatch", "401 unauthorized"]),
    ("network", ["error sending request", "connection refused", "dns error", "timed out",
                 "generic s3 error", "nosuchbucket", "retryerror"]),
    ("corrupt", ["magic number", "corrupt", "decode", "sufficient data", "whole buffer",
                 "not found", "no such file", "unexpected end", "protobuf", "out of range",
                 "out of bounds", "too small"]),
]


# Columns, as they stand in frames. Pages and what a search finds are short: for a few rows, lists
# cost less than NumPy and Arrow do.


class Columns:
    """Reads the columns of a frame one after the other."""

    def __init__(self, data):
        self.data = data
        self.position = 0

    def take(self, size):
        start, self.position = self.position, self.position + size
        if self.position > len(self.data):
            raise Failure("store_engine", "A frame ends inside a column.")
        return self.data[start : self.position]

    def numbers(self, kind, count):
        """Numbers where they stand in the frame; a copy only where Arrow can't read them there."""
        numbers = np.frombuffer(self.take(count * np.dtype(kind).itemsize), kind)
        return numbers if numbers.flags.aligned else numbers.copy()

    def texts(self, count):
        offsets = self.take(4 * (count + 1))
        data = self.take(int.from_bytes(offsets[-4:], "little"))
        buffers = (pa.py_buffer(bytes(offsets)), pa.py_buffer(data))
        return pa.StringArray.from_buffers(count, *buffers)

    def optional_texts(self, count):
        texts = self.texts(count)
        return pc.if_else(pc.equal(texts, NO_TEXT), pa.scalar(None, pa.string()), texts)

    def attribute(self, kind, count):
        if kind == "text":
            return self.optional_texts(count)
        missing = self.numbers("u1", count) == 0
        return pa.array(self.numbers(NUMBERS[kind], count), mask=missing)

    def entries(self, count, table):
        vectors = pa.array(self.numbers("<f4", count * table.dimension))
        columns = {"vector": pa.FixedSizeListArray.from_arrays(vectors, table.dimension)}
        columns |= {name: self.texts(count) for name in ["namespace", "id"]}
        columns["part"] = pa.array(self.numbers("<i8", count))
        hashes = pa.py_buffer(self.take(32 * count))
        columns["content_hash"] = pa.Array.from_buffers(pa.binary(32), count, [None, hashes])
        columns |= {name: self.attribute(kind, count) for name, kind in KINDS.items()}
        columns["metadata"] = self.texts(count)
        ends = self.numbers("<i4", count + 1)
        columns["terms"] = pa.ListArray.from_arrays(pa.array(ends), self.texts(int(ends[-1])))
        arrays = [columns[name] for name in table.schema.names]
        return pa.table(arrays, schema=table.schema)


def packed_texts(texts):
    texts = [(NO_TEXT if text is None else text).encode() for text in texts]
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
        elif name == "part":
            parts.append(rows[name].to_numpy().astype("<i8").tobytes())
        elif name == "content_hash":
            parts.append(b"".join(rows[name].to_pylist()))
        elif KINDS.get(name) in NUMBERS:
            parts.append(bytes(rows[name].is_valid().to_pylist()))
            numbers = rows[name].fill_null(0).to_numpy()
            parts.append(numbers.astype(NUMBERS[KINDS[name]]).tobytes())
        else:
            parts.append(packed_texts(rows[name].to_pylist()))
    return b"".join(parts)


# Conditions that order metadata; LanceDB has no way to say them, so candidates are tested here.


def passes(metadata, conditions):
    stored = json.loads(metadata)
    return all(holds(stored.get(test["key"]), test) for test in conditions)


def holds(value, test):
    """A list stands for any of its elements, on both sides."""
    stored = value if isinstance(value, list) else [value]
    return any(compares(one, test["comparison"], wanted)
               for one in stored for wanted in test["values"])


def compares(value, comparison, wanted):
    kind = "bool" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"
    if value is None or kind != wanted["kind"]:
        return False
    read = {"string": str, "number": float, "bool": lambda text: text == "true"}[kind]
    other = read(wanted["value"])
    # Python orders text by code points, which is the order of UTF-8 bytes.
    return {"<": value < other, "<=": value <= other, ">": value > other,
            ">=": value >= other}[comparison]
