// swift-tools-version: 6.2
import PackageDescription

// The house, from the ground up: a target imports only targets listed above it, and each C library
// has exactly one importer. docs/ARCHITECTURE.md walks through it.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// What an app can leave out: with a trait off, neither its code nor its C library is built in. A
// trait is a condition of the same name for the compiler.
let postgres = "PostgreSQL"
let lance = "LanceDB"
let sqliteVec = "SQLiteVec"
let documents = "Documents"
let files = "ConfigurationFiles"

func optional(_ name: String, _ trait: String) -> Target.Dependency {
  .target(name: name, condition: .when(traits: [trait]))
}

func room(
  _ name: String, over dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(
  _ name: String, over dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "loci",
  // What `Mutex` needs.
  platforms: [.macOS(.v15), .iOS(.v18)],
  products: [
    .library(name: "Loci", targets: ["Loci"]),
    .library(name: "LociTokenizer", targets: ["LociTokenizer"]),
    .library(name: "LociEmbedding", targets: ["LociEmbedding"]),
    .library(name: "LociIndex", targets: ["LociIndex"]),
    .library(name: "LociIngest", targets: ["LociIngest"]),
    .library(name: "LociAgents", targets: ["LociAgents"]),
    .library(name: "LociSQLite", targets: ["LociSQLite"]),
    .library(name: "LociSimulation", targets: ["LociSimulation"]),
    .executable(name: "loci", targets: ["LociCommand"]),
  ],
  traits: [
    .default(enabledTraits: [postgres, lance, sqliteVec, documents, files]),
    .trait(name: postgres, description: "Records and vectors in PostgreSQL, through libpq"),
    .trait(name: lance, description: "Vectors in LanceDB, through a worker process"),
    .trait(name: sqliteVec, description: "Vectors in sqlite-vec, a library opened at run time"),
    .trait(name: documents, description: "Markdown and HTML, through libcmark-gfm and libgumbo"),
    .trait(name: files, description: "loci.toml, through toml++"),
  ],
  targets: [
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(
      name: "CCommonMark", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
    .target(name: "COnnxRuntime", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CVectorKernels"),
    .target(name: "CTransformerKernels"),
    .target(name: "CTOML"),

    room("LociCore"),
    room("LociJSON", over: ["LociCore"]),
    room("LociTokenizer", over: ["LociCore", "LociJSON"]),
    room("LociTransformer", over: ["LociCore", "CTransformerKernels"]),
    room(
      "LociEmbedding", over: ["LociCore", "LociTokenizer", "LociTransformer", "COnnxRuntime"]),
    room("LociIndex", over: ["LociCore", "CVectorKernels"]),
    room("LociSQL", over: ["LociCore"]),
    room("LociSQLite", over: ["LociCore", "LociIndex", "LociSQL", "CSQLite"]),
    room("LociPostgres", over: ["LociCore", "LociSQL", "CPostgres"]),
    room(
      "LociLance", over: ["LociCore"],
      resources: ["columns", "table", "worker"].map { .embedInCode("Worker/\($0).py") }),
    room("LociSimulation", over: ["LociCore"]),
    room("LociRetrieval", over: ["LociCore"]),
    room(
      "LociIngest",
      over: ["LociCore", optional("CCommonMark", documents), optional("CGumbo", documents)]),
    room("LociMemory", over: ["LociCore", "LociJSON", "LociRetrieval", "LociIngest"]),
    room("LociAgents", over: ["LociCore", "LociJSON", "LociRetrieval", "LociMemory"]),
    room(
      "LociWire",
      over: ["LociCore", "LociJSON", "LociRetrieval", "LociIngest", "LociMemory", "LociAgents"]),
    room(
      "Loci",
      over: [
        "LociCore", "LociTokenizer", "LociEmbedding", "LociIndex", "LociSQLite",
        optional("LociPostgres", postgres), optional("LociLance", lance), "LociSimulation",
        "LociRetrieval", "LociIngest", "LociMemory", "LociAgents", optional("CTOML", files),
      ]),
    .executableTarget(
      name: "LociCommand",
      dependencies: ["LociJSON", "LociTokenizer", "LociEmbedding", "LociWire", "Loci"],
      swiftSettings: strict),
    .target(
      name: "LociTestKit", dependencies: ["LociCore", "LociSimulation"], path: "Tests/LociTestKit",
      resources: [.copy("Stores")], swiftSettings: strict),
    .executableTarget(
      name: "LociBenchmark",
      dependencies: [
        "LociCore", "LociEmbedding", "LociIndex", "LociSQLite", "LociPostgres", "LociLance",
        "LociSimulation", "LociRetrieval", "Loci", "LociTestKit",
      ],
      path: "Benchmarks/LociBenchmark",
      swiftSettings: strict),
    .executableTarget(
      name: "LociTestWriter", dependencies: ["Loci", "LociSQLite", "LociTestKit"],
      path: "Tests/LociTestWriter", swiftSettings: strict),
    .executableTarget(
      name: "LociLanceWriter", dependencies: ["LociCore", "LociLance", "LociTestKit"],
      path: "Tests/LociLanceWriter", swiftSettings: strict),
    .executableTarget(
      name: "LociSimulate",
      dependencies: ["LociCore", "LociSimulation", "LociMemory", "LociAgents", "LociTestKit"],
      path: "Tests/LociSimulate", swiftSettings: strict),
    tests("LociCoreTests", over: ["LociCore", "LociTestKit"]),
    tests("LociJSONTests", over: ["LociJSON", "LociTestKit"]),
    tests("LociTokenizerTests", over: ["LociTokenizer", "LociTestKit"]),
    tests(
      "LociEmbeddingTests", over: ["LociEmbedding", "LociTestKit"],
      resources: [.copy("Hub/hub_server.py")]),
    .target(
      name: "LociKernelChecks", dependencies: ["CTransformerKernels"],
      path: "Tests/LociKernelChecks", exclude: ["main.c"]),
    tests("LociTransformerTests", over: ["LociTransformer", "LociKernelChecks", "LociTestKit"]),
    tests("LociIndexTests", over: ["LociIndex", "LociTestKit"]),
    tests("LociSQLiteTests", over: ["LociSQLite", "LociTestKit"]),
    tests("LociPostgresTests", over: ["LociPostgres", "LociTestKit"]),
    tests("LociLanceTests", over: ["LociLance", "LociTestKit", "LociLanceWriter"]),
    tests(
      "LociSimulationTests", over: ["LociSimulation", "LociSimulate", "LociMemory", "LociTestKit"],
      resources: [.copy("Seeds.txt")]),
    tests("LociRetrievalTests", over: ["LociRetrieval", "LociTestKit"]),
    tests(
      "LociIngestTests", over: ["LociIngest", "LociSimulation", "CCommonMark", "LociTestKit"]),
    tests(
      "LociAgentsTests",
      over: [
        "LociAgents", "LociSQLite", "LociPostgres", "LociLance", "Loci",
        "LociTestKit",
      ]),
    tests("LociWireTests", over: ["LociWire", "LociTestKit"]),
    tests(
      "LociTests",
      over: ["Loci", "LociSQLite", "LociLance", "LociPostgres", "LociTestKit", "LociTestWriter"]),
    tests(
      "LociCommandTests", over: ["LociJSON", "LociCommand", "LociWire", "Loci", "LociTestKit"]),
    tests("TidyTests", over: []),
  ],
  cxxLanguageStandard: .cxx17
)
