#!/usr/bin/env python3
"""Writes Sources/LociTokenizer/Unicode/UnicodeData.swift from what the tokenizers library does.

Each table is observed, not copied: every code point goes through the pinned library's own
normalizers, pre-tokenizer and added-token matching (pip install -r requirements.txt), and what
comes out is what Loci must do. Run it again when the pin moves; the fixture follows with
fixture.py.
"""

import unicodedata
from pathlib import Path

import tokenizers
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers

POINTS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
HANGUL = range(0xAC00, 0xD7A4)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
(REMOVED, SPACE, PUNCTUATION, MARK, COMBINING, STRIPPED, CASED, WORD) = (1 << i for i in range(8))


def bert(**on):
    names = ("clean_text", "handle_chinese_chars", "strip_accents", "lowercase")
    return normalizers.BertNormalizer(**{name: on.get(name, False) for name in names})


def moves(nfd, text):
    return nfd(text) != text


def combining_ranks():
    """Ranks canonical combining classes by which of two marks the library's NFD puts first."""
    nfd = normalizers.NFD().normalize_str
    combining = [
        c
        for c in POINTS
        if nfd(chr(c)) == chr(c)
        and (moves(nfd, "\u0345" + chr(c)) or moves(nfd, chr(c) + "\u0334"))
    ]
    known = {unicodedata.combining(chr(c)): c for c in combining if unicodedata.combining(chr(c))}
    ladder = [chr(known[k]) for k in sorted(known)]
    # The rank is how many rungs do not come strictly after the mark; rungs of its class stay put.
    return {c: sum(nfd(r + chr(c)) == r + chr(c) for r in ladder) for c in combining}


def observe():
    clean = bert(clean_text=True).normalize_str
    strip = bert(strip_accents=True).normalize_str
    nfd = normalizers.NFD().normalize_str
    lower = normalizers.Lowercase().normalize_str
    split = pre_tokenizers.BertPreTokenizer().pre_tokenize_str
    single = Tokenizer(models.WordLevel({"?": 0}, unk_token="?"))
    single.add_tokens([AddedToken("<x>", single_word=True, normalized=False)])
    ranks = combining_ranks()
    properties, stripped, lowered = {}, {}, {}
    for c in POINTS:
        s, bits = chr(c), 0
        cleaned = clean(s)
        assert cleaned in ("", " ", s)
        pieces = len(split("a" + s + "a"))
        if cleaned == "":
            bits |= REMOVED
        if pieces == 2:
            bits |= SPACE
        # One flag serves both: what the pre-tokenizer drops is what cleaning turns into a space,
        # unless cleaning has removed it.
        assert (cleaned == " ") == (pieces == 2 and cleaned != ""), hex(c)
        if pieces == 3:
            bits |= PUNCTUATION
        bare = strip(s)
        if bare == "":
            bits |= MARK
        elif bare != s and c not in HANGUL:
            bits |= STRIPPED
            stripped[c] = bare
        elif c in HANGUL:
            lead, rest = divmod(c - 0xAC00, 588)
            vowel, tail = divmod(rest, 28)
            jamo = chr(0x1100 + lead) + chr(0x1161 + vowel) + (chr(0x11A7 + tail) if tail else "")
            assert bare == jamo
        # Some marks decompose into two (U+0344); those sort like their parts.
        if all(ord(part) in ranks for part in nfd(s)):
            bits |= COMBINING
        if lower(s) != s:
            bits |= CASED
            lowered[c] = lower(s)
        if 1 not in single.encode(s + "<x>").ids:
            bits |= WORD
        properties[c] = bits
    return properties, stripped, lowered, ranks


def base36(number):
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text or "0"


def ranges(values, default=0):
    """(gap since the last start, value) where the value changes."""
    numbers, last, previous = [], 0, None
    for c in range(0x110000):
        value = values.get(c, default if not 0xD800 <= c < 0xE000 else previous)
        if value != previous:
            numbers += [c - last, value]
            last, previous = c, value
    return numbers


def mappings(table):
    """(gap since the last key, count, scalars...)"""
    numbers, last = [], 0
    for c in sorted(table):
        numbers += [c - last, len(table[c]), *map(ord, table[c])]
        last = c
    return numbers


def literal(name, comment, numbers):
    lines, line = [], "   "
    for number in numbers:
        word = " " + base36(number)
        if len(line) + len(word) > 98:
            lines.append(line + " \\")
            line = "   "
        line += word
    body = "\n".join(lines + [line])
    return f'  /// {comment}\n  static let {name} = """\n{body}\n    """\n'


def main():
    properties, stripped, lowered, ranks = observe()
    survivors = {c: rank for c, rank in ranks.items() if not properties[c] & MARK}
    target = Path(__file__).parents[2] / "Sources/LociTokenizer/Unicode/UnicodeData.swift"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        f"// Written by Scripts/unicode-tables/generate.py from tokenizers {tokenizers.__version__}"
        " (PyPI). Do not edit.\n\n"
        "/// Numbers in base 36; ``UnicodeTables`` says what they mean.\n"
        "enum UnicodeData {\n"
        + "\n".join(
            [
                literal("properties", "Where flags change: gap, flags.", ranges(properties)),
                literal("bases", "Without accents: gap, count, scalars.", mappings(stripped)),
                literal("lowercase", "In lower case: gap, count, scalars.", mappings(lowered)),
                literal(
                    "combiningRanks",
                    "The order of combining marks that stay: gap, rank.",
                    ranges(survivors),
                ),
            ]
        )
        + "}\n"
    )


main()
