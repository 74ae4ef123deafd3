import MarketModel

/// Decisions that wait to be filled, the first due first.
struct DecisionQueue {
  /// A decision with its targets by ticker, ascending.
  struct Entry {
    let asOf: Day
    var due: Int
    let targets: [Target]
  }

  /// A ticker and its weight, not zero.
  struct Target: BitwiseCopyable {
    let ticker: Int
    let weight: Double
  }

  private(set) var entries: [Entry] = []

  /// Adds a decision.
  ///
  /// - Precondition: none that waits is due later.
  mutating func add(_ entry: Entry) {
    precondition((entries.last?.due ?? entry.due) <= entry.due, "decisions are due in order")
    entries.append(entry)
  }

  /// Whether any decision is due at a session.
  func isDue(_ session: Int) -> Bool { entries.first.map { $0.due <= session } ?? false }

  /// Takes the newest decision that is due, and the older ones that it replaces.
  mutating func takeDue(_ session: Int) -> (entry: Entry, dropped: [Entry])? {
    let count = entries.firstIndex { $0.due > session } ?? entries.count
    guard count > 0 else { return nil }
    // Mostly there is one, and then nothing is moved.
    if entries.count == 1 { return (entries.removeLast(), []) }
    let newest = entries[count - 1]
    let dropped = count > 1 ? Array(entries[..<(count - 1)]) : []
    entries.removeFirst(count)
    return (newest, dropped)
  }

  /// Puts a decision that could not be filled back, due at a later session.
  mutating func putBack(_ entry: Entry, due: Int) {
    var moved = entry
    moved.due = due
    entries.insert(moved, at: 0)
  }
}
