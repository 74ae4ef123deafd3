import CYAML

/// A node of a YAML document, as plain values with their places.
public struct YAMLNode: Sendable {
  /// What a node holds.
  public indirect enum Content: Sendable {
    /// A scalar's text, and whether it stands without quotes.
    case scalar(String, isPlain: Bool)
    /// The items of a sequence.
    case sequence([YAMLNode])
    /// The entries of a mapping, in their order; keys may repeat.
    case mapping([(key: YAMLNode, value: YAMLNode)])
  }

  /// What the node holds.
  public let content: Content
  /// The 1-based line at which it begins.
  public let line: Int
  /// The 1-based column at which it begins.
  public let column: Int

  /// The text of a scalar; `nil` for the rest.
  public var text: String? {
    if case .scalar(let text, _) = content { return text }
    return nil
  }

  /// Whether it is an empty plain scalar, `null` or `~`.
  public var isNull: Bool {
    if case .scalar(let text, true) = content { return ["", "~", "null", "Null", "NULL"].contains(text) }
    return false
  }
}

/// Why a text is no YAML document that is read here.
public struct YAMLFailure: Error, Sendable {
  /// What is wrong.
  public let message: String
  /// The 1-based line.
  public let line: Int
  /// The 1-based column.
  public let column: Int
}

/// Reads YAML documents.
public enum YAML {
  /// The root of the only document of a text; `nil` if it is empty.
  ///
  /// Aliases and tags are refused, and nesting deeper than 64: settings need none of them.
  public static func parse(_ bytes: [UInt8]) throws(YAMLFailure) -> YAMLNode? {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else {
      throw YAMLFailure(message: "out of memory", line: 1, column: 1)
    }
    defer { yaml_parser_delete(parser) }
    // The input is copied so that it stays in place while the parser refers to it.
    let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
    defer { input.deallocate() }
    _ = input.update(from: bytes)
    yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    var reader = YAMLReader(parser: parser)
    return try reader.document()
  }
}

/// Builds nodes from libyaml's events.
private struct YAMLReader {
  let parser: UnsafeMutablePointer<yaml_parser_t>

  private struct Event {
    var type: yaml_event_type_t
    var text = ""
    var isPlain = false
    var hasTag = false
    var line: Int
    var column: Int
  }

  mutating func document() throws(YAMLFailure) -> YAMLNode? {
    _ = try next()
    if try next().type == YAML_STREAM_END_EVENT { return nil }
    let root = try node(try next(), depth: 0)
    _ = try next()
    let after = try next()
    guard after.type == YAML_STREAM_END_EVENT else { throw failure("there is more than one document", after) }
    return root
  }

  private mutating func node(_ event: Event, depth: Int) throws(YAMLFailure) -> YAMLNode {
    if depth > 64 { throw failure("the nesting is too deep", event) }
    if event.type == YAML_ALIAS_EVENT { throw failure("aliases (*name) are not read here", event) }
    if event.hasTag { throw failure("tags (!name) are not read here", event) }
    let content: YAMLNode.Content
    switch event.type {
    case YAML_SEQUENCE_START_EVENT: content = .sequence(try items(depth))
    case YAML_MAPPING_START_EVENT: content = .mapping(try entries(depth))
    default: content = .scalar(event.text, isPlain: event.isPlain)
    }
    return YAMLNode(content: content, line: event.line, column: event.column)
  }

  private mutating func items(_ depth: Int) throws(YAMLFailure) -> [YAMLNode] {
    var items: [YAMLNode] = []
    while true {
      let event = try next()
      if event.type == YAML_SEQUENCE_END_EVENT { return items }
      items.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func entries(_ depth: Int) throws(YAMLFailure) -> [(key: YAMLNode, value: YAMLNode)] {
    var entries: [(key: YAMLNode, value: YAMLNode)] = []
    while true {
      let event = try next()
      if event.type == YAML_MAPPING_END_EVENT { return entries }
      let key = try node(event, depth: depth + 1)
      entries.append((key, try node(try next(), depth: depth + 1)))
    }
  }

  private mutating func next() throws(YAMLFailure) -> Event {
    var raw = yaml_event_t()
    guard yaml_parser_parse(parser, &raw) == 1 else {
      let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
      let mark = parser.pointee.problem_mark
      throw YAMLFailure(message: problem, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
    defer { yaml_event_delete(&raw) }
    var event = Event(
      type: raw.type, line: Int(raw.start_mark.line) + 1, column: Int(raw.start_mark.column) + 1)
    if raw.type == YAML_SCALAR_EVENT, let value = raw.data.scalar.value {
      let bytes = UnsafeBufferPointer(start: value, count: raw.data.scalar.length)
      event.text = String(decoding: bytes, as: UTF8.self)
      event.isPlain = raw.data.scalar.style == YAML_PLAIN_SCALAR_STYLE
      event.hasTag = raw.data.scalar.tag != nil
    }
    return event
  }

  private func failure(_ message: String, _ event: Event) -> YAMLFailure {
    YAMLFailure(message: message, line: event.line, column: event.column)
  }
}
