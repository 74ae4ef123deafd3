import ArgumentParser
import Interpreter

/// The options that every command that evaluates a script takes.
struct ScriptOptions: ParsableArguments {
  @Option(name: .customLong("param"), help: ArgumentHelp("Give a parameter another value.", valueName: "name=value"))
  var params: [String] = []

  @Option(
    name: .customLong("limit"),
    help: ArgumentHelp(
      "Change a limit: \(Limit.all.map(\.name).joined(separator: ", ")).", valueName: "name=value"))
  var limits: [String] = []

  @Option(name: .customLong("path"), help: ArgumentHelp("Search a folder for imported modules.", valueName: "folder"))
  var paths: [String] = []

  /// The parameters by name, in the order given.
  func assignments() throws(CommandFailure) -> [(name: String, text: String)] {
    var list: [(name: String, text: String)] = []
    for text in params { list.append(try Self.assignment(text, option: "--param")) }
    return list
  }

  /// The limits of an evaluation.
  func evaluationLimits() throws(CommandFailure) -> Limits {
    var limits = Limits()
    for text in self.limits {
      let (name, value) = try Self.assignment(text, option: "--limit")
      guard let limit = Limit.all.first(where: { $0.name == name }) else {
        throw .usage(.unknownLimit(name, known: Limit.all.map(\.name)))
      }
      limits[keyPath: limit.value] = try Self.count(value, of: limit)
    }
    return limits
  }

  private static func assignment(_ text: String, option: String) throws(CommandFailure) -> (name: String, text: String)
  {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
      throw .usage(.badAssignment(text, option: option))
    }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }

  /// A whole number with digits grouped by `_` and a unit: `10M`.
  private static func count(_ text: String, of limit: Limit) throws(CommandFailure) -> Int {
    var digits = text.filter { $0 != "_" }
    var factor = 1
    if let power = ["k", "M", "G"].firstIndex(of: String(digits.suffix(1))) {
      digits.removeLast()
      for _ in 0...power { factor *= limit.thousand }
    }
    guard let number = Int(digits), number > 0,
      case let (product, isTooLarge) = number.multipliedReportingOverflow(by: factor),
      !isTooLarge, product <= limit.maximum
    else { throw .usage(.badLimit(limit.name, text, maximum: limit.maximum)) }
    return product
  }
}
