import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Decay of episodes") struct EpisodeDecayTests {
  @Test("Atom's numbers: all until day 90, a half then, nothing from day 180 on")
  func numbers() {
    let decay = EpisodeDecay()
    for (days, value) in [
      (-400.0, 1.0), (0, 1), (89.99, 1), (90, 0.5), (108, 0.4), (135, 0.25), (179.1, 0.005),
      (180, 0), (100_000, 0),
    ] {
      #expect(abs(decay.value(afterDays: days) - value) < 1e-12, "\(days) days")
    }
    #expect(EpisodeDecay(from: 0, until: 10).value(afterDays: 0) == 1)
    #expect(EpisodeDecay(from: 0, until: 10).value(afterDays: 5) == 0.5)
    #expect(EpisodeDecay(from: 0, until: 0).value(afterDays: 2) == 0)
  }

  @Test("It never rises with the days, and is 0…1, for any rule", arguments: 0..<20)
  func falls(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let decay = EpisodeDecay(
      from: .random(in: -5...400, using: &generator),
      until: .random(in: -5...400, using: &generator))
    let days = (0..<200).map { _ in Double.random(in: -100...800, using: &generator) }.sorted()
    let values = days.map(decay.value)
    #expect(values.allSatisfy { (0...1).contains($0) })
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
  }
}
