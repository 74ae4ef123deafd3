import Foundation
import MarketModel
import Testing

/// The committed tables under `Tests/References`, each written by the script beside it.
enum Reference {
  /// The lines of a table, split at tabs.
  static func rows(_ name: String) -> [[String]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "References").appending(path: name)
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: true).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private static let numbers: [String: [Double]] = {
    var result: [String: [Double]] = [:]
    for row in rows("kernels.tsv") {
      result[row[0]] = row.dropFirst().map { $0 == "na" ? .missing(.badValue) : Double($0) ?? .infinity }
    }
    return result
  }()

  /// The numbers of a line of `kernels.tsv`; `na` there is a *bad value*.
  static func numbers(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) -> [Double] {
    let found = numbers[name] ?? []
    #expect(!found.isEmpty, "kernels.tsv has no line \(name)", sourceLocation: sourceLocation)
    return found
  }
}

/// Two runs of numbers agree: missing in the same places, else to `relative` of the larger (or `absolute`).
func expectClose(
  _ found: [Double], _ expected: [Double], relative: Double = 1e-9, absolute: Double = 1e-11, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, "\(what): counts", sourceLocation: sourceLocation)
  for (index, (a, b)) in zip(found, expected).enumerated() {
    let bound = max(relative * max(abs(a), abs(b)), absolute)
    let isClose = a.isNaN || b.isNaN ? a.isNaN == b.isNaN : abs(a - b) <= bound
    if !isClose {
      Issue.record("\(what)[\(index)]: found \(a), expected \(b)", sourceLocation: sourceLocation)
      return
    }
  }
}

/// Two runs of numbers have the same bits, reasons included.
func expectSameBits(
  _ found: [Double], _ expected: [Double], _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    found.map(\.bitPattern) == expected.map(\.bitPattern), "\(what): \(found) \(expected)",
    sourceLocation: sourceLocation)
}

/// What a fill writes into room for `count` numbers.
func filled(_ count: Int, _ body: (UnsafeMutablePointer<Double>) -> Void) -> [Double] {
  var room = [Double](repeating: .infinity, count: max(1, count))
  room.withUnsafeMutableBufferPointer { if let start = $0.baseAddress { body(start) } }
  return Array(room.prefix(count))
}

extension Array where Element == Double {
  /// The reasons of the missing ones, `nil` for the present.
  var reasons: [MissingReason?] { map(\.missingReason) }
}
