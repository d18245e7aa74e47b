import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Testing

@Suite("Packed weights")
struct PackedFileTests {
  private let folder: TemporaryFolder
  private let packed: URL
  private let batch = TokenBatch([[2, 4, 3], [2, 5, 6, 7, 8, 4, 4, 3]])

  init() throws {
    folder = try TemporaryFolder()
    packed = folder.file("packed")
  }

  private func model(seed: UInt64, digest: String) throws -> ResolvedModel {
    var model = try TinyEncoder(seed: seed).write(to: folder)
    model.packing = .init(folder: packed, digest: digest)
    return model
  }

  private func vectors(
    _ model: ResolvedModel, _ precision: InferencePrecision = .bfloat16
  ) throws -> [Float] {
    guard case .safetensors(let files) = model.weights else { throw CancellationError() }
    return try TransformerSession(
      model, files, InferenceOptions(threads: 1, precision: precision)
    ).makeRun().vectors(of: batch)
  }

  private var files: [URL] {
    get throws {
      try FileManager.default.contentsOfDirectory(at: packed, includingPropertiesForKeys: nil)
    }
  }

  @Test("They are made once, for their owner alone, and give the same bits")
  func madeOnce() throws {
    let model = try model(seed: 1, digest: "a")
    let expected = try vectors(model)
    let file = try #require(files.first)
    let inode = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(try vectors(model) == expected)
    let again = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(again[.systemFileNumber] as? Int == inode[.systemFileNumber] as? Int)
    #expect(again[.posixPermissions] as? Int == 0o600)
    #expect(try files.count == 1)
    #expect(try vectors(model, .float32) != expected)
    #expect(try files.count == 2)
  }

  @Test("A file with any byte changed, cut short or too long is packed anew")
  func damaged() throws {
    let model = try model(seed: 1, digest: "a")
    let expected = try vectors(model)
    let file = try #require(files.first)
    let whole = try Data(contentsOf: file)
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    for round in 0..<60 {
      var bytes = whole
      // The header is checked up to its checksum; zeros fill it up.
      let used =
        round % 2 == 0
        ? Int.random(in: 0..<230, using: &generator)
        : Int.random(in: 512..<bytes.count, using: &generator)
      switch round % 5 {
      case 0: bytes = bytes.prefix(used)
      case 1: bytes.append(7)
      default: bytes[used] ^= UInt8.random(in: 1...255, using: &generator)
      }
      try bytes.write(to: file)
      #expect(try vectors(model) == expected, "seed \(seed)")
      #expect(try Data(contentsOf: file) == whole, "seed \(seed), round \(round)")
    }
  }

  @Test("The file of another model under this one's name is packed anew")
  func swapped() throws {
    let first = try vectors(model(seed: 1, digest: "a"))
    let file = try #require(files.first)
    try FileManager.default.moveItem(at: file, to: folder.file("kept"))
    let model = try model(seed: 2, digest: "b")
    let second = try vectors(model)
    let other = try #require(files.first)
    try FileManager.default.removeItem(at: other)
    try FileManager.default.moveItem(at: folder.file("kept"), to: other)
    #expect(try vectors(model) == second)
    #expect(first != second)
  }

  @Test("Where nothing can be kept, the model is packed in memory", arguments: [true, false])
  func unwritable(isFile: Bool) throws {
    let model = try model(seed: 1, digest: "a")
    // A folder can't be made where a file is.
    if isFile { try Data().write(to: packed) }
    let expected = try vectors(model)
    #expect(try vectors(model) == expected)
  }

  @Test("A FIFO in the file's place is not waited for")
  func fifo() throws {
    let model = try model(seed: 1, digest: "a")
    let expected = try vectors(model)
    let file = try #require(files.first)
    try FileManager.default.removeItem(at: file)
    #expect(unsafe mkfifo(file.path, 0o600) == 0)
    #expect(try vectors(model) == expected)
  }

  @Test("Several that pack at once all get the same bits, and leave one file")
  func atOnce() async throws {
    let model = try model(seed: 3, digest: "c")
    let found = try await withThrowingTaskGroup(of: [Float].self) { group in
      for _ in 0..<8 { group.addTask { try vectors(model) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(found.allSatisfy { $0 == found[0] })
    #expect(try files.count == 1)
  }
}
