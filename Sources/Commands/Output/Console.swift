import Diagnostics
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program's two outputs: results on standard output, messages on standard error.
enum Console {
  /// Where results go.
  static let output = Terminal(descriptor: 1)
  /// Where messages go.
  static let messages = Terminal(descriptor: 2)
  /// Whether messages are read by a person at a terminal.
  static var isInteractive: Bool { isatty(2) == 1 }

  /// Writes a result as it is.
  static func write(_ text: String) { write(Array(text.utf8), to: 1) }

  /// Writes lines of a result.
  static func write(_ lines: [String]) { write(lines.map { $0 + "\n" }.joined()) }

  /// Writes a line to the user beside the result.
  static func note(_ line: String) { write(Array((line + "\n").utf8), to: 2) }

  /// Writes text to the user beside the result, as it is.
  static func noteRaw(_ text: String) { write(Array(text.utf8), to: 2) }

  /// Shows problems to the user.
  static func report(_ diagnostics: [Diagnostic]) {
    let text = DiagnosticText(messages)
    for diagnostic in diagnostics { noteRaw(text.lines(diagnostic).map { $0 + "\n" }.joined()) }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = systemWrite(descriptor, buffer, written)
        if count > 0 {
          written += count
        } else if errno != EINTR {
          return
        }
      }
    }
  }

  private static func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer, _ offset: Int) -> Int {
    let rest = UnsafeRawBufferPointer(rebasing: buffer[offset...])
    #if canImport(Glibc)
      return Glibc.write(descriptor, rest.baseAddress, rest.count)
    #else
      return Darwin.write(descriptor, rest.baseAddress, rest.count)
    #endif
  }
}
