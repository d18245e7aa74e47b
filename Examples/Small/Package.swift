// swift-tools-version: 6.2
import PackageDescription

// A program with the smallest Loci: SQLite and nothing else, so that its machine needs neither
// libpq, toml++, libcmark-gfm nor libgumbo.
let package = Package(
  name: "small",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "loci", path: "../..", traits: [])],
  targets: [
    .executableTarget(
      name: "Small",
      dependencies: [
        .product(name: "Loci", package: "loci"),
        .product(name: "LociSimulation", package: "loci"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
