import Foundation
import LociCore
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One HTTP request; redirects are answers like any other.
struct HubRequest: Sendable {
  var method: String
  var url: URL
  var token: String?
  /// The first byte wanted.
  var offset: Int64 = 0
}

/// What a server answered, without the body.
struct HubResponse: Sendable {
  let url: URL
  let status: Int
  private let headers: [String: String]

  init(url: URL, status: Int, headers: [String: String]) {
    self.url = url
    self.status = status
    self.headers = Dictionary(
      headers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// A header's value; case does not matter.
  subscript(header: String) -> String? { headers[header.lowercased()] }

  /// Where a redirect leads, relative addresses resolved.
  var redirect: URL? {
    guard (300..<400).contains(status), let location = self["Location"] else { return nil }
    return URL(string: location, relativeTo: url)?.absoluteURL
  }
}

/// Takes an answer's body in pieces, on a thread where it may block.
protocol HubBodySink: AnyObject, Sendable {
  /// Called once before the body; throwing ends the transfer with that error.
  func begin(_ response: HubResponse) throws
  /// Called for each piece, in order; throwing ends the transfer with that error.
  func append(_ piece: Data) throws
}

/// Sends requests over URLSession, one body piece at a time and never a whole body in memory.
///
/// Habits of swift-corelibs-foundation shape it. It copies the `Authorization` header into
/// redirected requests, so redirects are never followed here. And it queues body pieces without a
/// bound while the receiver is busy, so the delegate's queue makes it wait.
final class HubTransport: Sendable {
  private let session: URLSession
  private let delegate = TransferDelegate()

  /// - Parameter timeoutSeconds: How long a server may stay silent.
  init(timeoutSeconds: Double) {
    let configuration = NetworkingFolders.withoutNewOnes { URLSessionConfiguration.ephemeral }
    configuration.urlCache = nil
    configuration.httpCookieStorage = nil
    configuration.urlCredentialStorage = nil
    configuration.timeoutIntervalForRequest = timeoutSeconds
    session = URLSession(
      configuration: configuration, delegate: delegate, delegateQueue: BoundedQueue())
  }

  deinit { session.finishTasksAndInvalidate() }

  /// Sends a request and hands the body to `sink`. Cancelling the Swift task ends the transfer.
  func send(_ request: HubRequest, to sink: any HubBodySink) async throws -> HubResponse {
    try Task.checkCancellation()
    let task = session.dataTask(with: urlRequest(request))
    do {
      return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          delegate.start(task, Transfer(sink: sink, continuation: continuation))
        }
      } onCancel: {
        delegate.cancel(task)
      }
    } catch let error as URLError where error.code == .cancelled {
      throw CancellationError()
    }
  }

  private func urlRequest(_ request: HubRequest) -> URLRequest {
    var result = URLRequest(url: request.url)
    result.httpMethod = request.method
    result.setValue("loci", forHTTPHeaderField: "User-Agent")
    // Compressed bodies would make lengths and ranges mean something else.
    result.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if let token = request.token {
      result.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
    }
    if request.offset > 0 {
      result.setValue("bytes=\(request.offset)-", forHTTPHeaderField: "Range")
    }
    return result
  }
}

/// What one request waits for.
private struct Transfer {
  let sink: any HubBodySink
  let continuation: CheckedContinuation<HubResponse, any Error>
  var response: HubResponse?
  var failure: (any Error)?
}

/// Runs delegate calls one after the other, and holds back who adds more than a few.
///
/// `@unchecked Sendable` restates what `OperationQueue` is; the semaphore is thread-safe.
private final class BoundedQueue: OperationQueue, @unchecked Sendable {
  private let slots = DispatchSemaphore(value: 64)

  override init() {
    super.init()
    maxConcurrentOperationCount = 1
  }

  override func addOperation(_ block: @escaping @Sendable () -> Void) {
    slots.wait()
    super.addOperation {
      block()
      self.slots.signal()
    }
  }
}

/// Sorts the session's calls by task. All state is behind the mutex.
///
/// FoundationNetworking traps when a redirect is answered after its task was cancelled. So both are
/// decided under the lock, which orders them: the answer only goes out first, or not at all.
private final class TransferDelegate: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var transfers: [Int: Transfer] = [:]
    var cancelled: Set<Int> = []
  }

  private let state = Mutex(State())
  /// Starting and cancelling wait for the session's queue, which may wait for a delegate's call.
  private let control = DispatchQueue(label: "loci.hub.control")

  /// Starts a task, unless it was cancelled before.
  func start(_ task: URLSessionDataTask, _ transfer: Transfer) {
    let isCancelled = state.withLock { state in
      guard !state.cancelled.contains(task.taskIdentifier) else { return true }
      state.transfers[task.taskIdentifier] = transfer
      control.async { task.resume() }
      return false
    }
    if isCancelled { transfer.continuation.resume(throwing: CancellationError()) }
  }

  /// Ends a task, now or before it starts.
  func cancel(_ task: URLSessionTask) {
    state.withLock { state in
      state.cancelled.insert(task.taskIdentifier)
      if state.transfers[task.taskIdentifier] != nil { control.async { task.cancel() } }
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    state.withLock { state in
      if !state.cancelled.contains(task.taskIdentifier) { completionHandler(nil) }
    }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    perform(dataTask) { transfer in
      guard let http = response as? HTTPURLResponse, let url = http.url else { return }
      var headers: [String: String] = [:]
      for (name, value) in http.allHeaderFields { headers["\(name)"] = "\(value)" }
      let answer = HubResponse(url: url, status: http.statusCode, headers: headers)
      transfer.response = answer
      try transfer.sink.begin(answer)
    }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    perform(dataTask) { try $0.sink.append(data) }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    let finished = state.withLock { $0.transfers.removeValue(forKey: task.taskIdentifier) }
    guard let transfer = finished else { return }
    if let failure = transfer.failure ?? error {
      transfer.continuation.resume(throwing: failure)
    } else if let response = transfer.response {
      transfer.continuation.resume(returning: response)
    } else {
      transfer.continuation.resume(throwing: URLError(.badServerResponse))
    }
  }

  /// Runs a step of a transfer that has not failed; its failure ends the transfer.
  ///
  /// Calls of one task come one after the other, so the step itself runs outside the lock.
  private func perform(_ task: URLSessionTask, _ step: (inout Transfer) throws -> Void) {
    let id = task.taskIdentifier
    let known = state.withLock { $0.transfers[id] }
    guard var transfer = known, transfer.failure == nil else { return }
    do {
      try step(&transfer)
    } catch {
      transfer.failure = error
      cancel(task)
    }
    let changed = transfer
    state.withLock { $0.transfers[id] = changed }
  }
}
