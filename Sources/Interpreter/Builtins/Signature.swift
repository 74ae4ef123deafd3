import Diagnostics

/// The type of a parameter or result, as signatures and annotations write it.
public indirect enum TypeExpression: Equatable, Sendable {
  case number, bool, string, date, duration, function, any, none
  case series
  case list(TypeExpression)
  case map(TypeExpression)
  case optional(TypeExpression)
  case union([TypeExpression])

  /// As written in a signature.
  public var text: String {
    switch self {
    case .number: "number"
    case .bool: "bool"
    case .string: "string"
    case .date: "date"
    case .duration: "duration"
    case .function: "function"
    case .any: "any"
    case .none: "none"
    case .series: "series"
    case .list(let item): item == .any ? "list" : "list[\(item.text)]"
    case .map(let item): item == .any ? "map" : "map[\(item.text)]"
    case .optional(let type): type.text + "?"
    case .union(let types): types.map(\.text).joined(separator: " | ")
    }
  }
}

extension TypeExpression {
  /// The types that it is one of.
  var alternatives: [TypeExpression] {
    switch self {
    case .union(let types): types.flatMap(\.alternatives)
    case .optional(let type): type.alternatives + [.none]
    default: [self]
    }
  }

  /// As a message names it: `a number`, `a list of numbers`, `a string or none`.
  var described: String {
    switch self {
    case .number: "a number"
    case .bool: "a bool"
    case .string: "a string"
    case .date: "a date"
    case .duration: "a duration"
    case .function: "a function"
    case .any: "a value"
    case .none: "none"
    case .series: "a series"
    case .list(let item): item == .any ? "a list" : "a list of \(item.plural)"
    case .map(let item): item == .any ? "a map" : "a map of \(item.plural)"
    case .optional(let type): type.described + " or none"
    case .union(let types): TypeExpression.described(anyOf: types)
    }
  }

  /// Several types, each named once.
  static func described(anyOf types: [TypeExpression]) -> String {
    var names: [String] = []
    for type in types where !names.contains(type.described) { names.append(type.described) }
    return names.joined(separator: " or ")
  }

  private var plural: String {
    switch self {
    case .series: "series"
    case .number, .bool, .string, .date, .duration, .function, .list, .map: text + "s"
    case .any, .none, .optional, .union: "values"
    }
  }
}

/// A parameter of a builtin.
public struct SignatureParameter: Sendable {
  /// Its name, by which it can be given.
  public let name: String
  /// What it takes.
  public let type: TypeExpression
  /// What it takes of that type; `nil` where it takes all.
  public let domain: ParameterDomain?
  /// The text of its default, or `nil` if it must be given.
  public let defaultText: String?
  /// Takes all further positional arguments.
  public let isVariadic: Bool
}

/// One shape in which a builtin can be called, read from its text: `quantile(x: series, q: number, window: number?) -> series`.
public struct Signature: Sendable {
  /// The text as documentation shows it.
  public let text: String
  /// The builtin's name.
  public let name: String
  /// Its parameters in order; those that can only be named stand before the one that takes all further arguments.
  public let parameters: [SignatureParameter]
  /// How many parameters can only be given by name: those written behind the one that takes all further arguments.
  public let namedOnlyCount: Int
  /// What it gives.
  public let result: TypeExpression

  /// How many parameters have no default.
  public var requiredCount: Int { parameters.filter { $0.defaultText == nil && !$0.isVariadic }.count }
  /// Whether the last parameter takes all further arguments.
  public var isVariadic: Bool { parameters.last?.isVariadic ?? false }

  /// Reads a signature.
  ///
  /// - Precondition: the text is well-formed; a test reads all of the library's.
  public init(_ text: String) {
    var reader = SignatureReader(text)
    name = reader.word()
    let written = reader.parameters()
    let variadic = written.firstIndex(where: \.isVariadic) ?? written.count
    let further = written[variadic...]
    parameters = Array(written[..<variadic]) + Array(further.dropFirst()) + Array(further.prefix(1))
    namedOnlyCount = max(0, written.count - variadic - 1)
    result = reader.skip("->") ? reader.type() : .any
    precondition(reader.isAtEnd, "signature with trailing text: \(text)")
    self.text = reader.shown
  }

  /// A signature of known parts, all of whose parameters can be given by place.
  init(text: String, name: String, parameters: [SignatureParameter], result: TypeExpression) {
    self.text = text
    self.name = name
    self.parameters = parameters
    self.result = result
    namedOnlyCount = 0
  }
}

/// Reads the small language of signatures.
private struct SignatureReader {
  private let text: [Character]
  private var place = 0
  /// The domain of the type that was read last.
  private var domain: ParameterDomain?
  /// Where a domain stands, and the type that readers see in its place.
  private var domains: [(range: Range<Int>, type: String)] = []

  init(_ text: String) { self.text = Array(text) }

  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return place == text.count
    }
  }

  /// The text with the types of domains in the place of their words.
  var shown: String {
    var result = ""
    var start = 0
    for (range, type) in domains {
      result += String(text[start..<range.lowerBound]) + type
      start = range.upperBound
    }
    return result + String(text[start...])
  }

  private mutating func skipSpace() { while place < text.count, text[place] == " " { place += 1 } }

  mutating func skip(_ token: String) -> Bool {
    skipSpace()
    let characters = Array(token)
    guard place + characters.count <= text.count, Array(text[place..<place + characters.count]) == characters else {
      return false
    }
    place += characters.count
    return true
  }

  mutating func word() -> String {
    skipSpace()
    var result = ""
    while place < text.count, text[place].isLetter || text[place].isNumber || text[place] == "_" {
      result.append(text[place])
      place += 1
    }
    precondition(!result.isEmpty, "a name is missing in signature \(String(text))")
    return result
  }

  mutating func parameters() -> [SignatureParameter] {
    precondition(skip("("), "a signature has parentheses: \(String(text))")
    var result: [SignatureParameter] = []
    while !skip(")") {
      let name = word()
      let variadic = skip("...")
      domain = nil
      let type = skip(":") ? self.type() : .any
      result.append(
        SignatureParameter(
          name: name, type: type, domain: domain, defaultText: skip("=") ? defaultText() : nil,
          isVariadic: variadic || skip("...")))
      _ = skip(",")
    }
    return result
  }

  private mutating func defaultText() -> String {
    skipSpace()
    var result = ""
    var inString = false
    while place < text.count, inString || (text[place] != "," && text[place] != ")") {
      if text[place] == "\"" { inString.toggle() }
      result.append(text[place])
      place += 1
    }
    return result
  }

  mutating func type() -> TypeExpression {
    var types = [single()]
    while skip("|") { types.append(single()) }
    return types.count == 1 ? types[0] : .union(types)
  }

  private mutating func single() -> TypeExpression {
    let base: TypeExpression
    skipSpace()
    let start = place
    let word = word()
    switch word {
    case "number": base = .number
    case "bool": base = .bool
    case "string": base = .string
    case "date": base = .date
    case "duration": base = .duration
    case "series": base = .series
    case "function": base = .function
    case "none": base = .none
    case "list": base = .list(argument())
    case "map": base = .map(argument())
    default: base = refined(word, start)
    }
    return skip("?") ? .optional(base) : base
  }

  /// The type of a domain, which is noted; any other word stands for all types.
  private mutating func refined(_ word: String, _ start: Int) -> TypeExpression {
    guard let domain = ParameterDomain(rawValue: word) else { return .any }
    self.domain = domain
    domains.append((start..<place, domain.type.text))
    return domain.type
  }

  private mutating func argument() -> TypeExpression {
    guard skip("[") else { return .any }
    let item = type()
    precondition(skip("]"), "a bracket is open in signature \(String(text))")
    return item
  }
}
