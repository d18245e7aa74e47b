import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Testing

/// Which files a name leads to, without any network.
@Suite("Finding models by name and path")
struct ModelLibraryTests {
  private static let bge = "BAAI/bge-small-en-v1.5"
  private static let prefix = "Represent this sentence for searching relevant passages: "
  private let model = TinyModel(weightBytes: 100)

  /// A machine that must never ask the network.
  private func machine() throws -> TestMachine { try TestMachine(nil, ["HF_HUB_OFFLINE": "1"]) }

  private func unpack(_ model: TinyModel, as id: String, on machine: TestMachine) throws {
    try model.write(
      to: machine.folders.models.appending(path: id.replacing("/", with: "--")))
  }

  /// Puts a model into the hub's cache as another tool would, with plain files for links.
  private func cache(_ model: TinyModel, as id: String, on machine: TestMachine) throws {
    let repository = machine.repository(id)
    try model.write(to: repository.appending(path: "snapshots/abc123"))
    let references = repository.appending(path: "refs")
    try FileManager.default.createDirectory(at: references, withIntermediateDirectories: true)
    try Data("abc123\n".utf8).write(to: references.appending(path: "main"))
  }

  @Test("The catalogue has the models that were promised, with their published settings")
  func catalogueIsComplete() throws {
    #expect(
      ModelCatalogue.models.map { "\($0.alias) \($0.dimension) \($0.pooling) \($0.maximumTokens)" }
        == [
          "all-MiniLM-L6-v2 384 mean 256", "bge-small-en-v1.5 384 cls 512",
          "bge-large-en-v1.5 1024 cls 512", "mxbai-embed-large-v1 1024 cls 512",
        ])
    #expect(ModelCatalogue.models.map(\.license) == ["Apache-2.0", "MIT", "MIT", "Apache-2.0"])
    #expect(ModelCatalogue.defaultModel.queryPrefix.isEmpty)
    #expect(ModelCatalogue.models.dropFirst().allSatisfy { $0.queryPrefix == Self.prefix })
    #expect(ModelCatalogue.models.allSatisfy { $0.passagePrefix.isEmpty })
    for model in ModelCatalogue.models {
      #expect(ModelCatalogue.model(named: model.id) == model)
      #expect(ModelCatalogue.model(named: model.alias.uppercased()) == model)
    }
  }

  @Test("A misspelt name is answered with the nearest ones and is itself kept out of logs")
  func suggestsNames() async throws {
    let error = try await #require(throws: LociError.self) {
      try await machine().library.resolve("bge-smal-en")
    }
    #expect(error.code == .notFound)
    #expect(error.remedy?.contains("bge-small-en-v1.5 and bge-large-en-v1.5") == true)
    #expect(!error.description.contains("bge-smal-en"))
  }

  @Test(
    "A name that is neither known, nor an id, nor a path is refused",
    arguments: [
      "", "a", "a/b/c", "a/", "/b/", "a--b/c", "a/..b", "a b/c", "..%2f/a", "ä/b", "a\0b",
    ])
  func refusesOddNames(name: String) async throws {
    let error = try await #require(throws: LociError.self) {
      try await machine().library.resolve(name)
    }
    #expect([.notFound, .missingModel].contains(error.code), "\(error)")
  }

  @Test("A catalogue name fills in what the files are silent on")
  func catalogueFillsGaps() async throws {
    let machine = try machine()
    var silent = model
    for name in ["modules.json", "sentence_bert_config.json", "tokenizer_config.json"] {
      silent.files[name] = nil
    }
    // sentence-transformers 5 saves empty prompts; they do not take the prefix away.
    silent["config_sentence_transformers.json"] = #"{"prompts": {"query": "", "document": ""}}"#
    try unpack(silent, as: Self.bge, on: machine)
    let space = try await machine.library.resolve("bge-small-en-v1.5").space
    #expect(space.model == Self.bge)
    #expect(space.pooling == .cls)
    #expect(space.queryPrefix == Self.prefix)
    #expect(try await machine.library.resolve(Self.bge).license == "MIT")
  }

  @Test("What the files say wins over the catalogue")
  func filesWin() async throws {
    let machine = try machine()
    var loud = model
    loud["1_Pooling/config.json"] = #"{"pooling_mode": "max"}"#
    try unpack(loud, as: Self.bge, on: machine)
    let space = try await machine.library.resolve(Self.bge).space
    #expect(space.pooling == .max)
    #expect(space.maximumTokens == 40)
    #expect(space.queryPrefix == "ask: ")
  }

  @Test("Loci's own folder comes before the hub's cache, and the cache is used as it is")
  func searchesInOrder() async throws {
    let machine = try machine()
    try cache(TinyModel(seed: 5, weightBytes: 100), as: "someone/tiny", on: machine)
    let cached = try await machine.library.resolve("someone/tiny")
    #expect(cached.space.revision == TinyModel(seed: 5, weightBytes: 100).weightsHash.prefix(16))
    try unpack(model, as: "someone/tiny", on: machine)
    let unpacked = try await machine.library.resolve("someone/tiny")
    #expect(unpacked.space.revision == model.weightsHash.prefix(16))
  }

  @Test("A path wins over everything")
  func takesPaths() async throws {
    let machine = try machine()
    let folder = machine.home.file("My Models/tiny (1)")
    try model.write(to: folder)
    for path in [folder.path, folder.path + "/", folder.path + "/../tiny (1)"] {
      #expect(try await machine.library.resolve(path).space.model == "tiny (1)")
    }
    let error = try await #require(throws: LociError.self) {
      try await machine.library.resolve("./no-such-folder")
    }
    #expect(error.code == .missingModel)
    #expect(!error.description.contains("no-such-folder"))
  }

  @Test("A bare name is never a folder of the working directory; the error says how to spell one")
  func refusesBareFolders() async throws {
    // The tests of a process share its working directory, so the folder's name is unique.
    let organisation = "planted-\(UUID().uuidString.prefix(8))"
    let planted = URL(filePath: organisation)
    defer { try? FileManager.default.removeItem(at: planted) }
    try model.write(to: planted.appending(path: "tiny"))
    try model.write(to: planted)
    let server = try HubServer(serving: [:])
    let machine = try TestMachine(server)
    for name in ["\(organisation)/tiny", organisation] {
      let error = try await #require(throws: LociError.self) {
        try await machine.library.resolve(name)
      }
      #expect(error.code == .notFound)
      #expect(error.remedy?.contains("./\(name)") == true)
      #expect(try await machine.library.resolve("./\(name)").space.queryPrefix == "ask: ")
    }
    #expect(try server.requests() == [])
    let other = TinyModel(seed: 9, weightBytes: 100)
    try unpack(other, as: "\(organisation)/tiny", on: machine)
    let installed = try await machine.library.resolve("\(organisation)/tiny")
    #expect(installed.space.revision == other.weightsHash.prefix(16))
  }

  @Test("Where nothing may be fetched, a model that is not here is said so without any request")
  func fetchesNothing() async throws {
    let server = try HubServer(serving: ["someone/tiny": model])
    let machine = try TestMachine(server)
    for (name, spelled) in [("someone/tiny", "someone/tiny"), (Self.bge, "bge-small-en-v1.5")] {
      let error = try await #require(throws: LociError.self) {
        try await machine.library.resolve(name, fetches: false)
      }
      #expect(error.code == .missingModel)
      #expect(error.remedy?.contains("`loci models fetch \(spelled)`") == true)
    }
    #expect(try server.requests() == [])
    _ = try await machine.library.resolve("someone/tiny")
    let count = try server.requests().count
    _ = try await machine.library.resolve("someone/tiny", fetches: false)
    #expect(try server.requests().count == count)
  }

  @Test("A folder called like a catalogue model without its weights says that a prefix is missing")
  func saysThatAPrefixIsMissing() async throws {
    let machine = try machine()
    var silent = model
    silent["config_sentence_transformers.json"] = #"{"prompts": {"query": ""}}"#
    let cached = machine.repository(Self.bge).appending(path: "snapshots/abc123")
    for folder in [
      machine.home.file("bge-small-en-v1.5"), machine.home.file("BGE-Small-en-v1.5"),
      machine.home.file("BAAI--bge-small-en-v1.5"), cached,
    ] {
      try silent.write(to: folder)
      let resolved = try await machine.library.resolve(folder.path)
      #expect(resolved.space.queryPrefix.isEmpty)
      #expect(resolved.notes.count == 1)
      #expect(resolved.notes.first?.contains(Self.bge) == true)
    }
    try model.write(to: machine.home.file("bge-small-en-v1.5"))
    let loud = try await machine.library.resolve(machine.home.file("bge-small-en-v1.5").path)
    #expect(loud.space.queryPrefix == "ask: " && loud.notes == [])
  }

  @Test("Published weights are recognised by their hash, whatever their folder is called")
  func recognisesWeights() async throws {
    let original = Folders().models.appending(path: "sentence-transformers--all-MiniLM-L6-v2")
    let machine = try machine()
    for (name, notes) in [("copy", 0), ("bge-small-en-v1.5", 1)] {
      let folder = machine.home.file(name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in ["config.json", "tokenizer.json", TinyModel.weightsName] {
        try FileManager.default.createSymbolicLink(
          at: folder.appending(path: file), withDestinationURL: original.appending(path: file))
      }
      let resolved = try await ModelLibrary().resolve(folder.path, fetches: false)
      // The files are silent, and the encoder has 512 positions.
      #expect(resolved.space.maximumTokens == 256)
      #expect(resolved.license == "Apache-2.0")
      #expect(resolved.notes.count == notes)
    }
  }

  @Test("Only regular files are read: pipes, devices, folders and loops are errors, not waits")
  func takesRegularFilesOnly() async throws {
    let machine = try machine()
    for name in [
      "config.json", "tokenizer.json", "modules.json", "1_Pooling/config.json",
      TinyModel.weightsName,
    ] {
      for kind in ["pipe", "folder", "loop", "device"] {
        let folder = machine.home.file("\(kind)-\(name.replacing("/", with: "-"))")
        try model.write(to: folder)
        let file = folder.appending(path: name)
        try FileManager.default.removeItem(at: file)
        switch kind {
        case "pipe": try makePipe(file)
        case "folder":
          try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        default:
          try FileManager.default.createSymbolicLink(
            atPath: file.path,
            withDestinationPath: kind == "loop" ? file.lastPathComponent : "/dev/zero")
        }
        let error = await #expect(throws: LociError.self, "\(kind) \(name)") {
          _ = try await machine.library.resolve(folder.path).loadTokenizer()
        }
        #expect([.corrupt, .missingModel, .unsupported].contains(error?.code), "\(kind) \(name)")
      }
    }
    let graph = machine.home.file("graph.onnx")
    try model.write(to: machine.home.url)
    try makePipe(graph)
    for path in [graph.path, "/dev/zero", "/dev/stdin", "/dev/null"] {
      await #expect(throws: LociError.self) { try await machine.library.resolve(path) }
    }
  }

  private func makePipe(_ file: URL) throws {
    let status = unsafe mkfifo(file.path, 0o600)
    try #require(status == 0)
  }

  @Test("An .onnx file is run with the settings beside it or above it")
  func takesONNXFiles() async throws {
    let machine = try machine()
    var model = model
    model.files["onnx/model_O2.onnx"] = Data("graph".utf8)
    model.files["other.onnx"] = Data("other".utf8)
    let folder = machine.home.file("tiny")
    try model.write(to: folder)
    for name in ["onnx/model_O2.onnx", "other.onnx"] {
      let file = folder.appending(path: name)
      let resolved = try await machine.library.resolve(file.path)
      #expect(resolved.weights == .onnx(file.standardizedFileURL))
      #expect(resolved.space.pooling == .cls)
      #expect(resolved.space.model == "tiny")
      #expect(
        resolved.space.revision
          == Hexadecimal.text(SHA256.digest(try Data(contentsOf: file))).prefix(16))
    }
  }

  @Test("Weights that are not the catalogue's are refused with both hashes")
  func refusesOtherWeights() async throws {
    let machine = try machine()
    try unpack(model, as: ModelCatalogue.defaultModel.id, on: machine)
    let error = try await #require(throws: LociError.self) {
      try await machine.library.resolve("all-MiniLM-L6-v2")
    }
    #expect(error.code == .checksumMismatch)
    #expect(error.message.contains(model.weightsHash))
    #expect(error.message.contains("53aa51172d142c89"))
    #expect(error.remedy?.contains("model.safetensors") == true)
    let folder = machine.folders.models
      .appending(path: "sentence-transformers--all-MiniLM-L6-v2")
    let byPath = try await machine.library.resolve(folder.path)
    #expect(byPath.space.revision == model.weightsHash.prefix(16))
  }

  @Test("The list has the catalogue first, then what else is here, with place and size")
  func lists() async throws {
    let machine = try machine()
    try unpack(model, as: Self.bge, on: machine)
    try cache(model, as: "someone/tiny", on: machine)
    try cache(TinyModel(weightBytes: 1), as: "someone/half", on: machine)
    try FileManager.default.removeItem(
      at: machine.repository("someone/half").appending(path: "snapshots/abc123/tokenizer.json"))
    let list = machine.library.list()
    #expect(list.map(\.id) == ModelCatalogue.models.map(\.id) + ["someone/tiny"])
    #expect(list[0].location == nil && list[0].bytes == 0)
    #expect(list[0].entry?.license == "Apache-2.0")
    guard case .models = list[1].location, case .hubCache = list[4].location else {
      Issue.record("The places are wrong.")
      return
    }
    let bytes = model.files.values.reduce(0) { $0 + $1.count }
    #expect(list[1].bytes == bytes && list[4].bytes == bytes)
  }
}
