public import Diagnostics
import Kernels
import MarketModel

/// Numbers that are allowed and hardly meant: their unit was most likely mistaken.
extension ConfigKey {
  /// Warnings about the values of flags or settings, which say what was understood.
  public static func doubts(flags: [(key: String, text: String)], from source: ConfigSource = .flag) -> [Diagnostic] {
    flags.compactMap { name, text in
      guard let key = named(name), let number = NumberLiteral.parts(text), !number.hasScale else { return nil }
      let value = key.flagInBasisPoints ? NumberLiteral.value(text + "bps") ?? 0 : number.value
      guard let meaning = key.hardlyMeant(value) else { return nil }
      let meant = key.flagInBasisPoints ? key.inBasisPoints(number.value) : key.inPercent(number.value)
      return .hardlyMeant(
        "`\(source.written(key, text))`", meaning, write: meant.map { source.written(key, $0) }, at: nil)
    }
  }

  /// A warning about a number of a strategy block that has no scale; `nil` if there is nothing to say.
  public static func doubt(_ name: String, _ value: ConfigValue, at location: Location) -> Diagnostic? {
    guard case .number(let number) = value, let key = named(name), let meaning = key.hardlyMeant(number) else {
      return nil
    }
    let meant = key.flagInBasisPoints ? nil : key.inPercent(number)
    return .hardlyMeant("`\(name)`", meaning, write: meant.map { "\(name): \($0)" }, at: location)
  }

  /// What a number means, if that is hardly meant.
  private func hardlyMeant(_ number: Double) -> String? {
    guard let usual, number != 0, !usual.contains(number) else { return nil }
    if flagInBasisPoints { return "\(ConfigKey.scaled(number, by: 4)) bps of what is traded" }
    return "\(ConfigKey.scaled(number, by: 2)) % a year"
  }

  /// A fraction in basis points, where such a fraction is allowed.
  private func inBasisPoints(_ fraction: Double) -> String? {
    usual?.contains(fraction) ?? false ? ConfigKey.scaled(fraction, by: 4) + "bps" : nil
  }

  /// A number of percent, where so much is usual.
  private func inPercent(_ number: Double) -> String? {
    usual?.contains(number / 100) ?? false ? NumberText.shortest(number) + "pct" : nil
  }

  private static func scaled(_ number: Double, by power: Int) -> String {
    NumberText.shortest(Double(NumberLiteral.shifted(NumberText.shortest(number), by: power)) ?? number)
  }

}

/// What the texts of flags are.
extension ConfigKey {
  /// The value of a flag's text. A bare number of costs counts basis points, by the nearest double to the decimal: 0.7
  /// is 0.00007, not 0.7 / 10000.
  func value(flag text: String) -> ConfigValue {
    if flagInBasisPoints, let number = NumberLiteral.parts(text), !number.hasScale,
      let points = NumberLiteral.value(text + "bps")
    {
      return .number(points)
    }
    return ConfigValue(flag: text)
  }

  /// What a flag's text may mean, the likelier first. A ticker may have a name that reads as a number, a date or `none`;
  /// where numbers are taken what reads as one is one, and what was meant as one, as `5%`, is no series.
  func readings(_ text: String, _ value: ConfigValue) -> [ConfigValue] {
    if case .number = value, type.unit != nil { return [value] }
    return takes(meant(text)) ? [] : [value, .text(text)]
  }

  /// Whether a flag's text is a value of the key.
  func takes(_ text: String?) -> Bool {
    guard let text else { return false }
    var draft = ConfigDraft()
    return read(value(flag: text), &draft)
  }

  /// The number that a text which is none was meant to be: `0.05%`, `5 bps`, `5bp`, `1,000,000`, `1M`; `nil` if it is
  /// none of these.
  func meant(_ text: String) -> String? {
    var plain = text.filter { !" ,$€£".contains($0) }
    if plain.hasSuffix("%") { plain = plain.dropLast() + "pct" }
    if plain.hasSuffix("bp") { plain += "s" }
    for (suffix, power) in [("k", 3), ("K", 3), ("M", 6), ("m", 6)] where plain.hasSuffix(suffix) {
      guard let value = Double(NumberLiteral.shifted(String(plain.dropLast()), by: power)) else { return nil }
      plain = NumberText.shortest(value)
    }
    return plain != text && NumberLiteral.value(plain) != nil ? plain : nil
  }
}

extension ConfigKey {
  /// What is said of a value that the key does not take, and of the text it was read from.
  func refusal(of value: ConfigValue, _ text: String? = nil, from source: ConfigSource) -> Diagnostic {
    var written = text
    if written == nil, case .text(let text) = value { written = text }
    var notes: [Note] = []
    if let written, let meant = meant(written), takes(meant) {
      notes.append(Note("write `\(source.written(self, meant))`"))
    } else if case .date = type {
      notes.append(Note("a date is written `\(source.written(self, examples.good))`"))
    }
    switch source {
    case .flag, .setting: notes.append(Note("it was given as `\(source.written(self, text ?? value.described))`"))
    case .block, .program: break
    }
    return .badConfigValue(
      name, value.described, expected: expected, suggestions: words(closeTo: value), notes: notes,
      at: source.location)
  }
}

extension DiagnosticRecord {
  static let hardlyMeant = DiagnosticRecord(
    "W0941", "number that is hardly meant",
    explanation:
      "Costs below a tenth of a basis point and rates above 100 % a year are allowed, and next to nobody has them: the "
      + "unit was most likely mistaken. A bare number of `--costs` and `--slippage` counts basis points, one of a "
      + "strategy block is a fraction, and so is a rate everywhere. A unit says it either way: `5bps`, `5pct`.",
    bad: "strat run a.strat --costs 0.0005", good: "strat run a.strat --costs 5bps")
}

extension Diagnostic {
  static func hardlyMeant(_ what: String, _ meaning: String, write: String?, at location: Location?) -> Diagnostic {
    Diagnostic(
      .hardlyMeant, "\(what) was understood as \(meaning)", at: location,
      notes: [
        Note(
          write.map { "if that is not meant, write `\($0)`" }
            ?? "a unit behind the number, as in `5bps` and `5pct`, says what is meant")
      ])
  }
}
