/// A bracket that is open at a place of a text, and what stands in it before the place.
struct Frame {
  /// What the bracket belongs to.
  enum Kind: Equatable {
    /// The arguments of a call.
    case call(Callee)
    /// The parameters of a declared function.
    case parameters
    /// A list or map, or an index.
    case list(isIndex: Bool)
    /// The block of a strategy.
    case strategy
    /// Any other block or parenthesis.
    case other
  }

  /// What is called.
  struct Callee: Equatable {
    /// The name before the parenthesis.
    var name: String
    /// The name before the dot, where one stands there.
    var qualifier: String?
    /// A dot stands before the name.
    var isMember: Bool
  }

  var kind: Kind
  /// How many commas stand before the place.
  var argument = 0
  /// The names that arguments or entries were given, the one of this argument included.
  var given: [String] = []
  /// The name of this argument or entry.
  var name: String?
  /// The words of this argument or entry.
  var words: [String] = []
  /// Whether the first of them can be a name.
  var beginsWithWord = false

  /// Begins the next argument or entry.
  mutating func next() {
    name = nil
    words = []
    beginsWithWord = false
  }
}
