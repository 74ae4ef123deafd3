import Diagnostics
import MarketData

/// Which format a file is of, and where its header stands.
///
/// A header is looked for in the first lines: some vendors put their address or a disclaimer before it. Between the
/// cells stands a comma, a tab, a semicolon or a bar, whichever makes a header of a known format.
struct Recognition {
  let importer: Importer
  let start: FileStart
  let match: FormatMatch
  /// What stands between the cells.
  let separator: UInt8

  /// How many lines may stand before a header.
  private static let longestPreamble = 20
  /// A comma, a tab, a semicolon, a bar.
  private static let separators: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]

  /// Recognises a file.
  ///
  /// - Parameter format: the format that the user named; its own or a kindred one must have the file's columns.
  static func of(
    _ text: UnsafeBufferPointer<UInt8>, path: String, baseName: String, format: Importer?
  ) throws(Diagnostic) -> Recognition {
    let beginning = beginning(of: text)
    var likeliest: Recognition?
    var widest: [String] = []
    for separator in separators {
      let rows = rows(beginning, separator)
      if (rows.first?.count ?? 0) > widest.count { widest = rows.first ?? [] }
      for skipped in rows.indices.prefix(longestPreamble + 1) {
        let start = FileStart(Array(rows[skipped...]), baseName: baseName, preamble: skipped)
        guard skipped == 0 || start.header.count > 1 else { continue }
        for importer in Importer.all where format.map({ importer.isMeant(by: $0.name) }) ?? true {
          let found = Recognition(
            importer: importer, start: start, match: importer.match(start), separator: separator)
          if found.holds(format) { return found }
          if format != nil, found.match.missing.count < likeliest?.match.missing.count ?? .max { likeliest = found }
        }
      }
    }
    guard let format else { throw .unknownFileFormat(path, widest) }
    throw .notOfFormat(
      path, format.name, missing: likeliest?.match.missing ?? [], header: likeliest?.start.header ?? [],
      other: likeliest?.betterName)
  }

  /// Whether the file is of the format.
  private func holds(_ format: Importer?) -> Bool {
    guard match.missing.isEmpty else { return false }
    // A format that is meant by another's word has to be sure of the file as if there were no word.
    if format?.name != importer.name { return importer.isSure(start, match) }
    return !importer.isGeneral || importer.isSure(start, match) || betterName == nil
  }

  /// The format that recognises the file by itself, if it is another one.
  private var betterName: String? {
    let better = Importer.all.first { other in
      let match = other.match(start)
      return !other.isGeneral && match.missing.isEmpty && other.isSure(start, match)
    }
    return better?.name == importer.name ? nil : better?.name
  }

  /// The first lines of a text, whole ones.
  private static func beginning(of text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let limit = 1 << 16
    guard text.count > limit else { return text }
    let end = text[..<limit].lastIndex(of: 0x0A) ?? text[limit...].firstIndex(of: 0x0A) ?? text.count - 1
    return UnsafeBufferPointer(rebasing: text[...end])
  }

  /// The cells of the first rows.
  private static func rows(_ text: UnsafeBufferPointer<UInt8>, _ separator: UInt8) -> [[String]] {
    let wanted = longestPreamble + 6
    guard separator != 0x2C else { return cells(text, wanted) }
    return ImportText.separatedByCommas(text, separator).withUnsafeBufferPointer { cells($0, wanted) }
  }

  private static func cells(_ text: UnsafeBufferPointer<UInt8>, _ wanted: Int) -> [[String]] {
    var lines = CSVLines(text)
    var rows: [[String]] = []
    while rows.count < wanted {
      switch lines.next() {
      case .end: return rows
      case .openQuote: rows.append([])
      case .row: rows.append((0..<lines.count).map { lines.string($0) })
      }
    }
    return rows
  }
}
