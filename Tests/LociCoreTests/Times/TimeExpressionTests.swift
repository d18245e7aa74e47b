import Foundation
import LociCore
import LociTestKit
import Testing

/// What texts say of times, all of them written on Wednesday, 14 June 2023, at 15:30 UTC.
@Suite("Times in texts") struct TimeExpressionTests {
  static let moment = Date(timeIntervalSince1970: 1_686_756_600)

  struct Example: CustomTestStringConvertible {
    let text: String
    let expected: [String]
    var testDescription: String { text }
    init(_ text: String, _ expected: String...) {
      (self.text, self.expected) = (text, expected)
    }
  }

  /// A stretch as `2023-05-01/2023-06-01`, with hours where it does not begin at midnight.
  private func text(_ span: TimeSpan) -> String {
    func text(_ date: Date?) -> String {
      guard let date else { return ".." }
      let time = date.ISO8601Format()
      return time.hasSuffix("T00:00:00Z") ? String(time.prefix(10)) : String(time.prefix(13))
    }
    return "\(text(span.from))/\(text(span.before))"
  }

  private func check(_ example: Example) {
    let found = TimeExpression.found(in: example.text, writtenAt: Self.moment)
    #expect(found.map { text($0.interval) } == example.expected, "\(example.text): \(found)")
  }

  @Test(
    "Dates",
    arguments: [
      Example("2023-05-08", "2023-05-08/2023-05-09"),
      Example("It was on 2023-05-08T13:56:00Z, I think.", "2023-05-08/2023-05-09"),
      Example("the log of 2023-05", "2023-05-01/2023-06-01"),
      Example("on 2023/05/08.", "2023-05-08/2023-05-09"),
      Example("1:56 pm on 8 May, 2023", "2023-05-08/2023-05-09"),
      Example("What did Anna do on 8 May 2023?", "2023-05-08/2023-05-09"),
      Example("on the 8th of May 2021", "2021-05-08/2021-05-09"),
      Example("May 8th, 2023", "2023-05-08/2023-05-09"),
      Example("Oct. 13, 2022", "2022-10-13/2022-10-14"),
      Example("on May 8", "2023-05-08/2023-05-09"),
      Example("the first of May", "2023-05-01/2023-05-02"),
      Example("May 8-10, 2023", "2023-05-08/2023-05-11"),
      Example("8–10 May 2023", "2023-05-08/2023-05-11"),
      Example("on July 3", "2022-07-03/2022-07-04"),
      Example("we will meet on July 3", "2023-07-03/2023-07-04"),
      Example("Monday, 8 May 2023", "2023-05-08/2023-05-09"),
      Example("in May 2023", "2023-05-01/2023-06-01"),
      Example("in May of 2021", "2021-05-01/2021-06-01"),
      Example("what happened in may?", "2023-05-01/2023-06-01"),
      Example("in August", "2022-08-01/2022-09-01"),
      Example("we are going there in August", "2023-08-01/2023-09-01"),
      Example("in 2022", "2022-01-01/2023-01-01"),
      Example("The trial of Smith et al. (2009)", "2009-01-01/2010-01-01"),
      Example("the year 1848", "1848-01-01/1849-01-01"),
      Example("in the 1990s", "1990-01-01/2000-01-01"),
      Example("summer 2022", "2022-06-01/2022-09-01"),
      Example("the winter of 2021", "2021-12-01/2022-03-01"),
      Example("during the summer", "2023-06-01/2023-09-01"),
      Example("Q2 2023", "2023-04-01/2023-07-01"),
      Example("2022 Q4 figures", "2022-10-01/2023-01-01"),
      Example("29 February 2024", "2024-02-29/2024-03-01"),
      Example("on 29 February", "2020-02-29/2020-03-01"),
      Example("29 February 2023", "2023-02-01/2023-03-01"), Example("2023-13-01"),
      Example("31.4.2023"),
    ])
  func dates(_ example: Example) { check(example) }

  @Test(
    "Days, weeks, months and years that are counted from now",
    arguments: [
      Example("today", "2023-06-14/2023-06-15"),
      Example("I saw her yesterday.", "2023-06-13/2023-06-14"),
      Example("the day before yesterday", "2023-06-12/2023-06-13"),
      Example("tomorrow", "2023-06-15/2023-06-16"),
      Example("the day after tomorrow", "2023-06-16/2023-06-17"),
      Example("last night", "2023-06-13T18/2023-06-14T06"),
      Example("this morning", "2023-06-14T05/2023-06-14T12"),
      Example("tonight", "2023-06-14T18/2023-06-15T06"),
      Example("yesterday evening", "2023-06-13T17/2023-06-14"),
      Example("last week", "2023-06-05/2023-06-12"),
      Example("this week", "2023-06-12/2023-06-19"),
      Example("next week", "2023-06-19/2023-06-26"),
      Example("the week before last", "2023-05-29/2023-06-05"),
      Example("last weekend", "2023-06-10/2023-06-12"),
      Example("this weekend", "2023-06-17/2023-06-19"),
      Example("last month", "2023-05-01/2023-06-01"),
      Example("next month", "2023-07-01/2023-08-01"),
      Example("last year", "2022-01-01/2023-01-01"),
      Example("this year", "2023-01-01/2024-01-01"),
      Example("last quarter", "2023-01-01/2023-04-01"),
      Example("last Tuesday", "2023-06-13/2023-06-14"),
      Example("last Wednesday", "2023-06-07/2023-06-08"),
      Example("this Friday", "2023-06-16/2023-06-17"),
      Example("next Tuesday", "2023-06-20/2023-06-21"),
      Example("on Tuesday", "2023-06-13/2023-06-14"),
      Example("on Thursday", "2023-06-08/2023-06-09"),
      Example("The exam will be on Thursday", "2023-06-15/2023-06-16"),
      Example("Friday night", "2023-06-09T18/2023-06-10T06"),
      Example("last May", "2023-05-01/2023-06-01"),
      Example("last June", "2022-06-01/2022-07-01"),
      Example("this May", "2023-05-01/2023-06-01"),
      Example("next May", "2024-05-01/2024-06-01"),
      Example("last summer", "2022-06-01/2022-09-01"),
      Example("this summer", "2023-06-01/2023-09-01"),
      Example("last winter", "2022-12-01/2023-03-01"),
      Example("3 days ago", "2023-06-11/2023-06-12"),
      Example("two weeks ago", "2023-05-28/2023-06-04"),
      Example("a month ago", "2023-05-01/2023-06-01"),
      Example("4 years ago", "2019-01-01/2020-01-01"),
      Example("a few days ago", "2023-06-08/2023-06-13"),
      Example("a couple of weeks ago", "2023-05-21/2023-06-04"),
      Example("two hours ago", "2023-06-14T13/2023-06-14T14"),
      Example("in three days", "2023-06-17/2023-06-18"),
      Example("in 2 weeks", "2023-06-25/2023-07-02"),
      Example("in the last two weeks", "2023-05-31/2023-06-15"),
      Example("over the past year", "2022-06-14/2023-06-15"),
      Example("early May", "2023-05-01/2023-05-11"),
      Example("mid-May 2023", "2023-05-11/2023-05-22"),
      Example("late 2022", "2022-09-01/2023-01-01"),
      Example("at the end of the year", "2023-09-01/2024-01-01"),
      Example("since May 2022", "2022-05-01/.."),
      Example("since last week", "2023-06-05/.."),
      Example("before 8 May 2023", "../2023-05-08"),
      Example("after 2020", "2021-01-01/.."),
      Example("until yesterday", "../2023-06-14"),
      Example("between May and July 2022", "2022-05-01/2022-08-01"),
      Example("from November to February 2023", "2022-11-01/2023-03-01"),
      Example("from 2019 to 2021", "2019-01-01/2022-01-01"),
      Example(
        "Last May we met; two weeks ago we met again.", "2023-05-01/2023-06-01",
        "2023-05-28/2023-06-04"),
    ])
  func relative(_ example: Example) { check(example) }

  @Test(
    "Day and month in numbers go by the language; in English both are read",
    arguments: [
      Example("Das war am 8.5.2023.", "2023-05-08/2023-05-09"),
      Example("La réunion est le 8/5/2023", "2023-05-08/2023-05-09"),
      Example("what is due on 5/8/2023", "2023-08-05/2023-08-06", "2023-05-08/2023-05-09"),
      Example("what is due on 5/28/2023", "2023-05-28/2023-05-29"),
      Example("what was due before 5/8/2023", "../2023-08-05"),
      Example("Dat is op 8-5-2023", "2023-05-08/2023-05-09"),
    ])
  func order(_ example: Example) { check(example) }

  @Test(
    "What only looks like a time is none",
    arguments: [
      "You may go", "we march on", "He sat down in the sun", "a second chance", "this may be",
      "it may march 8 times", "in 2023 items", "it costs $2023", "2023 €", "v2023.1", "10.2.2023.1",
      "version 8.5.23", "2023.1.2", "AB-2023-05-XY", "2023/24", "call 2023-555", "the fall of Rome",
      "a spring in the bed", "April said so", "I met June", "on Mars",
      "0.5.2023x", "every Tuesday", "for 4 years", "4 years old", "three days", "#2023", "50% in 3",
      "user2023", "src/2023/main.c", "Er ist hier", "Zij woont hier", "Guten Morgen!",
      "la mañana", "the last day of school", "at 10:30", "192.168.2.1", "in 3", "page 2023",
      "Martin Luther King, Jr., 1200 words", "sept personnes", "le mois de trop",
      "may 20 people come",
      "$12 May be enough", "March of 300 men",
      "Ha due anni", "il a 3 ans", "elle a été là",
    ].map { Example($0) })
  func none(_ example: Example) { check(example) }

  @Test(
    "German, French, Spanish, Italian, Portuguese, Dutch and Russian",
    arguments: [
      Example("gestern", "2023-06-13/2023-06-14"),
      Example("vorgestern", "2023-06-12/2023-06-13"),
      Example("Wir sehen uns morgen", "2023-06-15/2023-06-16"),
      Example("heute Abend", "2023-06-14T17/2023-06-15"),
      Example("letzte Woche", "2023-06-05/2023-06-12"),
      Example("nächsten Monat", "2023-07-01/2023-08-01"),
      Example("im letzten Jahr", "2022-01-01/2023-01-01"),
      Example("vor drei Tagen", "2023-06-11/2023-06-12"),
      Example("vor einem Jahr", "2022-01-01/2023-01-01"),
      Example("vor ein paar Tagen", "2023-06-08/2023-06-13"),
      Example("am 8. Mai 2023", "2023-05-08/2023-05-09"),
      Example("im Mai", "2023-05-01/2023-06-01"),
      Example("am Dienstag", "2023-06-13/2023-06-14"),
      Example("im März 2021", "2021-03-01/2021-04-01"),
      Example("Ende letzten Jahres", "2022-09-01/2023-01-01"),
      Example("seit 2020", "2020-01-01/.."),
      Example("vor dem 8. Mai 2023", "../2023-05-08"),
      Example("im Sommer 2022", "2022-06-01/2022-09-01"),
      Example("hier, il est venu", "2023-06-13/2023-06-14"),
      Example("avant-hier", "2023-06-12/2023-06-13"),
      Example("aujourd’hui", "2023-06-14/2023-06-15"),
      Example("demain matin", "2023-06-15T05/2023-06-15T12"),
      Example("la semaine dernière", "2023-06-05/2023-06-12"),
      Example("le mois prochain", "2023-07-01/2023-08-01"),
      Example("l'année dernière", "2022-01-01/2023-01-01"),
      Example("mardi dernier", "2023-06-13/2023-06-14"),
      Example("il y a trois jours", "2023-06-11/2023-06-12"),
      Example("dans deux semaines", "2023-06-25/2023-07-02"),
      Example("le 8 mai 2023", "2023-05-08/2023-05-09"),
      Example("le 1er août 2022", "2022-08-01/2022-08-02"),
      Example("en mars", "2023-03-01/2023-04-01"),
      Example("l'été dernier", "2022-06-01/2022-09-01"),
      Example("ayer", "2023-06-13/2023-06-14"),
      Example("pasado mañana", "2023-06-16/2023-06-17"),
      Example("la semana pasada", "2023-06-05/2023-06-12"),
      Example("el año pasado", "2022-01-01/2023-01-01"),
      Example("el próximo mes", "2023-07-01/2023-08-01"),
      Example("hace dos días", "2023-06-12/2023-06-13"),
      Example("el 8 de mayo de 2023", "2023-05-08/2023-05-09"),
      Example("en mayo", "2023-05-01/2023-06-01"),
      Example("el martes", "2023-06-13/2023-06-14"),
      Example("ieri", "2023-06-13/2023-06-14"),
      Example("la settimana scorsa", "2023-06-05/2023-06-12"),
      Example("il mese prossimo", "2023-07-01/2023-08-01"),
      Example("l'anno scorso", "2022-01-01/2023-01-01"),
      Example("due giorni fa", "2023-06-12/2023-06-13"),
      Example("l'8 maggio 2023", "2023-05-08/2023-05-09"),
      Example("a maggio", "2023-05-01/2023-06-01"),
      Example("ontem", "2023-06-13/2023-06-14"),
      Example("a semana passada", "2023-06-05/2023-06-12"),
      Example("no ano passado", "2022-01-01/2023-01-01"),
      Example("há três dias", "2023-06-11/2023-06-12"),
      Example("dois dias atrás", "2023-06-12/2023-06-13"),
      Example("8 de maio de 2023", "2023-05-08/2023-05-09"),
      Example("na terça-feira", "2023-06-13/2023-06-14"),
      Example("gisteren", "2023-06-13/2023-06-14"),
      Example("vorige week", "2023-06-05/2023-06-12"),
      Example("volgende maand", "2023-07-01/2023-08-01"),
      Example("vorig jaar", "2022-01-01/2023-01-01"),
      Example("twee dagen geleden", "2023-06-12/2023-06-13"),
      Example("8 mei 2023", "2023-05-08/2023-05-09"),
      Example("op dinsdag", "2023-06-13/2023-06-14"),
      Example("вчера", "2023-06-13/2023-06-14"),
      Example("Позавчера", "2023-06-12/2023-06-13"),
      Example("на прошлой неделе", "2023-06-05/2023-06-12"),
      Example("в следующем месяце", "2023-07-01/2023-08-01"),
      Example("в прошлом году", "2022-01-01/2023-01-01"),
      Example("два дня назад", "2023-06-12/2023-06-13"),
      Example("неделю назад", "2023-06-04/2023-06-11"),
      Example("8 мая 2023 года", "2023-05-08/2023-05-09"),
      Example("в мае", "2023-05-01/2023-06-01"),
      Example("во вторник", "2023-06-13/2023-06-14"),
      Example("летом 2022 года", "2022-06-01/2022-09-01"),
    ])
  func languages(_ example: Example) { check(example) }
}
