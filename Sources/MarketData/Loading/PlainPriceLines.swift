import MarketModel

/// Reads the plain lines of a prices file, which are nearly all lines of a sound one, in a single pass over the bytes:
/// no cell is copied, and a number is made while its end is looked for.
///
/// A line is plain if it has a cell for each column, all of them without quotes or blanks, a date of ten characters,
/// and numbers of digits with at most one point among them, or nothing. Every other line is left to `TableReader`,
/// which would also read a plain one, to the same row bit for bit.
struct PlainPriceLines {
  /// What is done with a column: 0 to 5 are the numbers of a row in their order.
  private enum Action {
    static let ticker: UInt8 = 6
    static let date: UInt8 = 7
    static let ignore: UInt8 = 8
  }

  private let actions: [UInt8]
  private let file: Int32
  /// The ticker of all rows, where no column names one.
  private let baseName: String?
  private var ticker: Int32 = -1
  // The date last read: rows mostly repeat it.
  private var dateHead: UInt64 = 0
  private var dateTail: UInt16 = 0
  private var day: Int32 = 0

  /// A reader of a file in which each row has one ticker.
  init(_ header: FileHeader, file: Int32, baseName: String) {
    let numbers: [Field] = [.open, .high, .low, .close, .volume, .adjustedClose]
    var actions = [UInt8](repeating: Action.ignore, count: header.names.count)
    for (slot, field) in numbers.enumerated() {
      if let column = header[field] { actions[column] = UInt8(slot) }
    }
    if let column = header[.date] { actions[column] = Action.date }
    if let column = header[.ticker] { actions[column] = Action.ticker }
    self.actions = actions
    self.file = file
    self.baseName = header[.ticker] == nil ? baseName : nil
  }

  /// Takes lines up to the first that is not plain.
  mutating func read(_ lines: inout CSVLines, into table: inout PriceTable) {
    let rows = table.ownPieces()
    lines.skim { text, start, end, line in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 6) { numbers in
        numbers.initialize(repeating: .missing(.missingBar))
        var place = start
        while place < end, let next = self.line(text + place, numbers, &table.names) {
          line &+= 1
          let row = PriceRow(
            day: day, place: RowPlace(file: file, line: line), open: numbers[0], high: numbers[1], low: numbers[2],
            close: numbers[3], volume: numbers[4], adjustedClose: numbers[5])
          rows.append(row, of: ticker)
          place = UnsafePointer(next) - text
        }
        return place
      }
    }
  }

  /// Reads a line into the numbers, the day and the ticker; gives where the next one begins, or `nil` where it is not
  /// plain. A line end, and eight bytes after it, are there to stop at.
  private mutating func line(
    _ start: UnsafePointer<UInt8>, _ numbers: UnsafeMutableBufferPointer<Double>, _ names: inout NameTable
  ) -> UnsafePointer<UInt8>? {
    var place = start
    let last = actions.count - 1
    for column in 0...last {
      let action = actions[column]
      if action < Action.ticker {
        guard let number = PlainNumber.read(&place) else { return nil }
        numbers[Int(action)] = number
      } else if action == Action.date {
        guard readDate(&place) else { return nil }
      } else {
        guard let count = PlainPriceLines.count(place, isLast: column == last) else { return nil }
        if action == Action.ticker {
          guard count > 0 else { return nil }
          ticker = names.intern(followedByText: UnsafeBufferPointer(start: place, count: count))
        }
        place += count
      }
      if column < last {
        guard place.pointee == 0x2C else { return nil }
      } else {
        if place.pointee == 0x0D { place += 1 }
        guard place.pointee == 0x0A else { return nil }
      }
      place += 1
    }
    if ticker < 0, let baseName { ticker = names.intern(baseName) }
    return place
  }

  private mutating func readDate(_ place: inout UnsafePointer<UInt8>) -> Bool {
    let memory = UnsafeRawPointer(place)
    let head = memory.loadUnaligned(as: UInt64.self)
    let tail = memory.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
    if head != dateHead || tail != dateTail {
      guard case .day(let found) = CellText.date(UnsafeBufferPointer(start: place, count: 10)) else { return false }
      (dateHead, dateTail, day) = (head, tail, found)
    }
    place += 10
    return true
  }

  /// How long a cell is that is no number; `nil` where it may be quoted or has blanks around it.
  @inline(__always)
  private static func count(_ start: UnsafePointer<UInt8>, isLast: Bool) -> Int? {
    let memory = UnsafeRawPointer(start)
    var count = 0
    while true {
      let found = CSVLines.separators(memory.loadUnaligned(fromByteOffset: count, as: UInt64.self))
      if found != 0 {
        count += found.trailingZeroBitCount >> 3
        break
      }
      count += 8
    }
    if count == 0 { return 0 }
    if isLast, start[count - 1] == 0x0D { count -= 1 }
    if count == 0 { return 0 }
    return start[0] > 0x22 && start[count - 1] > 0x20 ? count : nil
  }
}
