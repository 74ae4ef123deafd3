public import Interpreter

/// The builtins that scripts have: those of the language and the primitives that read data and portfolio.
public enum ScriptLibrary {
  /// All builtins.
  public static let builtins = BuiltinLibrary(
    BuiltinLibrary.joined(BuiltinLibrary.coreBuiltins, with: primitives.map(\.builtin) + PortfolioPrimitives.all))

  /// The builtins that look at the market.
  static let primitives: [Primitive] =
    PricePrimitives.all + UniversePrimitives.all + SeriesPrimitives.all + CurvePrimitives.all + BarPrimitives.all

  private static let primitivesByName = Dictionary(uniqueKeysWithValues: primitives.map { ($0.builtin.name, $0) })

  /// The builtin of a name that looks at the market.
  static func primitive(_ name: String) -> Primitive? { primitivesByName[name] }
}
