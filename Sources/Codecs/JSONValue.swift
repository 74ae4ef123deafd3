/// A JSON document as plain values; members of objects stay in their order.
public indirect enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([Member])

  /// A member of an object.
  public struct Member: Equatable, Sendable {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: JSONValue

    /// A member of an object.
    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// Reads a document; `nil` for anything that is no JSON.
  public init?(_ text: String) {
    guard let value = JSONReader.document(Array(text.utf8)) else { return nil }
    self = value
  }

  /// The members of an object; none for everything else.
  public var members: [Member] { if case .object(let members) = self { members } else { [] } }

  /// The items of a list; none for everything else.
  public var items: [JSONValue] { if case .list(let items) = self { items } else { [] } }

  /// The value of a member; of two with one name the first.
  public subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

  /// The number, if it is one.
  public var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// The text, if it is one.
  public var text: String? { if case .text(let text) = self { text } else { nil } }
}

/// Reads JSON as RFC 8259 has it.
private struct JSONReader {
  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  /// Nothing that is read here nests deeper.
  private static let depthLimit = 256

  static func document(_ bytes: [UInt8]) -> JSONValue? {
    var reader = JSONReader(bytes: bytes)
    guard let value = reader.value(), reader.next() == nil else { return nil }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The next byte that is no white space, which is not consumed.
  private mutating func next() -> UInt8? {
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    return place < bytes.count ? bytes[place] : nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    place += 1
    return true
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) -> JSONValue? {
    let end = place + text.utf8CodeUnitCount
    guard end <= bytes.count, text.withUTF8Buffer({ bytes[place..<end].elementsEqual($0) }) else { return nil }
    place = end
    return value
  }

  private mutating func value() -> JSONValue? {
    switch next() {
    case 0x7B: nested { reader in reader.object() }
    case 0x5B: nested { reader in reader.list() }
    case 0x22: string().map { .text($0) }
    case 0x74: word("true", .bool(true))
    case 0x66: word("false", .bool(false))
    case 0x6E: word("null", .null)
    default: number()
    }
  }

  private mutating func nested(_ read: (inout JSONReader) -> JSONValue?) -> JSONValue? {
    guard depth < JSONReader.depthLimit else { return nil }
    depth += 1
    defer { depth -= 1 }
    place += 1
    return read(&self)
  }

  private mutating func object() -> JSONValue? {
    var members: [JSONValue.Member] = []
    if take(0x7D) { return .object(members) }
    repeat {
      guard next() == 0x22, let name = string(), take(0x3A), let value = value() else { return nil }
      members.append(JSONValue.Member(name: name, value: value))
    } while take(0x2C)
    return take(0x7D) ? .object(members) : nil
  }

  private mutating func list() -> JSONValue? {
    var items: [JSONValue] = []
    if take(0x5D) { return .list(items) }
    repeat {
      guard let value = value() else { return nil }
      items.append(value)
    } while take(0x2C)
    return take(0x5D) ? .list(items) : nil
  }

  private mutating func number() -> JSONValue? {
    let start = place
    if place < bytes.count, bytes[place] == 0x2D { place += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[place - whole] != 0x30 else { return nil }
    if place < bytes.count, bytes[place] == 0x2E {
      place += 1
      guard digits() > 0 else { return nil }
    }
    if place < bytes.count, bytes[place] | 0x20 == 0x65 {
      place += 1
      if place < bytes.count, bytes[place] == 0x2B || bytes[place] == 0x2D { place += 1 }
      guard digits() > 0 else { return nil }
    }
    // Beyond the largest double it would be infinite.
    guard let number = Double(String(decoding: bytes[start..<place], as: UTF8.self)), number.isFinite else {
      return nil
    }
    return .number(number)
  }

  private mutating func digits() -> Int {
    let start = place
    while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
    return place - start
  }

  private mutating func string() -> String? {
    place += 1
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == 0x22 { return String(validating: text, as: UTF8.self) }
      if byte < 0x20 { return nil }
      if byte != 0x5C {
        text.append(byte)
      } else if !escape(&text) {
        return nil
      }
    }
    return nil
  }

  private mutating func escape(_ text: inout [UInt8]) -> Bool {
    guard place < bytes.count else { return false }
    let byte = bytes[place]
    place += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: text.append(byte)
    case 0x62: text.append(0x08)
    case 0x66: text.append(0x0C)
    case 0x6E: text.append(0x0A)
    case 0x72: text.append(0x0D)
    case 0x74: text.append(0x09)
    case 0x75:
      guard let scalar = scalar() else { return false }
      text.append(contentsOf: String(Character(scalar)).utf8)
    default: return false
    }
    return true
  }

  /// The scalar after `\u`; two escapes make one beyond the basic plane.
  private mutating func scalar() -> Unicode.Scalar? {
    guard let first = unit() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
    guard place + 1 < bytes.count, bytes[place] == 0x5C, bytes[place + 1] == 0x75 else { return nil }
    place += 2
    guard let second = unit(), (0xDC00..<0xE000).contains(second) else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func unit() -> UInt32? {
    guard place + 4 <= bytes.count, bytes[place..<place + 4].allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
      let unit = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { return nil }
    place += 4
    return unit
  }
}
