/// The records of one layer, listed once beside their definitions; the command line joins the layers' lists.
public struct DiagnosticCatalog: Sendable {
  /// All records, in ascending order of code.
  public let records: [DiagnosticRecord]

  /// Joins lists of records.
  public init(_ lists: [DiagnosticRecord]...) {
    records = lists.flatMap(\.self).sorted { $0.code < $1.code }
  }

  /// The record of a code, whatever the case of its letter, or of a title that is one word, such as a kind of defect.
  public func record(_ code: String) -> DiagnosticRecord? {
    records.first { $0.code == code.uppercased() }
      ?? records.first { $0.title == code.lowercased() && !$0.title.contains(" ") }
  }
}
