public import Backtest
import Kernels
import MarketModel

/// The value of a parameter or key as one would type it after `name=`.
public enum ParamText {
  /// The text of a value.
  public static func text(_ value: ConfigValue) -> String {
    switch value {
    case .number(let number): NumberText.shortest(number)
    case .text(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .date(let day): day.description
    case .duration(let duration): duration.description
    case .list(let items): items.map { self.text($0) }.joined(separator: ",")
    case .none: "none"
    }
  }
}
