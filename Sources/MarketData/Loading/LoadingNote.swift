/// Something about a data set as a whole that whoever uses it should know. It is loaded all the same.
public struct LoadingNote: Hashable, Sendable {
  /// What it is about.
  public enum Kind: String, CaseIterable, Sendable {
    /// Columns of a file that are not understood.
    case columnsLeftAside = "columns_left_aside"
    /// Series of which every release lies before its observation date.
    case datesSwapped = "dates_swapped"
    /// Tickers with an adjusted close that no action explains and that is not read.
    case adjustedCloseUnread = "adjusted_close_unread"
  }

  /// What it is about.
  public let kind: Kind
  /// The columns, series or tickers.
  public let names: [String]
  /// The file, where it is about one.
  public let file: String?

  init(_ kind: Kind, _ names: [String], file: String? = nil) {
    self.kind = kind
    self.names = names
    self.file = file
  }

  /// What is to be known, in a sentence that names at most ten of its names and counts the rest.
  public var text: String {
    let list = LoadingNote.list(names)
    return switch kind {
    case .columnsLeftAside: "not understood and left aside: \(list)"
    case .datesSwapped: "all releases of \(list) lie before their observation dates: are its two date columns swapped?"
    case .adjustedCloseUnread:
      "prices are adjusted from actions, which do not explain the adjusted_close of \(list): it is not read"
    }
  }

  /// Names for people: at most ten, and how many more there are.
  public static func list(_ names: [String]) -> String {
    let shown = names.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
    return names.count > 10 ? shown + " and \(names.count - 10) more" : shown
  }
}

extension [LoadingNote] {
  /// One short sentence a kind, for every load: files are not told apart.
  public var summaries: [String] {
    LoadingNote.Kind.allCases.compactMap { kind in
      let notes = filter { $0.kind == kind }
      guard let first = notes.first else { return nil }
      var names: [String] = []
      for name in notes.flatMap(\.names) where !names.contains(name) { names.append(name) }
      return LoadingNote(first.kind, names).text
    }
  }
}
