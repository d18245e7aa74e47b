// Written by Scripts/unicode-tables/generate.py from tokenizers 0.22.2 (PyPI). Do not edit.

/// Numbers in base 36; ``UnicodeTables`` says what they mean.
enum UnicodeData {
  /// Where flags change: gap, flags.
  static let properties = """
    0 1 9 2 2 3 2 2 1 1 i 2 1 4 f 3k a 4 7 5c q 4 4 3o 1 4 1 3k q 4 4 1 6 3 1 1 q 2 1 4 1 0 5 4 1 \
    0 2 3k 1 4 1 0 1 1 1 0 7 3k 1 4 2 0 2 3k 1 4 1 0 3 4 1 68 6 5c 1 68 9 5c 1 68 6 0 1 5c 1 68 5 \
    5c 1 3k 1 4g 6 3k 1 4g 9 3k 1 4g 6 0 1 3k 1 4g 5 3k 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 \
    4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 5c 1 3k 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 \
    68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 5c 1 3k 1 68 1 4g 1 68 1 4g 1 68 1 \
    4g 1 68 1 4g 1 68 1 3k 1 5c 1 3k 1 68 1 4g 1 68 1 4g 1 3k 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 5c 1 \
    3k 1 5c 1 3k 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 3k 1 5c 1 3k 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 5c 1 \
    3k 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 \
    5c 1 3k 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 2 \
    4g 1 68 1 4g 1 68 1 4g 1 3k 2 5c 2 3k 1 5c 1 3k 1 5c 2 3k 1 5c 3 3k 2 5c 4 3k 1 5c 2 3k 1 5c 3 \
    3k 3 5c 2 3k 1 5c 1 68 1 4g 1 5c 1 3k 1 5c 1 3k 1 5c 2 3k 1 5c 1 3k 2 5c 1 3k 1 5c 1 68 1 4g 1 \
    5c 3 3k 1 5c 1 3k 1 5c 2 3k 3 5c 1 3k 7 5c 2 3k 1 5c 2 3k 1 5c 2 3k 1 68 1 4g 1 68 1 4g 1 68 1 \
    4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 3k 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 5c 1 \
    3k 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 2 5c 2 3k 1 68 1 4g 1 5c 2 68 1 4g 1 68 1 \
    4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 \
    68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 5c 1 3k 1 68 1 4g 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 \
    3k 6 5c 2 3k 1 5c 2 3k 2 5c 1 3k 1 5c 4 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 37 0 4 3k c \
    0 e 3k 5 0 7 3k 1 0 1 3k 1 0 h 48 27 3s 1 48 w 5c 1 3k 1 5c 1 3k 1 4g 1 0 1 5c 1 3k 1 0 2 3k 4 \
    10 1 5c 1 0 5 w 1 68 1 10 1 68 3 0 1 68 1 0 1 68 2 4g 1 5c h 0 1 5c 7 68 2 4g 5 3k p 4g 5 5c 1 \
    3k 3 4g 2 3k 3 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 \
    5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 5 5c 1 3k 1 0 1 5c 1 3k 1 5c 2 3k 2 5c 3 68 2 5c 1 68 1 \
    5c 3 68 1 5c 4 68 3 5c a 68 1 5c m 3k 9 4g 1 3k m 4g 2 3k 1 4g 1 3k 3 4g 1 3k 4 4g 3 3k 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 \
    5c 1 3k 1 68 1 4g 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 0 1 48 5 3k 2 5c 1 3k 1 \
    5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 \
    5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 68 1 4g 1 5c 1 3k 1 \
    5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 2 68 1 4g 1 68 1 4g 1 5c 1 3k 1 68 1 4g 1 5c 1 \
    3k 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 5c 1 3k 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 5c 1 3k 1 68 1 4g 1 \
    68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 5c 1 3k 1 68 1 4g 1 5c 1 3k 1 5c 1 3k 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 \
    5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 0 1 5c 12 0 2 3k 1 4 6 3k 15 4 2 0 6 48 \
    19 4 1 48 1 4 1 48 2 4 1 48 2 4 1 48 1 0 8 3k r 0 4 3k 4 4 2 0 b 1 6 0 3 4 2 0 1 4 2 0 2 48 b \
    4 1 1 1 0 1 4 2 3k 2 4g 5 3k 10 48 l 3k a 4 4 3k 2 48 1 3k 27 4g 1 3k 1 4g 1 3k g 4g 1 4 1 3k \
    1 48 7 1 1 0 1 48 6 3k 2 48 2 0 1 48 4 3k f 0 2 3k 1 4 e 0 1 1 1 3k 1 48 1 3k u 48 r 0 2 3k 2h \
    3s b 3k 1 0 e 3k 17 48 9 3k 2 0 1 4 3 3k 1 0 2 3k 1 0 2 3k m 48 4 3k 1 48 9 3k 1 48 3 3k 1 48 \
    5 0 2 4 f 0 1 3k p 48 3 0 2 4 1 0 1 3k b 0 5 3k o 0 1 3k 6 0 8 3k 1p 40 e 0 1 48 t 3s 3 3k 12 \
    4g 1 3k 7 4g 1 3k 2 4g 1 3k 5 3s 1 3k 1 48 1 3k 4 3s 8 3k 4 48 1 3k 3 48 4 3s 3 4g 8 3k 2 3s 2 \
    4 2 3k a 4 1 3k g 3s 1 3k 2 0 1 3k 8 0 2 3k 2 0 2 3k m 0 1 3k 7 0 1 3k 1 0 3 3k 4 0 2 48 1 3k \
    4 3s 4 0 2 3k 2 0 2 4g 2 48 1 3k 1 0 8 3k 1 0 4 4g 2 0 1 4g 1 3k 2 3s 2 0 2 3k c 0 a 3k 1 0 1 \
    3k 1 0 2 3s 2 3k 1 0 1 3k 6 0 4 3k 2 0 2 3k m 0 1 3k 7 0 1 3k 1 4g 1 0 1 3k 1 4g 1 0 1 3k 2 0 \
    2 48 1 0 1 3k 3 3s 2 0 4 3s 2 0 2 3s 2 48 1 0 3 3s 1 0 7 4g 3 3k 1 0 1 4g 1 0 7 3k a 3s 2 3k 3 \
    3s 1 0 b 3s 2 3k 1 0 1 3k 9 0 1 3k 3 0 1 3k m 0 1 3k 7 0 1 3k 2 0 1 3k 5 0 2 48 1 3k 4 3s 5 0 \
    1 3s 2 3k 1 0 1 3k 2 48 1 0 2 3k 1 0 f 3k 2 3s 2 0 2 3k a 4 1 0 8 3k 7 0 1 3s 1 3k 2 0 1 3k 8 \
    0 2 3k 2 0 2 3k m 0 1 3k 7 0 1 3k 2 0 1 3k 5 0 2 48 1 3k 2 3s 1 3k 1 3s 4 0 2 3k 1 4g 1 0 2 4g \
    2 48 1 0 7 3k 1 3s 1 3k 1 0 4 4g 2 0 1 3k 3 3s 2 0 2 3k a 0 1 3k 1 0 g 3s 1 3k 1 0 1 3k 6 0 3 \
    3k 3 0 1 3k 2 4g 1 3k 1 0 3 3k 2 0 1 3k 1 0 1 3k 2 0 3 3k 2 0 3 3k 3 0 3 3k c 0 4 3k 2 3s 1 3k \
    2 0 3 3k 3 0 1 4g 3 48 1 0 2 3k 1 0 6 3k 1 0 e 3k a 0 g 3s 1 3k c 0 1 3k 3 0 1 3k n 0 1 3k g 0 \
    2 3k 2 3s 3 3k 4 0 1 3s 3 0 1 3s 3 48 1 0 7 48 2 0 1 3k 3 0 2 3k 1 0 2 3k 2 3s 2 0 2 3k a 0 g \
    3k 1 3s 1 3k 2 0 1 3k 8 0 1 3k 3 0 1 3k n 0 1 3k a 0 1 3k 5 0 2 48 1 3k 2 3s 1 4g 1 3k 4 0 1 \
    3s 1 4g 2 0 1 4g 2 3s 1 48 1 0 7 3k 2 0 6 3k 2 0 1 3k 2 3s 2 0 2 3k a 0 1 3k 3 0 c 3k 1 3s 1 \
    3k b 0 1 3k 3 0 1 3k 1b 3s 4 0 1 3k 3 0 1 4g 3 48 1 3k 1 0 5 3k 4 0 7 3k 3 3s 2 0 2 3k a 0 a \
    3k 6 0 1 3k 3 0 1 3k i 0 3 3k o 0 1 3k 9 0 1 3k 1 0 2 3k 7 0 3 48 1 0 4 3k 3 3s 3 0 1 3s 1 0 1 \
    3k 2 4g 1 3k 1 4g 3 3k 1 0 6 3k a 0 2 3k 2 4 1 0 c 3k 1c 3s 1 3k 2 3s 4 48 3 0 5 3k 7 3s 1 48 \
    4 3s 3 4 1 3k a 4 2 0 11 3k 2 0 1 3k 1 0 1 3k 5 0 1 3k o 0 1 3k 1 0 1 3k a 3s 1 3k 2 3s 4 48 2 \
    3k 1 3s 2 3k 1 0 2 3k 5 0 1 3k 1 0 1 48 4 3s 2 3k 1 0 1 3k a 0 2 3k 4 0 w 3k 1 0 3 4 f 0 1 4 1 \
    0 3 48 2 0 6 3k a 0 b 48 1 0 1 48 1 0 1 48 1 4 4 3k 5 4g 1 3k 4 0 1 3k 4 4g 1 3k 4 4g 1 3k 4 \
    4g 1 3k 4 4g 1 3k c 4g 1 3k 3 0 4 48 5 3s 4 48 4 3s 1 3k 1 48 5 4 1 48 2 3k 5 3s b 0 1 3s 10 0 \
    9 48 1 0 9 4 5 0 4 4 2 0 11 3k 12 4g 1 3k 6 3s 4 3k 1 3s 5 48 1 3k 1 48 2 3k 2 3s 2 3k b 4 6 \
    3k 8 3s 2 3k 4 3s 3 3k g 3s 4 3k d 3s 1 3k 2 3s 2 3k 6 48 1 3k f 3s 1 0 2 5c 12 0 1 5c 1 0 5 \
    5c 1 0 2 3k 17 4 1 3k 99 0 1 3k 4 0 2 3k 7 0 1 3k 1 0 1 3k 4 0 2 3k 15 0 1 3k 4 0 2 3k x 0 1 \
    3k 4 0 2 3k 7 0 1 3k 1 0 1 3k 4 0 2 3k f 0 1 3k 1l 0 1 3k 4 0 2 3k 1v 0 2 48 3 4 9 0 n 3k g 0 \
    g 5c 2e 0 2 3k 6 0 2 4 1 3k h8 4 2 3k h 2 1 3k q 4 2 0 3 3k 23 4 3 3k b 0 7 3k i 3s 2 48 1 3k \
    1 0 9 3k j 3s 2 48 1 4 2 0 9 3k i 3s 2 0 c 3k d 0 1 3k 3 0 1 3s 2 0 c 3k 1g 3s 2 3k 1 3s 7 3k \
    8 3s 1 3k 2 3s 9 48 1 3s 1 4 3 3k 1 4 3 0 1 3k 1 48 1 0 2 3k a 0 m 4 b 3s 3 1 1 3k b 0 6 3k 2h \
    0 7 3k 15 48 1 3k 1 0 5 3k 1y 0 a 3k v 0 1 3s 3 3k 4 3s 2 3k 3 0 4 3k 2 3s 1 3k 6 48 3 0 8 4 2 \
    3k 14 0 2 3k 5 0 b 3k 18 0 4 3k q 0 6 3k a 0 12 3k n 48 2 3k 2 3s 1 0 2 4 2 3k 1i 3s 1 3k 1 3s \
    7 0 1 48 1 3k 1 3s 1 3k 2 3s 8 3k 6 3s 2 48 8 0 2 48 1 3k a 0 6 3k a 0 6 4 7 3k 1 4 6 0 2 48 e \
    3k h 0 1d 3s 4 3k 2 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 3 4g 1 3k x 48 1 3k 1 3s 5 \
    4g 1 3s 1 4g 1 3k 2 4g 2 3s 1 4g 1 40 1 3k 8 0 3 3k a 4 7 0 a 48 9 0 c 3s 2 3k w 3s 4 3k 2 3s \
    2 40 1 48 1 3s 2 3k 1k 48 1 3k 1 3s 2 3k 3 3s 1 3k 1 3s 3 40 2 0 8 4 4 3k 18 3s 8 3k 2 3s 1 48 \
    1 0 3 4 5 3k a 0 3 3k 1d 4 2 3k 9 5c 1 3k 1 0 5 5c 17 0 2 5c 3 4 8 0 8 48 3 4 1 48 d 3k 1 48 7 \
    3k 4 48 1 3k 6 48 1 3k 3 48 2 3k 1 0 5 3k 5c 48 1i 3k 5 40 1 48 4 68 1 4g 1 68 1 4g 1 68 1 4g \
    1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 \
    1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g \
    1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 \
    1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g \
    1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 \
    1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g \
    1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 \
    1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 5 3k 1 4g 1 3k 2 5c 1 3k 1 68 1 4g 1 68 \
    1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g \
    1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 \
    1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g \
    1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 \
    1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 68 1 4g 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 4g 8 68 \
    8 4g 6 0 2 68 6 0 2 4g 8 68 8 4g 8 68 8 4g 6 0 2 68 6 0 2 4g 8 0 1 68 1 0 1 68 1 0 1 68 1 0 1 \
    68 1 4g 8 68 8 4g e 0 2 4g 8 68 8 4g 8 68 8 4g 8 68 8 4g 5 0 1 4g 2 68 5 0 1 4g 1 0 2 w 1 4g 3 \
    0 1 4g 2 68 5 w 3 4g 4 0 2 4g 2 68 4 0 1 w 3 4g 8 68 5 w 3 0 2 4g 3 0 1 4g 2 68 5 w 1 0 2 y 2 \
    2 9 1 1 3l 2 1 2 4 o 2 2 1 5 2 1 4 f 3o 2 4 3 0 1 4 d 0 1 4 1 3o 1 4 a 2 1 1 5 0 1 1 a 0 1 3k \
    1 0 b 4 2 3k 1 0 d 4 2 0 1 3k d 0 1f 48 d 3k 4 48 1 3k 3 48 c 0 h 3k 1 0 4 3k 1 0 2 3k a 0 1 \
    3k 1 0 3 3k 5 0 6 3k 1 0 1 68 1 0 1 3k 1 0 1 68 2 3k 2 0 1 3k 3 5c 1 3k 7 0 2 3k 4 0 5 3k 5 0 \
    4 3k 1 0 h 5c g 3k j 5c 1 3k 5 0 h w 2 0 i w 1 0 u w 3 0 1g w 1 0 4 w 1 0 2 w 1 0 n w 1 0 1 w \
    1 0 q w 1 0 2 w 1 0 2 w 1 0 1 w 1 0 m w 1 0 1 w 1 0 a w 5 0 2 w 2 0 2 w 2 0 6 w 2 0 2 w 2 0 2 \
    w 2 0 y w 4 0 1c w 4 0 6 w 4 0 q 4 4 0 t 10 2 0 az 5c q 3k q 0 hq 4 e 0 27 4 2 0 v 4 a 0 b7 4 \
    m 0 1r 4 4 0 w 4 2 0 66 w 1 0 83 5c 1c 3k 1c 5c 1 3k 1 5c 3 3k 2 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 \
    5c 4 3k 1 5c 1 3k 2 5c 1 3k 8 5c 3 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 \
    5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 \
    5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 2 0 6 5c 1 3k 1 5c 1 3k 1 48 3 5c 1 3k 1 \
    0 5 4 4 0 1 4 2 3k 12 0 1 3k 1 0 5 3k 1 0 2 3k 1k 0 7 3k 1 4 1 0 e 48 1 3k n 0 9 3k 7 0 1 3k 7 \
    0 1 3k 7 0 1 3k 7 0 1 3k 7 0 1 3k 7 0 1 3k 7 0 1 3k 7 0 1 48 w 4 1b 3k 1 4 j 0 cd 2 1 4 3 0 1 \
    3k 3 4 a 0 2 4 c 0 1 3k 9 48 4 40 2 4 1 3k 5 0 2 3k 5 4 1 0 3 3k b 4g 1 3k 1 4g 1 3k 1 4g 1 3k \
    1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 2 4g \
    1 3k 1 4g 1 3k 1 4g 1 3k 6 4g 2 3k 1 4g 2 3k 1 4g 2 3k 1 4g 2 3k 1 4g 2 3k m 4g 1 3k 2 0 2 48 \
    2 0 2 3k 1 4g 1 3k 1 4 1 3k b 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 \
    3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 1 4g 1 3k 2 4g 1 3k 1 4g 1 3k 1 4g 1 3k 6 4g 2 3k 1 \
    4g 2 3k 1 4g 2 3k 1 4g 2 3k 1 4g 2 3k m 4g 1 3k 2 4g 4 4 1 3k 2 4g 1 3k 1 0 5 3k 17 0 1 3k 2m \
    0 h 3k w 0 1c 3k g 0 e8 3k 534 0 1s 3k h3h 0 1v 3k 1a 4 2 3k 7h 4 3 3k s 0 k 5c 1 3k 1 5c 1 3k \
    1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c \
    1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k \
    1 5c 1 3k 1 5c 1 3k 2 48 1 3k 3 4 1 48 a 4 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 3 \
    48 2 3k 28 48 2 4 6 0 v 3k 9 0 2 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 \
    5c 1 3k 3 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 \
    5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k a 5c 1 3k 1 5c 1 3k 1 5c 2 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 \
    5c 1 3k 2 0 2 5c 1 3k 1 5c 1 3k 2 5c 1 3k 1 5c 1 3k 3 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 \
    5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 5 3k 1 5c 5 3k 1 5c 1 3k 1 5c 1 \
    3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 4 3k 1 5c 1 3k 1 5c 2 3k 1 1s 1 0 1 \
    5c 1 3k 1 1s 1 3k 1 1s 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 3k 1 5c 1 0 l 3k 3 5c 1 3k c 3s 1 3k 3 \
    48 1 3k 4 3s 1 3k p 3s 2 3k 1 0 4 3k 1 0 j 3k 1g 4 4 0 8 3k 1w 48 1 3k 1 0 8 4 2 3k a 0 6 48 i \
    3k 6 4 3 3k 1 4 1 3k 15 3s 5 48 3 4 2 3k n 3s b 3k 1 40 1 0 b 4 1 3k t 0 3 3s 3 3k 1c 48 1 3k \
    2 3s 4 3k 2 3s 1 3k 3 40 1 4 d 0 1 3k b 0 4 4 2 3k 5 3s 1 3k p 0 1 3k 15 3s 6 3k 2 3s 2 3k 2 \
    3s 2 0 9 3k 3 3s 1 3k 8 3s 1 3k 1 0 2 3k a 0 2 4 4 3k n 0 3 3k 2 3s 1 3k 1f 48 1 3k 1 48 3 3k \
    2 48 2 3k 5 48 2 3k 1 48 1 3k 1 0 o 3k 3 4 2 3k c 3s 2 3k 2 4 2 3k 4 48 1 0 a 3k 6 0 2 3k 6 0 \
    2 3k 6 0 9 3k 7 0 1 3k 7 0 1 3k 17 0 1 3k e 0 6 3k 39 3s 1 3k 2 3s 1 3k 2 4 1 3k 1 48 1 0 2 3k \
    a 0 6 3k 8mc 0 c 3k n 0 4 3k 1d 0 1l0 1 4xs 4g 7i 3k 2 4g 1 3k 1 4g 1 3k 2 4g a 3k 1 4g 1 3k 1 \
    4g 1 3k 2 4g 2 3k 3 4g 1w 0 2 4g 2y 0 12 3k 7 0 c 3k 5 0 5 4g 1 48 1 4g 1 3k 9 0 1 4g d 0 1 4g \
    5 0 1 4g 1 0 1 4g 2 0 1 4g 2 0 1 4g 9 3k 2r 0 x 3k a3 4 2 0 g 3k 1s 0 2 3k 1i 0 14 3k c 0 4 3s \
    g 4 a 0 6 48 g 4 3 3o 2 4 o 3o 3 4 3 0 1 4 e 0 1 4 1 0 4 4 1 0 1 4 2 0 4 3k 5 0 1 3k 3r 0 2 1 \
    1 0 1 4 3 0 1 4 6 0 1 4 4 3k a 4 2 0 3 4 2 5c q 4 3 0 1 3o 1 0 1 3k q 4 1 0 1 4 1 0 1 4 7 3k \
    2h 0 3 3k 6 0 2 3k 6 0 2 3k 6 0 2 3k 3 0 s 1 3 0 1 1 1 0 2 3k c 0 1 3k q 0 1 3k j 0 1 3k 2 0 1 \
    3k f 0 2 3k e 0 y 3k 3f 0 5 4 3 0 1p 3k 1h 0 3s 48 1 0 3m 3k t 0 3 3k 1d 0 f 48 1 0 v 3k w 0 d \
    3k u 0 5 3k 12 48 5 0 5 3k u 0 1 4 1 3k 10 0 4 3k 8 4 1 3k 5 0 16 5c 14 3k 3a 0 2 3k a 0 6 5c \
    10 0 4 3k 10 0 4 3k 14 0 8 3k 1g 0 b 4 1 5c b 0 1 5c f 0 1 5c 7 0 1 5c 2 0 1 3k b 0 1 3k f 0 1 \
    3k 7 0 1 3k 2 0 3 3k 1g 0 c 3k 8n 0 9 3k m 0 a 3k 8 0 o 3k 6 0 1 3k 16 0 1 3k 9 0 1x 3k 6 0 2 \
    3k 1 0 1 3k 18 0 1 3k 2 0 3 3k 1 0 2 3k n 0 1 4 1 0 8 3k n 0 9 3k v 0 1t 3k j 0 1 3k 2 0 a 3k \
    m 0 9 4 1 3k q 0 5 4 1 0 1s 3k 1k 0 6 3k 2 0 1s 3k 1 3s 3 0 1 3s 2 0 5 3s 1 48 1 3s 1 48 1 3k \
    4 0 1 3k 3 0 1 3k t 0 2 48 3 0 4 48 1 0 g 4 9 0 7 3k t 0 2 4 1 3k t 0 z 3k 8 0 1 3k s 48 2 0 9 \
    4 7 0 9 3k 1i 0 3 4 7 3k m 0 a 3k j 0 d 3k i 0 7 4 4 0 2r 3k 21 0 1j 5c 1f 0 d 3k 1f 0 d 3k 14 \
    0 8 3k a 0 6 3k g 5c m 0 3 3k 5 0 1 3k n 0 6y 3k 16 0 1 3k 2 0 3 3k 2 0 g 3k 3 0 1j 3k x 0 a \
    3k 1 0 8 3k x 0 v 3k m 0 16 3k l 0 r 3k n 0 9 3k 1 3s 1 3k 1i 3s e 48 1 4 7 0 o 3k g 0 9 48 1 \
    3s 2 3k o 4g 1 3k 1 4g 1 3k e 4g 1 3k 7 3s 4 3k 2 48 2 4 2 1 1 4 4 3k 1 0 d 3k p 0 7 3k a 0 6 \
    48 3 3k 10 3s 5 3k 1 3s 6 48 2 0 1 3k a 4 4 3k 4 0 8 3k z 48 1 4 2 3k 1 0 9 3s 2 3k 1g 3s 9 3k \
    1 40 1 3k 4 4 4 3o 1 48 1 3s 2 4 1 3k d 4 1 3k 1 4 3 0 w 3k i 0 1 3k s 3s 3 3k 2 3s 1 40 1 48 \
    1 3s 1 4 6 3k 4 0 1q 3k 7 0 1 3k 1 0 1 3k 4 0 1 3k f 0 1 3k a 4 1 0 6 3k 1b 3s 1 3k 3 3s 6 48 \
    2 0 5 3k a 0 6 3s 2 3k 2 0 1 3k 8 0 2 3k 2 0 2 3k m 0 1 3k 7 0 1 3k 2 0 1 3k 5 0 1 3k 1 48 1 \
    3k 3 3s 1 3k 4 0 2 3k 2 0 2 4g 2 40 1 0 2 3k 1 0 6 3k 1 0 5 3k 7 0 2 48 7 0 3 48 5 0 b 3k a 0 \
    1 3k 1 0 2 3k 1 0 1 3k 12 0 1 3k a 0 1 3k 1 0 2 3k 1 0 1 3k 4 0 1 3k 8 0 d 3k 2 0 t 3k 1u 40 1 \
    3k 3 40 1 3k 4 0 5 3k a 0 4 3k 4 0 u 3k 1f 3s 6 3k 1 3s 1 4g 2 3k 1 4g 1 3s 2 3k 1 48 2 3k 2 4 \
    1 3k 1 0 8 3k a 0 4m 3k 1e 3s 4 0 2 3k 2 4g 2 3s 2 3k 1 48 2 4 n 3k 4 3s 2 0 y 3k 1f 3s 8 3k 2 \
    3s 1 3k 1 48 1 3s 1 4 3 3k 1 0 b 3k a 0 12 3k 17 3s 1 3k 1 3s 1 3k 2 3s 6 40 1 48 1 3k 1 0 7 \
    3k a 0 6 3k k 0 s 3k r 0 2 3s 3 3k 2 3s 4 3k 1 3s 4 48 1 0 4 3k a 0 2 4 3 0 1 3k 7 0 55 3k 1n \
    0 2t 5c w 3k 16 0 l 3k 8 0 2 3k 1 0 2 3k 8 0 1 3k 2 0 1 3k u 0 1 3k 2 0 2 3k 9 0 c 3k a 0 1y \
    3k 8 0 2 3k 1a 0 2 3k 8 0 1 3k 2 0 r 3k 1r 0 8 3k 1 0 8 3k 22 0 3 3k 1 0 i 3k 21 0 5j 3k x 0 f \
    3k a 0 6 3k 9 0 1 3k 19 0 1 3k 7 40 1 3k 1 0 f 3k a 0 o 3k u 0 2 3k m 0 1 3k e 0 21 3k 7 0 1 \
    3k 2 0 1 3k 18 0 3 3k 1 0 1 3k 2 0 1 3k 9 0 8 3k a 0 6 3k 6 0 1 3k 2 0 1 3k 11 0 1 3k 2 0 1 3k \
    6 0 7 3k a 0 8m 3k n 0 9 3k h 0 1 3k 15 0 3 3k 5 0 d 3k b 0 2d 3k 1 0 27 3k pm 0 2u 3k 33 0 1 \
    4 5 0 b 3k 5g 0 218 3k 2p 0 f 3k ts 0 g 3k m 0 a 3k 32z 0 5 3k g7 0 5a1 3k 1m 0 1c6 3k ft 0 7 \
    3k v 0 1 3k a 0 4 4 2 3k 27 0 1 3k a 0 6 3k u 0 2 48 5 4 1 0 a 3k 1c 48 7 4 5 0 4 3k 4 4 1 0 b \
    3k a 0 9 3k l 0 5 3k j 0 c0 3k 19 0 3 3k a 0 5i 5c w 3k w 0 w 1s p 0 1z 3k 23 0 4 3k 1l 0 7 3s \
    4 3k d 0 1s 3k 2 0 1 3k 2 0 b 3k 2 0 e 3k 4qg 0 8 3k ye 0 15 3k a 0 6w7 3k 4 0 1 3k 7 0 1 3k 2 \
    0 1 3k 83 0 f 3k 1 0 t 3k 3 0 2 3k 1 0 e 3k 4 0 8 3k b0 0 1s4 3k 2z 0 5 3k d 0 3 3k 9 0 7 3k a \
    0 3 3s 1 48 1 4 1 1 4 0 37w 3k a 0 ee 3k 1a 0 2 3k n 0 ev w 7 40 2 48 3 0 3 40 6 1 8 48 8 0 2 \
    48 7 0 u 48 4 0 d w 6 0 3l 48 3 0 cb 3k 2d 0 1 3k 1z 0 1 3k 2 0 2 3k 1 0 2 3k 2 0 2 3k 4 0 1 \
    3k c 0 1 3k 1 0 1 3k 7 0 1 3k 1t 0 1 3k 4 0 2 3k 8 0 1 3k 7 0 1 3k s 0 1 3k 4 0 1 3k 5 0 1 3k \
    1 0 3 3k 7 0 1 3k 9g 0 2 3k p 0 1 3k p 0 1 3k v 0 1 3k p 0 1 3k v 0 1 3k p 0 1 3k v 0 1 3k p 0 \
    1 3k v 0 1 3k p 0 1 3k 8 0 2 3k 1e 0 e8 3s 1j 0 4 3s 1e 0 8 3s 1 0 e 3s 1 0 2 4 5 0 f 3s 5 0 1 \
    3s f 0 uo 3k v 0 6 3k 6 0 5x 40 7 0 1 40 h 0 2 40 7 0 1 40 2 0 1 40 5 0 5 3k 1q 0 x 3k 1 0 34 \
    3k 19 0 3 3k e 0 2 3k a 0 4 3k 1 0 8x 3k v 0 h 3k 1m 0 d2 3k 16 0 5y 3k 17 0 dh 3k 7 0 1 3k 4 \
    0 1 3k 2 0 1 3k f 0 1 3k 5h 0 b 48 7 0 15 5c y 3k y 40 7 3k 1 0 4 3k a 0 x2 3k 4 0 1 3k r 0 1 \
    3k 2 0 1 3k 1 0 2 3k 1 0 1 3k a 0 1 3k 4 0 1 3k 1 0 1 3k 1 0 6 3k 1 0 4 3k 1 0 1 3k 1 0 1 3k 1 \
    0 1 3k 3 0 1 3k 2 0 1 3k 1 0 2 3k 1 0 1 3k 1 0 1 3k 1 0 1 3k 1 0 1 3k 1 0 1 3k 2 0 1 3k 1 0 2 \
    3k 4 0 1 3k 7 0 1 3k 4 0 1 3k 4 0 1 3k 1 0 1 3k a 0 1 3k h 0 5 3k 3 0 1 3k 5 0 1 3k h 0 hg 3k \
    q 0 6 3k q 0 6 3k q 0 21y 3k a 0 sm 3k wyo 0 w 3k 37e 0 6 3k 66 0 2 3k 4g2 0 e 3k 5rl 0 f 3k \
    ha 0 1wi 4g f2 0 15u 3k 3t7 0 5 3k 38g 0 f975 1 1 0 u 1 2o 0 3k 3s 6o 0 1e6o 1 1eke 0 2 1 1eke \
    0
    """

  /// Without accents: gap, count, scalars.
  static let bases = """
    5c 1 1t 1 1 1t 1 1 1t 1 1 1t 1 1 1t 1 1 1t 2 1 1v 1 1 1x 1 1 1x 1 1 1x 1 1 1x 1 1 21 1 1 21 1 \
    1 21 1 1 21 2 1 26 1 1 27 1 1 27 1 1 27 1 1 27 1 1 27 3 1 2d 1 1 2d 1 1 2d 1 1 2d 1 1 2h 3 1 \
    2p 1 1 2p 1 1 2p 1 1 2p 1 1 2p 1 1 2p 2 1 2r 1 1 2t 1 1 2t 1 1 2t 1 1 2t 1 1 2x 1 1 2x 1 1 2x \
    1 1 2x 2 1 32 1 1 33 1 1 33 1 1 33 1 1 33 1 1 33 3 1 39 1 1 39 1 1 39 1 1 39 1 1 3d 2 1 3d 1 1 \
    1t 1 1 2p 1 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 1v 1 1 2r 1 1 1v 1 1 2r 1 1 1v 1 1 2r 1 1 1v 1 1 2r \
    1 1 1w 1 1 2s 3 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1z 1 1 \
    2v 1 1 1z 1 1 2v 1 1 1z 1 1 2v 1 1 1z 1 1 2v 1 1 20 1 1 2w 3 1 21 1 1 2x 1 1 21 1 1 2x 1 1 21 \
    1 1 2x 1 1 21 1 1 2x 1 1 21 4 1 22 1 1 2y 1 1 23 1 1 2z 2 1 24 1 1 30 1 1 24 1 1 30 1 1 24 1 1 \
    30 5 1 26 1 1 32 1 1 26 1 1 32 1 1 26 1 1 32 4 1 27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 33 3 1 2a \
    1 1 36 1 1 2a 1 1 36 1 1 2a 1 1 36 1 1 2b 1 1 37 1 1 2b 1 1 37 1 1 2b 1 1 37 1 1 2b 1 1 37 1 1 \
    2c 1 1 38 1 1 2c 1 1 38 3 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2d 1 1 39 \
    1 1 2d 1 1 39 1 1 2f 1 1 3b 1 1 2h 1 1 3d 1 1 2h 1 1 2i 1 1 3e 1 1 2i 1 1 3e 1 1 2i 1 1 3e y 1 \
    27 1 1 33 e 1 2d 1 1 39 t 1 1t 1 1 2p 1 1 21 1 1 2x 1 1 27 1 1 33 1 1 2d 1 1 39 1 1 2d 1 1 39 \
    1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2d 1 1 39 2 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 5i 1 1 6e 3 1 1z 1 1 \
    2v 1 1 23 1 1 2z 1 1 27 1 1 33 1 1 27 1 1 33 1 1 c7 1 1 ia 1 1 2y 4 1 1z 1 1 2v 3 1 26 1 1 32 \
    1 1 1t 1 1 2p 1 1 5i 1 1 6e 1 1 60 1 1 6w 1 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 1x 1 1 2t 1 1 1x 1 1 \
    2t 1 1 21 1 1 2x 1 1 21 1 1 2x 1 1 27 1 1 33 1 1 27 1 1 33 1 1 2a 1 1 36 1 1 2a 1 1 36 1 1 2d \
    1 1 39 1 1 2d 1 1 39 1 1 2b 1 1 37 1 1 2c 1 1 38 3 1 20 1 1 2w 7 1 1t 1 1 2p 1 1 1x 1 1 2t 1 1 \
    27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 33 1 1 2h 1 1 3d 8x 1 jd a 1 1n 7 1 4o 1 1 pd \
    1 1 53 1 1 ph 1 1 pj 1 1 pl 2 1 pr 2 1 px 1 1 q1 1 1 qh q 1 pl 1 1 px 1 1 q9 1 1 qd 1 1 qf 1 1 \
    qh 1 1 qt q 1 qh 1 1 qt 1 1 qn 1 1 qt 1 1 qx 5 1 r6 1 1 r6 18 1 t1 1 1 t1 2 1 sz 4 1 sm 5 1 t6 \
    1 1 t4 1 1 tf b 1 t4 w 1 u0 n 1 tx 1 1 tx 2 1 tv 4 1 uu 5 1 u2 1 1 u0 1 1 ub o 1 vo 1 1 vp 22 \
    1 t2 1 1 ty e 1 sw 1 1 ts 1 1 sw 1 1 ts 3 1 t1 1 1 tx 3 1 yg 1 1 yh 1 1 t2 1 1 ty 1 1 t3 1 1 \
    tz 3 1 t4 1 1 u0 1 1 t4 1 1 u0 1 1 ta 1 1 u6 3 1 yw 1 1 yx 1 1 tp 1 1 ul 1 1 tf 1 1 ub 1 1 tf \
    1 1 ub 1 1 tf 1 1 ub 1 1 tj 1 1 uf 3 1 tn 1 1 uj 89 1 17r 1 1 17r 1 1 18o 1 1 17r 1 1 18q 4a 1 \
    1cl 2 1 1c1 h 1 1ci gm 1 1t4 8 1 1tc 3 1 1tf 10 1 1sl 1 1 1sm 1 1 1sn 1 1 1ss 1 1 1sx 1 1 1sy \
    1 1 1t7 1 1 1tb 30 2 1xj 1xa 1 2 1xj 1xz g 1 1wh 1 1 1wi 2 1 1wv 2c 1 20i 3 1 20o z 1 1zq 1 1 \
    1zr 1 1 1zw 3 1 20b 6i 1 287 3 2 287 27y 1 2 287 28n g 1 275 1 1 276 1j 2 2aa 2c7 1i 2 2bq 2bi \
    1 2 2br 2bi 1 2 2bq 2c7 6s 1 2j9 7 1 2j9 1 1 2ja 2 1 2iq 1 2 2iq 2j9 3j 2 2me 2m6 1 2 2mf 2m6 \
    1 2 2me 2mv 3y 1 2qh 2 2 2qh 2q7 1 2 2qh 2q7 1 2 2qh 2qn 9x 1 30i a 1 30s 5 1 30x 5 1 312 5 1 \
    317 d 1 30g 59 1 36t 25c 2 5c5 5dh 2 2 5c7 5dh 2 2 5c9 5dh 2 2 5cb 5dh 2 2 5cd 5dh 4 2 5ch 5dh \
    15 1 5dh 2 1 5dh 3 2 5dq 5dh 1 2 5dr 5dh 2 1 5dh jh 1 1t 1 1 2p 1 1 1u 1 1 2q 1 1 1u 1 1 2q 1 \
    1 1u 1 1 2q 1 1 1v 1 1 2r 1 1 1w 1 1 2s 1 1 1w 1 1 2s 1 1 1w 1 1 2s 1 1 1w 1 1 2s 1 1 1w 1 1 \
    2s 1 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1y 1 1 2u 1 1 1z \
    1 1 2v 1 1 20 1 1 2w 1 1 20 1 1 2w 1 1 20 1 1 2w 1 1 20 1 1 2w 1 1 20 1 1 2w 1 1 21 1 1 2x 1 1 \
    21 1 1 2x 1 1 23 1 1 2z 1 1 23 1 1 2z 1 1 23 1 1 2z 1 1 24 1 1 30 1 1 24 1 1 30 1 1 24 1 1 30 \
    1 1 24 1 1 30 1 1 25 1 1 31 1 1 25 1 1 31 1 1 25 1 1 31 1 1 26 1 1 32 1 1 26 1 1 32 1 1 26 1 1 \
    32 1 1 26 1 1 32 1 1 27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 33 1 1 28 1 1 34 1 1 28 \
    1 1 34 1 1 2a 1 1 36 1 1 2a 1 1 36 1 1 2a 1 1 36 1 1 2a 1 1 36 1 1 2b 1 1 37 1 1 2b 1 1 37 1 1 \
    2b 1 1 37 1 1 2b 1 1 37 1 1 2b 1 1 37 1 1 2c 1 1 38 1 1 2c 1 1 38 1 1 2c 1 1 38 1 1 2c 1 1 38 \
    1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2e 1 1 3a 1 1 2e 1 1 \
    3a 1 1 2f 1 1 3b 1 1 2f 1 1 3b 1 1 2f 1 1 3b 1 1 2f 1 1 3b 1 1 2f 1 1 3b 1 1 2g 1 1 3c 1 1 2g \
    1 1 3c 1 1 2h 1 1 3d 1 1 2i 1 1 3e 1 1 2i 1 1 3e 1 1 2i 1 1 3e 1 1 2w 1 1 38 1 1 3b 1 1 3d 2 1 \
    an 5 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 1t \
    1 1 2p 1 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 1t 1 1 2p 1 1 1x 1 1 2t 1 1 \
    1x 1 1 2t 1 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1x 1 1 2t 1 1 1x 1 1 2t \
    1 1 21 1 1 2x 1 1 21 1 1 2x 1 1 27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 \
    33 1 1 27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 33 1 1 27 1 1 33 1 1 27 \
    1 1 33 1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 2d 1 1 39 1 1 \
    2d 1 1 39 1 1 2h 1 1 3d 1 1 2h 1 1 3d 1 1 2h 1 1 3d 1 1 2h 1 1 3d 7 1 q9 1 1 q9 1 1 q9 1 1 q9 \
    1 1 q9 1 1 q9 1 1 q9 1 1 q9 1 1 pd 1 1 pd 1 1 pd 1 1 pd 1 1 pd 1 1 pd 1 1 pd 1 1 pd 1 1 qd 1 1 \
    qd 1 1 qd 1 1 qd 1 1 qd 1 1 qd 3 1 ph 1 1 ph 1 1 ph 1 1 ph 1 1 ph 1 1 ph 3 1 qf 1 1 qf 1 1 qf \
    1 1 qf 1 1 qf 1 1 qf 1 1 qf 1 1 qf 1 1 pj 1 1 pj 1 1 pj 1 1 pj 1 1 pj 1 1 pj 1 1 pj 1 1 pj 1 1 \
    qh 1 1 qh 1 1 qh 1 1 qh 1 1 qh 1 1 qh 1 1 qh 1 1 qh 1 1 pl 1 1 pl 1 1 pl 1 1 pl 1 1 pl 1 1 pl \
    1 1 pl 1 1 pl 1 1 qn 1 1 qn 1 1 qn 1 1 qn 1 1 qn 1 1 qn 3 1 pr 1 1 pr 1 1 pr 1 1 pr 1 1 pr 1 1 \
    pr 3 1 qt 1 1 qt 1 1 qt 1 1 qt 1 1 qt 1 1 qt 1 1 qt 1 1 qt 2 1 px 2 1 px 2 1 px 2 1 px 1 1 qx \
    1 1 qx 1 1 qx 1 1 qx 1 1 qx 1 1 qx 1 1 qx 1 1 qx 1 1 q1 1 1 q1 1 1 q1 1 1 q1 1 1 q1 1 1 q1 1 1 \
    q1 1 1 q1 1 1 q9 1 1 q9 1 1 qd 1 1 qd 1 1 qf 1 1 qf 1 1 qh 1 1 qh 1 1 qn 1 1 qn 1 1 qt 1 1 qt \
    1 1 qx 1 1 qx 3 1 q9 1 1 q9 1 1 q9 1 1 q9 1 1 q9 1 1 q9 1 1 q9 1 1 q9 1 1 pd 1 1 pd 1 1 pd 1 1 \
    pd 1 1 pd 1 1 pd 1 1 pd 1 1 pd 1 1 qf 1 1 qf 1 1 qf 1 1 qf 1 1 qf 1 1 qf 1 1 qf 1 1 qf 1 1 pj \
    1 1 pj 1 1 pj 1 1 pj 1 1 pj 1 1 pj 1 1 pj 1 1 pj 1 1 qx 1 1 qx 1 1 qx 1 1 qx 1 1 qx 1 1 qx 1 1 \
    qx 1 1 qx 1 1 q1 1 1 q1 1 1 q1 1 1 q1 1 1 q1 1 1 q1 1 1 q1 1 1 q1 1 1 q9 1 1 q9 1 1 q9 1 1 q9 \
    1 1 q9 2 1 q9 1 1 q9 1 1 pd 1 1 pd 1 1 pd 1 1 pd 1 1 pd 2 1 qh 3 1 4o 1 1 qf 1 1 qf 1 1 qf 2 1 \
    qf 1 1 qf 1 1 ph 1 1 ph 1 1 pj 1 1 pj 1 1 pj 1 1 69r 1 1 69r 1 1 69r 1 1 qh 1 1 qh 1 1 qh 1 1 \
    qh 3 1 qh 1 1 qh 1 1 pl 1 1 pl 1 1 pl 1 1 pl 2 1 6bi 1 1 6bi 1 1 6bi 1 1 qt 1 1 qt 1 1 qt 1 1 \
    qt 1 1 qp 1 1 qp 1 1 qt 1 1 qt 1 1 px 1 1 px 1 1 px 1 1 px 1 1 pt 1 1 4o 1 1 4o 1 1 2o 3 1 qx \
    1 1 qx 1 1 qx 2 1 qx 1 1 qx 1 1 pr 1 1 pr 1 1 q1 1 1 q1 1 1 q1 1 1 50 3 1 6bm 1 1 6bn 85 1 q1 \
    4 1 23 1 1 1t 33 1 6mo 1 1 6mq j 1 6ms v 1 6og 1 1 6ok 1 1 6oi 1h 1 6pv 5 1 6q0 3 1 6q3 o 1 \
    6qr 2 1 6qt r 1 6rg 3 1 6rn 3 1 6rp 2 1 6rs n 1 1p 2 1 6sh b 1 6rx 1 1 1o 1 1 1q 1 1 6sk 1 1 \
    6sl 3 1 6sy 1 1 6sz 3 1 6t2 1 1 6t3 7 1 6t6 1 1 6t7 3 1 6te 1 1 6tf 3 1 6ti 1 1 6tj z 1 6ua 1 \
    1 6ug 1 1 6uh 1 1 6uj 1d 1 6t8 1 1 6t9 1 1 6tt 1 1 6tu 7 1 6uq 1 1 6ur 1 1 6us 1 1 6ut 1o 1 \
    9hk 1 1 9hl 1iq 1 8gt 12o 1 9jf 2 1 9jh 2 1 9jj 2 1 9jl 2 1 9jn 2 1 9jp 2 1 9jr 2 1 9jt 2 1 \
    9jv 2 1 9jx 2 1 9jz 2 1 9k1 3 1 9k4 2 1 9k6 2 1 9k8 7 1 9kf 1 1 9kf 2 1 9ki 1 1 9ki 2 1 9kl 1 \
    1 9kl 2 1 9ko 1 1 9ko 2 1 9kr 1 1 9kr n 1 9ja a 1 9lp e 1 9m3 2 1 9m5 2 1 9m7 2 1 9m9 2 1 9mb \
    2 1 9md 2 1 9mf 2 1 9mh 2 1 9mj 2 1 9ml 2 1 9mn 2 1 9mp 3 1 9ms 2 1 9mu 2 1 9mw 7 1 9n3 1 1 \
    9n3 2 1 9n6 1 1 9n6 2 1 9n9 1 1 9n9 2 1 9nc 1 1 9nc 2 1 9nf 1 1 9nf n 1 9ly 3 1 9nz 1 1 9o0 1 \
    1 9o1 1 1 9o2 4 1 9od 13ia 1 rpk 1 1 kc4 1 1 s7e 1 1 rt4 1 1 lw1 1 1 fg2 1 1 gkl 1 1 vj0 1 1 \
    vj0 1 1 hn5 1 1 ssx 1 1 gw7 1 1 hmw 1 1 jcm 1 1 ne1 1 1 p6t 1 1 qin 1 1 qt6 1 1 r20 1 1 sjz 1 \
    1 kxu 1 1 ljv 1 1 mah 1 1 mvy 1 1 q4d 1 1 sq2 1 1 uep 1 1 fia 1 1 ghh 1 1 l50 1 1 mjf 1 1 qi5 \
    1 1 v8e 1 1 ifk 1 1 m3v 1 1 qfh 1 1 r50 1 1 jih 1 1 pnc 1 1 qvz 1 1 iq2 1 1 kd3 1 1 lm2 1 1 \
    mpo 1 1 slq 1 1 fpi 1 1 g53 1 1 gda 1 1 jwk 1 1 l3n 1 1 mj4 1 1 nhj 1 1 pa9 1 1 qh2 1 1 qjg 1 \
    1 s1b 1 1 tv6 1 1 upb 1 1 v7e 1 1 nt8 1 1 nzz 1 1 otc 1 1 q15 1 1 t1g 1 1 vb3 1 1 rfa 1 1 hjz \
    1 1 iro 1 1 okg 1 1 pdq 1 1 mle 1 1 nuy 1 1 rsy 1 1 ttj 1 1 hjs 1 1 i8y 1 1 kyb 1 1 lp6 1 1 \
    lxr 1 1 oq7 1 1 oxj 1 1 tor 1 1 gcy 1 1 pe3 1 1 g64 1 1 g5o 1 1 o4c 1 1 ou6 1 1 q29 1 1 tpx 1 \
    1 rk0 1 1 jin 1 1 kxu 1 1 rge 1 1 fg9 1 1 i5j 1 1 iz6 1 1 mtj 1 1 n74 1 1 gev 1 1 nwb 1 1 fr3 \
    1 1 iw9 1 1 ff1 1 1 lho 1 1 k1k 1 1 opu 1 1 gjn 1 1 hge 1 1 ni9 1 1 q4p 1 1 re2 1 1 la2 1 1 \
    sds 1 1 lfs 1 1 jjy 1 1 put 1 1 jog 1 1 n6t 1 1 fji 1 1 g2x 1 1 g5l 1 1 kn5 1 1 oo7 1 1 prj 1 \
    1 rf6 1 1 ssv 1 1 gdx 1 1 gn6 1 1 ho3 1 1 ir0 1 1 k3p 1 1 m4e 1 1 nxm 1 1 tkd 1 1 ui2 1 1 vbr \
    1 1 vda 1 1 gbf 1 1 kau 1 1 l87 1 1 sbm 1 1 ino 1 1 j9s 1 1 jcw 1 1 jve 1 1 lyb 1 1 mdl 1 1 \
    n0p 1 1 o22 1 1 ovo 1 1 pdb 1 1 s9y 1 1 q9a 1 1 sgz 1 1 t3e 1 1 g7r 1 1 gbn 1 1 gql 1 1 ma0 1 \
    1 r0i 1 1 re2 1 1 iq1 1 1 iyd 1 1 jnf 1 1 l9q 1 1 oji 1 1 mt1 1 1 fl0 1 1 h6h 1 1 i5j 1 1 iii \
    1 1 izg 1 1 muq 1 1 mzt 1 1 p7e 1 1 pc6 1 1 svo 1 1 tti 1 1 tvs 1 1 u1k 1 1 fpn 1 1 o1a 1 1 \
    ss4 1 1 trs 1 1 j4x 1 1 fie 1 1 fyy 1 1 i5q 1 1 i7z 1 1 k2h 1 1 kxu 1 1 mha 1 1 ncy 1 1 q9o 1 \
    1 sjg 1 1 vil 1 1 k94 1 1 tny 1 1 gax 1 1 kfv 1 1 kj7 1 1 lkx 1 1 luk 1 1 mx5 1 1 n6h 1 1 nsb \
    1 1 opc 1 1 u3i 1 1 g31 1 1 je6 1 1 tq0 1 1 fu3 1 1 ie1 1 1 lpm 1 1 sa2 1 1 ivf 1 1 j7o 1 1 \
    kk7 1 1 mtj 1 1 tqe 1 1 g89 1 1 glr 1 1 i91 1 1 k5v 1 1 kem 1 1 ko8 1 1 lid 1 1 mx2 1 1 naa 1 \
    1 p6h 1 1 r0v 1 1 r1d 1 1 sss 1 1 tsy 1 1 gfz 1 1 lve 1 1 gm5 1 1 mhc 1 1 n14 1 1 qgq 1 1 tr7 \
    1 1 uvr 1 1 vbz 1 1 kgn 1 1 lor 1 1 pns 1 1 o97 1 1 obk 1 1 olu 1 1 mo0 1 1 m8p 1 1 riw 1 1 \
    fk0 1 1 px2 1 1 g8q 1 1 g7b 1 1 ip2 1 1 jir 1 1 onq 1 1 i2t 1 1 ljy 1 1 kac 1 1 saj 1 1 qx8 1 \
    1 tot 1 1 r63 1 1 iqb 1 1 g1s 1 1 gxs 3 1 hga 2 1 k8k 3 1 g66 1 1 mqy 1 1 ngq 1 1 ny4 1 1 nz2 \
    1 1 nz9 1 1 o0f 1 1 tw6 1 1 on2 1 1 p8d 2 1 qhe 2 1 rg8 3 1 shk 1 1 sn1 4 1 u7j 1 1 u7w 1 1 \
    u94 1 1 v5g 1 1 sm6 1 1 trr 1 1 fqm 1 1 fzb 1 1 g25 1 1 gcp 1 1 gdg 1 1 ggh 1 1 gwt 1 1 gzq 1 \
    1 h2g 1 1 hfk 1 1 hig 1 1 i90 1 1 i9a 1 1 j2s 1 1 j8o 1 1 j9q 1 1 jci 1 1 k0f 1 1 k4i 1 1 k9d \
    1 1 kn9 1 1 lmf 1 1 lqy 1 1 lya 1 1 mem 1 1 mjv 1 1 mxu 1 1 ntd 1 1 ny6 1 1 nyh 1 1 nyg 1 1 \
    nyo 1 1 nyu 1 1 nz1 1 1 o0d 1 1 o0e 1 1 o5c 1 1 o75 1 1 og0 1 1 ovo 1 1 ow9 1 1 oxt 1 1 p6a 1 \
    1 pad 1 1 pnx 1 1 prt 1 1 prt 1 1 q53 1 1 r2o 1 1 r6e 1 1 rgh 1 1 ri1 1 1 rtf 1 1 ruw 1 1 sdy \
    1 1 shk 1 1 tsz 1 1 u0v 1 1 u2j 1 1 j1x 1 1 36cu 1 1 pp4 3 1 ffq 1 1 g51 1 1 g2w 1 1 fpc 1 1 \
    g1x 1 1 g3k 1 1 gcn 1 1 ge2 1 1 gwt 1 1 gut 1 1 gwp 1 1 gyq 1 1 hga 1 1 hir 1 1 hms 1 1 hn8 1 \
    1 huq 1 1 i08 1 1 iqa 1 1 iqh 1 1 iuh 1 1 iwd 1 1 j4o 1 1 j7y 1 1 j60 1 1 j9q 1 1 j8g 1 1 jci \
    1 1 jec 1 1 jpg 1 1 jrw 1 1 jte 1 1 k0m 1 1 k8k 1 1 kd3 1 1 kd7 1 1 keu 1 1 l89 1 1 la2 1 1 \
    lkx 1 1 lwb 1 1 lvv 1 1 lya 1 1 m5a 1 1 mem 1 1 nmv 1 1 mk5 1 1 mnj 1 1 mqy 1 1 n01 1 1 n46 1 \
    1 n5n 1 1 nbx 1 1 nbz 1 1 ngq 1 1 nh7 1 1 nhw 1 1 nka 1 1 nk0 1 1 nv0 1 1 o8h 1 1 og0 1 1 ol7 \
    1 1 orf 1 1 ovo 1 1 p4u 1 1 pad 1 1 pxu 1 1 q27 1 1 qrd 1 1 r41 1 1 r5y 1 1 r6e 1 1 ren 1 1 \
    rg8 1 1 rez 1 1 rgh 1 1 rge 1 1 rfx 1 1 ri1 1 1 rka 1 1 ruw 1 1 sag 1 1 sj6 1 1 srd 1 1 sxi 1 \
    1 tq4 1 1 tsz 1 1 tw6 1 1 tzv 1 1 u0v 1 1 u17 1 1 u2j 1 1 umq 1 1 vj0 1 1 313e 1 1 3138 1 1 \
    33dh 1 1 brx 1 1 cns 1 1 cop 1 1 39e1 1 1 3bgw 1 1 3i6r 1 1 vgj 1 1 vim 1w 1 15l 2 1 16a b 1 \
    161 1 1 161 1 1 161 1 1 161 1 1 15c 1 1 15c 1 1 15c 1 1 15d 1 1 15e 1 1 15f 1 1 15g 1 1 15h 1 \
    1 15i 2 1 15k 1 1 15l 1 1 15m 1 1 15n 1 1 15o 2 1 15q 2 1 15s 1 1 15t 2 1 15v 1 1 15w 2 1 15y \
    1 1 15z 1 1 160 1 1 161 1 1 162 1 1 15h 1 1 15d 1 1 15n 1 1 15w 47g 1 1huh 2 1 1huj f 1 1hut \
    io 2 1idj 1ida 1 2 1idj 1idz a7 1 1int 1 2 1int 1ink 2 2 1int 1inx 70 2 1iuw 1iun 1 2 1iux \
    1iun 112b 2 2jx3 2jxh 1 2 2jx4 2jxh 1 3 2jx4 2jxh 2jxq 1 3 2jx4 2jxh 2jxr 1 3 2jx4 2jxh 2jxs 1 \
    3 2jx4 2jxh 2jxt 1 3 2jx4 2jxh 2jxu 2f 2 2jzt 2jxh 1 2 2jzu 2jxh 1 3 2jzt 2jxh 2jxq 1 3 2jzu \
    2jxh 2jxq 1 3 2jzt 2jxh 2jxr 1 3 2jzu 2jxh 2jxr 1m4g 1 fgd 1 1 fg8 1 1 fgh 1 1 2tcy 1 1 fog 1 \
    1 fqm 1 1 fqz 1 1 fsy 1 1 fwa 1 1 fx5 1 1 fzb 1 1 fyn 1 1 ae6 1 1 2ud6 1 1 g25 1 1 g2c 1 1 g2s \
    1 1 g3b 1 1 2u58 1 1 aex 1 1 g2v 1 1 g3x 1 1 2u6j 1 1 g47 1 1 g4k 1 1 fkc 1 1 g4s 1 1 g51 1 1 \
    3ly7 1 1 g6t 1 1 g77 1 1 afz 1 1 g8r 1 1 g92 1 1 gaa 1 1 gaf 1 1 ahh 1 1 gcn 1 1 gcp 1 1 gdg 1 \
    1 ge2 1 1 ged 1 1 gee 1 1 gev 1 1 gg9 1 1 ggh 1 1 ggq 1 1 ghf 1 1 ghp 1 1 ghr 1 1 ghr 1 1 ghr \
    1 1 2v58 1 1 m7k 1 1 gju 1 1 gkf 1 1 2vdv 1 1 gkr 1 1 gkx 1 1 gli 1 1 gpq 1 1 gmw 1 1 gnc 1 1 \
    go8 1 1 gpu 1 1 gs6 1 1 gsw 1 1 gur 1 1 gv7 1 1 gw4 1 1 gw4 1 1 gwp 1 1 gx7 1 1 gxf 1 1 gxu 1 \
    1 h7a 1 1 gzq 1 1 h7b 1 1 h1t 1 1 h2s 1 1 g7b 1 1 hke 1 1 hce 1 1 hdg 1 1 he5 1 1 haj 1 1 hf6 \
    1 1 hf5 1 1 hik 1 1 2x9g 1 1 hki 1 1 hkn 1 1 hl2 1 1 hlm 1 1 hlu 1 1 hnm 1 1 2xm0 1 1 2xnu 1 1 \
    hrg 1 1 hsr 1 1 ht3 1 1 hqw 1 1 huu 1 1 aum 1 1 av0 1 1 hzc 1 1 i0u 1 1 i0u 1 1 2y88 1 1 i4j 1 \
    1 i54 1 1 i5j 1 1 i5v 1 1 2yhk 1 1 i67 1 1 i6e 1 1 itv 1 1 i76 1 1 ayp 1 1 i8w 1 1 i9a 1 1 ibk \
    1 1 ia5 1 1 2z1g 1 1 if7 1 1 2z1i 1 1 ige 1 1 igb 1 1 igs 1 1 ijl 1 1 ijm 1 1 b3j 1 1 ikd 1 1 \
    ilk 1 1 im5 1 1 ind 1 1 b4y 1 1 2zr7 1 1 b5o 1 1 ipc 1 1 ipf 1 1 ipi 1 1 iq2 1 1 3pg2 1 1 iri \
    1 1 3035 1 1 3035 1 1 poh 1 1 isi 1 1 isi 1 1 b7r 1 1 335k 1 1 3cgq 1 1 iua 1 1 iuj 1 1 b8j 1 \
    1 ivu 1 1 ix9 1 1 ixj 1 1 iyh 1 1 j29 1 1 bay 1 1 ba4 1 1 j2s 1 1 30t0 1 1 j47 1 1 j7s 1 1 j7w \
    1 1 j7y 1 1 j7w 1 1 j96 1 1 j9q 1 1 jaq 1 1 jac 1 1 jan 1 1 jby 1 1 jci 1 1 jcm 1 1 jdc 1 1 \
    jdn 1 1 jfh 1 1 jht 1 1 jis 1 1 jm8 1 1 31n0 1 1 jlp 1 1 jjw 1 1 jmw 1 1 jnn 1 1 jqc 1 1 31td \
    1 1 js2 1 1 jph 1 1 jop 1 1 bhq 1 1 ju1 1 1 jum 1 1 jvh 1 1 juf 1 1 bjg 1 1 k0f 1 1 k18 1 1 \
    32mi 1 1 k4j 1 1 kc8 1 1 k7d 1 1 bo9 1 1 k9d 1 1 bns 1 1 bms 1 1 g42 1 1 g45 1 1 kcg 1 1 k9o 1 \
    1 pf1 1 1 deh 1 1 kd3 1 1 kd7 1 1 kdd 1 1 kf2 1 1 ker 1 1 33cz 1 1 bpl 1 1 kje 1 1 kg5 1 1 klu \
    1 1 kn9 1 1 33hp 1 1 kni 1 1 kkf 1 1 kr8 1 1 brx 1 1 ksi 1 1 kv7 1 1 kx6 1 1 l2g 1 1 33xf 1 1 \
    l3v 1 1 bvc 1 1 l5t 1 1 34br 1 1 l78 1 1 bwu 1 1 l82 1 1 l9b 1 1 la2 1 1 la3 1 1 34p9 1 1 2yvf \
    1 1 34sa 1 1 le6 1 1 354s 1 1 lhb 1 1 lhp 1 1 lev 1 1 ljq 1 1 lku 1 1 lmf 1 1 lkx 1 1 lm1 1 1 \
    lmg 1 1 lmt 1 1 357i 1 1 lkk 1 1 lrj 1 1 lta 1 1 c37 1 1 lvv 1 1 lvr 1 1 35jl 1 1 lq1 1 1 m0e \
    1 1 35ni 1 1 35ou 1 1 m2u 1 1 m61 1 1 m5a 1 1 m57 1 1 c5y 1 1 m6i 1 1 m7x 1 1 m7r 1 1 m99 1 1 \
    2u5h 1 1 mdh 1 1 368z 1 1 mfw 1 1 36i3 1 1 mjs 1 1 mk5 1 1 mkw 1 1 36yw 1 1 mm8 1 1 mmt 1 1 \
    3779 1 1 37dg 1 1 mt6 1 1 mtn 1 1 cdo 1 1 mud 1 1 ce0 1 1 ce0 1 1 myv 1 1 mzg 1 1 n01 1 1 n0l \
    1 1 n2i 1 1 cgr 1 1 n50 1 1 386u 1 1 n5q 1 1 389e 1 1 n74 1 1 2zrz 1 1 nbk 1 1 38v5 1 1 38vs 1 \
    1 38zo 1 1 cn0 1 1 cnc 1 1 nhw 1 1 394j 1 1 394i 1 1 395l 1 1 396b 1 1 nj2 1 1 nj3 1 1 nj3 1 1 \
    nka 1 1 cop 1 1 nm3 1 1 cp2 1 1 cra 1 1 39r1 1 1 nri 1 1 nt8 1 1 nv0 1 1 ctf 1 1 3a5i 1 1 nyu \
    1 1 3a8q 1 1 3a9x 1 1 o0f 1 1 o2z 1 1 cvj 1 1 o5c 1 1 o5m 1 1 o5r 1 1 3at8 1 1 3b1j 1 1 3b1j 1 \
    1 oa6 1 1 d1e 1 1 3b8r 1 1 og6 1 1 og9 1 1 d2f 1 1 3beo 1 1 onm 1 1 d5s 1 1 oo8 1 1 oo3 1 1 \
    oow 1 1 3c06 1 1 orn 1 1 d8h 1 1 ouf 1 1 ow2 1 1 oxx 1 1 d9w 1 1 3ciw 1 1 3cjr 1 1 dax 1 1 \
    3cnt 1 1 p6i 1 1 3cqm 1 1 p79 1 1 pa2 1 1 pad 1 1 3d22 1 1 3d43 1 1 pcw 1 1 3d7s 1 1 pdc 1 1 \
    33a7 1 1 ded 1 1 pf6 1 1 phf 1 1 dfv 1 1 pj2 1 1 hx1 1 1 3dlz 1 1 3dmd 1 1 33bn 1 1 33bw 1 1 \
    poh 1 1 pok 1 1 sda 1 1 dij 1 1 psh 1 1 psb 1 1 pst 1 1 gc3 1 1 ptd 1 1 ptf 1 1 ptp 1 1 puu 1 \
    1 3ebg 1 1 put 1 1 pwd 1 1 pyb 1 1 q0d 1 1 pwj 1 1 q0t 1 1 q1z 1 1 q53 1 1 pxv 1 1 q16 1 1 q18 \
    1 1 q1o 1 1 3eie 1 1 3eqz 1 1 3emt 1 1 dnv 1 1 q9d 1 1 q9f 1 1 qae 1 1 3g0a 1 1 qck 1 1 3f3g 1 \
    1 dp9 1 1 dpd 1 1 3f75 1 1 3ff6 1 1 dpn 1 1 qj4 1 1 qjg 1 1 qjr 1 1 qjt 1 1 qll 1 1 qko 1 1 \
    qoe 1 1 qn6 1 1 qrd 1 1 qp4 1 1 qqz 1 1 qrq 1 1 dsn 1 1 qu9 1 1 qv5 1 1 dtl 1 1 qxs 1 1 qxv 1 \
    1 3giv 1 1 r13 1 1 r1a 1 1 dv9 1 1 r22 1 1 aez 1 1 3gz2 1 1 3h46 1 1 dz2 1 1 dzb 1 1 rds 1 1 \
    rfx 1 1 rka 1 1 rpx 1 1 3hrc 1 1 rsb 1 1 rsx 1 1 rvf 1 1 rxz 1 1 3i9b 1 1 2upw 1 1 s0b 1 1 rzw \
    1 1 s1c 1 1 2uvy 1 1 s7o 1 1 sag 1 1 3jki 1 1 3jl9 1 1 sk4 1 1 smp 1 1 snl 1 1 3ju6 1 1 snv 1 \
    1 svs 1 1 t07 1 1 t08 1 1 sxo 1 1 t89 1 1 t91 1 1 3ksa 1 1 tjf 1 1 ej9 1 1 tkn 1 1 3l2v 1 1 \
    eli 1 1 ts3 1 1 iia 1 1 tur 1 1 3ltx 1 1 3lzu 1 1 epa 1 1 epi 1 1 u00 1 1 3mdm 1 1 er6 1 1 \
    3mhi 1 1 u17 1 1 u17 1 1 u21 1 1 3mpi 1 1 u76 1 1 eur 1 1 u95 1 1 ucn 1 1 ude 1 1 uf2 1 1 ez2 \
    1 1 3nsg 1 1 umq 1 1 uv4 1 1 v0d 1 1 f66 1 1 f71 1 1 v3b 1 1 3owe 1 1 f7c 1 1 3oxx 1 1 3p5a 1 \
    1 3p8x 1 1 vcr 1 1 f9y 1 1 veh 1 1 vem 1 1 vet 1 1 vf3 1 1 vfa 1 1 vgb 1 1 3pxc
    """

  /// In lower case: gap, count, scalars.
  static let lowercase = """
    1t 1 2p 1 1 2q 1 1 2r 1 1 2s 1 1 2t 1 1 2u 1 1 2v 1 1 2w 1 1 2x 1 1 2y 1 1 2z 1 1 30 1 1 31 1 \
    1 32 1 1 33 1 1 34 1 1 35 1 1 36 1 1 37 1 1 38 1 1 39 1 1 3a 1 1 3b 1 1 3c 1 1 3d 1 1 3e 2u 1 \
    68 1 1 69 1 1 6a 1 1 6b 1 1 6c 1 1 6d 1 1 6e 1 1 6f 1 1 6g 1 1 6h 1 1 6i 1 1 6j 1 1 6k 1 1 6l \
    1 1 6m 1 1 6n 1 1 6o 1 1 6p 1 1 6q 1 1 6r 1 1 6s 1 1 6t 1 1 6u 2 1 6w 1 1 6x 1 1 6y 1 1 6z 1 1 \
    70 1 1 71 1 1 72 y 1 75 2 1 77 2 1 79 2 1 7b 2 1 7d 2 1 7f 2 1 7h 2 1 7j 2 1 7l 2 1 7n 2 1 7p \
    2 1 7r 2 1 7t 2 1 7v 2 1 7x 2 1 7z 2 1 81 2 1 83 2 1 85 2 1 87 2 1 89 2 1 8b 2 1 8d 2 1 8f 2 2 \
    2x lj 2 1 8j 2 1 8l 2 1 8n 3 1 8q 2 1 8s 2 1 8u 2 1 8w 2 1 8y 2 1 90 2 1 92 2 1 94 3 1 97 2 1 \
    99 2 1 9b 2 1 9d 2 1 9f 2 1 9h 2 1 9j 2 1 9l 2 1 9n 2 1 9p 2 1 9r 2 1 9t 2 1 9v 2 1 9x 2 1 9z \
    2 1 a1 2 1 a3 2 1 a5 2 1 a7 2 1 a9 2 1 ab 2 1 ad 2 1 af 2 1 73 1 1 ai 2 1 ak 2 1 am 4 1 gj 1 1 \
    ar 2 1 at 2 1 gk 1 1 aw 2 1 gm 1 1 gn 1 1 b0 3 1 d9 1 1 gp 1 1 gr 1 1 b6 2 1 gw 1 1 gz 2 1 h5 \
    1 1 h4 1 1 bd 4 1 hb 1 1 he 2 1 hh 1 1 bl 2 1 bn 2 1 bp 2 1 hs 1 1 bs 2 1 hv 3 1 bx 2 1 i0 1 1 \
    c0 2 1 i2 1 1 i3 1 1 c4 2 1 c6 2 1 ia 1 1 c9 4 1 cd 8 1 cm 1 1 cm 2 1 cp 1 1 cp 2 1 cs 1 1 cs \
    2 1 cu 2 1 cw 2 1 cy 2 1 d0 2 1 d2 2 1 d4 2 1 d6 2 1 d8 3 1 db 2 1 dd 2 1 df 2 1 dh 2 1 dj 2 1 \
    dl 2 1 dn 2 1 dp 2 1 dr 3 1 dv 1 1 dv 2 1 dx 2 1 b9 1 1 cf 1 1 e1 2 1 e3 2 1 e5 2 1 e7 2 1 e9 \
    2 1 eb 2 1 ed 2 1 ef 2 1 eh 2 1 ej 2 1 el 2 1 en 2 1 ep 2 1 er 2 1 et 2 1 ev 2 1 ex 2 1 ez 2 1 \
    f1 2 1 f3 2 1 bi 2 1 f7 2 1 f9 2 1 fb 2 1 fd 2 1 ff 2 1 fh 2 1 fj 2 1 fl 2 1 fn 8 1 8rp 1 1 fw \
    2 1 be 1 1 8rq 3 1 g2 2 1 ao 1 1 i1 1 1 i4 1 1 g7 2 1 g9 2 1 gb 2 1 gd 2 1 gf 82 1 oh 2 1 oj 4 \
    1 on 9 1 s3 7 1 q4 2 1 q5 1 1 q6 1 1 q7 2 1 r0 2 1 r1 1 1 r2 2 1 q9 1 1 qa 1 1 qb 1 1 qc 1 1 \
    qd 1 1 qe 1 1 qf 1 1 qg 1 1 qh 1 1 qi 1 1 qj 1 1 qk 1 1 ql 1 1 qm 1 1 qn 1 1 qo 1 1 qp 2 1 qr \
    1 1 qs 1 1 qt 1 1 qu 1 1 qv 1 1 qw 1 1 qx 1 1 qy 1 1 qz 10 1 rb 9 1 rd 2 1 rf 2 1 rh 2 1 rj 2 \
    1 rl 2 1 rn 2 1 rp 2 1 rr 2 1 rt 2 1 rv 2 1 rx 2 1 rz 6 1 qg 3 1 s8 2 1 s2 1 1 sb 3 1 or 1 1 \
    os 1 1 ot 1 1 uo 1 1 up 1 1 uq 1 1 ur 1 1 us 1 1 ut 1 1 uu 1 1 uv 1 1 uw 1 1 ux 1 1 uy 1 1 uz \
    1 1 v0 1 1 v1 1 1 v2 1 1 v3 1 1 ts 1 1 tt 1 1 tu 1 1 tv 1 1 tw 1 1 tx 1 1 ty 1 1 tz 1 1 u0 1 1 \
    u1 1 1 u2 1 1 u3 1 1 u4 1 1 u5 1 1 u6 1 1 u7 1 1 u8 1 1 u9 1 1 ua 1 1 ub 1 1 uc 1 1 ud 1 1 ue \
    1 1 uf 1 1 ug 1 1 uh 1 1 ui 1 1 uj 1 1 uk 1 1 ul 1 1 um 1 1 un 1d 1 v5 2 1 v7 2 1 v9 2 1 vb 2 \
    1 vd 2 1 vf 2 1 vh 2 1 vj 2 1 vl 2 1 vn 2 1 vp 2 1 vr 2 1 vt 2 1 vv 2 1 vx 2 1 vz 2 1 w1 a 1 \
    wb 2 1 wd 2 1 wf 2 1 wh 2 1 wj 2 1 wl 2 1 wn 2 1 wp 2 1 wr 2 1 wt 2 1 wv 2 1 wx 2 1 wz 2 1 x1 \
    2 1 x3 2 1 x5 2 1 x7 2 1 x9 2 1 xb 2 1 xd 2 1 xf 2 1 xh 2 1 xj 2 1 xl 2 1 xn 2 1 xp 2 1 xr 2 1 \
    y7 1 1 xu 2 1 xw 2 1 xy 2 1 y0 2 1 y2 2 1 y4 2 1 y6 3 1 y9 2 1 yb 2 1 yd 2 1 yf 2 1 yh 2 1 yj \
    2 1 yl 2 1 yn 2 1 yp 2 1 yr 2 1 yt 2 1 yv 2 1 yx 2 1 yz 2 1 z1 2 1 z3 2 1 z5 2 1 z7 2 1 z9 2 1 \
    zb 2 1 zd 2 1 zf 2 1 zh 2 1 zj 2 1 zl 2 1 zn 2 1 zp 2 1 zr 2 1 zt 2 1 zv 2 1 zx 2 1 zz 2 1 101 \
    2 1 103 2 1 105 2 1 107 2 1 109 2 1 10b 2 1 10d 2 1 10f 2 1 10h 2 1 10j 2 1 10l 2 1 10n 2 1 \
    10p 2 1 10r 2 1 10t 2 1 10v 3 1 129 1 1 12a 1 1 12b 1 1 12c 1 1 12d 1 1 12e 1 1 12f 1 1 12g 1 \
    1 12h 1 1 12i 1 1 12j 1 1 12k 1 1 12l 1 1 12m 1 1 12n 1 1 12o 1 1 12p 1 1 12q 1 1 12r 1 1 12s \
    1 1 12t 1 1 12u 1 1 12v 1 1 12w 1 1 12x 1 1 12y 1 1 12z 1 1 130 1 1 131 1 1 132 1 1 133 1 1 \
    134 1 1 135 1 1 136 1 1 137 1 1 138 1 1 139 1 1 13a 28a 1 8w0 1 1 8w1 1 1 8w2 1 1 8w3 1 1 8w4 \
    1 1 8w5 1 1 8w6 1 1 8w7 1 1 8w8 1 1 8w9 1 1 8wa 1 1 8wb 1 1 8wc 1 1 8wd 1 1 8we 1 1 8wf 1 1 \
    8wg 1 1 8wh 1 1 8wi 1 1 8wj 1 1 8wk 1 1 8wl 1 1 8wm 1 1 8wn 1 1 8wo 1 1 8wp 1 1 8wq 1 1 8wr 1 \
    1 8ws 1 1 8wt 1 1 8wu 1 1 8wv 1 1 8ww 1 1 8wx 1 1 8wy 1 1 8wz 1 1 8x0 1 1 8x1 2 1 8x3 6 1 8x9 \
    k3 1 xv4 1 1 xv5 1 1 xv6 1 1 xv7 1 1 xv8 1 1 xv9 1 1 xva 1 1 xvb 1 1 xvc 1 1 xvd 1 1 xve 1 1 \
    xvf 1 1 xvg 1 1 xvh 1 1 xvi 1 1 xvj 1 1 xvk 1 1 xvl 1 1 xvm 1 1 xvn 1 1 xvo 1 1 xvp 1 1 xvq 1 \
    1 xvr 1 1 xvs 1 1 xvt 1 1 xvu 1 1 xvv 1 1 xvw 1 1 xvx 1 1 xvy 1 1 xvz 1 1 xw0 1 1 xw1 1 1 xw2 \
    1 1 xw3 1 1 xw4 1 1 xw5 1 1 xw6 1 1 xw7 1 1 xw8 1 1 xw9 1 1 xwa 1 1 xwb 1 1 xwc 1 1 xwd 1 1 \
    xwe 1 1 xwf 1 1 xwg 1 1 xwh 1 1 xwi 1 1 xwj 1 1 xwk 1 1 xwl 1 1 xwm 1 1 xwn 1 1 xwo 1 1 xwp 1 \
    1 xwq 1 1 xwr 1 1 xws 1 1 xwt 1 1 xwu 1 1 xwv 1 1 xww 1 1 xwx 1 1 xwy 1 1 xwz 1 1 xx0 1 1 xx1 \
    1 1 xx2 1 1 xx3 1 1 xx4 1 1 xx5 1 1 xx6 1 1 xx7 1 1 xx8 1 1 xx9 1 1 xxa 1 1 xxb 1 1 3y0 1 1 \
    3y1 1 1 3y2 1 1 3y3 1 1 3y4 1 1 3y5 1p0 1 5my 7 1 3bk 1 1 3bl 1 1 3bm 1 1 3bn 1 1 3bo 1 1 3bp \
    1 1 3bq 1 1 3br 1 1 3bs 1 1 3bt 1 1 3bu 1 1 3bv 1 1 3bw 1 1 3bx 1 1 3by 1 1 3bz 1 1 3c0 1 1 \
    3c1 1 1 3c2 1 1 3c3 1 1 3c4 1 1 3c5 1 1 3c6 1 1 3c7 1 1 3c8 1 1 3c9 1 1 3ca 1 1 3cb 1 1 3cc 1 \
    1 3cd 1 1 3ce 1 1 3cf 1 1 3cg 1 1 3ch 1 1 3ci 1 1 3cj 1 1 3ck 1 1 3cl 1 1 3cm 1 1 3cn 1 1 3co \
    1 1 3cp 1 1 3cq 3 1 3ct 1 1 3cu 1 1 3cv 8x 1 5xd 2 1 5xf 2 1 5xh 2 1 5xj 2 1 5xl 2 1 5xn 2 1 \
    5xp 2 1 5xr 2 1 5xt 2 1 5xv 2 1 5xx 2 1 5xz 2 1 5y1 2 1 5y3 2 1 5y5 2 1 5y7 2 1 5y9 2 1 5yb 2 \
    1 5yd 2 1 5yf 2 1 5yh 2 1 5yj 2 1 5yl 2 1 5yn 2 1 5yp 2 1 5yr 2 1 5yt 2 1 5yv 2 1 5yx 2 1 5yz \
    2 1 5z1 2 1 5z3 2 1 5z5 2 1 5z7 2 1 5z9 2 1 5zb 2 1 5zd 2 1 5zf 2 1 5zh 2 1 5zj 2 1 5zl 2 1 \
    5zn 2 1 5zp 2 1 5zr 2 1 5zt 2 1 5zv 2 1 5zx 2 1 5zz 2 1 601 2 1 603 2 1 605 2 1 607 2 1 609 2 \
    1 60b 2 1 60d 2 1 60f 2 1 60h 2 1 60j 2 1 60l 2 1 60n 2 1 60p 2 1 60r 2 1 60t 2 1 60v 2 1 60x \
    2 1 60z 2 1 611 2 1 613 2 1 615 2 1 617 2 1 619 2 1 61b 2 1 61d 2 1 61f 2 1 61h a 1 67 2 1 61t \
    2 1 61v 2 1 61x 2 1 61z 2 1 621 2 1 623 2 1 625 2 1 627 2 1 629 2 1 62b 2 1 62d 2 1 62f 2 1 \
    62h 2 1 62j 2 1 62l 2 1 62n 2 1 62p 2 1 62r 2 1 62t 2 1 62v 2 1 62x 2 1 62z 2 1 631 2 1 633 2 \
    1 635 2 1 637 2 1 639 2 1 63b 2 1 63d 2 1 63f 2 1 63h 2 1 63j 2 1 63l 2 1 63n 2 1 63p 2 1 63r \
    2 1 63t 2 1 63v 2 1 63x 2 1 63z 2 1 641 2 1 643 2 1 645 2 1 647 2 1 649 2 1 64b 2 1 64d 2 1 \
    64f a 1 64g 1 1 64h 1 1 64i 1 1 64j 1 1 64k 1 1 64l 1 1 64m 1 1 64n 9 1 64w 1 1 64x 1 1 64y 1 \
    1 64z 1 1 650 1 1 651 b 1 65c 1 1 65d 1 1 65e 1 1 65f 1 1 65g 1 1 65h 1 1 65i 1 1 65j 9 1 65s \
    1 1 65t 1 1 65u 1 1 65v 1 1 65w 1 1 65x 1 1 65y 1 1 65z 9 1 668 1 1 669 1 1 66a 1 1 66b 1 1 \
    66c 1 1 66d c 1 66p 2 1 66r 2 1 66t 2 1 66v 9 1 674 1 1 675 1 1 676 1 1 677 1 1 678 1 1 679 1 \
    1 67a 1 1 67b p 1 680 1 1 681 1 1 682 1 1 683 1 1 684 1 1 685 1 1 686 1 1 687 9 1 68g 1 1 68h \
    1 1 68i 1 1 68j 1 1 68k 1 1 68l 1 1 68m 1 1 68n 9 1 68w 1 1 68x 1 1 68y 1 1 68z 1 1 690 1 1 \
    691 1 1 692 1 1 693 9 1 69c 1 1 69d 1 1 67k 1 1 67l 1 1 69f c 1 67m 1 1 67n 1 1 67o 1 1 67p 1 \
    1 69v c 1 6a8 1 1 6a9 1 1 67q 1 1 67r d 1 6ao 1 1 6ap 1 1 67u 1 1 67v 1 1 6at c 1 67s 1 1 67t \
    1 1 67w 1 1 67x 1 1 6b7 8a 1 qx 4 1 2z 1 1 6d 7 1 6ku 1a 1 6ls 1 1 6lt 1 1 6lu 1 1 6lv 1 1 6lw \
    1 1 6lx 1 1 6ly 1 1 6lz 1 1 6m0 1 1 6m1 1 1 6m2 1 1 6m3 1 1 6m4 1 1 6m5 1 1 6m6 1 1 6m7 k 1 \
    6mc mr 1 79s 1 1 79t 1 1 79u 1 1 79v 1 1 79w 1 1 79x 1 1 79y 1 1 79z 1 1 7a0 1 1 7a1 1 1 7a2 1 \
    1 7a3 1 1 7a4 1 1 7a5 1 1 7a6 1 1 7a7 1 1 7a8 1 1 7a9 1 1 7aa 1 1 7ab 1 1 7ac 1 1 7ad 1 1 7ae \
    1 1 7af 1 1 7ag 1 1 7ah 1f5 1 8q8 1 1 8q9 1 1 8qa 1 1 8qb 1 1 8qc 1 1 8qd 1 1 8qe 1 1 8qf 1 1 \
    8qg 1 1 8qh 1 1 8qi 1 1 8qj 1 1 8qk 1 1 8ql 1 1 8qm 1 1 8qn 1 1 8qo 1 1 8qp 1 1 8qq 1 1 8qr 1 \
    1 8qs 1 1 8qt 1 1 8qu 1 1 8qv 1 1 8qw 1 1 8qx 1 1 8qy 1 1 8qz 1 1 8r0 1 1 8r1 1 1 8r2 1 1 8r3 \
    1 1 8r4 1 1 8r5 1 1 8r6 1 1 8r7 1 1 8r8 1 1 8r9 1 1 8ra 1 1 8rb 1 1 8rc 1 1 8rd 1 1 8re 1 1 \
    8rf 1 1 8rg 1 1 8rh 1 1 8ri 1 1 8rj 1d 1 8rl 2 1 h7 1 1 5tp 1 1 hp 3 1 8rs 2 1 8ru 2 1 8rw 2 1 \
    gh 1 1 hd 1 1 gg 1 1 gi 2 1 8s3 3 1 8s6 9 1 fz 1 1 g0 1 1 8sh 2 1 8sj 2 1 8sl 2 1 8sn 2 1 8sp \
    2 1 8sr 2 1 8st 2 1 8sv 2 1 8sx 2 1 8sz 2 1 8t1 2 1 8t3 2 1 8t5 2 1 8t7 2 1 8t9 2 1 8tb 2 1 \
    8td 2 1 8tf 2 1 8th 2 1 8tj 2 1 8tl 2 1 8tn 2 1 8tp 2 1 8tr 2 1 8tt 2 1 8tv 2 1 8tx 2 1 8tz 2 \
    1 8u1 2 1 8u3 2 1 8u5 2 1 8u7 2 1 8u9 2 1 8ub 2 1 8ud 2 1 8uf 2 1 8uh 2 1 8uj 2 1 8ul 2 1 8un \
    2 1 8up 2 1 8ur 2 1 8ut 2 1 8uv 2 1 8ux 2 1 8uz 2 1 8v1 2 1 8v3 2 1 8v5 2 1 8v7 9 1 8vg 2 1 \
    8vi 5 1 8vn nym 1 wu9 2 1 wub 2 1 wud 2 1 wuf 2 1 wuh 2 1 wuj 2 1 wul 2 1 wun 2 1 wup 2 1 wur \
    2 1 wut 2 1 wuv 2 1 wux 2 1 wuz 2 1 wv1 2 1 wv3 2 1 wv5 2 1 wv7 2 1 wv9 2 1 wvb 2 1 wvd 2 1 \
    wvf 2 1 wvh k 1 ww1 2 1 ww3 2 1 ww5 2 1 ww7 2 1 ww9 2 1 wwb 2 1 wwd 2 1 wwf 2 1 wwh 2 1 wwj 2 \
    1 wwl 2 1 wwn 2 1 wwp 2 1 wwr 3s 1 x0j 2 1 x0l 2 1 x0n 2 1 x0p 2 1 x0r 2 1 x0t 2 1 x0v 4 1 x0z \
    2 1 x11 2 1 x13 2 1 x15 2 1 x17 2 1 x19 2 1 x1b 2 1 x1d 2 1 x1f 2 1 x1h 2 1 x1j 2 1 x1l 2 1 \
    x1n 2 1 x1p 2 1 x1r 2 1 x1t 2 1 x1v 2 1 x1x 2 1 x1z 2 1 x21 2 1 x23 2 1 x25 2 1 x27 2 1 x29 2 \
    1 x2b 2 1 x2d 2 1 x2f 2 1 x2h 2 1 x2j 2 1 x2l 2 1 x2n b 1 x2y 2 1 x30 2 1 5tl 1 1 x33 2 1 x35 \
    2 1 x37 2 1 x39 2 1 x3b 5 1 x3g 2 1 h1 3 1 x3l 2 1 x3n 4 1 x3r 2 1 x3t 2 1 x3v 2 1 x3x 2 1 x3z \
    2 1 x41 2 1 x43 2 1 x45 2 1 x47 2 1 x49 2 1 h2 1 1 gs 1 1 gx 1 1 h8 1 1 h6 2 1 im 1 1 hz 1 1 \
    il 1 1 xub 1 1 x4l 2 1 x4n 2 1 x4p 2 1 x4r 2 1 x4t 2 1 x4v 2 1 x4x 2 1 x4z 2 1 x3o 1 1 hu 1 1 \
    5u6 1 1 x54 2 1 x56 2 1 h0 1 1 x59 2 1 x5b 2 1 x5d 2 1 x5f 2 1 x5h 2 1 x5j 2 1 x5l 2 1 x5n 2 1 \
    bf p 1 x6e h7w 1 1ef5 1 1 1ef6 1 1 1ef7 1 1 1ef8 1 1 1ef9 1 1 1efa 1 1 1efb 1 1 1efc 1 1 1efd \
    1 1 1efe 1 1 1eff 1 1 1efg 1 1 1efh 1 1 1efi 1 1 1efj 1 1 1efk 1 1 1efl 1 1 1efm 1 1 1efn 1 1 \
    1efo 1 1 1efp 1 1 1efq 1 1 1efr 1 1 1efs 1 1 1eft 1 1 1efu xy 1 1fe0 1 1 1fe1 1 1 1fe2 1 1 \
    1fe3 1 1 1fe4 1 1 1fe5 1 1 1fe6 1 1 1fe7 1 1 1fe8 1 1 1fe9 1 1 1fea 1 1 1feb 1 1 1fec 1 1 1fed \
    1 1 1fee 1 1 1fef 1 1 1feg 1 1 1feh 1 1 1fei 1 1 1fej 1 1 1fek 1 1 1fel 1 1 1fem 1 1 1fen 1 1 \
    1feo 1 1 1fep 1 1 1feq 1 1 1fer 1 1 1fes 1 1 1fet 1 1 1feu 1 1 1fev 1 1 1few 1 1 1fex 1 1 1fey \
    1 1 1fez 1 1 1ff0 1 1 1ff1 1 1 1ff2 1 1 1ff3 3t 1 1fiw 1 1 1fix 1 1 1fiy 1 1 1fiz 1 1 1fj0 1 1 \
    1fj1 1 1 1fj2 1 1 1fj3 1 1 1fj4 1 1 1fj5 1 1 1fj6 1 1 1fj7 1 1 1fj8 1 1 1fj9 1 1 1fja 1 1 1fjb \
    1 1 1fjc 1 1 1fjd 1 1 1fje 1 1 1fjf 1 1 1fjg 1 1 1fjh 1 1 1fji 1 1 1fjj 1 1 1fjk 1 1 1fjl 1 1 \
    1fjm 1 1 1fjn 1 1 1fjo 1 1 1fjp 1 1 1fjq 1 1 1fjr 1 1 1fjs 1 1 1fjt 1 1 1fju 1 1 1fjv 4d 1 \
    1fo7 1 1 1fo8 1 1 1fo9 1 1 1foa 1 1 1fob 1 1 1foc 1 1 1fod 1 1 1foe 1 1 1fof 1 1 1fog 1 1 1foh \
    2 1 1foj 1 1 1fok 1 1 1fol 1 1 1fom 1 1 1fon 1 1 1foo 1 1 1fop 1 1 1foq 1 1 1for 1 1 1fos 1 1 \
    1fot 1 1 1fou 1 1 1fov 1 1 1fow 1 1 1fox 2 1 1foz 1 1 1fp0 1 1 1fp1 1 1 1fp2 1 1 1fp3 1 1 1fp4 \
    1 1 1fp5 2 1 1fp7 1 1 1fp8 1d7 1 1h34 1 1 1h35 1 1 1h36 1 1 1h37 1 1 1h38 1 1 1h39 1 1 1h3a 1 \
    1 1h3b 1 1 1h3c 1 1 1h3d 1 1 1h3e 1 1 1h3f 1 1 1h3g 1 1 1h3h 1 1 1h3i 1 1 1h3j 1 1 1h3k 1 1 \
    1h3l 1 1 1h3m 1 1 1h3n 1 1 1h3o 1 1 1h3p 1 1 1h3q 1 1 1h3r 1 1 1h3s 1 1 1h3t 1 1 1h3u 1 1 1h3v \
    1 1 1h3w 1 1 1h3x 1 1 1h3y 1 1 1h3z 1 1 1h40 1 1 1h41 1 1 1h42 1 1 1h43 1 1 1h44 1 1 1h45 1 1 \
    1h46 1 1 1h47 1 1 1h48 1 1 1h49 1 1 1h4a 1 1 1h4b 1 1 1h4c 1 1 1h4d 1 1 1h4e 1 1 1h4f 1 1 1h4g \
    1 1 1h4h 1 1 1h4i 4e 1 1h80 1 1 1h81 1 1 1h82 1 1 1h83 1 1 1h84 1 1 1h85 1 1 1h86 1 1 1h87 1 1 \
    1h88 1 1 1h89 1 1 1h8a 1 1 1h8b 1 1 1h8c 1 1 1h8d 1 1 1h8e 1 1 1h8f 1 1 1h8g 1 1 1h8h 1 1 1h8i \
    1 1 1h8j 1 1 1h8k 1 1 1h8l 27v 1 1jgg 1 1 1jgh 1 1 1jgi 1 1 1jgj 1 1 1jgk 1 1 1jgl 1 1 1jgm 1 \
    1 1jgn 1 1 1jgo 1 1 1jgp 1 1 1jgq 1 1 1jgr 1 1 1jgs 1 1 1jgt 1 1 1jgu 1 1 1jgv 1 1 1jgw 1 1 \
    1jgx 1 1 1jgy 1 1 1jgz 1 1 1jh0 1 1 1jh1 1 1 1jh2 1 1 1jh3 1 1 1jh4 1 1 1jh5 1 1 1jh6 1 1 1jh7 \
    1 1 1jh8 1 1 1jh9 1 1 1jha 1 1 1jhb gw1 1 20dc 1 1 20dd 1 1 20de 1 1 20df 1 1 20dg 1 1 20dh 1 \
    1 20di 1 1 20dj 1 1 20dk 1 1 20dl 1 1 20dm 1 1 20dn 1 1 20do 1 1 20dp 1 1 20dq 1 1 20dr 1 1 \
    20ds 1 1 20dt 1 1 20du 1 1 20dv 1 1 20dw 1 1 20dx 1 1 20dy 1 1 20dz 1 1 20e0 1 1 20e1 1 1 20e2 \
    1 1 20e3 1 1 20e4 1 1 20e5 1 1 20e6 1 1 20e7 1t 1 20fv 1 1 20fw 1 1 20fx 1 1 20fy 1 1 20fz 1 1 \
    20g0 1 1 20g1 1 1 20g2 1 1 20g3 1 1 20g4 1 1 20g5 1 1 20g6 1 1 20g7 1 1 20g8 1 1 20g9 1 1 20ga \
    1 1 20gb 1 1 20gc 1 1 20gd 1 1 20ge 1 1 20gf 1 1 20gg 1 1 20gh 1 1 20gi 1 1 20gj o5k 1 2oma 1 \
    1 2omb 1 1 2omc 1 1 2omd 1 1 2ome 1 1 2omf 1 1 2omg 1 1 2omh 1 1 2omi 1 1 2omj 1 1 2omk 1 1 \
    2oml 1 1 2omm 1 1 2omn 1 1 2omo 1 1 2omp 1 1 2omq 1 1 2omr 1 1 2oms 1 1 2omt 1 1 2omu 1 1 2omv \
    1 1 2omw 1 1 2omx 1 1 2omy 1 1 2omz 1 1 2on0 1 1 2on1 1 1 2on2 1 1 2on3 1 1 2on4 1 1 2on5 1 1 \
    2on6 1 1 2on7
    """

  /// The order of combining marks that stay: gap, rank.
  static let combiningRanks = """
    0 0 1qs 1e e 0 3mq 4 1 0 2t 4 1 0 1z 4 2 0 ef 1e 1 0 3le 1b 2 0 nxf 4 1 0 30 4 1 0 kjj 4 1 0 \
    38 4 1 0 7r 4 1 0 6s 4 1 0 3 2 1 0 hb 4 1 0 13c 4 1 0 zs5 17 2 0 6 1c 1 17 5 0 2vh 1e 7 0 1 1e \
    h 0 2 1e 7 0 1 1e 2 0 1 1e 5 0 1sp 1e 6 2 1 0
    """
}
