extension NumberFormat {
  /// Reads a format as it stands after the colon.
  public init(parsing text: some StringProtocol) throws(Failure) {
    let characters = Array(text)
    var place = 0
    let hasAlignment = readAlignment(characters, &place)
    if place < characters.count, let sign = Sign(rawValue: characters[place]) {
      self.sign = sign
      place += 1
    }
    if place < characters.count, characters[place] == "0" {
      place += 1
      readZero(hasAlignment: hasAlignment, hasFill: hasAlignment && characters.count > 1 && isAlignment(characters[1]))
    }
    width = try NumberFormat.number(characters, &place, above: .width(limit: NumberFormat.widthLimit)) ?? 0
    if width > NumberFormat.widthLimit { throw .width(limit: NumberFormat.widthLimit) }
    if place < characters.count, characters[place] == "," {
      isGrouped = true
      place += 1
    }
    try readDigits(characters, &place)
    if place < characters.count, let notation = Notation(rawValue: characters[place]) {
      self.notation = notation
      place += 1
    }
    if place < characters.count { throw .unreadable(rest: String(characters[place...])) }
    if notation == .whole && digits != nil { throw .digitsOfWhole }
  }

  private mutating func readAlignment(_ characters: [Character], _ place: inout Int) -> Bool {
    if characters.count > 1, let alignment = Alignment(rawValue: characters[1]) {
      fill = characters[0]
      self.alignment = alignment
      place = 2
      return true
    }
    guard let first = characters.first, let alignment = Alignment(rawValue: first) else { return false }
    self.alignment = alignment
    place = 1
    return true
  }

  /// A zero before the width fills with zeros after the sign, unless fill or alignment say otherwise.
  private mutating func readZero(hasAlignment: Bool, hasFill: Bool) {
    if !hasFill { fill = "0" }
    if !hasAlignment { alignment = .afterSign }
  }

  private func isAlignment(_ character: Character) -> Bool { Alignment(rawValue: character) != nil }

  private mutating func readDigits(_ characters: [Character], _ place: inout Int) throws(Failure) {
    guard place < characters.count, characters[place] == "." else { return }
    let point = place
    place += 1
    digits = try NumberFormat.number(characters, &place, above: .digits(limit: NumberFormat.digitsLimit))
    guard let digits else { throw .unreadable(rest: String(characters[point...])) }
    if digits > NumberFormat.digitsLimit { throw .digits(limit: NumberFormat.digitsLimit) }
  }

  private static func number(
    _ characters: [Character], _ place: inout Int, above failure: Failure
  ) throws(Failure) -> Int? {
    var value: Int?
    while place < characters.count, characters[place].isASCII, let digit = characters[place].wholeNumberValue {
      let next = (value ?? 0) * 10 + digit
      if next > 1_000_000 { throw failure }
      value = next
      place += 1
    }
    return value
  }
}
