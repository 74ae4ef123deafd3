/// What can stand at a place of a text, as plain data.
public struct Completion: Equatable, Sendable {
  /// The bytes (UTF-8 offsets) that a candidate replaces: the part of a word before the place.
  public let range: Range<Int>
  /// What to write there now: of one candidate its text with what belongs behind it, of several what they all begin
  /// with. Never less than what stands there, but for its case.
  public let insertion: String
  /// The candidates, best first; at most `limit`.
  public let candidates: [Candidate]
  /// How many there are.
  public let total: Int

  /// So many candidates are listed at most.
  public static let limit = 300

  /// A completion of known parts.
  public init(range: Range<Int>, insertion: String, candidates: [Candidate], total: Int) {
    self.range = range
    self.insertion = insertion
    self.candidates = candidates
    self.total = total
  }

  /// Nothing fits.
  public static func nothing(at offset: Int) -> Completion {
    Completion(range: offset..<offset, insertion: "", candidates: [], total: 0)
  }
}

/// Something that can stand at a place.
public struct Candidate: Hashable, Sendable {
  /// What a candidate is.
  public enum Kind: String, CaseIterable, Sendable {
    case variable, parameter, state, function, builtin, module, argument, key, keyword, constant, command, flag, ticker,
      series, curve, universe, file, folder, word
  }

  /// What is written.
  public let text: String
  /// What it is.
  public let kind: Kind
  /// How it is called, what it takes, or of what type it is; empty where nothing is to be said.
  public let signature: String
  /// What it means, in one line.
  public let documentation: String
  /// What belongs behind it once it is chosen: `(`, `: `, a closing quote.
  public let suffix: String

  /// Makes a candidate.
  public init(_ text: String, _ kind: Kind, signature: String = "", documentation: String = "", suffix: String = "") {
    self.text = text
    self.kind = kind
    self.signature = signature
    self.documentation = documentation
    self.suffix = suffix
  }

  /// The same with another suffix.
  func followed(by suffix: String) -> Candidate {
    Candidate(text, kind, signature: signature, documentation: documentation, suffix: suffix)
  }
}
