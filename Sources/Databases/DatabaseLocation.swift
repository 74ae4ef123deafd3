import Diagnostics

/// Where a database is: a file, or a server's address. Its description never holds a password.
public struct DatabaseLocation: Sendable, CustomStringConvertible {
  /// Which database it is.
  enum Target: Sendable {
    /// The path of a file.
    case sqlite(path: String)
    /// libpq's options in order.
    case postgres([(keyword: String, value: String)])
  }

  let target: Target
  /// The name of one of the data sets in the database; `nil` where none is named.
  public let dataset: String?
  /// The location as it may be shown.
  public let description: String
  /// What must never be shown.
  private let secrets: [String]

  /// Which of the two kinds of database it is.
  public var dialect: Dialect {
    switch target {
    case .sqlite: .sqlite
    case .postgres: .postgres
    }
  }

  /// Whether a text is meant to name a database: it begins with `sqlite:`, `postgres:` or `postgresql:`.
  public static func isMeant(by text: String) -> Bool {
    ["sqlite:", "postgres:", "postgresql:"].contains { text.hasPrefix($0) }
  }

  /// A database file.
  public init(file path: String) {
    target = .sqlite(path: path)
    dataset = nil
    description = "sqlite:" + path
    secrets = []
  }

  /// Reads `sqlite:PATH` or `postgres://[USER[:PASSWORD]@]HOST[:PORT][/NAME][?OPTION=VALUE&…]`.
  ///
  /// Percent signs escape in server addresses only. `?dataset=NAME` names one of several data sets; a `?` that is not
  /// followed by it belongs to the path of a file.
  public init(_ text: String) throws(DatabaseError) {
    if text.hasPrefix("sqlite:") {
      self = try DatabaseLocation.file(String(text.dropFirst(7)))
    } else if let scheme = ["postgres://", "postgresql://"].first(where: { text.hasPrefix($0) }) {
      self = try DatabaseLocation.server(text.dropFirst(scheme.utf8.count))
    } else {
      throw DatabaseLocation.malformed(text.contains("@") ? "this" : "`\(text)`", "it begins with neither kind's name")
    }
  }

  private init(_ target: Target, dataset: String?, description: String, secrets: [String]) {
    self.target = target
    self.dataset = dataset
    self.description = description
    self.secrets = secrets
  }

  /// The text with every secret of this location replaced.
  public func withoutSecrets(_ text: String) -> String {
    secrets.reduce(text) { text, secret in
      text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "…")
    }
  }

  /// A word of a command line as it may be shown: an address without its password.
  public static func shown(_ word: String) -> String { AddressText.shown(word: word) }

  private static func file(_ text: String) throws(DatabaseError) -> DatabaseLocation {
    var path = text
    var dataset: String?
    if let mark = text.firstRange(of: "?dataset=") {
      path = String(text[..<mark.lowerBound])
      dataset = unescaped(text[mark.upperBound...])
    }
    guard !path.isEmpty, !path.utf8.contains(0), dataset?.isEmpty != true else {
      throw malformed("`sqlite:\(text)`", "a path is expected after `sqlite:`")
    }
    return DatabaseLocation(.sqlite(path: path), dataset: dataset, description: "sqlite:" + path, secrets: [])
  }

  /// Nothing of a malformed address is shown, because the password may be what is malformed.
  private static func server(_ text: Substring) throws(DatabaseError) -> DatabaseLocation {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var authority = parts[0]
    var options: [(keyword: String, value: String)] = []
    var secrets: [String] = []
    var shown = "postgres://"
    // The last sign ends the user: a password may hold one.
    if let at = authority.lastIndex(of: "@") {
      let user = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      authority = authority[authority.index(after: at)...]
      guard let name = unescaped(user[0]) else { throw malformedServer("its user has a `%` without two digits") }
      if !name.isEmpty { options.append(("user", name)) }
      if user.count == 2 {
        guard let password = unescaped(user[1]) else {
          throw malformedServer("its password has a `%` without two digits: write `%25`")
        }
        options.append(("password", password))
        secrets += [password, String(user[1])]
      }
      shown += user[0] + "@"
    }
    options += try place(authority)
    shown += authority
    var dataset: String?
    var visible: [String] = []
    for option in parts.count == 2 ? parts[1].split(separator: "&") : [] {
      let pair = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, let key = unescaped(pair[0]), let value = unescaped(pair[1]) else {
        throw malformedServer("an option after the `?` is not `NAME=VALUE`")
      }
      if key == "dataset" {
        dataset = value
        continue
      }
      options.append((key, value))
      let isSecret = AddressText.isSecret(key)
      if isSecret { secrets += [value, String(pair[1])] }
      visible.append(isSecret ? key + "=…" : String(option))
    }
    if !visible.isEmpty { shown += "?" + visible.joined(separator: "&") }
    return DatabaseLocation(
      .postgres(options), dataset: dataset, description: shown, secrets: secrets.filter { !$0.isEmpty })
  }

  /// Host, port and name of the database.
  private static func place(_ text: Substring) throws(DatabaseError) -> [(keyword: String, value: String)] {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var host = parts[0]
    var port = ""
    let bracket = host.lastIndex(of: "]")
    if let colon = host.lastIndex(of: ":"), bracket.map({ $0 < colon }) ?? true {
      port = String(host[host.index(after: colon)...])
      host = host[..<colon]
      guard !port.isEmpty, port.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        throw malformedServer("its port is no number")
      }
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard let name = unescaped(host), let database = unescaped(parts.count == 2 ? parts[1] : "") else {
      throw malformedServer("its host or name has a `%` without two digits")
    }
    return [("host", name), ("port", port), ("dbname", database)].filter { !$0.1.isEmpty }
  }

  private static func unescaped(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte != 0x25 {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value > 0
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func malformed(_ subject: String, _ reason: String) -> DatabaseError {
    DatabaseError(.badLocation, "\(subject) names no database: \(reason)", place: "")
  }

  private static func malformedServer(_ reason: String) -> DatabaseError {
    malformed("the address `postgres://…`", reason)
  }
}

extension String {
  /// The first place of a text in this one.
  func firstRange(of text: String) -> Range<String.Index>? {
    let wanted = Array(text.utf8)
    var place = utf8.startIndex
    while place != utf8.endIndex {
      if utf8[place...].starts(with: wanted) {
        return place..<utf8.index(place, offsetBy: wanted.count)
      }
      place = utf8.index(after: place)
    }
    return nil
  }
}
