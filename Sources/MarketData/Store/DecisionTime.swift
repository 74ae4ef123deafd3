public import MarketModel

/// When decisions are taken on each day: a wall-clock time in a zone, such as `16:00 America/New_York`.
public struct DecisionTime: Sendable, CustomStringConvertible {
  /// Seconds after midnight of the zone.
  public let secondOfDay: Int
  /// The zone's rules.
  public let zone: ZoneRules

  /// Makes a decision time.
  ///
  /// - Precondition: `secondOfDay` lies in `0..<86400`.
  public init(secondOfDay: Int, zone: ZoneRules) {
    precondition((0..<86_400).contains(secondOfDay), "a time of day")
    self.secondOfDay = secondOfDay
    self.zone = zone
  }

  /// The instant of the decision time on a calendar day of the zone.
  public func instant(on day: Day) -> KnowledgeTime {
    let local = Int64(day.rawValue) * 86_400 + Int64(secondOfDay)
    return KnowledgeTime(microseconds: zone.utc(local: local) * 1_000_000)
  }

  /// The setting in its shortest form: `16:00 America/New_York`.
  public var description: String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let seconds = secondOfDay % 60 == 0 ? "" : ":" + two(secondOfDay % 60)
    return "\(two(secondOfDay / 3600)):\(two(secondOfDay / 60 % 60))\(seconds) \(zone.name)"
  }
}
