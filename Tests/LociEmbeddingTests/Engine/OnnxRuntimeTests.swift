import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Testing

@Suite("Opening ONNX Runtime")
struct OnnxRuntimeTests {
  @Test("The library that set-up installed opens, with telemetry off in this process")
  func opens() throws {
    let runtime = try OnnxRuntime.shared()
    #expect(runtime.version.split(separator: ".").count == 3)
    #expect(unsafe getenv("ORT_DISABLE_TELEMETRY").map { unsafe String(cString: $0) } == "1")
  }

  @Test("LOCI_ONNXRUNTIME names the one file to open")
  func override() {
    let environment = ["LOCI_ONNXRUNTIME": "/opt/ort.so", "LOCI_HOME": "/nowhere"]
    #expect(OnnxRuntimeLibrary.candidates(environment: environment) == ["/opt/ort.so"])
  }

  @Test("Of the unpacked versions the newest comes first, and the system's come last")
  func newestFirst() throws {
    let folder = try TemporaryFolder()
    for version in ["1.9.2", "1.31.1", "1.30.0"] {
      let place = folder.file("engines/onnxruntime/\(version)")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data().write(to: place.appending(path: "libonnxruntime.so.\(version)"))
    }
    try FileManager.default.createDirectory(
      at: folder.file("engines/onnxruntime/2.0.0"), withIntermediateDirectories: true)
    let candidates = OnnxRuntimeLibrary.candidates(environment: ["LOCI_HOME": folder.url.path])
    #expect(
      candidates.map { $0.split(separator: "/").last.map(String.init) } == [
        "libonnxruntime.so.1.31.1", "libonnxruntime.so.1.30.0", "libonnxruntime.so.1.9.2",
        "libonnxruntime.so.1", "libonnxruntime.so",
      ])
  }

  @Test(
    "A library that is missing, no library, or another one is an error that says what to do",
    arguments: [
      "/nowhere/libonnxruntime.so", "/etc/hostname", "libc.so.6",
    ])
  func unusable(path: String) throws {
    let error = #expect(throws: LociError.self) { try OnnxRuntime(candidates: [path]) }
    #expect(error?.code == .missingLibrary)
    #expect(error?.message.contains(path) == true)
    #expect(error?.remedy?.contains("Scripts/setup onnxruntime") == true)
    #expect(error?.remedy?.contains("LOCI_ONNXRUNTIME") == true)
  }
}
