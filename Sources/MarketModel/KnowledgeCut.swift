/// What is known on a day: everything with a known-time at or before an instant.
///
/// The day is the `as_of`; the instant is its end in UTC, or the data set's decision time on that day.
@frozen public struct KnowledgeCut: Hashable, Comparable, Sendable {
  /// The `as_of`.
  public let day: Day
  /// The last instant whose news are visible.
  public let instant: KnowledgeTime

  /// A cut at an instant of a day.
  @inlinable public init(day: Day, instant: KnowledgeTime) {
    self.day = day
    self.instant = instant
  }

  /// Cuts are in order of their days.
  @inlinable public static func < (left: KnowledgeCut, right: KnowledgeCut) -> Bool { left.day < right.day }
}
