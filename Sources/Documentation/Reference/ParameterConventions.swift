import Interpreter

/// What is true of a parameter wherever it stands, so that no builtin has to say it again.
enum ParameterConventions {
  /// The conventions of a builtin's parameters, in their order.
  static func of(_ builtin: Builtin) -> [String] {
    var seen: Set<String> = []
    var result: [String] = []
    for parameter in builtin.overloads.flatMap(\.signature.parameters) where seen.insert(parameter.name).inserted {
      if let text = text(parameter) { result.append("`\(parameter.name)`: \(text)") }
    }
    return result
  }

  private static func text(_ parameter: SignatureParameter) -> String? {
    switch parameter.name {
    case "window":
      parameter.defaultText == nil
        ? "a whole number of observations, the current one included; with fewer, or an `na` among them, the value is `na`."
        : "a whole number of observations, the current one included: then the result is a series; without it, of everything and a number."
    case "min_obs": "a value from so many present observations in the window on, computed over those."
    case "as_of": "the data as known at an earlier date; a later one than the current is a look-ahead error."
    case "max_age":
      "how old the latest value may be in scalar context before it is `na` (stale), where `bd` counts sessions, and weekdays "
        + "after the data's last session"
        + (parameter.defaultText == "10bd"
          ? "; ten sessions unless said, `none` for any age." : "; any age unless said.")
    case "annualization": "periods a year, by whose root a deviation is multiplied."
    case "desc": "the largest first."
    default: nil
    }
  }
}
