import Diagnostics
import Syntax

/// Arguments that are constant in the source and make no sense.
extension Checker {
  func checkConstants(_ function: String, _ shape: BuiltinEntry.Shape, _ given: [Given], _ places: [Int]) {
    for (argument, place) in zip(given, places) {
      let parameter = shape.parameters[place]
      guard let domain = parameter.domain, !domain.isName, let value = folding.value(argument.value) else { continue }
      switch value {
      case .number(let number) where !domain.contains(number):
        report(domain.problem(number, parameter.name, of: function), at: argument.value.span)
      case .duration(let duration) where !domain.contains(duration):
        report(domain.problem(duration, parameter.name, of: function), at: argument.value.span)
      case .number, .duration, .bool, .string, .date: continue
      }
    }
  }
}
