public import Diagnostics

/// A parsed file.
public struct SourceUnit: Sendable {
  /// The text.
  public let file: SourceFile
  /// The declarations in order.
  public let declarations: [Declaration]
  /// One more than the highest node id.
  public let nodeCount: Int32
  /// The comments, for the formatter: from `#` to the end of the line, in order.
  public let comments: [Span]
  /// Names that the parts which could not be read seem to declare.
  public let skippedNames: Set<String>

  /// Makes a unit.
  public init(
    file: SourceFile, declarations: [Declaration], nodeCount: Int32, comments: [Span], skippedNames: Set<String> = []
  ) {
    self.skippedNames = skippedNames
    self.file = file
    self.declarations = declarations
    self.nodeCount = nodeCount
    self.comments = comments
  }

  /// The strategy block, if there is one.
  public var strategy: StrategyDeclaration? {
    for case .strategy(let declaration) in declarations { return declaration }
    return nil
  }

  /// The functions in order.
  public var functions: [FunctionDeclaration] {
    declarations.compactMap { if case .function(let function) = $0 { function } else { nil } }
  }

  /// The tests in order.
  public var tests: [TestDeclaration] {
    declarations.compactMap { if case .test(let test) = $0 { test } else { nil } }
  }
}
