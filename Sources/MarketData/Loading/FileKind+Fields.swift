// The fields of a kind by their names, for whoever says which column is which.
extension FileKind {
  /// The fields, as data folders name them.
  package var fieldNames: [String] { fields.map(\.name) }

  /// The fields that every row must have. A prices file may have its ticker in its name.
  package var fieldsNeeded: [String] { (required + (self == .prices ? [.close] : [])).map(\.name) }

  /// Fields of which a row must have one at least.
  package var fieldsOfChoice: [String] {
    self == .actions ? [Field.splitRatio, .cashDividend, .delistingPrice].map(\.name) : []
  }

  /// The field that a name or one of its synonyms means; `nil` for none.
  package func fieldName(_ name: String) -> String? {
    let plain = FileHeader.normalize(name)
    let field = fields.first { $0.name == plain } ?? fields.first { $0.synonyms.contains(plain) }
    return field?.name
  }
}
