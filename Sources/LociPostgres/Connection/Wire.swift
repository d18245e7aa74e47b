import CPostgres
import Dispatch
import Foundation
import LociCore
import LociSQL

/// A libpq connection: the one place that speaks to the C library.
///
/// It stays in pipeline mode, so that any number of statements takes one round trip, and in
/// non-blocking mode, so that a wait can end by a deadline or by cancellation. It is confined to
/// the actor that owns its ``Connection``.
@safe final class Wire {
  /// Set by whoever wants the running work to end.
  var cancellation = CancellationFlag()
  /// How long to wait for the next answer; nil for as long as it takes.
  var patience: Duration?
  /// Whether a commit is on its way, so that nobody knows what a broken connection means.
  var isCommitting = false
  private let handle: OpaquePointer
  private var isGivenUp = false
  /// Signals that the server has passed on the cancellation that was sent.
  private var cancelling: DispatchSemaphore?
  private var deadline: ContinuousClock.Instant?
  /// Results that came while somebody stayed for them, the last one first; see
  /// ``isAnswered(within:)``.
  private var received: [ResultSet?] = []

  /// Connects, or throws ``ConnectionFailure/unreachable(state:detail:)``.
  init(conninfo: String, timeout: Duration) throws {
    let opened = unsafe withCStrings(["dbname", "client_encoding", "fallback_application_name"]) {
      keywords in
      unsafe withCStrings([conninfo, "UTF8", "loci"]) {
        unsafe PQconnectStartParams(keywords, $0, 1)
      }
    }
    guard let opened = unsafe opened else {
      throw ConnectionFailure.unreachable(state: nil, detail: "out of memory")
    }
    unsafe handle = opened
    // The SQLSTATE of a refused start stands nowhere but in the message.
    _ = unsafe PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
    _ = unsafe PQsetNoticeProcessor(handle, { _, _ in }, nil)
    patience = timeout
    try shakeHands()
    _ = unsafe PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
    guard unsafe PQsetnonblocking(handle, 1) == 0, unsafe PQenterPipelineMode(handle) == 1
    else {
      throw unreachable()
    }
  }

  deinit { unsafe PQfinish(handle) }

  private func shakeHands() throws {
    startWaiting()
    guard unsafe PQstatus(handle) != CONNECTION_BAD else { throw unreachable() }
    var state = PGRES_POLLING_WRITING
    while state != PGRES_POLLING_OK {
      guard state != PGRES_POLLING_FAILED else { throw unreachable() }
      do {
        try wait(forWriting: state == PGRES_POLLING_WRITING)
      } catch ConnectionFailure.hung {
        throw ConnectionFailure.unreachable(state: nil, detail: "no answer in time")
      }
      state = unsafe PQconnectPoll(handle)
    }
  }

  /// Whether it is connected and no transaction is open.
  var isIdle: Bool { unsafe isAlive && PQtransactionStatus(handle) == PQTRANS_IDLE }

  /// Whether it is connected, as far as anybody knows.
  var isAlive: Bool { unsafe !isGivenUp && PQstatus(handle) == CONNECTION_OK }

  /// Where it leads: host and port, or the socket's folder, and the database.
  var location: String {
    let host = unsafe String(cString: PQhost(handle))
    let port = unsafe String(cString: PQport(handle))
    return unsafe "\(host):\(port)/\(String(cString: PQdb(handle)))"
  }

  /// A name as it may stand in SQL.
  func quoted(_ identifier: String) throws -> String {
    guard let made = unsafe PQescapeIdentifier(handle, identifier, identifier.utf8.count) else {
      throw LociError(.invalidArgument, "A schema's name can't be quoted.")
    }
    defer { unsafe PQfreemem(made) }
    return unsafe String(cString: made)
  }

  // MARK: Sending

  /// Sends a statement to be prepared.
  func prepare(_ sql: String, as name: String) throws {
    try check(unsafe PQsendPrepare(handle, name, sql, 0, nil))
  }

  /// Sends a prepared statement to be run, with its values and for results in binary.
  func execute(_ name: String, _ values: [Value]) throws {
    var bytes: [UInt8] = []
    let places = values.map { value in
      let start = bytes.count
      return value.append(to: &bytes).map { start..<(start + $0) }
    }
    bytes.append(0)  // so that an empty value has an address, too
    let lengths = places.map { Int32($0?.count ?? 0) }
    let formats = [Int32](repeating: 1, count: values.count)
    let isSent = unsafe bytes.withUnsafeBytes { bytes in
      let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      let pointers = unsafe places.map { place in
        unsafe place.flatMap { place in unsafe start.map { unsafe $0 + place.lowerBound } }
      }
      return unsafe PQsendQueryPrepared(
        handle, name, Int32(values.count), pointers, lengths, formats, 1)
    }
    try check(isSent)
  }

  /// Ends what was sent as one round trip. What the socket does not take at once stays for
  /// ``flush()``.
  func sync() throws {
    try check(unsafe PQpipelineSync(handle))
  }

  /// Waits until all that was sent is on its way.
  func flush() throws {
    startWaiting()
    while true {
      switch unsafe PQflush(handle) {
      case 0: return
      case 1: try wait(forWriting: true)
      default: throw lost()
      }
      // The server may wait for us to read before it reads on.
      try check(unsafe PQconsumeInput(handle))
    }
  }

  private func check(_ isDone: Int32) throws {
    guard isDone == 1 else { throw lost() }
  }

  // MARK: Receiving

  /// Stays for a round trip's answers; returns whether all of them are here, so that ``next()``
  /// will not wait. Where the connection breaks, they are not.
  func isAnswered(within time: Duration) -> Bool {
    guard unsafe PQflush(handle) == 0 else { return false }
    defer { received.reverse() }
    let end = ContinuousClock.now + time
    while isAlive {
      if unsafe PQisBusy(handle) == 0 {
        let result = unsafe PQgetResult(handle).map { unsafe ResultSet($0) }
        received.append(result)
        if result?.status == .endOfRoundTrip { return true }
      } else {
        let left = end - .now
        guard left > .zero, poll(POLLIN, left) == 1, unsafe PQconsumeInput(handle) == 1 else {
          return false
        }
      }
    }
    return false
  }

  /// The next result; nil where the current statement has no more.
  func next() throws -> ResultSet? {
    if let result = received.popLast() { return result }
    if unsafe PQisBusy(handle) == 1 {
      startWaiting()
      repeat {
        try wait(forWriting: false)
        try check(unsafe PQconsumeInput(handle))
      } while unsafe PQisBusy(handle) == 1
    }
    return unsafe PQgetResult(handle).map { unsafe ResultSet($0) }
  }

  /// What a failed result means.
  func failure(of result: ResultSet) -> ConnectionFailure {
    guard let state = result.sqlState, unsafe PQstatus(handle) == CONNECTION_OK,
      !ConnectionFailure.isShutdown(state)
    else { return lost() }
    return state == "57014" && cancellation.isSet
      ? .cancelled : .refused(state: state, message: result.message)
  }

  private func startWaiting() { deadline = patience.map { .now + $0 } }

  /// Waits until the socket is ready, at most until the deadline.
  private func wait(forWriting: Bool) throws {
    while true {
      if cancellation.isSet && cancelling == nil {
        sendCancel()
        deadline = .now + .seconds(2)
      }
      let left = deadline.map { $0 - .now } ?? .seconds(1)
      guard left > .zero else {
        sendCancel()
        isGivenUp = true
        throw cancellation.isSet && !isCommitting
          ? ConnectionFailure.cancelled : .hung(isCommitUnknown: isCommitting)
      }
      // Short naps: cancellation has no descriptor to wait for.
      let count = poll(forWriting ? POLLOUT | POLLIN : POLLIN, min(left, .milliseconds(50)))
      if count > 0 { return }
      guard count == 0 || errno == EINTR else { throw lost() }
    }
  }

  /// Waits for one of the events; its unit is the millisecond.
  private func poll(_ events: Int32, _ time: Duration) -> Int32 {
    var descriptor = pollfd(fd: unsafe PQsocket(handle), events: Int16(events), revents: 0)
    return unsafe Foundation.poll(
      &descriptor, 1, Int32((time / .milliseconds(1)).rounded(.up)))
  }

  /// Asks the server to end the running statement. The request blocks while the server hangs, so it
  /// has a thread of its own.
  private func sendCancel() {
    let passedOn = DispatchSemaphore(value: 0)
    cancelling = passedOn
    let address = unsafe Int(bitPattern: PQgetCancel(handle))
    DispatchQueue(label: "loci.postgres.cancel").async {
      defer { passedOn.signal() }
      guard let request = unsafe OpaquePointer(bitPattern: address) else { return }
      var reason = [CChar](repeating: 0, count: 256)
      _ = unsafe PQcancel(request, &reason, Int32(reason.count))
      unsafe PQfreeCancel(request)
    }
  }

  /// Waits until a cancellation that was sent can't end any later statement; gives the connection
  /// up where that takes too long.
  func settle() {
    guard let cancelling else { return }
    self.cancelling = nil
    if isAlive && cancelling.wait(timeout: .now() + 2) == .timedOut { isGivenUp = true }
  }

  /// Gives the connection up as broken.
  func lost() -> ConnectionFailure {
    isGivenUp = true
    return .lost(
      isCommitUnknown: isCommitting, detail: unsafe String(cString: PQerrorMessage(handle)))
  }

  private func unreachable() -> ConnectionFailure {
    let message = unsafe String(cString: PQerrorMessage(handle))
    let state = message.matches(of: #/: +([0-9A-Z]{5})(?=: )/#).last.map { String($0.1) }
    return .unreachable(state: state, detail: message)
  }

  // MARK: Outside the pipeline

  /// Runs statements that bind nothing, separated by semicolons.
  func runScript(_ sql: String) throws {
    try outsidePipeline {
      try check(unsafe PQsendQuery(handle, sql))
      try finish()
    }
  }

  /// Runs a `COPY … FROM STDIN` and feeds it what `next` gives until that is nil.
  func copy(_ sql: String, from next: () -> [UInt8]?) throws {
    try outsidePipeline {
      try check(unsafe PQsendQuery(handle, sql))
      try flush()
      guard let start = try self.next() else { throw lost() }
      guard start.status == .copying else { throw try drained(failure(of: start)) }
      while let piece = next() { try put(piece) }
      while unsafe PQputCopyEnd(handle, nil) == 0 { try wait(forWriting: true) }
      try finish()
    }
  }

  private func put(_ piece: [UInt8]) throws {
    startWaiting()
    while true {
      let state = unsafe piece.withUnsafeBytes { bytes in
        unsafe PQputCopyData(
          handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
      }
      switch state {
      case 1: return
      case 0: try wait(forWriting: true)
      default: throw lost()
      }
    }
  }

  private func finish() throws {
    try flush()
    var first: ConnectionFailure?
    while let result = try next() {
      if result.status == .failed && first == nil { first = failure(of: result) }
    }
    if let first { throw first }
  }

  private func drained(_ failure: ConnectionFailure) throws -> ConnectionFailure {
    while try next() != nil {}
    return failure
  }

  private func outsidePipeline(_ body: () throws -> Void) throws {
    guard unsafe PQexitPipelineMode(handle) == 1 else { throw lost() }
    defer { if unsafe PQenterPipelineMode(handle) != 1 { isGivenUp = true } }
    try body()
  }
}

/// What libpq reads in a connection string, and in the environment where that says nothing.
struct ConnectionOptions {
  private var values: [String: String] = [:]
  /// The same as PostgreSQL's programs read them in their environment.
  private(set) var variables: [String: String] = [:]

  /// Reads a URI or `key=value` pairs; nil where libpq can't. What libpq says about it would quote
  /// it, passwords included.
  init?(_ conninfo: String) {
    unsafe take(PQconndefaults())
    guard let parsed = unsafe PQconninfoParse(conninfo, nil) else { return nil }
    unsafe take(parsed)
  }

  /// The environment's.
  init() { unsafe take(PQconndefaults()) }

  subscript(keyword: String) -> String? { values[keyword] }

  private mutating func take(_ options: UnsafeMutablePointer<PQconninfoOption>?) {
    guard var option = unsafe options else { return }
    defer { unsafe PQconninfoFree(options) }
    while let keyword = unsafe option.pointee.keyword {
      if let value = unsafe option.pointee.val {
        unsafe values[String(cString: keyword)] = unsafe String(cString: value)
        if let variable = unsafe option.pointee.envvar {
          unsafe variables[String(cString: variable)] = unsafe String(cString: value)
        }
      }
      unsafe option += 1
    }
  }
}

/// A result that libpq holds, and its rows.
@safe final class ResultSet {
  enum Status { case done, failed, passedOver, copying, endOfRoundTrip }

  private let handle: OpaquePointer
  /// The number of rows.
  let count: Int

  fileprivate init(_ handle: OpaquePointer) {
    unsafe self.handle = handle
    count = unsafe Int(PQntuples(handle))
  }

  deinit { unsafe PQclear(handle) }

  /// The rows; each is worth something only while the result lives.
  var rows: some Sequence<Row> { (0..<count).lazy.map { Row(self, Int32($0)) } }

  /// What became of the statement.
  var status: Status {
    switch unsafe PQresultStatus(handle) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: .done
    case PGRES_COPY_IN: .copying
    case PGRES_PIPELINE_SYNC: .endOfRoundTrip
    case PGRES_PIPELINE_ABORTED: .passedOver
    default: .failed
    }
  }

  /// What was done, such as `COMMIT`.
  var tag: String { unsafe String(cString: PQcmdStatus(handle)) }

  /// How many rows an insert, update or delete touched.
  var changeCount: Int { unsafe Int(String(cString: PQcmdTuples(handle))) ?? 0 }

  var sqlState: String? { field("C") }
  var message: String { field("M") ?? "no message" }

  /// An error's field, by the letters of PostgreSQL's protocol.
  private func field(_ letter: Unicode.Scalar) -> String? {
    unsafe PQresultErrorField(handle, Int32(letter.value)).map { unsafe String(cString: $0) }
  }

  fileprivate func isNull(_ row: Int32, _ column: Int32) -> Bool {
    unsafe PQgetisnull(handle, row, column) == 1
  }

  fileprivate func withBytes<T>(
    _ row: Int32, _ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> T
  ) rethrows -> T {
    let count = unsafe Int(PQgetlength(handle, row, column))
    return unsafe try body(
      UnsafeRawBufferPointer(start: PQgetvalue(handle, row, column), count: count))
  }
}

/// A row of a result in PostgreSQL's binary format.
struct Row: SQLRow {
  private let result: ResultSet
  private let number: Int32

  fileprivate init(_ result: ResultSet, _ number: Int32) {
    self.result = result
    self.number = number
  }

  func isNull(_ column: Int) -> Bool { result.isNull(number, Int32(column)) }

  /// A text as it was bound; see ``Value``.
  func text(_ column: Int) -> String {
    MetadataJSON.unescape(unsafe withBytes(column) { unsafe String(decoding: $0, as: UTF8.self) })
  }

  /// A smallint, integer or bigint.
  func integer(_ column: Int) -> Int64 {
    unsafe withBytes(column) { bytes in
      let sign: Int64 = unsafe (bytes.first ?? 0) >= 0x80 ? -1 : 0
      return unsafe bytes.reduce(sign) { $0 << 8 | Int64($1) }
    }
  }

  func real(_ column: Int) -> Double { Double(bitPattern: UInt64(bitPattern: integer(column))) }

  func bytes(_ column: Int) -> [UInt8] { unsafe withBytes(column) { unsafe Array($0) } }

  /// Lends a value's bytes without copying them.
  func withBytes<T>(
    _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> T
  ) rethrows -> T {
    unsafe try result.withBytes(number, Int32(column), body)
  }
}

/// Lends C strings as the array, ended by nil, that libpq expects.
private func withCStrings<T>(
  _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> T
) -> T {
  let copies = unsafe texts.map { unsafe strdup($0) }
  defer { unsafe copies.forEach { unsafe free($0) } }
  let pointers = unsafe copies.map { unsafe UnsafePointer($0) } + [nil]
  return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
}
