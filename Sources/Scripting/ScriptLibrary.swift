public import Interpreter

/// The builtins that scripts have: those of the language and the primitives that read data and portfolio.
public enum ScriptLibrary {
  /// All builtins.
  public static let builtins = BuiltinLibrary(
    BuiltinLibrary.joined(
      BuiltinLibrary.coreBuiltins,
      with: PricePrimitives.all + UniversePrimitives.all + SeriesPrimitives.all + CurvePrimitives.all
        + PortfolioPrimitives.all + BarPrimitives.all))
}
