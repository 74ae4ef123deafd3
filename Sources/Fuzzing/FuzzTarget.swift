/// What is fuzzed: for each target one way from bytes into the program. Errors are results; a trap is a finding.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Bytes as a script, into tokens.
  case lexer
  /// Bytes as a script, into a tree, diagnostics on the screen, and the canonical layout.
  case parser
  /// Bytes as choices, into a script that parses, which is checked and run on the sample market.
  case evaluator
  /// Bytes as choices, into a strategy that is evaluated at many dates side by side and at each alone: another result is
  /// a finding.
  case lanes
  /// Bytes as the choice of a program that goes to the edge of something that is counted, and of the count.
  case limits
  /// Bytes as files of a data folder, which is loaded.
  case data
  /// Bytes as a file to import, under any format: what an import wrote and cannot be loaded is a finding.
  case importers

  /// Runs the target on an input.
  ///
  /// - Returns: a number that depends on all that was made, so that nothing is optimized away.
  public func run(_ bytes: [UInt8]) -> Int {
    switch self {
    case .lexer: LexerFuzzing.run(bytes)
    case .parser: ParserFuzzing.run(bytes)
    case .evaluator: EvaluatorFuzzing.run(bytes)
    case .lanes: LaneFuzzing.run(bytes)
    case .limits: LimitFuzzing.run(bytes)
    case .data: DataFuzzing.run(bytes)
    case .importers: ImporterFuzzing.run(bytes)
    }
  }
}
