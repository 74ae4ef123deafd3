import Diagnostics
import Syntax

extension Machine {
  /// Sets a module's params: the given value, or the default, which the checker has found in its domain. Given values
  /// outside their domain are errors.
  func setParams(_ module: LinkedModule, _ given: [(name: String, value: Constant)]) throws(Trap) {
    guard let program else { return }
    // The script's params go by their name, those of directly imported modules by `module.name`.
    let prefix = program.script === module ? "" : importedName(of: module, in: program).map { $0 + "." }
    for param in module.params {
      var value = try self.evaluate(param.initial, param.frameSize)
      if let prefix, let one = given.last(where: { $0.name == prefix + param.name }) {
        if let problem = param.domain.problem(of: one.value) { throw fail(problem, param.initial.site) }
        value = try one.value.value(evaluation)
      }
      globals[param.slot] = value
    }
  }

  private func importedName(of module: LinkedModule, in program: Program) -> String? {
    program.script.unit.imports.first { program.modules[$0.index] === module }?.name
  }

  /// Checks the `where` conditions, which may name any param of the module.
  func checkConstraints(_ module: LinkedModule) throws(Trap) {
    for param in module.params {
      guard let constraint = param.constraint else { continue }
      try checkRoom(param.frameSize, constraint.site)
      if try constraint.test(Frame(stackStart)) != .yes {
        let trap = fail(.paramConstraint(param.name, sites.text(constraint.site)), constraint.site)
        fault?.isUnmetCondition = true
        throw trap
      }
    }
  }
}

extension Machine {
  /// The params of the loaded program that can be set, with what they may be: the script's own first, then those of
  /// the modules it imports, each in order of declaration.
  public var paramDomains: [ParamDomain] {
    guard let program else { return [] }
    let own = program.script.params.map(\.domain)
    return own
      + program.script.unit.imports.flatMap { one in
        program.modules[one.index].params.map { $0.domain.named(one.name + "." + $0.name) }
      }
  }
}
