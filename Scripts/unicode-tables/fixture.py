#!/usr/bin/env python3
"""Writes Tests/LociTokenizerTests/UnicodeFixture.swift: what the tokenizers library makes of every
code point, as digests, so that the tests need neither Python nor the library.

Usage: fixture.py TOKENIZER_JSON   (the one of all-MiniLM-L6-v2)
"""

import hashlib
import sys
from pathlib import Path

import tokenizers
from tokenizers import Tokenizer, normalizers, pre_tokenizers

BLOCK = 1024
# clean_text, handle_chinese_chars, strip_accents, lowercase
SETTINGS = [
    (True, True, None, True),
    (True, True, False, True),
    (True, True, None, False),
    (False, False, True, False),
]


def shapes(points):
    """Each code point alone, in a word, and among marks that NFD may reorder."""
    texts = []
    for c in points:
        if not 0xD800 <= c < 0xE000:
            s = chr(c)
            texts += [s, "a" + s + "b", "e" + s + "\u302e" + s + "\U0001d165" + s]
    return " ".join(texts)


def words_digest(text):
    digest = hashlib.sha256()
    for setting in SETTINGS:
        normalized = normalizers.BertNormalizer(*setting).normalize_str(text)
        for word, _ in pre_tokenizers.BertPreTokenizer().pre_tokenize_str(normalized):
            digest.update(word.encode() + b"\n")
    return digest.hexdigest()[:8]


def ids_digest(tokenizer, text):
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    return hashlib.sha256(b"".join(i.to_bytes(4, "little") for i in ids)).hexdigest()[:8]


def literal(comment, name, digests):
    rows = [" ".join(digests[i : i + 10]) for i in range(0, len(digests), 10)]
    body = " \\\n".join("    " + row for row in rows)
    return f'  /// {comment}\n  static let {name} = """\n{body}\n    """\n'


def main():
    tokenizer = Tokenizer.from_file(sys.argv[1])
    tokenizer.no_truncation()
    tokenizer.no_padding()
    blocks = [shapes(range(c, c + BLOCK)) for c in range(0, 0x110000, BLOCK)]
    planes = [shapes(range(c, c + 0x10000)) for c in range(0, 0x110000, 0x10000)]
    target = Path(__file__).parents[2] / "Tests/LociTokenizerTests/UnicodeFixture.swift"
    target.write_text(
        f"// Written by Scripts/unicode-tables/fixture.py from tokenizers {tokenizers.__version__}"
        " (PyPI). Do not edit.\n\n"
        "/// The first 8 hexadecimal digits of SHA-256 digests.\n"
        "enum UnicodeFixture {\n"
        + literal(
            f"Of the words of every {BLOCK} code points.",
            "words",
            [words_digest(b) for b in blocks],
        )
        + "\n"
        + literal(
            "Of the ids of every plane, with the vocabulary of all-MiniLM-L6-v2.",
            "ids",
            [ids_digest(tokenizer, p) for p in planes],
        )
        + "}\n"
    )


main()
