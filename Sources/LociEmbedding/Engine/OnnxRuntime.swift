import COnnxRuntime
package import Foundation
package import LociCore
import Synchronization

/// ONNX Runtime, opened for this process, without telemetry.
///
/// `@unchecked Sendable`: nothing changes after it is made, and ONNX Runtime's table, environment
/// and sessions may be used from several threads at once.
@safe package final class OnnxRuntime: @unchecked Sendable {
  /// The library's own version, e.g. `1.31.1`.
  package let version: String
  fileprivate let table: UnsafePointer<OnnxRuntimeTable>
  fileprivate let environment: OpaquePointer
  fileprivate let memory: OpaquePointer

  private static let opened = Mutex<OnnxRuntime?>(nil)

  /// The process's one ONNX Runtime, opened at the first call.
  ///
  /// - Throws: ``LociError/Code/missingLibrary``, saying what to do.
  package static func shared() throws(LociError) -> OnnxRuntime {
    try opened.withLock { (opened) throws(LociError) in
      if let opened { return opened }
      let runtime = try OnnxRuntime(candidates: OnnxRuntimeLibrary.candidates())
      opened = runtime
      return runtime
    }
  }

  /// Opens the first candidate that can be used.
  ///
  /// - Throws: ``LociError/Code/missingLibrary`` with the reason of the first candidate, which is
  ///   the one that was meant.
  package init(candidates: [String]) throws(LociError) {
    var failures: [String] = []
    for path in candidates {
      switch Self.open(path) {
      case .failure(let failure): failures.append(failure.reason)
      case .success(let library):
        unsafe table = library.table
        version = library.version
        unsafe environment = try unsafe make(library.table, "start") {
          unsafe library.table.pointee.createEnv(Self.logsFatalOnly, "loci", &$0)
        }
        try unsafe check(library.table, "turn off telemetry") { [environment] in
          unsafe library.table.pointee.disableTelemetryEvents(environment)
        }
        unsafe memory = try unsafe make(library.table, "describe memory") {
          unsafe library.table.pointee.createCpuMemoryInfo(0, 0, &$0)
        }
        return
      }
    }
    throw OnnxRuntimeLibrary.missing(failures.first ?? "there is none")
  }

  deinit {
    unsafe table.pointee.releaseMemoryInfo(memory)
    unsafe table.pointee.releaseEnv(environment)
  }

  /// Errors reach the caller as ``LociError``; nothing is printed.
  private static let logsFatalOnly: Int32 = 4

  @safe private struct Library {
    let table: UnsafePointer<OnnxRuntimeTable>
    let version: String
  }

  private struct Failure: Error { let reason: String }

  private static func open(_ path: String) -> Result<Library, Failure> {
    var table: UnsafePointer<OnnxRuntimeTable>?
    var text = [CChar](repeating: 0, count: 512)
    let opening = unsafe onnxRuntimeOpen(path, &table, &text, text.count)
    let words = String(
      decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    if let table = unsafe table { return unsafe .success(Library(table: table, version: words)) }
    switch opening {
    case OnnxRuntimeTooOld:
      return .failure(Failure(reason: "\(path) is version \(words), older than 1.18"))
    case OnnxRuntimeNotOnnxRuntime:
      return .failure(Failure(reason: "\(path) is another library"))
    default: return .failure(Failure(reason: words))
    }
  }
}

// MARK: - Sessions

/// A model in ONNX Runtime.
///
/// `@unchecked Sendable`: nothing changes after it is made, and ONNX Runtime allows concurrent runs
/// of one session.
@safe package final class OnnxSession: InferenceSession, @unchecked Sendable {
  private let runtime: OnnxRuntime
  private let session: OpaquePointer
  private let signature: OnnxSignature
  private let inputNames: NameList
  private let outputNames: NameList
  private let pooling: EmbeddingSpace.Pooling
  /// The weights that the session reads in place.
  private let files: [any FixedBytes]

  /// Loads a graph that Loci built; the weights are used where they are.
  ///
  /// - Throws: ``LociError/Code/engine`` where ONNX Runtime refuses it.
  package convenience init(
    graph: [UInt8], weights: EncoderWeights, pooling: EmbeddingSpace.Pooling,
    options: InferenceOptions, runtime: OnnxRuntime
  ) throws(LociError) {
    let files = weights.files.map { $0 }
    let settings = try SessionOptions(runtime, options, optimization: OnnxOptimizationBasic)
    defer { withExtendedLifetime(settings) {} }
    try settings.lend(files)
    let session = try unsafe make(runtime.table, "load the graph") {
      unsafe runtime.table.pointee.createSessionFromArray(
        runtime.environment, graph, graph.count, settings.pointer, &$0)
    }
    try unsafe self.init(runtime, session, pooling, files: files.map(\.value))
  }

  /// Loads an ONNX file as it is.
  ///
  /// - Throws: ``LociError/Code/engine`` where ONNX Runtime refuses it,
  ///   ``LociError/Code/unsupported`` where it is no text encoder.
  package convenience init(
    file: URL, pooling: EmbeddingSpace.Pooling, options: InferenceOptions, runtime: OnnxRuntime
  ) throws(LociError) {
    let settings = try SessionOptions(runtime, options, optimization: OnnxOptimizationAll)
    defer { withExtendedLifetime(settings) {} }
    let session = try unsafe make(runtime.table, "load \(file.path)") {
      unsafe runtime.table.pointee.createSession(
        runtime.environment, file.path, settings.pointer, &$0)
    }
    try unsafe self.init(runtime, session, pooling, files: [])
  }

  private init(
    _ runtime: OnnxRuntime, _ session: OpaquePointer, _ pooling: EmbeddingSpace.Pooling,
    files: [any FixedBytes]
  ) throws(LociError) {
    self.runtime = runtime
    unsafe self.session = session
    self.pooling = pooling
    self.files = files
    do {
      signature = try unsafe runtime.signature(of: session)
    } catch {
      unsafe runtime.table.pointee.releaseSession(session)
      throw error
    }
    inputNames = NameList(signature.roles.map(\.rawValue))
    outputNames = NameList([signature.output])
  }

  deinit { unsafe runtime.table.pointee.releaseSession(session) }

  package func makeRun() throws -> any InferenceRun { try OnnxRun(self, runtime) }

  fileprivate func run(
    _ batch: TokenBatch, per unit: VectorUnit, _ options: OpaquePointer
  ) throws(LociError) -> [Float] {
    guard unit == .text || !signature.isPooled else {
      throw LociError(
        .unsupported, "The model gives one vector a text, and none of its tokens.",
        remedy: "Use a model that comes as safetensors, in Loci's own engine.")
    }
    var inputs: [InputTensor] = []
    for (role, isWide) in zip(signature.roles, signature.isWide) {
      let numbers =
        switch role {
        case .tokens: batch.ids
        case .mask: batch.mask
        case .segments: [Int32](repeating: 0, count: batch.ids.count)
        }
      inputs.append(try InputTensor(runtime, numbers, batch, isWide: isWide))
    }
    defer { withExtendedLifetime(inputs) {} }
    let values = unsafe inputs.map { unsafe Optional($0.value) }
    let result = try unsafe make(runtime.table, "run the model") {
      unsafe runtime.table.pointee.run(
        session, options, inputNames.pointers, values, values.count, outputNames.pointers, 1, &$0)
    }
    let output = unsafe OutputTensor(runtime, result)
    let shape = try output.shape()
    let expected = signature.isPooled ? [batch.count] : [batch.count, batch.length]
    guard let dimension = shape.last, shape.dropLast().elementsEqual(expected) else {
      let (texts, tokens) = (Count.of(batch.count, "text"), Count.of(batch.length, "token"))
      throw LociError(
        .engine, "The model answered \(texts) of \(tokens) with the shape \(shape).")
    }
    let floats = try output.floats(shape.reduce(1, *))
    guard !signature.isPooled else { return floats }
    switch unit {
    case .text: return pooling.pool(floats, of: batch, dimension: dimension)
    case .token: return batch.withoutPadding(floats, dimension: dimension)
    }
  }
}

/// One run of a session.
///
/// `@unchecked Sendable`: nothing changes after it is made, and ONNX Runtime allows a run to be
/// terminated from any thread.
@safe private final class OnnxRun: InferenceRun, @unchecked Sendable {
  private let session: OnnxSession
  private let runtime: OnnxRuntime
  private let options: OpaquePointer

  init(_ session: OnnxSession, _ runtime: OnnxRuntime) throws(LociError) {
    self.session = session
    self.runtime = runtime
    unsafe options = try unsafe make(runtime.table, "prepare a run") {
      unsafe runtime.table.pointee.createRunOptions(&$0)
    }
  }

  deinit { unsafe runtime.table.pointee.releaseRunOptions(options) }

  func vectors(of batch: TokenBatch, per unit: VectorUnit) throws -> [Float] {
    try unsafe session.run(batch, per: unit, options)
  }

  func stop() {
    try? unsafe check(runtime.table, "stop a run") {
      unsafe runtime.table.pointee.runOptionsSetTerminate(options)
    }
  }
}

// MARK: - Owners of handles

/// A session's settings.
@safe private final class SessionOptions {
  let pointer: OpaquePointer
  private let runtime: OnnxRuntime

  init(_ runtime: OnnxRuntime, _ options: InferenceOptions, optimization: Int) throws(LociError) {
    self.runtime = runtime
    unsafe pointer = try unsafe make(runtime.table, "make options") {
      unsafe runtime.table.pointee.createSessionOptions(&$0)
    }
    try unsafe set { unsafe $0.setSessionGraphOptimizationLevel($1, Int32(optimization)) }
    try unsafe set { unsafe $0.setIntraOpNumThreads($1, Int32(clamping: max(1, options.threads))) }
    // Hardly any two batches have the same shape, so plans of memory by shape are of no use.
    try unsafe set { unsafe $0.disableMemPattern($1) }
    try configure("session.intra_op.allow_spinning", options.spins ? "1" : "0")
    // The pauses inside a short batch are that short. Longer spinning wins nothing, and it halves
    // the speed on a machine whose cores others want as well.
    try configure("session.intra_op.spin_duration_us", "100")
    // Between runs, threads sleep in any case.
    try configure("session.force_spinning_stop", "1")
  }

  deinit { unsafe runtime.table.pointee.releaseSessionOptions(pointer) }

  /// Lets the graph's external constants be read from memory, in place.
  func lend(_ files: [(key: String, value: any FixedBytes)]) throws(LociError) {
    try configure("session.use_external_initializer_file_buffers_directly", "1")
    let names = NameList(files.map(\.key))
    let buffers = unsafe files.map { file in unsafe file.value.withBytes { unsafe $0 } }
    let starts = unsafe buffers.map { unsafe $0.baseAddress?.assumingMemoryBound(to: CChar.self) }
    let counts = unsafe buffers.map { $0.count }
    defer { withExtendedLifetime(names) {} }
    try unsafe set {
      unsafe $0.addExternalInitializersFromFilesInMemory(
        $1, names.pointers, starts, counts, counts.count)
    }
  }

  private func configure(_ key: String, _ value: String) throws(LociError) {
    try unsafe set { unsafe $0.addSessionConfigEntry($1, key, value) }
  }

  private func set(
    _ call: (OnnxRuntimeTable, OpaquePointer) -> OpaquePointer?
  ) throws(LociError) {
    try unsafe check(runtime.table, "take an option") {
      unsafe call(runtime.table.pointee, pointer)
    }
  }
}

/// Names in the form that C takes.
@safe private final class NameList {
  let pointers: UnsafeMutablePointer<UnsafePointer<CChar>?>
  private let count: Int

  init(_ names: [String]) {
    count = names.count
    unsafe pointers = .allocate(capacity: count)
    for (index, name) in names.enumerated() {
      unsafe (pointers + index).initialize(to: strdup(name))
    }
  }

  deinit {
    for index in 0..<count { unsafe free(UnsafeMutablePointer(mutating: pointers[index])) }
    unsafe pointers.deallocate()
  }
}

/// Integers that a run reads: [texts, tokens].
@safe private final class InputTensor {
  let value: OpaquePointer
  private let memory: UnsafeMutableRawBufferPointer
  private let runtime: OnnxRuntime

  init(
    _ runtime: OnnxRuntime, _ numbers: [Int32], _ batch: TokenBatch, isWide: Bool
  ) throws(LociError) {
    self.runtime = runtime
    let size = isWide ? 8 : 4
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: numbers.count * size, alignment: 8)
    for (index, number) in numbers.enumerated() {
      if isWide {
        unsafe memory.storeBytes(of: Int64(number), toByteOffset: index * size, as: Int64.self)
      } else {
        unsafe memory.storeBytes(of: number, toByteOffset: index * size, as: Int32.self)
      }
    }
    let type = isWide ? OnnxInt64 : OnnxInt32
    do {
      unsafe value = try unsafe make(runtime.table, "take an input") {
        unsafe runtime.table.pointee.createTensorWithDataAsOrtValue(
          runtime.memory, memory.baseAddress, memory.count,
          [Int64(batch.count), Int64(batch.length)], 2, Int32(type), &$0)
      }
    } catch {
      unsafe memory.deallocate()
      throw error
    }
    unsafe self.memory = memory
  }

  deinit {
    unsafe runtime.table.pointee.releaseValue(value)
    unsafe memory.deallocate()
  }
}

/// Floats that a run made.
@safe private final class OutputTensor {
  private let value: OpaquePointer
  private let runtime: OnnxRuntime

  init(_ runtime: OnnxRuntime, _ value: OpaquePointer) {
    self.runtime = runtime
    unsafe self.value = value
  }

  deinit { unsafe runtime.table.pointee.releaseValue(value) }

  func shape() throws(LociError) -> [Int] {
    let info = try unsafe make(runtime.table, "describe the output") {
      unsafe runtime.table.pointee.getTensorTypeAndShape(value, &$0)
    }
    defer { unsafe runtime.table.pointee.releaseTensorInfo(info) }
    var lengths = [Int64](repeating: 0, count: try unsafe runtime.rank(of: info))
    try unsafe check(runtime.table, "describe the output") {
      unsafe runtime.table.pointee.getDimensions(info, &lengths, lengths.count)
    }
    return lengths.map(Int.init)
  }

  func floats(_ count: Int) throws(LociError) -> [Float] {
    var data: UnsafeMutableRawPointer?
    try unsafe check(runtime.table, "hand over the output") {
      unsafe runtime.table.pointee.getTensorMutableData(value, &data)
    }
    guard let data = unsafe data else { return [] }
    let floats = unsafe UnsafeBufferPointer(
      start: data.assumingMemoryBound(to: Float.self), count: count)
    return unsafe Array(floats)
  }
}

// MARK: - What a model declares

extension OnnxRuntime {
  fileprivate func signature(of session: OpaquePointer) throws(LociError) -> OnnxSignature {
    let calls = unsafe table.pointee
    return try OnnxSignature(
      inputs: unsafe values(
        session, unsafe calls.sessionGetInputCount, unsafe calls.sessionGetInputName,
        unsafe calls.sessionGetInputTypeInfo),
      outputs: unsafe values(
        session, unsafe calls.sessionGetOutputCount, unsafe calls.sessionGetOutputName,
        unsafe calls.sessionGetOutputTypeInfo))
  }

  private func values(
    _ session: OpaquePointer,
    _ getCount: (OpaquePointer?, UnsafeMutablePointer<Int>?) -> OpaquePointer?,
    _ getName: (
      OpaquePointer?, Int, OpaquePointer?,
      UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> OpaquePointer?,
    _ getType: (OpaquePointer?, Int, UnsafeMutablePointer<OpaquePointer?>?) -> OpaquePointer?
  ) throws(LociError) -> [OnnxSignature.Value] {
    var count = 0
    try unsafe check(table, "count a model's inputs and outputs") {
      unsafe getCount(session, &count)
    }
    let allocator = try unsafe make(table, "find its allocator") {
      unsafe table.pointee.getAllocatorWithDefaultOptions(&$0)
    }
    var values: [OnnxSignature.Value] = []
    for index in 0..<count {
      var text: UnsafeMutablePointer<CChar>?
      try unsafe check(table, "name a model's input or output") {
        unsafe getName(session, index, allocator, &text)
      }
      guard let text = unsafe text else { continue }
      let name = unsafe String(cString: text)
      try unsafe check(table, "free a name") {
        unsafe table.pointee.allocatorFree(allocator, text)
      }
      let type = try unsafe make(table, "describe \(name)") { unsafe getType(session, index, &$0) }
      defer { unsafe table.pointee.releaseTypeInfo(type) }
      values.append(try unsafe value(name, type))
    }
    return values
  }

  /// Describes a value; what is no tensor gets the element type 0, which nobody asks for.
  private func value(_ name: String, _ type: OpaquePointer) throws(LociError) -> OnnxSignature.Value
  {
    var info: OpaquePointer?
    try unsafe check(table, "describe \(name)") {
      unsafe table.pointee.castTypeInfoToTensorInfo(type, &info)
    }
    guard let info = unsafe info else {
      return OnnxSignature.Value(name: name, elementType: 0, rank: 0)
    }
    var elementType: Int32 = 0
    try unsafe check(table, "describe \(name)") {
      unsafe table.pointee.getTensorElementType(info, &elementType)
    }
    return try OnnxSignature.Value(
      name: name, elementType: elementType, rank: unsafe rank(of: info))
  }

  fileprivate func rank(of info: OpaquePointer) throws(LociError) -> Int {
    var rank = 0
    try unsafe check(table, "describe a tensor") {
      unsafe table.pointee.getDimensionsCount(info, &rank)
    }
    return rank
  }
}

// MARK: - Calls

/// Throws what a call's status says.
private func check(
  _ table: UnsafePointer<OnnxRuntimeTable>, _ verb: String, _ call: () -> OpaquePointer?
) throws(LociError) {
  guard let status = unsafe call() else { return }
  defer { unsafe table.pointee.releaseStatus(status) }
  let message = unsafe table.pointee.getErrorMessage(status)
  let reason = unsafe message.map { unsafe String(cString: $0) } ?? "no reason given"
  throw LociError(.engine, "ONNX Runtime could not \(verb): \(reason)")
}

/// Makes a call that hands back a handle.
private func make(
  _ table: UnsafePointer<OnnxRuntimeTable>, _ verb: String,
  _ call: (inout OpaquePointer?) -> OpaquePointer?
) throws(LociError) -> OpaquePointer {
  var handle: OpaquePointer?
  try unsafe check(table, verb) { unsafe call(&handle) }
  guard let handle = unsafe handle else {
    throw LociError(.engine, "ONNX Runtime could not \(verb), and did not say why.")
  }
  return unsafe handle
}
