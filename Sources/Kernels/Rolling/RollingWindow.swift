/// A window that counts observations, the current one included.
public struct RollingWindow: Hashable, Sendable {
  /// How many observations it spans.
  public let length: Int
  /// From so many present observations on there is a value; the whole window unless said otherwise.
  public let minObservations: Int

  /// A window of `length` ≥ 1 observations that asks for `minObservations` in 1...length present ones
  /// (clamped), all of them unless given.
  public init(_ length: Int, minObservations: Int? = nil) {
    precondition(length >= 1, "a window has at least one observation")
    self.length = length
    self.minObservations = min(length, max(1, minObservations ?? length))
  }

  /// The first index that the window ending at `index` reaches, cut at the beginning of the data.
  @inline(__always) func start(_ index: Int) -> Int { max(0, index - length + 1) }
}
