import Reporting
import Testing

@testable import Commands

@Test(arguments: [(0, 10), (3, 10), (10, 10), (11, 10), (-1, 10), (Int.max, 1)])
func progressIsDrawnWithinItsWidth(done: Int, count: Int) {
  for width in [40, 80] {
    let line = ProgressBar.line(done, of: count, Terminal(width: width, usesUnicode: false))
    #expect(line.count <= width && line.hasSuffix("%  "))
    #expect(line.prefix { $0 == "#" || $0 == "-" }.count == min(40, width - 20))
  }
}
