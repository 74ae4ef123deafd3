/// An immutable run of numbers or days, shared freely between threads: in memory of its own, or in memory of another
/// object that it keeps alive, such as a mapped file.
///
/// Kernels and the evaluator read columns through `start`, without retain counts or bounds checks; whoever does so
/// keeps the column alive and stays below `count`.
public final class Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Unchecked: the memory is written only in `init` and freed only in `deinit`; a lender's never changes.

  /// The first element; valid for `count` elements as long as the column lives.
  public let start: UnsafePointer<Element>
  /// How many elements there are.
  public let count: Int
  // The column's own memory; `nil` where it is borrowed.
  @usableFromInline let storage: UnsafeMutablePointer<Element>?
  private let lender: AnyObject?

  /// Copies elements into a new column.
  @inlinable public convenience init(_ elements: some Collection<Element>) {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    _ = UnsafeMutableBufferPointer(start: memory, count: elements.count).initialize(from: elements)
    self.init(taking: memory, count: elements.count)
  }

  /// Takes over memory that holds the elements; it is freed with the column.
  ///
  /// - Precondition: the memory is this module's `allocate`d, holds `count` elements, and no one else writes to it.
  public init(taking memory: UnsafeMutablePointer<Element>, count: Int) {
    self.count = count
    storage = memory
    lender = nil
    start = UnsafePointer(memory)
  }

  /// Shows elements that lie in the memory of another object, which the column keeps alive.
  ///
  /// - Precondition: the lender neither changes nor frees the elements as long as it lives.
  public init(borrowing elements: UnsafeBufferPointer<Element>, from lender: AnyObject) {
    count = elements.count
    self.lender = lender
    if let first = elements.baseAddress {
      storage = nil
      start = first
    } else {
      let memory = UnsafeMutablePointer<Element>.allocate(capacity: 1)
      storage = memory
      start = UnsafePointer(memory)
    }
  }

  deinit { storage?.deallocate() }

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
