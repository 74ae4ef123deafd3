/// The version that `strat --version` prints.
enum Version {
  /// The version's text.
  static let text = "0.1.0"
}
