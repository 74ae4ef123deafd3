public import Diagnostics
public import MarketData

/// Where a session's data come from.
///
/// A session keeps what it has loaded. Before each input it asks whether the source still is what it was, says so once
/// where it is not, and loads again when it is told to.
public struct SessionData {
  /// What the source is, in a few words.
  public let name: String
  /// Loads it.
  let load: () throws(SessionDataFailure) -> MarketStore
  /// A text that changes when the source does; `nil` where it is gone. Asking must cost next to nothing.
  let stamp: () -> String?

  /// A source.
  public init(
    name: String, load: @escaping () throws(SessionDataFailure) -> MarketStore, stamp: @escaping () -> String?
  ) {
    self.name = name
    self.load = load
    self.stamp = stamp
  }

  /// Data that are in memory and do not change.
  public init(name: String, _ store: @escaping @autoclosure () -> MarketStore) {
    self.init(name: name) { () throws(SessionDataFailure) in
      store()
    } stamp: {
      ""
    }
  }
}

/// Why data cannot be loaded.
public struct SessionDataFailure: Error {
  /// What is wrong.
  public let diagnostics: [Diagnostic]

  /// A failure.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}
