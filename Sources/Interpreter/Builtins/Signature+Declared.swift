import MarketModel
public import Syntax

extension Signature {
  /// The signature of a function that a script or module declares: `cap(w: map[number], limit: number = 0.1) -> map`.
  ///
  /// Defaults that are not literals are shown as `…`; a parameter without a type takes anything.
  public init(_ function: FunctionDeclaration) {
    let result = function.result.map { " -> " + TypeExpression($0).text } ?? ""
    let parameters = function.parameters.map { parameter in
      let type = parameter.type.map { ": " + TypeExpression($0).text } ?? ""
      return parameter.name.text + type + (parameter.initial.map { " = " + Signature.literal($0) } ?? "")
    }
    self.init(
      text: "\(function.name.text)(\(parameters.joined(separator: ", ")))\(result)", name: function.name.text,
      parameters: function.parameters.map { parameter in
        SignatureParameter(
          name: parameter.name.text, type: parameter.type.map { TypeExpression($0) } ?? .any, domain: nil,
          defaultText: parameter.initial.map { Signature.literal($0) }, isVariadic: false)
      }, result: function.result.map { TypeExpression($0) } ?? .any)
  }

  /// The signature of a function of which only the names of its parameters are known: `f(a, b)`.
  public init(name: String, parameters: [String]) {
    self.init(
      text: "\(name)(\(parameters.joined(separator: ", ")))", name: name,
      parameters: parameters.map {
        SignatureParameter(name: $0, type: .any, domain: nil, defaultText: nil, isVariadic: false)
      }, result: .any)
  }

  /// A default as it is written.
  private static func literal(_ expression: Expression) -> String {
    switch expression.kind {
    case .number(let number): ValueText.number(number)
    case .boolean(let bool): bool ? "true" : "false"
    case .none: "none"
    case .missing: "na"
    case .string(let literal): literal.plainText.map { ValueText.quoted($0) } ?? "…"
    case .duration(let duration): duration.description
    case .unary(.negate, let inner): "-" + literal(inner)
    case .list(let items): "[" + items.map { literal($0) }.joined(separator: ", ") + "]"
    case .name(let name): name
    default: "…"
    }
  }
}
