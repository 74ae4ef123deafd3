import Testing

@testable import FileSystem

/// Carriage returns alone end lines; before a line feed they stay.
@Suite struct LineEndsTests {
  @Test(arguments: [
    ("a\rb\r", "a\nb\n"), ("a\r\nb\r\n", "a\r\nb\r\n"), ("a\rb\nc\r\nd", "a\nb\nc\r\nd"), ("\r", "\n"), ("", ""),
    ("a\r\r\nb", "a\r\r\nb"), ("a\r\rb", "a\n\nb"), ("a\nb", "a\nb"), ("a\r\n\rb", "a\r\n\nb"),
  ]) func linesEndInLineFeeds(_ text: String, _ expected: String) {
    #expect(LineEnds.unified(Array(text.utf8)) == Array(expected.utf8))
  }

  @Test func whatEndsWithTheMemoryIsDecidedByWhatFollows() {
    var text = Array("a\rb\r\r".utf8)
    let undecided = text.withUnsafeMutableBytes { LineEnds.unify($0, isEnd: false) }
    #expect(undecided == 2)
    #expect(text == Array("a\nb\r\r".utf8))
  }
}
