/// Texts in which addresses of databases may stand, as they may be shown and kept: without passwords.
///
/// Whoever makes a message has no need to know whether a word in it is an address: every `Diagnostic` passes through
/// here. What is doubtful is hidden, because a word too few in a message does less harm than a password in a log.
public enum AddressText {
  /// What stands for a password.
  static let mark = Array("…".utf8)

  /// The text with `user:…@` for the password of every address in it, and `password=…` for every option that is one.
  public static func shown(_ text: String) -> String {
    guard mayHoldSecret(text.utf8) else { return text }
    return shown(Array(text.utf8), isWord: false) ?? text
  }

  /// A word of a command line as it may be shown. It ends where it ends, so that blanks and quotes in a password belong
  /// to it.
  public static func shown(word: String) -> String {
    let bytes = Array(word.utf8)
    guard bytes.contains(0x40) || bytes.contains(0x3D) || bytes.contains(0x3A) else { return word }
    return shown(bytes, isWord: true) ?? word
  }

  private static func mayHoldSecret(_ text: String.UTF8View) -> Bool {
    var last: UInt8 = 0
    var hasColon = false
    for byte in text {
      // `user:password@` has both.
      if byte == 0x3A { hasColon = true }
      if byte == 0x40, hasColon { return true }
      // `postgres:`, `scheme://` and `password=` have one of them.
      if byte == 0x3A, last | 0x20 == 0x73 || last | 0x20 == 0x6C { return true }
      if byte == 0x2F, last == 0x3A { return true }
      if byte == 0x3D, last == 0x20 || last | 0x20 == 0x64 || last | 0x20 == 0x79 || isDigit(last) { return true }
      last = byte
    }
    return false
  }

  fileprivate static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// The text with its secrets hidden; `nil` where it has none.
  private static func shown(_ bytes: [UInt8], isWord: Bool) -> String? {
    let secrets = (addresses(in: bytes, isWord: isWord) + options(in: bytes, isWord: isWord))
      .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    guard !secrets.isEmpty else { return nil }
    var result: [UInt8] = []
    var place = 0
    for secret in secrets where secret.upperBound > place {
      if secret.lowerBound >= place {
        result += bytes[place..<secret.lowerBound]
        result += mark
      }
      place = secret.upperBound
    }
    return String(decoding: result + bytes[place...], as: UTF8.self)
  }

  // MARK: Addresses

  /// The passwords of addresses.
  private static func addresses(in bytes: [UInt8], isWord: Bool) -> [Range<Int>] {
    let starts = AddressStart.all(in: bytes)
    let found = starts.enumerated().compactMap { number, start -> Range<Int>? in
      let limit = number + 1 < starts.count ? starts[number + 1].word : bytes.count
      return password(in: bytes, from: start.authority, to: limit, isLenient: isWord || start.isDatabase)
    }
    let bare = BareAddress.runs(in: bytes, isWord: isWord).filter { run in !starts.contains { run.contains($0.word) } }
      .compactMap { BareAddress.password(in: bytes, $0) }
    return found + bare
  }

  /// Where the password of an authority is: behind its first colon, before the last `@`; where there is no `@`, what is
  /// no port.
  ///
  /// - Parameter isLenient: whether blanks and quotes may stand in the password.
  private static func password(in bytes: [UInt8], from start: Int, to limit: Int, isLenient: Bool) -> Range<Int>? {
    guard start < limit, !isEnd(bytes[start]) else { return nil }
    let line = bytes[start..<limit].firstIndex(of: 0x0A) ?? limit
    let word = bytes[start..<line].firstIndex(where: isEnd) ?? line
    let reach = isLenient ? line : word
    let colon = bytes[start..<reach].firstIndex(of: 0x3A)
    guard let colon, colon + 1 < reach else { return nil }
    if let at = bytes[start..<reach].lastIndex(of: 0x40) { return at > colon + 1 ? colon + 1..<at : nil }
    guard colon + 1 < word else { return nil }
    // A port is none.
    let end = bytes[(colon + 1)..<word].firstIndex { $0 == 0x2F || $0 == 0x3F } ?? word
    return bytes[(colon + 1)..<end].allSatisfy(isDigit) ? nil : colon + 1..<word
  }

  /// What ends an address in running text.
  fileprivate static func isEnd(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x60 || byte == 0x22 || byte == 0x27 || byte == 0x7F
  }

  // MARK: Options

  /// The values of options that are passwords, in an address or in libpq's own form, which takes blanks around the
  /// equals sign and quotes around the value.
  private static func options(in bytes: [UInt8], isWord: Bool) -> [Range<Int>] {
    bytes.indices.compactMap { place in
      guard bytes[place] == 0x3D else { return nil }
      let name = bytes[..<place].lastIndex { $0 != 0x20 } ?? -1
      guard isSecret(key(before: name + 1, in: bytes)) else { return nil }
      let start = bytes[(place + 1)...].firstIndex { $0 != 0x20 } ?? bytes.count
      guard start < bytes.count else { return nil }
      if bytes[start] == 0x27 || bytes[start] == 0x22 {
        let end = closing(of: start, in: bytes)
        return start + 1 < end ? start + 1..<end : nil
      }
      let end = bytes[start...].firstIndex { $0 == 0x26 || (isWord ? $0 == 0x0A : isEnd($0)) } ?? bytes.count
      return start < end ? start..<end : nil
    }
  }

  /// Where the quote is that closes another, past those that a backslash escapes; the end where there is none.
  private static func closing(of quote: Int, in bytes: [UInt8]) -> Int {
    var place = quote + 1
    while place < bytes.count, bytes[place] != bytes[quote] { place += bytes[place] == 0x5C ? 2 : 1 }
    return min(place, bytes.count)
  }

  /// The name before an equals sign, with its escapes resolved, in lower case.
  private static func key(before place: Int, in bytes: [UInt8]) -> String {
    var start = place
    while start > 0, place - start < 64, isKeyByte(bytes[start - 1]) { start -= 1 }
    var key: [UInt8] = []
    var rest = bytes[start..<place]
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        key.append(value)
        rest = rest.dropFirst(2)
      } else {
        key.append(byte)
      }
    }
    return String(decoding: key, as: UTF8.self).lowercased()
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte == 0x25 || byte == 0x2D
  }

  /// Whether an option of a database is a secret.
  public static func isSecret(_ key: String) -> Bool {
    let key = key.lowercased()
    return key.hasSuffix("password") || key.hasSuffix("passwd") || key == "pwd" || key == "sslkey"
  }
}

/// Where an address begins in a text.
private struct AddressStart {
  /// Where its scheme begins.
  var word: Int
  /// Where its user, or its host, begins.
  var authority: Int
  /// Whether its scheme is that of a database, after which no slashes need to follow.
  var isDatabase: Bool

  static func all(in bytes: [UInt8]) -> [AddressStart] {
    var starts: [AddressStart] = []
    var blank = -1
    for (place, byte) in bytes.enumerated() {
      if AddressText.isEnd(byte) { blank = place }
      // A user or a password may be called like a scheme: what belongs to an address begins none.
      if let last = starts.last, blank < last.authority { continue }
      if let start = start(at: place, in: bytes) { starts.append(start) }
    }
    return starts
  }

  /// The address whose scheme ends in a colon at a place, if there is one.
  private static func start(at place: Int, in bytes: [UInt8]) -> AddressStart? {
    guard bytes[place] == 0x3A else { return nil }
    var word = place
    while word > 0, place - word < 32, isSchemeByte(bytes[word - 1]) { word -= 1 }
    guard word < place else { return nil }
    let scheme = String(decoding: bytes[word..<place], as: UTF8.self).lowercased()
    let isDatabase = scheme.hasSuffix("postgres") || scheme.hasSuffix("postgresql")
    var authority = place + 1
    while authority < bytes.count, bytes[authority] == 0x2F { authority += 1 }
    guard isDatabase || authority >= place + 3 else { return nil }
    return AddressStart(word: word, authority: authority, isDatabase: isDatabase)
  }

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2B || byte == 0x2E || byte == 0x2D
  }
}

/// An address whose scheme was forgotten: `user:password@host/name`. Tickers and times may look alike, `ES:XCME@1` and
/// `10:30@NYSE`, so the user must begin with a letter, and the host look like one.
private enum BareAddress {
  /// The stretches of a text that may be one: between blanks and quotes; what stands in backticks is one, blanks and all,
  /// because messages repeat there what was typed.
  static func runs(in bytes: [UInt8], isWord: Bool) -> [Range<Int>] {
    if isWord { return [0..<bytes.count] }
    var runs: [Range<Int>] = []
    var place = 0
    while place < bytes.count {
      let isQuoted = bytes[place] == 0x60
      let start = isQuoted ? place + 1 : place
      let end =
        bytes[start...].firstIndex { isQuoted ? $0 == 0x60 || $0 == 0x0A : AddressText.isEnd($0) } ?? bytes.count
      if start < end { runs.append(start..<end) }
      // The backtick that closes one stretch opens none.
      place = isQuoted || end == place ? end + 1 : end
    }
    return runs
  }

  /// Where the password in a stretch is: behind the first colon that follows a user's name, before the last `@` that a
  /// host's follows.
  static func password(in bytes: [UInt8], _ run: Range<Int>) -> Range<Int>? {
    guard let at = run.last(where: { bytes[$0] == 0x40 && isHost(bytes[($0 + 1)..<run.upperBound]) }) else {
      return nil
    }
    let colon = (run.lowerBound..<at).first { place in
      bytes[place] == 0x3A && bytes[place + 1] > 0x20 && followsUser(place, in: bytes, from: run.lowerBound)
    }
    guard let colon, colon + 1 < at else { return nil }
    let isNamed = bytes[at...].prefix(while: { $0 > 0x20 && $0 < 0x7F }).contains { $0 == 0x2F || $0 == 0x2E }
    return isNamed || at - colon > 3 ? colon + 1..<at : nil
  }

  private static func followsUser(_ colon: Int, in bytes: [UInt8], from least: Int) -> Bool {
    var first = colon
    while first > least, isUserByte(bytes[first - 1]) { first -= 1 }
    return first < colon && !AddressText.isDigit(bytes[first])
  }

  private static func isUserByte(_ byte: UInt8) -> Bool {
    AddressText.isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
      || [0x5F, 0x2E, 0x25, 0x2B, 0x2D].contains(byte)
  }

  /// Whether bytes begin with the name of a host: with a path, a port or a dot, or of two small letters or more.
  private static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.first == 0x5B { return true }
    let name = bytes.prefix { isUserByte($0) }
    guard let first = name.first else { return false }
    if let next = bytes.dropFirst(name.count).first, next == 0x2F || next == 0x3A { return true }
    return name.contains(0x2E) || name.count > 1 && (0x61...0x7A).contains(first)
  }
}
