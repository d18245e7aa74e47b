import Foundation
import Testing

@Suite("Installing the command")
struct InstallTests {
  private func install(into prefix: String, path: String, home: String) throws -> String {
    let process = Process()
    process.executableURL = SourceTree.root.appending(path: "Scripts/install")
    process.arguments = [SourceTree.root.appending(path: "Package.swift").path, prefix]
    process.environment = ["PATH": path, "HOME": home]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text
  }

  @Test("It says when its folder is not on PATH, and is silent where it is")
  func path() throws {
    let home = FileManager.default.temporaryDirectory.appending(
      path: "install-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: home) }
    let bin = home.appending(path: "x y/bin").path
    let system = "/usr/bin:/bin"
    let prefix = home.appending(path: "x y").path
    #expect(try install(into: prefix, path: system, home: home.path).contains("not on PATH"))
    for path in ["\(bin):\(system)", "\(system):\(bin)/", "\(bin)/../bin:\(system)"] {
      #expect(
        try install(into: prefix, path: path, home: home.path) == "installed \(bin)/loci\n",
        "\(path)")
    }
    _ = try install(into: "~/.local", path: system, home: home.path)
    #expect(
      FileManager.default.isExecutableFile(atPath: home.appending(path: ".local/bin/loci").path))
    let shadowed = "\(home.path)/.local/bin:\(bin):\(system)"
    #expect(try install(into: prefix, path: shadowed, home: home.path).contains("first"))
  }
}
