/// An immutable run of numbers or days in memory of its own, shared freely between threads.
///
/// Kernels and the evaluator read columns through `start`, without retain counts or bounds checks; whoever does so
/// keeps the column alive and stays below `count`.
public final class Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Unchecked: the memory is written only in `init` and freed only in `deinit`.

  /// The first element; valid for `count` elements as long as the column lives.
  public let start: UnsafePointer<Element>
  /// How many elements there are.
  public let count: Int
  @usableFromInline let storage: UnsafeMutablePointer<Element>

  /// Copies elements into a new column.
  @inlinable public init(_ elements: some Collection<Element>) {
    count = elements.count
    storage = .allocate(capacity: max(1, elements.count))
    _ = UnsafeMutableBufferPointer(start: storage, count: elements.count).initialize(from: elements)
    start = UnsafePointer(storage)
  }

  deinit { storage.deallocate() }

  /// The element at an index, checked.
  public subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "column index out of range")
    return start[index]
  }

  /// All elements; valid as long as the column lives.
  public var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: start, count: count) }
}

extension Column where Element: Comparable {
  /// In an ascending column: how many elements are at or below a bound.
  public func countThrough(_ bound: Element) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if start[middle] <= bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
