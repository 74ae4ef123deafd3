import Codecs

/// What a file is, told from its first bytes and, where these say little, from its name.
enum FileNature {
  case text, gzip, archive, parquet, arrow, database
  /// Something that is no data file, with what to do about it.
  case foreign(String)

  /// How many bytes are looked at.
  static let lookedAt = 64

  init(_ start: [UInt8], name: String) {
    let lower = name.lowercased()
    func begins(_ text: String) -> Bool { start.starts(with: Array(text.utf8)) }
    if begins("PAR1") {
      self = .parquet
    } else if begins("ARROW1") {
      self = .arrow
    } else if start.count >= 12, Array(start[8..<12]) == Array("DUCK".utf8) {
      self = .database
    } else if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      self = .foreign(FileNature.workbook)
    } else if ZipArchive.isArchive(start) {
      self = FileNature.isWorkbook(lower) ? .foreign(FileNature.workbook) : .archive
    } else if Gzip.isGzip(start) {
      self = .gzip
    } else if let kind = FileNature.signs.first(where: { start.starts(with: $0.bytes) }) {
      self = .foreign(kind.reason)
    } else if begins("<!DOCTYPE") || begins("<!doctype") || begins("<html") || begins("<HTML") {
      self = .foreign("a web page, no data file; it may be the site's message that the download failed")
    } else {
      self = .text
    }
  }

  /// Whether the name is that of a spreadsheet.
  private static func isWorkbook(_ lower: String) -> Bool {
    [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers"].contains { lower.hasSuffix($0) }
  }

  /// Whether the files of an archive are the parts of a spreadsheet.
  static func isWorkbook(_ archive: ZipArchive) -> Bool {
    archive.entries.contains { $0.name.hasPrefix("xl/") || $0.name == "content.xml" || $0.name == "Index/Document.iwa" }
  }

  static let workbook = "a workbook of a spreadsheet program: save each sheet as CSV and import that"

  private static let signs: [(bytes: [UInt8], reason: String)] = [
    (Array("%PDF".utf8), "a PDF document"),
    (Array("SQLite format 3".utf8), "an SQLite database: name it with `--data sqlite:PATH` if it is one of ours"),
    ([0x89] + Array("PNG".utf8), "a picture"), ([0xFF, 0xD8, 0xFF], "a picture"),
    ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive: unpack it and import the files"),
    (Array("Rar!".utf8), "a RAR archive: unpack it and import the files"),
    ([0x28, 0xB5, 0x2F, 0xFD], "packed with zstd: unpack it and import the file"),
    ([0xFD] + Array("7zXZ".utf8), "packed with xz: unpack it and import the file"),
    (Array("BZh".utf8), "packed with bzip2: unpack it and import the file"),
    ([0x89] + Array("HDF".utf8), "an HDF5 file: write its tables as CSV or Parquet"),
  ]
}
