public import Diagnostics

/// Diagnostics as machines read them: the document of `strat check --format json`, or lines of CSV.
public enum DiagnosticDocument {
  /// The JSON document: `{"schema":1,"diagnostics":[…]}`.
  public static func json(_ diagnostics: [Diagnostic]) -> String {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema", 1)
      document.array("diagnostics") { list in
        for diagnostic in diagnostics { write(diagnostic, to: &list) }
      }
    }
    return writer.text + "\n"
  }

  /// The CSV document: one line for each diagnostic.
  public static func csv(_ diagnostics: [Diagnostic], _ cells: CSVWriter.Cells = .guarded) -> String {
    var writer = CSVWriter(["code", "severity", "message", "file", "line", "column", "end_line", "end_column"], cells)
    for diagnostic in diagnostics {
      let place = Place(diagnostic.location)
      writer.row(
        [diagnostic.code, diagnostic.severity.rawValue, diagnostic.message, place.file ?? ""]
          + place.numbers.map { $0.map { String($0) } ?? "" })
    }
    return writer.text
  }

  private static func write(_ diagnostic: Diagnostic, to writer: inout JSONWriter) {
    writer.object { object in
      object.member("code", diagnostic.code)
      object.member("severity", diagnostic.severity.rawValue)
      object.member("message", diagnostic.message)
      let place = Place(diagnostic.location)
      object.member("file", place.file)
      write(place, to: &object)
      object.array("notes") { notes in
        for note in diagnostic.notes {
          notes.object { object in
            object.member("message", note.message)
            guard note.location != nil else { return }
            let place = Place(note.location)
            object.member("file", place.file)
            write(place, to: &object)
          }
        }
      }
      object.array("fixits") { list in
        guard case .source(let file, _) = diagnostic.location else { return }
        for fix in diagnostic.fixIts {
          list.object { object in
            write(Place(.source(file, fix.span)), to: &object)
            object.member("text", fix.text)
          }
        }
      }
    }
  }

  /// Lines and columns count from 1, columns in code points; offsets count bytes from 0.
  private static func write(_ place: Place, to object: inout JSONWriter) {
    let names = ["line", "column", "end_line", "end_column", "offset", "end_offset"]
    for (name, number) in zip(names, place.numbers + place.offsets) { object.member(name, number) }
  }

  /// A location taken apart; what is not known is absent.
  private struct Place {
    var file: String?
    var numbers: [Int?] = [nil, nil, nil, nil]
    var offsets: [Int?] = [nil, nil]

    init(_ location: Location?) {
      guard let location else { return }
      file = location.name
      let (start, end) = (location.start, location.end)
      numbers = [start.line, start.column, end.line, end.column].map { $0 > 0 ? $0 : nil }
      if case .source(_, let span) = location { offsets = [Int(span.lower), Int(span.upper)] }
    }
  }
}
