import LociCore

/// A connection to the server with its prepared statements and transactions.
///
/// Confined to the ``ConnectionActor`` that made it.
final class Connection {
  /// How long a caller stays for an answer on its own thread: the shortest that `poll` can wait. A
  /// server nearby answers a short statement in a fifth of it.
  private static let moment = Duration.milliseconds(1)

  private let wire: Wire
  private var statements = StatementCache(capacity: 128)
  /// What became of ``sendAhead(_:)``.
  private var sentAhead: Result<Preparations, any Error>?
  private var isOpeningTransaction = false
  /// Whether a transaction is running, or opens with the next statement.
  private var isInTransaction = false

  /// Takes over a wire that is connected.
  init(_ wire: Wire) { self.wire = wire }

  /// Whether it can be lent again.
  var isUsable: Bool { wire.isIdle }

  /// A name as it may stand in SQL.
  func quoted(_ identifier: String) throws -> String { try wire.quoted(identifier) }

  /// Where it leads, without the user.
  var location: String { wire.location }

  /// Does work that can be cancelled, with a bound on the time of each statement.
  func perform<T>(
    _ cancellation: CancellationFlag, patience: Duration?, _ body: (Connection) throws -> T
  ) rethrows -> T {
    wire.cancellation = cancellation
    wire.patience = patience
    defer { wire.settle() }
    return try body(self)
  }

  // MARK: Statements

  /// Runs one statement and maps each row.
  func rows<T>(_ sql: String, _ values: [Value] = [], _ body: (Row) throws -> T) throws -> [T] {
    try run([Statement(sql, values)])[0].rows.map(body)
  }

  /// Runs one statement and maps its first row, if it has one.
  func first<T>(_ sql: String, _ values: [Value] = [], _ body: (Row) throws -> T) throws -> T? {
    try rows(sql, values, body).first
  }

  /// The integer of the first row's first column; 0 where there is no row.
  func integer(_ sql: String, _ values: [Value] = []) throws -> Int64 {
    try first(sql, values) { $0.integer(0) } ?? 0
  }

  /// Runs one statement; returns how many rows it touched.
  @discardableResult
  func execute(_ sql: String, _ values: [Value] = []) throws -> Int {
    try run([Statement(sql, values)])[0].changeCount
  }

  /// Runs statements in one round trip for each 256 of them; returns a result for each.
  ///
  /// Outside a transaction, those of one round trip are a transaction of their own.
  @discardableResult
  func run(_ batch: [Statement]) throws -> [ResultSet] {
    var results: [ResultSet] = []
    results.reserveCapacity(batch.count)
    for start in stride(from: 0, to: batch.count, by: 256) {
      try checkCancellation()
      let chunk = Array(batch[start..<min(start + 256, batch.count)])
      if isOpeningTransaction {
        isOpeningTransaction = false
        results += try roundTrip([Self.begin] + chunk).dropFirst()
      } else {
        results += try roundTrip(chunk)
      }
    }
    return results
  }

  /// Runs statements that bind nothing, separated by semicolons.
  func executeScript(_ sql: String) throws {
    try openTransaction()
    try wire.runScript(sql)
  }

  /// Feeds a `COPY … FROM STDIN` with what `next` gives until that is nil.
  func copy(_ sql: String, from next: () -> [UInt8]?) throws {
    try openTransaction()
    try wire.copy(sql, from: next)
  }

  private func openTransaction() throws {
    try checkCancellation()
    guard isOpeningTransaction else { return }
    isOpeningTransaction = false
    try roundTrip([Self.begin])
  }

  private func checkCancellation() throws {
    // What was sent ahead may have been done: only its answer tells.
    if sentAhead == nil && wire.cancellation.isSet { throw ConnectionFailure.cancelled }
  }

  // MARK: Transactions

  private static let begin = Statement("BEGIN")

  /// Runs `body` in a transaction; whatever it throws undoes everything.
  ///
  /// It opens in the first statement's own round trip. Inside another one, it is a part of that.
  func write<T>(_ body: (Connection) throws -> T) throws -> T {
    guard !isInTransaction else { return try body(self) }
    (isInTransaction, isOpeningTransaction) = (true, true)
    defer { (isInTransaction, isOpeningTransaction) = (false, false) }
    do {
      let result = try body(self)
      if !isOpeningTransaction { try commit() }
      return result
    } catch {
      // What went wrong says more than what the way back may meet.
      if wire.isAlive && !wire.isIdle { _ = try? roundTrip([Statement("ROLLBACK")]) }
      throw error
    }
  }

  /// Runs `body` inside the caller's transaction. Where it would make a row that is there already,
  /// all that it did is undone, and this returns false.
  func unlessTaken(_ body: (Connection) throws -> Void) throws -> Bool {
    try execute("SAVEPOINT untaken")
    do {
      try body(self)
    } catch let failure as ConnectionFailure where failure.isTaken {
      try execute("ROLLBACK TO SAVEPOINT untaken")
      return false
    }
    return true
  }

  private func commit() throws {
    wire.isCommitting = true
    defer { wire.isCommitting = false }
    let tag = try roundTrip([Statement("COMMIT")])[0].tag
    guard tag == "COMMIT" else {
      throw ConnectionFailure.refused(state: "25P02", message: "the transaction was aborted")
    }
  }

  // MARK: Round trips

  /// Which statements of a round trip the server has to prepare, by their places.
  private typealias Preparations = Set<Int>

  @discardableResult
  private func roundTrip(_ batch: [Statement]) throws -> [ResultSet] {
    let sent = sentAhead
    sentAhead = nil
    let preparations = try sent?.get() ?? send(batch)
    try wire.flush()
    let results = try receive(batch, preparations)
    try forget(statements.evict())
    return results
  }

  /// Sends the statements that ``run(_:)`` gets next, one round trip at most, and stays a moment;
  /// returns whether running them will not wait.
  func sendAhead(_ batch: [Statement]) -> Bool {
    let sent = Result { try send(batch) }
    sentAhead = sent
    guard case .success(let preparations) = sent, preparations.isEmpty else { return false }
    return wire.isAnswered(within: Self.moment)
  }

  /// Sends statements, as far as that does not block.
  private func send(_ batch: [Statement]) throws -> Preparations {
    var (fresh, preparations) = (Set<String>(), Preparations())
    for (place, statement) in batch.enumerated() {
      let (name, isKnown) = statements.use(statement.sql)
      if !isKnown && fresh.insert(name).inserted {
        try wire.prepare(statement.sql, as: name)
        preparations.insert(place)
      }
      try wire.execute(name, statement.values)
    }
    try wire.sync()
    return preparations
  }

  /// Reads the answers up to the end of the round trip, or throws what the first failure was.
  private func receive(
    _ batch: [Statement], _ preparations: Preparations
  ) throws -> [ResultSet] {
    var results: [ResultSet] = []
    var failure: ConnectionFailure?
    func answer() throws -> ResultSet? {
      guard let result = try wire.next() else { return nil }
      if result.status == .failed && failure == nil {
        let meant = wire.failure(of: result)
        guard wire.isAlive else { throw meant }
        failure = meant
      }
      _ = try wire.next()
      return result
    }
    for (place, statement) in batch.enumerated() {
      if preparations.contains(place), try answer()?.status == .done {
        statements.confirm(statement.sql)
      }
      if let result = try answer() { results.append(result) }
    }
    while let result = try wire.next(), result.status != .endOfRoundTrip {}
    if let failure { throw failure }
    guard results.count == batch.count else { throw wire.lost() }
    return results
  }

  private func forget(_ names: [String]) throws {
    for name in names { try wire.runScript("DEALLOCATE \(name)") }
  }
}

extension Connection {
  /// Runs `body` without the server's bound on the time of a statement.
  func withoutTimeout<T>(_ body: () throws -> T) throws -> T {
    let before = try first("SELECT current_setting('statement_timeout')") { $0.text(0) } ?? "0"
    let change = "SELECT set_config('statement_timeout', $1, false)"
    try execute(change, [.text("0")])
    defer { _ = try? execute(change, [.text(before)]) }
    return try body()
  }
}
