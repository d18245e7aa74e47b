import LociCore
import Testing

@Suite("Stems of English words") struct StemmerTests {
  @Test(
    "They are those of Porter's algorithm, in his own examples",
    arguments: [
      ("caresses", "caress"), ("ponies", "poni"), ("ties", "ti"), ("caress", "caress"),
      ("cats", "cat"), ("feed", "feed"), ("agreed", "agre"), ("plastered", "plaster"),
      ("bled", "bled"), ("motoring", "motor"), ("sing", "sing"), ("conflated", "conflat"),
      ("troubled", "troubl"), ("sized", "size"), ("hopping", "hop"), ("tanned", "tan"),
      ("falling", "fall"), ("hissing", "hiss"), ("fizzed", "fizz"), ("failing", "fail"),
      ("filing", "file"), ("happy", "happi"), ("sky", "sky"), ("relational", "relat"),
      ("conditional", "condit"), ("rational", "ration"), ("digitizer", "digit"),
      ("radically", "radic"), ("differently", "differ"), ("vietnamization", "vietnam"),
      ("operator", "oper"), ("feudalism", "feudal"), ("decisiveness", "decis"),
      ("hopefulness", "hope"), ("formality", "formal"), ("sensitivity", "sensit"),
      ("triplicate", "triplic"), ("formative", "form"), ("electrical", "electr"),
      ("goodness", "good"), ("revival", "reviv"), ("inference", "infer"), ("airliner", "airlin"),
      ("adjustable", "adjust"), ("replacement", "replac"), ("adoption", "adopt"),
      ("communism", "commun"), ("activate", "activ"), ("effective", "effect"),
      ("probate", "probat"), ("rate", "rate"), ("cease", "ceas"), ("controlling", "control"),
      ("rolling", "roll"), ("generalizations", "gener"), ("oscillators", "oscil"),
    ])
  func stems(word: String, stem: String) { #expect(Stemmer.stem(word) == stem) }

  @Test(
    "Other words stay as they are",
    arguments: ["", "a", "as", "чай", "喜", "łódźing", "e1042s", "Cats", "qabcdefghabcdefghq"])
  func others(word: String) { #expect(Stemmer.stem(word) == word) }
}
