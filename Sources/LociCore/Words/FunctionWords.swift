/// Words that say how a sentence is built, and not what it is about: question words, articles,
/// pronouns, auxiliaries, prepositions and conjunctions.
///
/// A question is full of them ("what is the …"), and so is every text. Where a question has other
/// words, these are not looked for, do not have to be held, and make no record relevant. In a query
/// of nothing else ("to be or not to be") they all count.
///
/// They are those of the language that the question is in: English *die* is no article. That is the
/// language whose function words it holds most of; where several come first, only a word that all
/// of these share is one, and where none does, none is. The lists are small on purpose: what they
/// lack only counts as any other word. Words that carry a meaning in another of these languages are
/// left out (German *war*, *hat*, *mit*; French *pour*, *son*), as are English *may* and *us*.
struct FunctionWords {
  private let lists: [Set<String>]

  /// The function words of the language that words in lower case, with their accents, are in.
  /// Complexity: O(words).
  init(of words: some Sequence<String>) {
    let words = Set(words)
    let counts = Self.languages.map { list in words.count(where: list.contains) }
    let most = counts.max() ?? 0
    lists = most == 0 ? [] : zip(Self.languages, counts).filter { $0.1 == most }.map(\.0)
  }

  /// Whether a word in lower case, with its accents, is one.
  func contains(_ word: String) -> Bool {
    !lists.isEmpty && lists.allSatisfy { $0.contains(word) }
  }

  /// The languages that a text is in: those whose function words it holds most of; of a long text,
  /// of its beginning. Complexity: O(1).
  static func languages(of text: String) -> Languages {
    let beginning = String(text.unicodeScalars.prefix(4096)).lowercased()
    let words = Set(
      beginning.unicodeScalars.split { !Segmenter.isWord($0) }.map { String($0) })
    let counts = languages.map { list in words.count(where: list.contains) }
    let most = max(1, counts.max() ?? 0)
    return zip(Language.allCases, counts).filter { $0.1 == most }
      .reduce(into: []) { $0.formUnion(Languages($1.0)) }
  }

  /// In the order of ``Language``.
  private static let languages =
    [english, german, french, spanish, italian, portuguese, dutch, russian]
    .map { Set($0.split { $0 == " " || $0 == "\n" }.map(String.init)) }

  private static let english = """
    what which who whom whose when where why how much many
    a an the this that these those some any each every all both
    i me my mine you your yours he him his she her hers it its we our ours they them their theirs
    am is are was were be been being do does did done doing have has had having
    will would shall should can could might must ought cannot
    of in on at to from by for with without about into onto over under between during before after
    and or but nor not no if then than as so because while until since there here
    please tell
    """
  private static let german = """
    was wer wen wem wessen wann warum weshalb wieso wie wo wohin woher
    welche welcher welches welchem
    der die das des dem ein eine einen einem einer eines
    ich mich mir du dich dir er ihn ihm sie es wir uns ihr euch ihnen sich mein meine dein deine
    ist sind waren sein bist haben habe hatte hatten wird werden wurde wurden kann können
    muss müssen
    soll sollen darf
    in im an am auf aus bei beim von vom zu zum zur für über unter nach vor ohne gegen durch
    zwischen
    und oder aber nicht kein keine wenn dass ob als auch denn
    """
  private static let french = """
    que quoi qui quel quelle quels quelles quand où pourquoi comment combien
    le la les un une des du de au aux ce cet cette ces
    je me tu te il elle nous vous ils elles se on lui leur mon ma mes ton ta tes sa ses
    est sont était étaient être ai as ont avoir avait fait
    à en dans sur avec chez vers entre et ou mais ne pas si y
    """
  private static let spanish = """
    qué quién quiénes cuál cuáles cuándo dónde cómo cuánto cuánta cuántos cuántas
    que quien cual cuando donde como
    el la los las un una unos unas lo del al este esta estos estas ese esa
    yo tú él ella ellos ellas nosotros ustedes se mi mis tu tus su sus le les
    es son era eran ser está están estaba fue ha han hay había
    de a en con por para desde hasta y o pero no si
    """
  private static let italian = """
    che chi cosa quale quali quando dove perché come quanto quanta quanti quante
    il lo la i gli le un uno una del dello della dei degli delle al allo alla ai agli alle
    nel nella nei nelle dal dalla dai sul sulla
    io tu lui lei noi voi loro si mi ti ci vi suo sua
    è sono era erano essere ha hanno avere
    di a da in con per tra fra e o ma non
    """
  private static let portuguese = """
    quê quem qual quais quando onde porquê como quanto quanta quantos quantas
    o os as um uma uns umas do da dos das no na nos nas ao aos à às este esta isso
    eu tu ele ela nós vós eles elas se seu sua seus suas meu minha
    é são era eram ser está estão foi tem há
    de em por para e ou mas não
    """
  private static let dutch = """
    wat wie waar wanneer waarom hoe welke welk hoeveel
    de het een deze dit die dat
    ik mij jij je jou hij hem zij ze haar wij we ons jullie hun zich mijn zijn
    is waren ben bent was heb heeft hebben had wordt worden werd kan kunnen moet moeten zal
    van op aan met voor naar bij uit om over en of maar niet geen als dan er
    """
  private static let russian = """
    что кто кого кому чего чему когда где куда откуда почему зачем как какой какая какое какие
    сколько
    чей чья чьё
    я меня мне ты тебя он его ему она её ей оно мы нас вы вас они их им это эта этот эти
    был была было были есть быть будет
    в во на с со к ко о об от до из у за по под над при для без и а но или не ли бы же то
    """
}
