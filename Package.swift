// swift-tools-version: 6.1
import PackageDescription

/// Settings shared by every target of the package; applied in one loop below.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// On macOS the system's own readline is a look-alike, and Homebrew's lies aside. Elsewhere it is where all libraries are,
/// and what its package adds are flags that every build would warn of.
#if os(macOS)
  let readlinePackage: String? = "readline"
#else
  let readlinePackage: String? = nil
#endif

/// The arrows between targets are documented in `Sources/README.md`; a test compares the two.
let package = Package(
  name: "strat",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "strat", targets: ["strat"]),
    .library(name: "Fuzzing", type: .static, targets: ["Fuzzing"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    // Tier 0: no arrows but to libraries.
    .systemLibrary(
      name: "CSQLite", path: "Sources/CSQLite", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    .systemLibrary(name: "CCrypto", path: "Sources/CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CYAML", path: "Sources/CYAML", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CReadline", path: "Sources/CReadline", pkgConfig: readlinePackage,
      providers: [.apt(["libreadline-dev"]), .brew(["readline"])]),
    .target(name: "CLineEditor", dependencies: ["CReadline"], linkerSettings: [.linkedLibrary("readline")]),
    .target(
      name: "Codecs",
      dependencies: [.target(name: "CCrypto", condition: .when(platforms: [.linux])), "CYAML", "CZlib"]),
    .target(name: "Diagnostics"),
    .target(name: "Locks"),
    .target(name: "FileSystem", dependencies: ["Locks"]),
    .target(name: "Kernels", dependencies: ["MarketModel"]),
    .target(name: "MarketModel"),
    .target(name: "CStandardLibrary"),
    .target(name: "StandardLibrary", dependencies: ["CStandardLibrary"]),
    // Tier 1
    .target(
      name: "Databases", dependencies: ["CSQLite", "Codecs", "Diagnostics", "MarketModel"], exclude: ["README.md"]),
    .target(name: "Syntax", dependencies: ["Diagnostics", "MarketModel"]),
    .target(name: "Analytics", dependencies: ["Kernels", "MarketModel"]),
    .target(name: "MarketData", dependencies: ["Codecs", "Diagnostics", "FileSystem", "Locks", "MarketModel"]),
    // Tier 2
    .target(name: "Importers", dependencies: ["Codecs", "Diagnostics", "FileSystem", "MarketData", "MarketModel"]),
    .target(name: "Interpreter", dependencies: ["Diagnostics", "Kernels", "Locks", "MarketModel", "Syntax"]),
    .target(
      name: "Backtest",
      dependencies: ["Analytics", "Codecs", "Diagnostics", "Kernels", "MarketData", "MarketModel"]),
    // Tier 3
    .target(
      name: "Scripting",
      dependencies: [
        "Analytics", "Backtest", "Codecs", "Diagnostics", "FileSystem", "Interpreter", "Kernels", "Locks", "MarketData",
        "MarketModel", "StandardLibrary", "Syntax",
      ]),
    .target(
      name: "MarketDatabase", dependencies: ["Databases", "Diagnostics", "Importers", "MarketData", "MarketModel"]),
    // Tier 4
    .target(
      name: "Experiments",
      dependencies: [
        "Analytics", "Backtest", "Codecs", "Diagnostics", "FileSystem", "Interpreter", "Kernels", "Locks", "MarketData",
        "MarketModel", "Scripting",
      ]),
    .target(
      name: "Reporting",
      dependencies: ["Analytics", "Backtest", "Diagnostics", "Kernels", "MarketModel"]),
    .target(
      name: "Documentation",
      dependencies: [
        "Analytics", "Backtest", "Diagnostics", "Interpreter", "MarketData", "MarketModel", "Scripting",
        "StandardLibrary", "Syntax",
      ]),
    .target(
      name: "LanguageService",
      dependencies: ["Backtest", "Diagnostics", "Interpreter", "MarketData", "Scripting", "StandardLibrary", "Syntax"]),
    // Tier 5
    .target(
      name: "Persistence",
      dependencies: ["Analytics", "Backtest", "Codecs", "Databases", "MarketModel", "Reporting"]),
    .target(
      name: "REPL",
      dependencies: [
        "Backtest", "CLineEditor", "Diagnostics", "Documentation", "FileSystem", "Interpreter", "LanguageService",
        "MarketData", "MarketModel", "Reporting", "Scripting", "StandardLibrary", "Syntax",
      ]),
    // Tier 6 and 7
    .target(
      name: "Commands",
      dependencies: [
        "Analytics", "Backtest", "Codecs", "Databases", "Diagnostics", "Documentation", "Experiments", "FileSystem",
        "Importers", "Interpreter", "LanguageService", "Locks", "MarketData", "MarketDatabase", "MarketModel",
        "Persistence",
        "REPL", "Reporting", "Scripting", "Syntax", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "strat", dependencies: ["Commands"]),
    // Development
    .executableTarget(name: "generate", dependencies: ["Commands", "Documentation"]),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "Analytics", "Backtest", "Databases", "Diagnostics", "Experiments", "Interpreter", "MarketData", "MarketModel",
        "Persistence", "Scripting", "Syntax",
      ]),
    .target(
      name: "Fuzzing",
      dependencies: [
        "Backtest", "Diagnostics", "Importers", "Interpreter", "MarketData", "MarketModel", "Reporting", "Scripting",
        "Syntax",
      ]),
    // Tests
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .target(name: "TestServers", path: "Tests/TestServers"),
    .testTarget(name: "AnalyticsTests", dependencies: ["Analytics", "Kernels", "MarketModel"]),
    .testTarget(
      name: "BacktestTests",
      dependencies: ["Analytics", "Backtest", "Diagnostics", "MarketData", "MarketModel"]),
    .testTarget(name: "CodecsTests", dependencies: ["Codecs"]),
    .testTarget(
      name: "CommandsTests",
      dependencies: [
        "Backtest", "Commands", "Diagnostics", "Interpreter", "MarketData", "MarketModel", "Scripting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "ConformanceTests",
      dependencies: ["Backtest", "Diagnostics", "Interpreter", "MarketData", "MarketModel", "Scripting"]),
    .testTarget(
      name: "DatabasesTests", dependencies: ["Databases", "Diagnostics", "Locks", "MarketModel", "TestServers"]),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(
      name: "DocumentTests",
      dependencies: [
        "Backtest", "Commands", "Diagnostics", "Documentation", "Interpreter", "MarketData", "Scripting", "Syntax",
      ],
      exclude: ["Editors"]),
    // Runs the built program, so it needs it to be built and nothing of it to be imported.
    .testTarget(name: "EndToEndTests", dependencies: ["CPseudoTerminal", "TestServers", "benchmarks", "strat"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Analytics", "Backtest", "Diagnostics", "Experiments", "Interpreter", "MarketData", "MarketModel", "Scripting",
      ]),
    .testTarget(name: "FileSystemTests", dependencies: ["FileSystem"]),
    .testTarget(name: "FuzzingTests", dependencies: ["Fuzzing", "Importers"], exclude: ["Corpus"]),
    .testTarget(
      name: "ImportersTests",
      dependencies: ["Codecs", "Diagnostics", "Importers", "MarketData", "MarketModel", "TestServers"]),
    .testTarget(
      name: "InterpreterTests", dependencies: ["Diagnostics", "Interpreter", "Kernels", "MarketModel", "Syntax"]),
    .testTarget(name: "LocksTests", dependencies: ["Locks"]),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels", "MarketModel"]),
    .testTarget(
      name: "LanguageServiceTests",
      dependencies: ["Interpreter", "LanguageService", "Syntax"]),
    .testTarget(
      name: "MarketDataTests", dependencies: ["Codecs", "Diagnostics", "MarketData", "MarketModel"]),
    .testTarget(
      name: "MarketDatabaseTests",
      dependencies: [
        "Databases", "Diagnostics", "Importers", "MarketData", "MarketDatabase", "MarketModel", "TestServers",
      ]),
    .testTarget(name: "MarketModelTests", dependencies: ["MarketModel"]),
    .testTarget(
      name: "PersistenceTests",
      dependencies: [
        "Analytics", "Backtest", "Codecs", "Databases", "MarketData", "MarketModel", "Persistence", "Reporting",
        "TestServers",
      ]),
    .testTarget(
      name: "REPLTests",
      dependencies: [
        "Diagnostics", "Interpreter", "LanguageService", "MarketData", "MarketModel", "REPL", "Reporting",
      ]),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Analytics", "Backtest", "Diagnostics", "MarketData", "MarketModel", "Reporting"]),
    .testTarget(
      name: "ScriptingTests",
      dependencies: [
        "Backtest", "Diagnostics", "Interpreter", "MarketData", "MarketModel", "Scripting", "StandardLibrary",
        "TestServers",
      ]),
    .testTarget(
      name: "SyntaxTests", dependencies: ["Diagnostics", "MarketModel", "Syntax"], exclude: ["Layout"]),
    .testTarget(name: "TidyTests"),
  ]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = (target.swiftSettings ?? []) + strict
}
