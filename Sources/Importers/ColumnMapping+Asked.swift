public import Diagnostics
public import MarketData

extension ColumnMapping {
  /// What a user said about the columns of files, option by option.
  public struct Asked: Sendable {
    /// `date=Date,close=Close`.
    public var columns: String?
    /// How many lines stand before the header.
    public var skip: Int?
    /// The kind of data.
    public var kind: String?
    /// A mapping file.
    public var file: String?
    /// Whether the mapping is to be kept.
    public var isKept: Bool
    /// The format that was named.
    public var format: String?

    /// What was said.
    public init(columns: String?, skip: Int?, kind: String?, file: String?, isKept: Bool, format: String?) {
      self.columns = columns
      self.skip = skip
      self.kind = kind
      self.file = file
      self.isKept = isKept
      self.format = format
    }

    /// The mapping; `nil` where columns are found by the formats.
    public func mapping(dates: DateOrder?) throws(Diagnostic) -> ColumnMapping? {
      if format != nil, columns != nil || file != nil {
        throw .mappingOptions("`--format` finds the columns by itself; it does not go with `--columns` or `--mapping`")
      }
      if columns == nil || file != nil {
        let others = [("--skip", skip != nil), ("--kind", kind != nil), ("--save-mapping", isKept)]
        if file != nil, columns != nil {
          throw .mappingOptions("`--mapping` and `--columns` say the same thing: give one")
        }
        if let other = others.first(where: \.1) { throw .mappingOptions("`\(other.0)` goes with `--columns`") }
      }
      if let file { return try ColumnMapping(file: file) }
      guard let columns else { return nil }
      let named = try ColumnMapping.columns(columns)
      return try ColumnMapping(kind: try fileKind(), columns: named, skip: skip ?? 0, dates: dates)
    }

    private func fileKind() throws(Diagnostic) -> FileKind {
      guard let kind else { return .prices }
      if let found = FileKind(rawValue: kind) { return found }
      throw .unknownKind(kind)
    }
  }
}
