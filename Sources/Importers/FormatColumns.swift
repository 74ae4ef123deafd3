import MarketData

/// The columns of a format: under which names each stands in a header, and which a file of the format must have.
///
/// It is said once: files are recognised by it, readers find their columns by it, messages name what is missing by it,
/// and `strat data formats` shows it.
struct FormatColumns: Sendable {
  /// Whether a file of the format has a column.
  enum Need: Equatable, Sendable {
    case required, optional
    /// At least one of the columns that need this.
    case oneOf
  }

  /// What the cells of a column hold.
  enum Content: Sendable {
    case text, date, number
  }

  /// One column.
  struct Column: Sendable {
    /// The names in use, the usual one first.
    let names: [String]
    let content: Content
    let need: Need

    init(_ names: [String], _ content: Content, _ need: Need) {
      self.names = names
      self.content = content
      self.need = need
    }

    /// A column of dates.
    static func date(_ names: String..., need: Need = .required) -> Column { Column(names, .date, need) }
    /// A column of numbers.
    static func number(_ names: String..., need: Need = .required) -> Column { Column(names, .number, need) }
    /// A column of words.
    static func text(_ names: String..., need: Need = .required) -> Column { Column(names, .text, need) }
  }

  /// What every further column is, where a format has one for each of many things.
  struct Others: Sendable {
    /// As in "a column for each `shown`".
    let shown: String
    /// Whether a header's cell is one of them.
    let fits: @Sendable (String) -> Bool
  }

  let columns: [Column]
  let others: Others?
  /// Whether a file has many more columns, which nobody misses.
  let isChoice: Bool

  init(_ columns: [Column], others: Others? = nil, isChoice: Bool = false) {
    self.columns = columns
    self.others = others
    self.isChoice = isChoice
  }

  /// Finds the columns in a header.
  func match(_ header: [String]) -> FormatMatch {
    let plain = header.map(FileStart.plain)
    var match = FormatMatch()
    var taken = Set<Int>()
    for column in columns {
      let names = column.names.map(FileStart.plain)
      let found = names.lazy.compactMap { name in plain.indices.first { plain[$0] == name && !taken.contains($0) } }
        .first
      guard let place = found else {
        if column.need == .required { match.missing.append("`\(column.names[0])`") }
        continue
      }
      if let second = plain.indices.dropFirst(place + 1).first(where: { plain[$0] == plain[place] }) {
        match.missing.append("a single `\(header[second])`")
      }
      taken.insert(place)
      match.places[names[0]] = place
      match.note(place, column.content)
    }
    let choice = columns.filter { $0.need == .oneOf }
    if !choice.isEmpty, !choice.contains(where: { match.places[FileStart.plain($0.names[0])] != nil }) {
      match.missing.append(choice.map { "`\($0.names[0])`" }.joined(separator: " or "))
    }
    let rest = header.indices.filter { !taken.contains($0) && !header[$0].isEmpty }
    match.others = others.map { others in rest.filter { others.fits(header[$0]) } } ?? []
    match.numbers += match.others
    if let others, match.others.isEmpty { match.missing.append("a column for each \(others.shown)") }
    let understood = Set(match.others)
    match.leftAside = rest.filter { !understood.contains($0) }
    return match
  }

  /// The columns in words.
  var described: String {
    func list(_ need: Need) -> String {
      columns.filter { $0.need == need }.map { "`\($0.names[0])`" }.joined(separator: ", ")
    }
    let required = list(.required)
    var words = columns.filter { $0.need == .required }.count == 1 ? "A column \(required)" : "Columns \(required)"
    if required.isEmpty { words = "Columns" }
    let choice = list(.oneOf)
    if !choice.isEmpty { words += "\(required.isEmpty ? "" : ", and") at least one of \(choice)" }
    let optional = list(.optional)
    if !optional.isEmpty { words += "; where there are: \(optional)" }
    if let others { words += "; a column for each \(others.shown)" }
    return words + ", found by name in any order."
  }
}

/// Where the columns of a format stand in a header.
struct FormatMatch {
  /// By the usual name, in lower case with letters and digits alone.
  var places: [String: Int] = [:]
  /// What the format has and the header lacks, in words.
  var missing: [String] = []
  /// The columns of which a format has one for each of many things.
  var others: [Int] = []
  /// The columns that the format does not have.
  var leftAside: [Int] = []
  /// The columns whose cells are dates.
  private(set) var dates: [Int] = []
  /// The columns whose cells are numbers.
  var numbers: [Int] = []

  /// Says what a column holds.
  mutating func note(_ column: Int, _ content: FormatColumns.Content) {
    switch content {
    case .date: dates.append(column)
    case .number: numbers.append(column)
    case .text: break
    }
  }

  /// The column of a name.
  subscript(name: String) -> Int? { places[FileStart.plain(name)] }
}
