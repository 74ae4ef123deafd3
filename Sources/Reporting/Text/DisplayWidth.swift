/// How many terminal columns a text takes.
///
/// A reader's characters count, however many code points they are made of: combining marks and joiners take none, East
/// Asian wide characters and emoji two, everything else one. Control characters take what `ControlText` shows for them;
/// our own colours do not belong in a text that is measured.
public enum DisplayWidth {
  /// The columns of a text.
  public static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

  /// The columns of a character.
  static func of(_ character: Character) -> Int {
    var result = 0
    for scalar in character.unicodeScalars {
      // U+FE0F asks for the picture of the character before it.
      if scalar.value == 0xFE0F { return 2 }
      result = max(result, columns(scalar))
    }
    return result
  }

  /// The text, cut with an ellipsis if it takes more columns than there are: between words where that leaves half of the
  /// room and more, so that no word is broken, else where the room ends.
  public static func fitted(_ text: String, to columns: Int, ellipsis: String) -> String {
    if of(text) <= columns { return text }
    let room = max(0, columns - of(ellipsis))
    var used = 0
    var kept = ""
    var next: Character?
    for character in text {
      used += of(character)
      if used > room {
        next = character
        break
      }
      kept.append(character)
    }
    if next != " ", let blank = kept.lastIndex(of: " "), of(kept[..<blank]) * 2 >= room {
      kept = String(kept[..<blank])
    }
    while kept.last == " " { kept.removeLast() }
    return columns >= of(ellipsis) ? kept + ellipsis : kept
  }

  /// The end of a text, as of a path, behind an ellipsis if it takes more columns than there are.
  public static func fittedEnd(_ text: String, to columns: Int, ellipsis: String) -> String {
    if of(text) <= columns { return text }
    let room = max(0, columns - of(ellipsis))
    var used = 0
    let kept = text.reversed().prefix { character in
      used += of(character)
      return used <= room
    }
    return (columns >= of(ellipsis) ? ellipsis : "") + String(kept.reversed())
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value == 0x0A { return 0 }
    if let shown = ControlText.picture(of: scalar) { return shown.utf8.count <= 3 ? 1 : shown.utf8.count }
    if value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return isWide(value) || scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x1F1E6...0x1F1FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
