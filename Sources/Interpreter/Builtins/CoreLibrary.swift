extension BuiltinLibrary {
  /// The builtins that need no market data, family by family.
  public static let coreBuiltins: [Builtin] = [
    ListBuiltins.all,
    MapBuiltins.all,
    CrossSectionBuiltins.all,
    SeriesBuiltins.all,
    StatisticsBuiltins.all,
    IndicatorBuiltins.all,
    MathBuiltins.all,
    DateBuiltins.all,
    StringBuiltins.all,
    RandomBuiltins.all,
    OutputBuiltins.all,
    TestingBuiltins.all,
  ].flatMap(\.self)

  /// Joins families of builtins. Those of one name become one that takes the shapes of both: so `atr(high, low, close)`
  /// and `atr(ticker)`, which needs data, can stand in different layers. A join depends on all that its parts depend on.
  public static func joined(_ builtins: [Builtin], with others: [Builtin]) -> [Builtin] {
    var result = builtins
    for other in others {
      guard let place = result.firstIndex(where: { $0.name == other.name }) else {
        result.append(other)
        continue
      }
      let first = result[place]
      let (gaps, takesPart) = (first.gaps, first.takesPart)
      result[place] = Builtin(
        first.overloads + other.overloads, family: first.family,
        doc: other.documentation.isEmpty ? first.documentation : first.documentation + " " + other.documentation,
        examples: first.examples + other.examples,
        effect: first.effect == .pure ? other.effect : first.effect)
      result[place].gaps = gaps
      result[place].takesPart = takesPart
    }
    return result
  }
}
