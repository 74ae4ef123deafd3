import MarketModel

/// Makes columns, all in a few large blocks of memory.
///
/// Columns of one number repeated, as those of fields that the source lacks, share one run.
struct NumberColumns {
  private var block: ColumnBlock
  private var used = 0
  /// How many more bytes are expected.
  private var expected: Int
  private var runs: [UInt64: Column<Double>] = [:]
  private var zeros = Column<Int32>([])

  /// - Parameter expected: about how many bytes all columns will take.
  init(expected: Int) {
    self.expected = expected
    block = ColumnBlock(0)
  }

  /// The days of rows.
  mutating func days(_ rows: [PriceRow]) -> Column<Int32> {
    let memory = room(rows.count, of: Int32.self)
    for (place, row) in rows.enumerated() { memory.initializeElement(at: place, to: row.day) }
    return taken(memory)
  }

  /// The column of a number of each row.
  @inline(__always)
  mutating func column(_ rows: [PriceRow], _ number: (borrowing PriceRow) -> Double) -> Column<Double> {
    guard let first = rows.first.map({ number($0) }) else { return Column([]) }
    let memory = room(rows.count, of: Double.self)
    var difference: UInt64 = 0
    rows.withUnsafeBufferPointer { rows in
      for place in rows.indices {
        let value = number(rows[place])
        memory.initializeElement(at: place, to: value)
        difference |= value.bitPattern ^ first.bitPattern
      }
    }
    return difference != 0 ? taken(memory) : column(of: first, count: rows.count)
  }

  /// A number, repeated.
  mutating func column(of number: Double, count: Int) -> Column<Double> {
    var run = runs[number.bitPattern] ?? Column([])
    if run.count < count {
      run = Column(repeatElement(number, count: max(count, 2 * run.count)))
      runs[number.bitPattern] = run
    }
    return Column(borrowing: UnsafeBufferPointer(rebasing: run.buffer[..<count]), from: run)
  }

  /// The first row of the listing that each row belongs to.
  ///
  /// - Parameter listings: one after another, from row 0 on.
  mutating func starts(_ listings: [Listing], count: Int) -> Column<Int32> {
    if listings.count > 1 {
      return Column(listings.flatMap { repeatElement(Int32($0.rows.lowerBound), count: $0.rows.count) })
    }
    if zeros.count < count { zeros = Column(repeatElement(0, count: max(count, 2 * zeros.count))) }
    return Column(borrowing: UnsafeBufferPointer(rebasing: zeros.buffer[..<count]), from: zeros)
  }

  /// Memory for elements, which is handed out again unless it is taken.
  private mutating func room<T>(_ count: Int, of type: T.Type) -> UnsafeMutableBufferPointer<T> {
    let size = count * MemoryLayout<T>.stride
    if block.memory.count - used < size {
      block = ColumnBlock(max(size, min(expected, NumberColumns.blockSize)))
      used = 0
    }
    return UnsafeMutableRawBufferPointer(rebasing: block.memory[used..<(used + size)]).bindMemory(to: type)
  }

  /// How large a block is, at most, if no column needs a larger one.
  private static let blockSize = 8 * LargePages.size

  /// The column of elements that were given room last.
  private mutating func taken<T>(_ memory: UnsafeMutableBufferPointer<T>) -> Column<T> {
    let size = memory.count * MemoryLayout<T>.stride
    // Each column begins with a line of the processor's cache.
    used = min((used + size + 63) & ~63, block.memory.count)
    expected -= size
    return Column(borrowing: UnsafeBufferPointer(memory), from: block)
  }
}

/// Memory that columns lie in.
private final class ColumnBlock: @unchecked Sendable {
  // Unchecked: what a column shows is not written any more.

  let memory: UnsafeMutableRawBufferPointer

  init(_ size: Int) {
    memory = .allocate(byteCount: size, alignment: size < LargePages.size ? 64 : LargePages.size)
    LargePages.advise(memory.baseAddress, size)
  }

  deinit { memory.deallocate() }
}
