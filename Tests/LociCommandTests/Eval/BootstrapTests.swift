import Foundation
import LociCommand
import LociTestKit
import Testing

@Suite("Intervals by drawing questions again")
struct BootstrapTests {
  @Test("The interval is that of the normal distribution where that is what means follow")
  func normal() throws {
    // 400 questions, half of them found: the mean's deviation is √(.25 / 400) = .025.
    let values = (0..<400).map { Double($0 % 2) }
    let interval = try #require(Bootstrap(resamples: 10_000).interval(of: values))
    #expect(abs(interval.low - (0.5 - 1.96 * 0.025)) < 0.004)
    #expect(abs(interval.high - (0.5 + 1.96 * 0.025)) < 0.004)
  }

  @Test("The same figures have the same interval, and another seed has nearly the same")
  func deterministic() throws {
    let values = (0..<97).map { Double($0 * 31 % 10) / 10 }
    let first = try #require(Bootstrap().interval(of: values))
    #expect(Bootstrap().interval(of: values) == first)
    let other = try #require(Bootstrap(seed: 99).interval(of: values))
    #expect(other != first)
    #expect(abs(other.low - first.low) < 0.02)
    let mean = values.reduce(0, +) / 97
    #expect(first.low < mean && mean < first.high)
  }

  @Test("What does not vary has no width, and nothing has no interval")
  func degenerate() {
    #expect(Bootstrap().interval(of: []) == nil)
    #expect(Bootstrap().interval(of: [0.3, 0.3]) == .init(low: 0.3, high: 0.3))
    #expect(Bootstrap().interval(of: [1]) == .init(low: 1, high: 1))
    #expect(Bootstrap().comparison([], []) == nil)
    #expect(Bootstrap().comparison([1], [1, 1]) == nil)
  }

  @Test("The same system twice differs by nothing, for certain")
  func same() throws {
    let values = (0..<50).map { Double($0 % 3) / 2 }
    let comparison = try #require(Bootstrap().comparison(values, values))
    #expect(comparison.difference == 0)
    #expect(comparison.interval == .init(low: 0, high: 0))
    #expect(comparison.probability == 1)
  }

  @Test("Pairs see a small difference that two intervals do not")
  func paired() throws {
    // Every tenth question is answered by one alone; all else is the same, and varies much.
    let second = (0..<200).map { Double($0 / 10 % 2) }
    let first = second.enumerated().map { $0.offset.isMultiple(of: 20) ? 1 : $0.element }
    let comparison = try #require(Bootstrap().comparison(first, second))
    #expect(abs(comparison.difference - 0.05) < 1e-12)
    #expect(comparison.interval.low > 0)
    #expect(comparison.probability < 0.01)
    let turned = try #require(Bootstrap().comparison(second, first))
    #expect(turned.difference == -comparison.difference)
    #expect(turned.interval.high < 0)
    let apart = try #require(Bootstrap().interval(of: first))
    #expect(apart.low < second.reduce(0, +) / 200)
  }

  @Test("A difference by chance alone is found in about one of twenty comparisons")
  func chance() throws {
    var generator = SeededGenerator(seed: 5)
    let found = try (0..<100).count { _ in
      let first = (0..<60).map { _ in Double(Int.random(in: 0...1, using: &generator)) }
      let second = (0..<60).map { _ in Double(Int.random(in: 0...1, using: &generator)) }
      let comparison = try #require(Bootstrap(resamples: 1000).comparison(first, second))
      return comparison.probability < 0.05
    }
    #expect((1...14).contains(found))
  }

  @Test("Draws are 1,000 to 10,000")
  func bounds() {
    #expect(Bootstrap(resamples: 1).resamples == 1_000)
    #expect(Bootstrap(resamples: .max).resamples == 10_000)
  }
}

@Suite("What relevance means")
struct ReliabilityTests {
  @Test("The calibration error agrees with what is computed by hand")
  func error() throws {
    // Two bins: said .15 and .65 on average, was 0 and 1 of 2.
    let hits: [(probability: Double, isAnswer: Bool)] = [
      (0.6, true), (0.1, false), (0.7, false), (0.2, false),
    ]
    let reliability = Reliability(hits, bins: 2)
    #expect(reliability.bins.map(\.count) == [2, 2])
    let error = try #require(reliability.error)
    #expect(abs(error - (0.15 + 0.15) / 2) < 1e-12)
    #expect(reliability.bins.map(\.observed) == [0, 0.5])
  }

  @Test("Bins are of equal mass, and fewer hits make fewer bins")
  func mass() {
    let hits = (0..<23).map { (probability: Double($0) / 23, isAnswer: $0 > 11) }
    #expect(Reliability(hits).bins.map(\.count).allSatisfy { [2, 3].contains($0) })
    #expect(Reliability(hits).bins.reduce(0) { $0 + $1.count } == 23)
    #expect(Reliability(Array(hits.prefix(3))).bins.count == 3)
    #expect(Reliability([]).error == nil)
    #expect(Reliability([]).bins.isEmpty)
  }

  @Test("F1 of not answered agrees with what is computed by hand")
  func abstention() throws {
    var score = AbstentionScore()
    #expect(score.f1 == nil)
    for (isAnswerable, isAnswered) in [
      (false, false), (false, false), (false, true), (true, false), (true, true), (true, true),
    ] {
      score.add(isAnswerable: isAnswerable, isAnswered: isAnswered)
    }
    #expect(score.precision == 2.0 / 3)
    #expect(score.recall == 2.0 / 3)
    #expect(try abs(#require(score.f1) - 2.0 / 3) < 1e-12)
  }
}
