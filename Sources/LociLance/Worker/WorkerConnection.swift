import Foundation
import LociCore
import Synchronization

/// The worker process has ended, and the call with it.
struct WorkerEnded: Error {
  /// The last of what it wrote to its standard error; for developers.
  let lastWords: String
}

/// One running worker process and the conversation with it. Many requests are under way at once;
/// answers find their callers by number.
final class WorkerConnection: Sendable {
  private struct Caller: Sendable {
    let message: FramePieces
    let answer: CheckedContinuation<Frame, any Error>
  }

  /// A call's time is over.
  private struct Late: Error {}

  private static let greeting: UInt64 = 0
  private static let pulseTimeout = Duration.seconds(3)

  private let process: Process
  private let socket: Socket
  private let ledger: Mutex<Ledger<Caller>>
  private let deadlines = Mutex(Deadlines())
  private let numbers = Atomic<UInt64>(0)
  private let isTakingPulse = Atomic<Bool>(false)
  private let saidLastWords = Atomic<Bool>(false)
  private let lastWords: Mutex<Data>
  /// How many sends are in the outbox.
  private let queuedSends = Mutex(0)
  private let outbox = DispatchQueue(label: "loci.lance.outbox")
  private let inbox = DispatchQueue(label: "loci.lance.inbox")

  private init(_ process: Process, _ socket: Socket, _ limits: WorkerLimits) {
    self.process = process
    self.socket = socket
    ledger = Mutex(
      Ledger(maximumUnderWay: limits.maximumUnderWay, maximumWaiting: limits.maximumWaiting))
    lastWords = Mutex(Data())
  }

  deinit { end() }

  /// Starts a worker and waits until it is ready.
  static func start(_ launch: WorkerLaunch, _ limits: WorkerLimits) async throws -> WorkerConnection
  {
    let (ours, theirs) = try Socket.pair()
    let process = try launch.process(input: theirs)
    let errors = Pipe()
    process.standardError = errors
    let connection = WorkerConnection(process, ours, limits)
    connection.drain(errors.fileHandleForReading)
    do {
      try process.run()
      try theirs.close()
    } catch {
      throw LanceEngine.missing(launch.engine, because: "Its python3 can't be started.", error)
    }
    let greeting = try await connection.greet(launch.program, timeout: limits.startTimeout)
    try LanceEngine.check(Answer(greeting), in: launch.engine)
    return connection
  }

  /// Whether calls can be made.
  var isOpen: Bool { ledger.withLock { $0.isOpen } }

  /// The worker's process, for tests that harm it.
  var processIdentifier: Int32 { process.processIdentifier }

  /// Asks and waits for the answer.
  ///
  /// - Throws: ``WorkerEnded``, ``LociError/Code/timedOut``, ``LociError/Code/overloaded``, or
  ///   `CancellationError` at once where the task is cancelled.
  func call(_ request: Request, timeout: Duration, isUrgent: Bool = false) async throws -> Frame {
    let number = numbers.wrappingAdd(1, ordering: .relaxed).newValue
    let message = try request.frame(number).pieces()
    setAlarm(deadlines.withLock { $0.add(number, until: .now + timeout) })
    defer { deadlines.withLock { $0.remove(number) } }
    do {
      return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { answer in
          submit(number, Caller(message: message, answer: answer), isUrgent: isUrgent)
          if Task.isCancelled { giveUp(number, CancellationError()) }
        }
      } onCancel: {
        giveUp(number, CancellationError())
      }
    } catch is Late {
      throw LociError(
        .timedOut, "LanceDB did not answer within \(timeout).",
        remedy: "Try again; a write may have happened all the same, and may be repeated.")
    }
  }

  /// Ends the worker; what is under way fails. It sees its socket close and goes.
  func end() {
    socket.shutDown()
    fail()
    let process = process
    // One that does not see it, because it hangs or is stopped, is killed.
    DispatchQueue.global().asyncAfter(deadline: .now() + 2) { process.killNow() }
  }

  private func submit(_ number: UInt64, _ caller: Caller, isUrgent: Bool) {
    switch ledger.withLock({ $0.submit(number, caller, isUrgent: isUrgent) }) {
    case .send: send(caller.message)
    case .wait: break
    case .refuse:
      caller.answer.resume(
        throwing: LociError(
          .overloaded, "Too many calls wait for LanceDB.", remedy: "Try again later."))
    case .closed: caller.answer.resume(throwing: ended)
    }
  }

  /// Sends at once what the socket takes, since a change of threads costs more than that; what is
  /// left goes through the outbox, which may block.
  private func send(_ message: FramePieces) {
    queuedSends.withLock { queued in
      var (rest, piece, sent) = (message, [UInt8](), 0)
      if queued == 0 {
        repeat {
          guard rest.next(&piece) else { return }
          sent = socket.sendNow(piece)
        } while sent == piece.count
      }
      queued += 1
      outbox.async { [self, rest, unsent = piece.dropFirst(sent)] in
        send(unsent, rest)
        queuedSends.withLock { $0 -= 1 }
      }
    }
  }

  private func send(_ unsent: ArraySlice<UInt8>, _ rest: FramePieces) {
    var (piece, rest) = (Array(unsent), rest)
    repeat {
      // Whoever reads notices the end, and waits for the worker's last words.
      guard socket.send(piece) else { return socket.shutDown() }
    } while rest.next(&piece)
  }

  private func finish(_ number: UInt64, with result: Result<Frame, any Error>) {
    let (caller, next) = ledger.withLock { $0.finish(number) }
    caller?.answer.resume(with: result)
    if let next { send(next.message) }
  }

  /// Gives a request up and tells the worker, which stops where that is safe. A late answer finds
  /// nobody and is dropped.
  private func giveUp(_ number: UInt64, _ error: any Error) {
    finish(number, with: .failure(error))
    if let message = try? Request(op: .cancel).frame(number).pieces() { send(message) }
  }

  private func setAlarm(_ time: ContinuousClock.Instant?) {
    guard let time else { return }
    let wait = max(.zero, time - .now)
    DispatchQueue.global().asyncAfter(deadline: .now() + wait.inSeconds) { [weak self] in
      self?.ring()
    }
  }

  private func ring() {
    let (over, next) = deadlines.withLock { $0.ring(at: .now) }
    setAlarm(next)
    guard !over.isEmpty else { return }
    for number in over { giveUp(number, Late()) }
    Task { await takePulse() }
  }

  /// Kills a worker that does not answer even when it is asked for nothing.
  private func takePulse() async {
    guard !isTakingPulse.exchange(true, ordering: .relaxed) else { return }
    defer { isTakingPulse.store(false, ordering: .relaxed) }
    // Its own expiry does not lead back here, since a pulse is being taken.
    do { _ = try await call(Request(op: .ping), timeout: Self.pulseTimeout, isUrgent: true) } catch
    {
      process.killNow()
      socket.shutDown()
    }
  }

  // MARK: Reading

  /// Sends the program, starts to read, and waits for the greeting.
  private func greet(_ program: [UInt8], timeout: Duration) async throws -> Frame {
    let timer = Task { [weak self] in
      try await Task.sleep(for: timeout)
      self?.finish(
        Self.greeting,
        with: .failure(
          LociError(.timedOut, "LanceDB's worker process was not ready within \(timeout).")))
    }
    defer { timer.cancel() }
    do {
      return try await withCheckedThrowingContinuation { answer in
        submit(Self.greeting, Caller(message: FramePieces(program), answer: answer), isUrgent: true)
        inbox.async { [socket, weak self] in Self.read(socket) { self } }
      }
    } catch let ended as WorkerEnded {
      throw LociError(
        .storeEngine, "LanceDB's worker process ended before it was ready.",
        remedy: "Run `Scripts/setup lancedb`.", detail: ended.lastWords)
    }
  }

  /// Reads until the end. It holds the socket only, so that a forgotten connection can go.
  private static func read(_ socket: Socket, _ owner: () -> WorkerConnection?) {
    var parser = FrameParser()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = socket.receive(into: &buffer)
      guard count > 0, let owner = owner() else { break }
      parser.append(buffer[..<count])
      do {
        while let frame = try parser.next() { owner.finish(frame.number, with: .success(frame)) }
      } catch {
        break
      }
    }
    socket.shutDown()
    owner()?.waitForLastWords()
    owner()?.fail()
  }

  /// Its standard error may close a moment later than its socket.
  private func waitForLastWords() {
    for _ in 0..<20 where !saidLastWords.load(ordering: .acquiring) {
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  private func fail() {
    let callers = ledger.withLock { $0.close() }
    guard !callers.isEmpty else { return }
    let ended = ended
    for caller in callers { caller.answer.resume(throwing: ended) }
  }

  private var ended: WorkerEnded {
    WorkerEnded(lastWords: lastWords.withLock { String(decoding: $0, as: UTF8.self) })
  }

  /// Reads the worker's standard error to its end and keeps the last 4 KiB.
  private func drain(_ errors: FileHandle) {
    errors.readabilityHandler = { [weak self] handle in
      let data = handle.availableData
      self?.lastWords.withLock { $0 = ($0 + data).suffix(4096) }
      guard data.isEmpty else { return }
      handle.readabilityHandler = nil
      self?.saidLastWords.store(true, ordering: .releasing)
    }
  }
}
