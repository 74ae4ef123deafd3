import Testing

@Test func sentencesOfTheGrammarParse() throws {
  var maker = SentenceMaker(try Grammar().productions, seed: 20)
  var longest = 0
  for turn in 0..<2_000 {
    let words = maker.sentence("declaration", depth: 4 + turn % 14)
    longest = max(longest, words.count)
    let text = words.joined(separator: " ")
    let found = codes(text)
    #expect(found.isEmpty, "\(found) in: \(text)")
    if !found.isEmpty { break }
  }
  #expect(longest > 60)
}
