import Diagnostics
import Syntax

enum LexerFuzzing {
  static func run(_ bytes: [UInt8]) -> Int {
    let file = SourceFile(name: "fuzz.strat", bytes: bytes)
    var end: Int32 = 0
    var sum = 0
    for word in ColoredText(file).words {
      precondition(word.span.lower >= end && word.span.upper > word.span.lower, "words overlap or are empty")
      precondition(Int(word.span.upper) <= bytes.count, "a word lies outside of its file")
      end = word.span.upper
      sum &+= Int(word.span.lower) &+ word.kind.rawValue.utf8.count
    }
    return sum
  }
}
