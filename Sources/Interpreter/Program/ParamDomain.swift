import Diagnostics
import Syntax

/// The values that a param may take, as far as the script says.
public struct ParamDomain: Sendable {
  /// The name by which it is set: `fast`, or `module.fast` for a param of an imported module.
  public let name: String
  /// The default.
  public let initial: Constant
  /// The values of a list; empty without one.
  public let choices: [Constant]
  /// The range, where there is one.
  public let range: Range?
}

extension Machine {
  /// The params of the loaded program that can be set, with what they may be: the script's own first, then those of
  /// the modules it imports, each in order of declaration.
  public func paramDomains() throws(Failure) -> [ParamDomain] {
    guard let program else { return [] }
    var domains: [ParamDomain] = []
    var imported: [(prefix: String, module: LinkedModule)] = [("", program.script)]
    for one in program.script.unit.imports { imported.append((one.name + ".", program.modules[one.index])) }
    for (prefix, module) in imported {
      for param in module.params { domains.append(try self.domain(of: param, prefix + param.name)) }
    }
    return domains
  }

  private func domain(of param: LinkedParam, _ name: String) throws(Failure) -> ParamDomain {
    begin(asOf: nil)
    do throws(Trap) {
      let initial = try evaluate(param.initial, param.frameSize)
      var choices: [Constant] = []
      for choice in param.choices {
        if let value = try evaluation.constant(try evaluate(choice, param.frameSize)) { choices.append(value) }
      }
      let range = try range(of: param, initial)
      return ParamDomain(name: name, initial: try evaluation.constant(initial) ?? .none, choices: choices, range: range)
    } catch { throw Failure(fault: fault ?? Fault(.interrupted())) }
  }

  /// The range of a param's domain; `nil` where it has none.
  func range(of param: LinkedParam, _ initial: Value) throws(Trap) -> ParamDomain.Range? {
    guard case .range(_, _, let includesUpper, _)? = param.declaration.domain, let lower = param.lower,
      let upper = param.upper
    else { return nil }
    return ParamDomain.Range(
      lower: try evaluate(lower, param.frameSize).raw, upper: try evaluate(upper, param.frameSize).raw,
      includesUpper: includesUpper,
      step: try param.step.map { (node) throws(Trap) in try evaluate(node, param.frameSize).raw },
      initial: initial.raw)
  }
}
