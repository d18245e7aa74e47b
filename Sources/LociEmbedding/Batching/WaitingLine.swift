package import LociCore

/// Who is next: a value that decides and does nothing itself.
///
/// Queries go before passages; within each, first come, first served. A call has at most one batch
/// in line, so a short call never waits for all of a long one.
package struct WaitingLine<Ticket> {
  private let maximumCalls: Int
  private var callCount = 0
  private var lastNumber = 0
  private var waiting: [EmbeddingRole: [(number: Int, ticket: Ticket)]] = [:]

  /// Makes an empty line for at most so many calls.
  package init(maximumCalls: Int) { self.maximumCalls = maximumCalls }

  /// Lets a call in.
  ///
  /// - Throws: ``LociError/Code/overloaded`` where the line is full.
  package mutating func enter() throws(LociError) {
    guard callCount < maximumCalls else {
      throw LociError(
        .overloaded, "\(callCount) calls are waiting for the model, as many as may.",
        remedy: "Try again later, or embed more texts with fewer calls.")
    }
    callCount += 1
  }

  /// Lets a call out.
  package mutating func leave() { callCount -= 1 }

  /// The number of tickets in line. Complexity: O(1).
  package var count: Int { waiting.values.reduce(0) { $0 + $1.count } }

  /// Puts a ticket in line and returns its number.
  package mutating func append(_ ticket: Ticket, for role: EmbeddingRole) -> Int {
    lastNumber += 1
    waiting[role, default: []].append((lastNumber, ticket))
    return lastNumber
  }

  /// Takes the ticket whose turn it is. Complexity: O(waiting calls).
  package mutating func next() -> (number: Int, ticket: Ticket)? {
    for role in [EmbeddingRole.query, .passage] where waiting[role]?.isEmpty == false {
      return waiting[role]?.removeFirst()
    }
    return nil
  }

  /// Takes a ticket out of the line, where it still is. Complexity: O(waiting calls).
  package mutating func remove(_ number: Int) -> Ticket? {
    for role in EmbeddingRole.allCases {
      if let place = waiting[role]?.firstIndex(where: { $0.number == number }) {
        return waiting[role]?.remove(at: place).ticket
      }
    }
    return nil
  }
}
