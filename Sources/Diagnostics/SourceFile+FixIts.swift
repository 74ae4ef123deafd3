extension SourceFile {
  /// The text with the replacements made.
  ///
  /// They are made in order of place; one that overlaps an earlier one or lies outside of the text is left out. Of two
  /// insertions at one place, the first of the list comes first.
  public func applying(_ fixIts: [FixIt]) -> SourceFile {
    let ordered = fixIts.enumerated().sorted { left, right in
      (left.element.span.lower, left.element.span.upper, left.offset)
        < (right.element.span.lower, right.element.span.upper, right.offset)
    }
    var result: [UInt8] = []
    var place = 0
    for fix in ordered.map(\.element) {
      let (lower, upper) = (Int(fix.span.lower), Int(fix.span.upper))
      guard lower >= place, lower <= upper, upper <= bytes.count else { continue }
      result += bytes[place..<lower]
      result += fix.text.utf8
      place = upper
    }
    return SourceFile(name: name, bytes: result + bytes[place...])
  }
}
