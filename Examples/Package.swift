// swift-tools-version: 6.2
import PackageDescription

// Small programs that use only the public API of Loci, each no more of it than it needs.
let package = Package(
  name: "examples",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "loci", path: "..")],
  targets: [
    .executableTarget(name: "Remember", dependencies: [.product(name: "Loci", package: "loci")]),
    .executableTarget(name: "Embedder", dependencies: [.product(name: "Loci", package: "loci")]),
    .executableTarget(
      name: "Chunks", dependencies: [.product(name: "LociIngest", package: "loci")]),
    .executableTarget(
      name: "Nearest", dependencies: [.product(name: "LociIndex", package: "loci")]),
    .executableTarget(
      name: "Store", dependencies: [.product(name: "LociSQLite", package: "loci")]),
    .executableTarget(
      name: "Tokens", dependencies: [.product(name: "LociTokenizer", package: "loci")]),
    .executableTarget(
      name: "Similar", dependencies: [.product(name: "LociEmbedding", package: "loci")]),
  ],
  swiftLanguageModes: [.v6]
)
