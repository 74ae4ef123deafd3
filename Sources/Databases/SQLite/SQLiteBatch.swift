import MarketModel

/// The values of some rows, one after another, and the bytes of their texts.
///
/// Memory of its own rather than arrays: a value costs a store, and no check of who else holds the array.
final class SQLiteBatch {
  /// A value; a text is a stretch of the batch's bytes.
  enum Value {
    case null
    case integer(Int64)
    case real(Double)
    case text(start: Int32, count: Int32)
  }

  /// How many values there are.
  private(set) var count = 0
  /// How many bytes of text there are.
  private(set) var textCount = 0
  private let capacity: Int
  private let values: UnsafeMutablePointer<Value>
  private var texts: UnsafeMutableRawBufferPointer
  // The day that was last written as text, and where: rows mostly repeat it.
  private var lastDay: Day?
  private var lastDayText = Value.null

  /// A batch of at most so many values.
  init(capacity: Int) {
    self.capacity = capacity
    values = .allocate(capacity: capacity)
    texts = .allocate(byteCount: 1 << 12, alignment: 1)
  }

  deinit {
    values.deallocate()
    texts.deallocate()
  }

  /// The values, row by row.
  func forEach(_ body: (Value) -> Void) {
    for place in 0..<count { body(values[place]) }
  }

  /// Where the texts are until one is added.
  var textStart: UnsafePointer<CChar> {
    guard let start = texts.baseAddress else { preconditionFailure("there is memory for texts") }
    return UnsafePointer(start.assumingMemoryBound(to: CChar.self))
  }

  /// Adds a value that is no text.
  func add(_ value: Value) {
    precondition(count < capacity, "there is room for the value")
    (values + count).initialize(to: value)
    count += 1
  }

  /// Adds a text.
  func add(_ text: String) {
    var text = text
    add(text.withUTF8 { copied(UnsafeRawBufferPointer($0)) })
  }

  /// Adds a day.
  func add(_ day: Day) {
    if lastDay != day {
      var bytes: [UInt8] = []
      TimeText.write(day, to: &bytes)
      lastDayText = bytes.withUnsafeBytes { copied($0) }
      lastDay = day
    }
    add(lastDayText)
  }

  /// Adds an instant.
  func add(_ instant: KnowledgeTime) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(TimeText.capacity)
    TimeText.write(instant, to: &bytes)
    add(bytes.withUnsafeBytes { copied($0) })
  }

  /// Forgets all values.
  func removeAll() {
    count = 0
    textCount = 0
    lastDay = nil
  }

  private func copied(_ bytes: UnsafeRawBufferPointer) -> Value {
    if texts.count - textCount < bytes.count { grow(by: bytes.count) }
    UnsafeMutableRawBufferPointer(rebasing: texts[textCount...]).copyMemory(from: bytes)
    textCount += bytes.count
    return .text(start: Int32(textCount - bytes.count), count: Int32(bytes.count))
  }

  private func grow(by more: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * (texts.count + more), alignment: 1)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: texts[..<textCount]))
    texts.deallocate()
    texts = larger
  }
}
