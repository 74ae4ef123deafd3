/// A condition that is missing at a date, and why: dates with the same one have the same to say, and the same message.
public struct MissingCondition: Hashable, Sendable {
  let site: Int32
  let reason: UInt64
}
