public import Diagnostics

/// What laying out a file came to.
public enum CanonicalText: Sendable {
  /// The text in the canonical layout; it has the tree of the original.
  case text(String)
  /// The file does not parse, and nothing was made of it.
  case unreadable([Diagnostic])
  /// The layout would have given another tree: a defect of the formatter, caught before anything is written.
  case unfaithful

  /// Lays out a file. That the result means the same is not taken on trust: the two trees are compared.
  public init(_ file: SourceFile) {
    let (unit, diagnostics) = parse(file)
    guard let text = formatted(file) else {
      self = .unreadable(diagnostics)
      return
    }
    let again = parse(SourceFile(name: file.name, text: text)).unit
    self = SyntaxDump.text(again) == SyntaxDump.text(unit) ? .text(text) : .unfaithful
  }
}
