import MarketData

/// What a file is recognised by: the cells of its header and of the rows behind it, and its name.
struct FileStart {
  /// The cells of the header, without blanks around them.
  let header: [String]
  /// The cells of the rows behind it, as far as they were looked at.
  let rows: [[String]]
  /// The name without folder and ending.
  let baseName: String
  /// How many lines that are not blank stand before the header.
  let preamble: Int
  /// Whether the header is the file's own, and no column had to be named.
  let isAsWritten: Bool

  init(_ rows: [[String]], baseName: String, preamble: Int = 0) {
    let first = rows.first ?? []
    self.rows = Array(rows.dropFirst())
    header = FileStart.named(first, before: self.rows.first ?? [])
    isAsWritten = header == first
    self.baseName = baseName
    self.preamble = preamble
  }

  /// Lower case, letters and digits alone.
  static func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

  /// The header with its first column called a date where it has no name of its own, but holds one: so a data frame
  /// writes its index.
  private static func named(_ header: [String], before row: [String]) -> [String] {
    guard let first = header.first, indexNames.contains(FileStart.plain(first)), header.count > 1, row.count >= 1,
      !header.dropFirst().contains(where: { FileStart.plain($0) == "date" })
    else { return header }
    switch WrittenDate.read(row[0]) {
    case .day, .undecided: return ["date"] + header.dropFirst()
    case .missing, .malformed, .timeOfDay: return header
    }
  }

  private static let indexNames = ["", "unnamed0", "indexlevel0", "index"]
}
