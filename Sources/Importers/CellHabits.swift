import MarketData

/// How a file writes its dates and numbers, as far as that can be told from the whole of it.
struct CellHabits {
  /// The order of day and month, where the user, the vendor or the file says it.
  private(set) var dateOrder: DateOrder?
  /// The order, where the file alone decided it.
  private(set) var orderFound: DateOrder?
  /// Whether `1,5` is one and a half.
  private(set) var hasDecimalCommas = false
  /// Whether all cells are what data folders have: dates `YYYY-MM-DD`, numbers with a point.
  private(set) var isPlain = true
  /// What the file leaves open.
  private(set) var question: Question?

  /// Something that only the user can say.
  enum Question {
    /// No date of the file says which number is the month; this is one.
    case dateOrder(String)
    /// One date says that the month comes first, another that the day does.
    case bothOrders(monthFirst: String, dayFirst: String)
    /// A comma could stand for thousands or for the decimal point.
    case commas(String)
  }

  /// The habits of a file.
  ///
  /// - Parameters:
  ///   - text: the file, with its header.
  ///   - dates: the columns of dates.
  ///   - numbers: the columns of numbers.
  ///   - order: what the user or the vendor says.
  ///   - separator: what stands between the cells of the file as it was.
  init(
    _ text: UnsafeBufferPointer<UInt8>, dates: [Int], numbers: [Int], order: DateOrder?, separator: UInt8
  ) {
    dateOrder = order
    guard CellHabits.mayNeedAll(text, dates, numbers) else { return }
    var seen = Seen()
    var lines = CSVLines(text)
    var isHeader = true
    while true {
      switch lines.next() {
      case .end:
        conclude(seen, order, separator)
        return
      case .openQuote: continue
      case .row:
        if isHeader { isHeader = false } else { seen.note(lines, dates, numbers) }
      }
    }
  }

  /// Whether the first row or a quote shows that the file has to be looked at as a whole.
  private static func mayNeedAll(_ text: UnsafeBufferPointer<UInt8>, _ dates: [Int], _ numbers: [Int]) -> Bool {
    var lines = CSVLines(text)
    guard lines.next() == .row, lines.next() == .row else { return true }
    var seen = Seen()
    seen.note(lines, dates, numbers)
    return !seen.isPlain || text.contains(0x22)
  }

  /// What was seen in the rows of a file.
  private struct Seen {
    var isPlain = true
    var monthFirst: String?
    var dayFirst: String?
    var undecided: String?
    var decimalPoint = false
    var decimalComma = false
    var comma: String?

    mutating func note(_ lines: CSVLines, _ dates: [Int], _ numbers: [Int]) {
      for column in dates where column < lines.count {
        if case .malformed = CellText.date(lines.bytes(column)) { isPlain = false }
        switch WrittenDate.evidence(lines.bytes(column)) {
        case .order(.mdy): monthFirst = monthFirst ?? lines.string(column)
        case .order(.dmy): dayFirst = dayFirst ?? lines.string(column)
        case .either: undecided = undecided ?? lines.string(column)
        case .none: break
        }
      }
      for column in numbers where column < lines.count {
        let cell = lines.bytes(column)
        if CellText.number(cell) != nil || CellText.isMissing(cell) { continue }
        isPlain = false
        switch VendorNumber.evidence(cell) {
        case .decimalPoint: decimalPoint = true
        case .decimalComma: decimalComma = true
        case .none: if cell.contains(0x2C) { comma = comma ?? lines.string(column) }
        }
      }
    }
  }

  private mutating func conclude(_ seen: Seen, _ order: DateOrder?, _ separator: UInt8) {
    isPlain = seen.isPlain
    if order == nil {
      if let monthFirst = seen.monthFirst, let dayFirst = seen.dayFirst {
        question = .bothOrders(monthFirst: monthFirst, dayFirst: dayFirst)
      } else if seen.monthFirst != nil || seen.dayFirst != nil {
        orderFound = seen.monthFirst == nil ? .dmy : .mdy
        dateOrder = orderFound
      } else if let undecided = seen.undecided {
        question = .dateOrder(undecided)
      }
    }
    hasDecimalCommas = seen.decimalComma && !seen.decimalPoint
    // Between commas, a comma within quotes is one of thousands; elsewhere it may well be a decimal one.
    if let comma = seen.comma, !seen.decimalComma, !seen.decimalPoint, separator != 0x2C, question == nil {
      question = .commas(comma)
    }
  }
}
