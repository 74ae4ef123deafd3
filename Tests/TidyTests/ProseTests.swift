import Foundation
import Testing

/// What a program wants to know of a problem stands in its fields; no text that was written for people is read again.
@Test func noProseIsRead() throws {
  let words = #"(message|notes?|expected|explanation|reason|documentation|described)(\)|\?|\[[^\]]*\]|\.\w+)*"#
  let asked = #"\.(contains|hasPrefix|hasSuffix)\(\""#
  let pattern = try Regex(words + asked)
  var found: [String] = []
  for path in Repository.sources {
    let lines = try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.firstMatch(of: pattern) != nil {
      found.append("\(path):\(index + 1): \(line)")
    }
  }
  #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
}
