public import Diagnostics
public import MarketData
import MarketModel

/// Reads one vendor's files: how they are recognised, when their figures became known, and what their rows mean.
///
/// One record holds everything said about a format; the list of formats, the help and the documents are made from it.
public struct Importer: Sendable {
  /// The word for `--format`.
  public let name: String
  /// What the files are.
  public let title: String
  /// What a file looks like: how it is recognised, and what its name says.
  public let files: String
  /// From when on its figures are known.
  public let release: String
  /// The beginning of a file.
  public let example: String
  /// The name that the example's file would have.
  public let exampleName: String
  /// Whether a file without a release time of its own needs `--release-lag`.
  public let needsLag: Bool
  let recognizes: @Sendable (FileStart) -> Bool
  let read: @Sendable (inout ImportReader) -> Void

  init(
    _ name: String, title: String, files: String, release: String, exampleName: String, example: String,
    needsLag: Bool = false, recognizes: @escaping @Sendable (FileStart) -> Bool,
    read: @escaping @Sendable (inout ImportReader) -> Void
  ) {
    self.name = name
    self.title = title
    self.files = files
    self.release = release
    self.exampleName = exampleName
    self.example = example
    self.needsLag = needsLag
    self.recognizes = recognizes
    self.read = read
  }

  /// What the user says about files beside their contents.
  public struct Options: Sendable {
    /// How long after their observation date figures without a release time became known.
    public var releaseLag: ReleaseLag?
    /// The ticker, series, curve or universe of a file that does not say it.
    public var name: String?

    /// Options.
    public init(releaseLag: ReleaseLag? = nil, name: String? = nil) {
      self.releaseLag = releaseLag
      self.name = name
    }
  }
}

extension Importer {
  /// Every format, the more particular ones first: a file is read by the first that recognises it.
  public static let all: [Importer] =
    [
      .yahoo, .stooq, .stooqBulk, .cotLegacy, .cotFinancial, .treasury, .fredMD, .alfredPeriods, .alfredVintages, .fred,
      .memberLists, .memberSpans,
    ] + [FileKind.prices, .series, .flows, .curves, .universes, .actions].map(\.importer)

  /// The format of a name, or what to say where there is none.
  public static func find(_ name: String) throws(Diagnostic) -> Importer {
    if let importer = all.first(where: { $0.name == name }) { return importer }
    throw .unknownImporter(name)
  }
}

/// What a file is recognised by: the cells of its first rows, and its name.
struct FileStart {
  /// The cells of the first row, without blanks around them.
  let header: [String]
  /// The cells of the second row; empty if there is none.
  let second: [String]
  /// The header's cells in lower case, letters and digits alone.
  let plain: [String]
  /// The name without folder and ending.
  let baseName: String

  init(_ rows: [[String]], baseName: String) {
    header = rows.first ?? []
    second = rows.count > 1 ? rows[1] : []
    plain = header.map(FileStart.plain)
    self.baseName = baseName
  }

  /// Lower case, letters and digits alone.
  static func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}
