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
  /// What a file looks like: its columns, and what its name says.
  public let files: String
  /// From when on its figures are known.
  public let release: String
  /// The beginning of a file.
  public let example: String
  /// The name that the example's file would have.
  public let exampleName: String
  /// Whether a file without a release time of its own needs `--release-lag`.
  public let needsLag: Bool
  /// Its columns.
  let columns: FormatColumns
  /// Another format of the vendor whose word stands for this one too.
  let kin: String?
  /// The order of day and month that the vendor always has.
  let dateOrder: DateOrder?
  /// Whether files of other formats have its columns too, so that a more particular format goes first even where this
  /// one is named.
  let isGeneral: Bool
  /// Whether the vendor dates bars longer than a day at the start of their period.
  let datesBarsAtStart: Bool
  /// Finds the columns in a header.
  let match: @Sendable (FileStart) -> FormatMatch
  /// Whether a file that has the columns is of this format, where the user named none.
  let isSure: @Sendable (FileStart, FormatMatch) -> Bool
  let read: @Sendable (inout ImportReader) -> Void

  /// - Parameter files: what there is to say about the files beside their columns.
  init(
    _ name: String, title: String, columns: FormatColumns, files: String, release: String, exampleName: String,
    example: String, needsLag: Bool = false, kin: String? = nil, dateOrder: DateOrder? = nil, isGeneral: Bool = false,
    datesBarsAtStart: Bool = false,
    match: (@Sendable (FileStart) -> FormatMatch)? = nil,
    isSure: @escaping @Sendable (FileStart, FormatMatch) -> Bool = { _, _ in true },
    read: @escaping @Sendable (inout ImportReader) -> Void
  ) {
    self.name = name
    self.title = title
    self.columns = columns
    self.files = files.isEmpty ? columns.described : columns.described + " " + files
    self.release = release
    self.exampleName = exampleName
    self.example = example
    self.needsLag = needsLag
    self.kin = kin
    self.dateOrder = dateOrder
    self.isGeneral = isGeneral
    self.datesBarsAtStart = datesBarsAtStart
    self.match = match ?? { columns.match($0.header) }
    self.isSure = isSure
    self.read = read
  }

  /// A column of the format, for those who list formats.
  public struct ColumnFacts: Sendable {
    /// Its names, the usual one first.
    public let names: [String]
    /// `required`, `optional`, or `one_of` for those of which a file has at least one.
    public let need: String
  }

  /// The columns that have names of their own.
  public var columnFacts: [ColumnFacts] {
    columns.columns.map { column in
      let need =
        switch column.need {
        case .required: "required"
        case .optional: "optional"
        case .oneOf: "one_of"
        }
      return ColumnFacts(names: column.names, need: need)
    }
  }

  /// What the user says about files beside their contents.
  public struct Options: Sendable {
    /// How long after their observation date figures without a release time became known.
    public var releaseLag: ReleaseLag?
    /// The ticker, series, curve or universe of a file that does not say it.
    public var name: String?
    /// Which comes first in dates such as `1/2/2024`; `nil` lets the file decide it.
    public var dateOrder: DateOrder?

    /// Options.
    public init(releaseLag: ReleaseLag? = nil, name: String? = nil, dateOrder: DateOrder? = nil) {
      self.releaseLag = releaseLag
      self.name = name
      self.dateOrder = dateOrder
    }
  }
}

extension Importer {
  /// Every format, the more particular ones first: a file is read by the first that recognises it.
  public static let all: [Importer] =
    [
      .yahooTable, .yahooActions, .yahoo, .stooqBulk, .metaTrader, .cryptoDataDownload, .nasdaq, .investing, .stooq,
      .cotLegacy, .cotFinancial, .treasury, .fredMD, .alfredPeriods, .alfredVintages, .fred, .memberLists,
      .memberSpans,
    ] + [FileKind.prices, .series, .flows, .curves, .universes, .actions].map(\.importer)

  /// The format of a name, or what to say where there is none.
  public static func find(_ name: String) throws(Diagnostic) -> Importer {
    if let importer = all.first(where: { $0.name == name }) { return importer }
    throw .unknownImporter(name)
  }

  /// Whether this format's word may be meant by a word that the user gave.
  func isMeant(by name: String) -> Bool { self.name == name || kin == name }
}
