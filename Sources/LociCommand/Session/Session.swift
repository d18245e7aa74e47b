import Foundation
import Loci
import LociEmbedding
import LociJSON
import LociTokenizer
import LociWire

/// What a verb works with: what was asked, where answers go, and the memory.
package struct Session: Sendable {
  let arguments: Arguments
  let console: Console
  let environment: [String: String]
  private let opened = OpenedMemories()

  init(arguments: Arguments, console: Console, environment: [String: String]) {
    self.arguments = arguments
    self.console = console
    self.environment = environment
  }

  /// The configuration with what the options of the command line say.
  ///
  /// - Parameter mayBeUntrusted: Whether a project's file that is not trusted is no error here.
  func configuration(mayBeUntrusted: Bool = false) throws -> Configuration {
    var overrides: [String: String] = [:]
    for (option, key) in [("store", "store.path"), ("model", "embeddings.model")] {
      overrides[key] = arguments.value(option)
    }
    overrides["namespace"] = try arguments.value("namespace") { try Namespace($0) }?.name
    let configuration = try Configuration.load(
      environment: environment, file: arguments.value("config").map { URL(filePath: $0) },
      overrides: overrides)
    if !mayBeUntrusted { try configuration.requireTrusted() }
    return configuration
  }

  /// Tells an error on stderr, and goes on.
  func report(_ error: any Error) {
    Console.report(ErrorReport(ofCommand: error), asJSON: console.isJSON, environment: environment)
  }

  /// Where models and engines lie.
  var folders: Folders { Folders(environment: environment) }

  /// Opens the memory; a verb that only looks makes, fetches and moves nothing.
  func memory(
    _ configuration: Configuration, access: StoreAccess = .writing
  ) async throws -> Memory {
    let memory = try await Memory.open(
      configuration, access: access, folders: folders, environment: environment,
      progress: openProgress())
    opened.add(memory)
    return memory
  }

  /// Runs a verb and closes the memories that it opened.
  ///
  /// - Throws: What the verb throws; else ``LociError/Code/corrupt`` where it left out damaged
  ///   records, so that its answer is not taken for a whole one.
  func closingMemories(_ verb: () async throws -> Void) async throws {
    do {
      try await verb()
    } catch {
      await opened.close()
      if error is AlreadyReported { try await opened.requireWhole() }
      throw error
    }
    await opened.close()
    try await opened.requireWhole()
  }

  /// Opens the memory where its records are, to move them.
  func memoryToMove(_ configuration: Configuration) async throws -> Memory {
    try await Memory.openToMove(
      configuration, folders: folders, environment: environment, progress: openProgress())
  }

  /// Opens the memory of the namespace that the command works in.
  func namespace(
    _ configuration: Configuration? = nil, access: StoreAccess = .writing
  ) async throws -> MemoryNamespace {
    let configuration = try configuration ?? self.configuration()
    return try await memory(configuration, access: access).namespace(configuration.namespace)
  }

  /// Runs an operation in the namespace that the command works in.
  func run<Operation: NamespaceOperation>(
    _ operation: Operation, _ configuration: Configuration? = nil
  ) async throws -> Operation.Answer {
    try await operation.run(in: namespace(configuration, access: Operation.access))
  }

  /// The models that may be used.
  func models(_ configuration: Configuration) -> ModelLibrary {
    configuration.modelLibrary(folders, environment)
  }

  /// Loads the embedding model; no store is needed for it.
  func embedder() async throws -> any Embedder {
    let configuration = try configuration()
    let embedder = try await ModelEmbedder.open(
      configuration.model ?? Configuration.standardModel, library: models(configuration),
      options: configuration.inferenceOptions,
      progress: fetchProgress())
    for note in embedder.notes { console.note(Printable.message(note)) }
    return embedder
  }

  /// The embedding model's tokenizer.
  func tokenizer() async throws -> Tokenizer {
    let configuration = try configuration()
    return try await models(configuration).resolve(
      configuration.model ?? Configuration.standardModel, progress: fetchProgress()
    ).loadTokenizer()
  }

  /// Shows what opening a memory waits for.
  private func openProgress() -> @Sendable (OpenProgress) -> Void {
    let (fetch, progress) = (fetchProgress(), Progress(console))
    return { [console] state in
      switch state {
      case .model(let state): fetch(state)
      case .modelNote(let note): console.note(Printable.message(note))
      case .unreachableVectors(let error): console.note(Printable.message(error.description))
      case .vectors(let report):
        progress.show("Bringing vectors over: \(Count.of(report.examined, "record")) compared")
      case .records(let state): progress.show(state.text)
      }
    }
  }

  /// Shows how much of a model's file has been fetched.
  func fetchProgress() -> @Sendable (ModelProgress) -> Void {
    let progress = Progress(console)
    return { [console] state in
      if let bytes = state.fetchBytes {
        let size = Format.number(Double(bytes) / 1_048_576, decimals: 1)
        return console.note("Fetching \(state.model): \(size) MiB.")
      }
      let total = state.totalBytes.map { " of \($0 >> 20)" } ?? ""
      progress.show(
        "Fetching \(state.model) \(state.file): \(state.completedBytes >> 20)\(total) MiB")
      if state.completedBytes == state.totalBytes { progress.end() }
    }
  }

  /// The text of an argument; `-` stands for what comes on the standard input.
  func text(_ argument: String) throws -> String {
    argument == "-" ? try InputFile.standard.text() : argument
  }

  /// The id in an argument, by default the first.
  func recordID(_ text: String? = nil) throws -> RecordID {
    do {
      return try RecordID(text ?? arguments.positionals[0])
    } catch {
      throw UsageError(error.message, remedy: "`loci list` shows the ids.")
    }
  }
}
