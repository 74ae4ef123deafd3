public import Diagnostics

/// The problems that people are shown of a list of them, and in which order.
///
/// Errors come first: nothing runs before they are mended, and no number of warnings may hide one. Otherwise the order
/// stays. Of very many only the first are shown, since nobody reads more and each is shown with its line; beside errors a
/// few warnings do, which are still there when the errors are gone.
public struct DiagnosticList: Sendable {
  /// What is shown.
  public let shown: [Diagnostic]
  /// A line for each sort of those that are not.
  public let left: [String]

  /// How many problems are shown of a list of them.
  public static let most = 100
  /// How many of what is no error are shown beside errors.
  public static let mostBesideErrors = 10

  /// What is shown of a list.
  public init(_ diagnostics: [Diagnostic]) {
    let errors = diagnostics.filter { $0.severity == .error }
    let others = diagnostics.filter { $0.severity != .error }
    let first = errors.prefix(DiagnosticList.most)
    let room = errors.isEmpty ? DiagnosticList.most : DiagnosticList.mostBesideErrors
    let second = others.prefix(min(room, DiagnosticList.most - first.count))
    shown = Array(first + second)
    left =
      DiagnosticList.line(errors.count - first.count, "error")
      + DiagnosticList.line(others.count - second.count, "warning")
  }

  private static func line(_ count: Int, _ noun: String) -> [String] {
    count == 0 ? [] : ["… and \(count) more \(noun)\(count == 1 ? "" : "s")"]
  }
}
