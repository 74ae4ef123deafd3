import Codecs
import Diagnostics
import MarketModel

/// Reads `dataset.yaml`.
struct SettingsReader {
  /// No settings are larger.
  static let largest = 1 << 20

  let path: String
  /// What is wrong, with the line.
  private(set) var problems: [(line: Int, diagnostic: Diagnostic)] = []

  init(path: String) { self.path = path }

  mutating func read(_ bytes: [UInt8], _ settings: inout DataSettings) {
    let root: YAMLNode?
    do { root = try YAML.parse(bytes) } catch {
      let place = Location.file(path, line: error.line, column: error.column)
      problems.append((error.line, .malformedSettings("not a YAML document: \(error.message)", at: place)))
      return
    }
    guard let root, !root.isNull else { return }
    guard case .mapping(let entries) = root.content else { return note("expected keys with values", root) }
    var seen: Set<String> = []
    for (key, value) in entries {
      let name = key.text ?? ""
      if !seen.insert(name).inserted { note("the key `\(name)` stands twice", key) }
      read(name, key, value, &settings)
    }
  }

  private mutating func read(_ name: String, _ key: YAMLNode, _ value: YAMLNode, _ settings: inout DataSettings) {
    guard let known = DataSettings.Key(rawValue: name) else {
      let names = DataSettings.Key.allCases.map(\.rawValue)
      return note(
        "unknown key `\(name)`: expected \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")", key)
    }
    switch known {
    case .aliases: settings.aliases = pairs(name, value).map { Alias(name: $0.key, ticker: $0.value) }
    case .releaseLag: readLags(value, &settings)
    case .name: settings.name = text(known, value) ?? settings.name
    case .calendar: if let text = text(known, value) { settings.calendar = CalendarRule(text) }
    case .barDates:
      if let text = text(known, value) { settings.barDates = word(known, BarDates(rawValue: text), text, value) }
    case .tenorUnit:
      if let text = text(known, value) { settings.tenorUnit = word(known, TenorUnit(rawValue: text), text, value) }
    case .decisionTime:
      guard let text = text(known, value) else { return }
      settings.decisionTime = DecisionTime(text)
      if settings.decisionTime == nil { problems.append((value.line, .unknownZone(text, at: location(value)))) }
    }
  }

  /// The text that a key has; `nil` where it has none.
  private mutating func text(_ key: DataSettings.Key, _ value: YAMLNode) -> String? {
    if value.isNull { return nil }
    guard let text = value.text, !text.isEmpty else {
      note("`\(key.rawValue)` expects a text", value)
      return nil
    }
    return text
  }

  /// One of the words that a key takes, or a note about what is none.
  private mutating func word<Word>(
    _ key: DataSettings.Key, _ found: Word?, _ text: String, _ value: YAMLNode
  ) -> Word? {
    if found == nil { note("`\(text)` is no `\(key.rawValue)`: expected \(key.expected)", value) }
    return found
  }

  private mutating func readLags(_ value: YAMLNode, _ settings: inout DataSettings) {
    // A single lag stands for all series.
    let entries = value.text.map { [(key: "*", value: $0)] } ?? pairs("release_lag", value)
    for (series, text) in entries {
      if let lag = ReleaseLag(text) {
        settings.releaseLags.append(SeriesReleaseLag(series: series, lag: lag))
      } else {
        note("`\(text)` is no release lag: expected calendar days (`45d`) or weekdays (`12bd`)", value)
      }
    }
  }

  private mutating func pairs(_ name: String, _ value: YAMLNode) -> [(key: String, value: String)] {
    if value.isNull { return [] }
    guard case .mapping(let entries) = value.content else {
      note("`\(name)` expects entries `name: value`", value)
      return []
    }
    var result: [(key: String, value: String)] = []
    for entry in entries {
      guard let key = entry.key.text, let text = entry.value.text, !key.isEmpty, !text.isEmpty else {
        note("`\(name)` expects entries `name: value`", entry.key)
        continue
      }
      if result.contains(where: { $0.key == key }) { note("`\(key)` stands twice in `\(name)`", entry.key) }
      result.append((key, text))
    }
    return result
  }

  private mutating func note(_ what: String, _ node: YAMLNode) {
    problems.append((node.line, .malformedSettings(what, at: location(node))))
  }

  private func location(_ node: YAMLNode) -> Location { .file(path, line: node.line, column: node.column) }
}

extension DecisionTime {
  /// Reads `hh:mm Zone` or `hh:mm:ss Zone`; `nil` for anything else and for zones that the system does not know.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: true)
    guard parts.count == 2, let zone = ZoneRules.named(String(parts[1])) else { return nil }
    let numbers = parts[0].split(separator: ":", omittingEmptySubsequences: false)
    guard numbers.count == 2 || numbers.count == 3, numbers[0].utf8.count <= 2,
      numbers.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
      numbers.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    let fields = numbers.compactMap { Int($0) }
    guard fields.count == numbers.count, fields[0] < 24, fields.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
    let seconds = fields.count == 3 ? fields[2] : 0
    self.init(secondOfDay: fields[0] * 3600 + fields[1] * 60 + seconds, zone: zone)
  }
}
