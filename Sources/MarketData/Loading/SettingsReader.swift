import Codecs
import Diagnostics
import MarketModel

/// Reads `dataset.yaml`.
struct SettingsReader {
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
    switch name {
    case "name", "decision_time", "calendar", "bar_dates", "tenor_unit": readText(name, value, &settings)
    case "aliases": settings.aliases = pairs(name, value).map { Alias(name: $0.key, ticker: $0.value) }
    case "release_lag": readLags(value, &settings)
    default:
      let known = "name, decision_time, calendar, aliases, release_lag, bar_dates or tenor_unit"
      note("unknown key `\(name)`: expected \(known)", key)
    }
  }

  private mutating func readText(_ name: String, _ value: YAMLNode, _ settings: inout DataSettings) {
    if value.isNull { return }
    guard let text = value.text, !text.isEmpty else { return note("`\(name)` expects a text", value) }
    switch name {
    case "name": settings.name = text
    case "calendar": settings.calendar = CalendarRule(text)
    case "bar_dates":
      settings.barDates = BarDates(rawValue: text)
      if settings.barDates == nil { note("`\(text)` is no `bar_dates`: expected start or end", value) }
    case "tenor_unit":
      settings.tenorUnit = TenorUnit(rawValue: text)
      if settings.tenorUnit == nil {
        note("`\(text)` is no `tenor_unit`: expected days, weeks, months or years", value)
      }
    default:
      settings.decisionTime = DecisionTime(text)
      if settings.decisionTime == nil { problems.append((value.line, .unknownZone(text, at: location(value)))) }
    }
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
