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
  /// to it, and an address whose scheme was forgotten is one.
  public static func shown(word: String) -> String {
    let bytes = Array(word.utf8)
    guard bytes.contains(0x40) || bytes.contains(0x3D) || bytes.contains(0x3A) else { return word }
    return shown(bytes, isWord: true) ?? word
  }

  private static func mayHoldSecret(_ text: String.UTF8View) -> Bool {
    var last: UInt8 = 0
    for byte in text {
      // `postgres:`, `scheme://` and `password=` have one of them.
      if byte == 0x3A, last | 0x20 == 0x73 || last | 0x20 == 0x6C { return true }
      if byte == 0x2F, last == 0x3A { return true }
      if byte == 0x3D, last | 0x20 == 0x64 || last | 0x20 == 0x79 || isDigit(last) { return true }
      last = byte
    }
    return false
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

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
    var found = starts.enumerated().compactMap { number, start -> Range<Int>? in
      let limit = number + 1 < starts.count ? starts[number + 1].word : bytes.count
      return password(in: bytes, from: start.authority, to: limit, isLenient: isWord || start.isDatabase)
    }
    // Without a scheme a word is one where it looks like `user:password@host/name`.
    if isWord, starts.isEmpty, !bytes.contains(0x20) {
      let start = (bytes.firstIndex(of: 0x3D) ?? -1) + 1
      let isAddress = bytes.lastIndex(of: 0x40).map { bytes[$0...].contains(0x2F) } ?? false
      if isAddress, let secret = password(in: bytes, from: start, to: bytes.count, isLenient: false) {
        found.append(secret)
      }
    }
    return found
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

  /// The values of options that are passwords, in an address or in libpq's own form.
  private static func options(in bytes: [UInt8], isWord: Bool) -> [Range<Int>] {
    bytes.indices.compactMap { place in
      guard bytes[place] == 0x3D, isSecret(key(before: place, in: bytes)) else { return nil }
      let start = place + 1
      if start < bytes.count, bytes[start] == 0x27 {
        let end = bytes[(start + 1)...].firstIndex(of: 0x27) ?? bytes.count
        return start + 1 < end ? start + 1..<end : nil
      }
      let end = bytes[start...].firstIndex { $0 == 0x26 || (isWord ? $0 == 0x0A : isEnd($0)) } ?? bytes.count
      return start < end ? start..<end : nil
    }
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
    return key.hasSuffix("password") || key.hasSuffix("passwd") || key == "sslkey"
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
