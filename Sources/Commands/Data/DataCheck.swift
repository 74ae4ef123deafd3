import MarketData
import Reporting

/// What a check of a data set found, in each form it is shown in. Files are named as they lie in the folder.
struct DataCheck {
  private let report: LoadingReport
  /// The folder's path, with a slash at its end.
  private let prefix: String?

  init(_ report: LoadingReport, folder: String?) {
    self.report = report
    prefix = folder.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
  }

  /// For people: subject and size whole; the place on a line of its own where there is no room beside them, and cut at
  /// its beginning only where it is wider than the terminal.
  func table(_ terminal: Terminal) -> [String] {
    let notes = report.notes.map { note in (note.file.map { relative($0) + ": " } ?? "") + note.text }
    if report.defects.isEmpty { return notes + ["no errors, no defects"] }
    let number = DisplayNumber(terminal)
    let counts = report.counts.map { "\(number.count($0.count)) \($0.kind.rawValue)" }
    return list(terminal) + [""] + notes + ["no errors; defects: " + counts.joined(separator: ", ")]
  }

  private func list(_ terminal: Terminal) -> [String] {
    var (whole, short) = (
      TextTable([.init("defect"), .init("subject"), .init("size"), .init("place")]),
      TextTable([.init("defect"), .init("subject"), .init("size")])
    )
    for defect in report.defects {
      let cells = [defect.kind.rawValue, defect.subject, defect.sizeInWords ?? ""]
      whole.add(cells + [place(defect)])
      short.add(cells)
    }
    // A table cuts what does not fit, and nothing of these is to be cut.
    var boundless = terminal
    boundless.width = .max
    var plain = boundless
    plain.usesColour = false
    let hasPlaces = report.defects.contains { $0.file != nil }
    if hasPlaces, whole.lines(plain).allSatisfy({ DisplayWidth.of($0) <= terminal.width }) {
      return whole.lines(boundless)
    }
    let rows = short.lines(boundless)
    if !hasPlaces { return rows }
    return rows.prefix(2)
      + zip(rows.dropFirst(2), report.defects).flatMap { row, defect in
        [
          row,
          "  "
            + DisplayWidth.fittedEnd(place(defect), to: terminal.width - 2, ellipsis: terminal.ellipsis),
        ]
      }
  }

  private func place(_ defect: Defect) -> String {
    (defect.file.map(relative) ?? "") + (defect.line > 0 ? ":\(defect.line)" : "")
  }

  /// As JSON.
  var document: String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.object("counts") { counts in
        for (kind, count) in report.counts { counts.member(kind.rawValue, count) }
      }
      document.array("defects") { list in
        for defect in report.defects { list.object { write(defect, &$0) } }
      }
      document.array("notes") { list in
        for note in report.notes { list.object { write(note, &$0) } }
      }
    }
    return writer.text + "\n"
  }

  private func write(_ defect: Defect, _ object: inout JSONWriter) {
    object.member("defect", defect.kind.rawValue)
    object.member("file", defect.file.map(relative))
    object.member("line", defect.line > 0 ? defect.line : nil)
    object.member("subject", defect.subject)
    object.member("size", defect.size?.value)
    object.member("unit", defect.size?.unit)
    object.member("text", defect.text)
  }

  private func write(_ note: LoadingNote, _ object: inout JSONWriter) {
    object.member("note", note.kind.rawValue)
    object.member("file", note.file.map(relative))
    object.array("names") { names in
      for name in note.names { names.value(name) }
    }
    object.member("text", note.text)
  }

  /// As CSV: the defects alone.
  func rows(_ cells: CSVWriter.Cells) -> String {
    var writer = CSVWriter(["defect", "file", "line", "subject", "size", "unit"], cells)
    for defect in report.defects {
      writer.row([
        defect.kind.rawValue, defect.file.map(relative) ?? "", defect.line > 0 ? String(defect.line) : "",
        defect.subject, CSVWriter.field(defect.size?.value), defect.size?.unit ?? "",
      ])
    }
    return writer.text
  }

  private func relative(_ path: String) -> String {
    guard let prefix, path.hasPrefix(prefix) else { return path }
    return String(path.dropFirst(prefix.count))
  }
}
