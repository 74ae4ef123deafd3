import Codecs
public import Diagnostics
import MarketModel

/// A stored row that takes other values, and where it stands.
struct RowEdit: Sendable {
  /// What the row says from then on.
  enum Content: Sendable {
    /// The numbers of a bar.
    case price(PriceRow)
    /// The value of a series, or the rate of a curve.
    case value(Double)
    case action(ActionRow)
  }

  let line: Int32
  let name: String
  let day: Int32
  let content: Content
}

/// Edits of rows in the order in which they are found.
struct RowEdits {
  private var edits: [(file: Int32, kind: FileKind, edit: RowEdit)] = []

  /// Adds an edit of a row; one that stands in no file has none.
  mutating func add(_ place: RowPlace, _ kind: FileKind, _ name: String, _ day: Int32, _ content: RowEdit.Content) {
    if place.file < 0 { return }
    edits.append((place.file, kind, RowEdit(line: place.line, name: name, day: day, content: content)))
  }

  /// The edits of each file, in the order of files and lines.
  func byFile(_ files: [String]) -> [FileEdits] {
    let ordered = edits.enumerated().sorted { left, right in
      (left.element.file, left.element.edit.line, left.offset) < (
        right.element.file, right.element.edit.line, right.offset
      )
    }
    var result: [FileEdits] = []
    var last: Int32 = -1
    for (_, (file, kind, edit)) in ordered {
      if file != last { result.append(FileEdits(path: files[Int(file)], kind: kind, edits: [])) }
      last = file
      result[result.count - 1].edits.append(edit)
    }
    return result
  }
}

/// Rows of one file of a data folder that take other values.
///
/// Cells are replaced where they stand and all else stays as it is, byte for byte. A row whose file has no column for a
/// number that it gets is taken out of its file and becomes one of the rows to be added.
public struct FileEdits: Sendable {
  /// The file.
  public let path: String
  let kind: FileKind
  var edits: [RowEdit]

  /// What the file holds with the edits, packed if it was; rows without a place in it go to `moved`.
  public func bytes(movingTo moved: inout MarketTables) throws(Diagnostic) -> [UInt8] {
    var editor = LineEditor(self, try FileText.read(path))
    let text = try editor.edited(&moved)
    guard path.lowercased().hasSuffix(".gz") else { return text }
    if text.count >= FileEdits.mostPacked { throw .outputFailed(path, "it is too large to be packed again") }
    return Gzip.compress(text)
  }

  /// zlib packs less than 4 GB at once.
  private static let mostPacked = 4_000_000_000
}
