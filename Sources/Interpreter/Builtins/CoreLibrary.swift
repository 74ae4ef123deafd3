extension BuiltinLibrary {
  /// The builtins that need no market data, family by family.
  public static let coreBuiltins: [Builtin] = [
    ListBuiltins.all,
    MapBuiltins.all,
    CrossSectionBuiltins.all,
    SeriesBuiltins.all,
    StatisticsBuiltins.all,
    MathBuiltins.all,
    DateBuiltins.all,
    StringBuiltins.all,
    RandomBuiltins.all,
    OutputBuiltins.all,
    TestingBuiltins.all,
  ].flatMap(\.self)
}
