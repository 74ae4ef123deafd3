/// Compares rows that are given with stored ones, by their keys; the order of what is given makes no difference.
struct KeyedMerge<Key: Hashable, Value> {
  /// What a row that is given is.
  enum Outcome {
    /// There is no row of its key.
    case new
    /// There is the same row.
    case repeated
    /// Stored rows, by their numbers, have its key and another value.
    case differs([Int], Value)
    /// A row that was given before has its key and another value.
    case contradicts(RowPlace)
  }

  private struct Known {
    var value: Value
    /// The number of the stored row; -1 where there is none.
    var stored: Int
    /// Where the row that was given stands.
    var given: RowPlace?
  }

  private var known: [Key: Known] = [:]
  /// More stored rows of a key: a row may stand in a folder twice.
  private var further: [Key: [Int]] = [:]
  private var numbers: [String: Int] = [:]
  /// The rows that differ from stored ones, by name.
  private(set) var differences: [NameDifferences] = []

  /// Takes a stored row.
  mutating func store(_ value: Value, _ key: Key, _ number: Int) {
    if known[key] != nil {
      further[key, default: []].append(number)
    } else {
      known[key] = Known(value: value, stored: number)
    }
  }

  /// Takes a row that is given.
  mutating func add(_ value: Value, _ key: Key, _ place: RowPlace, isSame: (Value, Value) -> Bool) -> Outcome {
    guard let other = known[key] else {
      known[key] = Known(value: value, stored: -1, given: place)
      return .new
    }
    if let first = other.given { return isSame(value, other.value) ? .repeated : .contradicts(first) }
    known[key]?.given = place
    if isSame(value, other.value) { return .repeated }
    known[key]?.value = value
    return .differs([other.stored] + (further[key] ?? []), other.value)
  }

  /// Notes a row of a name that differs.
  mutating func note(_ name: String, _ place: RowPlace, _ difference: () -> RowDifference) {
    let number = numbers[name] ?? differences.count
    if number == differences.count {
      numbers[name] = number
      differences.append(NameDifferences(name))
    }
    differences[number].add(place, difference())
  }
}
