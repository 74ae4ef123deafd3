import Diagnostics

/// The text of a session's own module: the declarations that hold, each taken from the input or file it came from.
struct PromptSource {
  /// A stretch of the text and where it was copied from; no file for text that was made up.
  private struct Piece {
    let start: Int
    let end: Int
    let file: SourceFile?
    let origin: Int
  }

  /// The text.
  let file: SourceFile
  private let pieces: [Piece]

  /// The text of declarations, in their order.
  init(_ declarations: [PromptDeclaration]) {
    var bytes: [UInt8] = []
    var pieces: [Piece] = []
    for declaration in declarations {
      let start = bytes.count
      if let stub = declaration.stub {
        bytes += stub.utf8
        pieces.append(Piece(start: start, end: bytes.count, file: nil, origin: 0))
      } else {
        let span = declaration.span
        bytes += declaration.file.bytes[Int(span.lower)..<Int(span.upper)]
        pieces.append(Piece(start: start, end: bytes.count, file: declaration.file, origin: Int(span.lower)))
      }
      bytes.append(0x0A)
    }
    file = SourceFile(name: "session", bytes: bytes)
    self.pieces = pieces
  }

  /// The place in the input that a place of the text was copied from.
  func original(_ file: SourceFile, _ span: Span) -> (SourceFile, Span) {
    guard file === self.file, let piece = piece(at: span), let source = piece.file else { return (file, span) }
    let shift = piece.origin - piece.start
    return (source, Span(Int(span.lower) + shift, min(Int(span.upper), piece.end) + shift))
  }

  /// The number of the declaration that a place lies in; `nil` if it lies elsewhere.
  func declaration(at location: Location?) -> Int? {
    guard case .source(let file, let span)? = location, file === self.file else { return nil }
    return pieces.lastIndex { $0.start <= Int(span.lower) }
  }

  /// The diagnostic with all places as the user knows them.
  func original(_ diagnostic: Diagnostic) -> Diagnostic {
    var result = diagnostic
    // A fix-it is a span of the file that the problem is in.
    if case .source(let file, _)? = diagnostic.location, file === self.file {
      result.fixIts = diagnostic.fixIts.map { FixIt(original(file, $0.span).1, $0.text) }
    }
    result.location = diagnostic.location.map { original($0) }
    result.notes = diagnostic.notes.map { Note($0.message, at: $0.location.map { original($0) }, role: $0.role) }
    return result
  }

  private func original(_ location: Location) -> Location {
    guard case .source(let file, let span) = location else { return location }
    let place = original(file, span)
    return .source(place.0, place.1)
  }

  private func piece(at span: Span) -> Piece? { pieces.last { $0.start <= Int(span.lower) } }
}
