import Diagnostics
import MarketModel
import Syntax

extension Machine {
  /// Sets a module's params: the given value, or the default. Values outside their domain are errors.
  func setParams(_ module: LinkedModule, _ given: [(name: String, value: Constant)]) throws(Trap) {
    guard let program else { return }
    // The script's params go by their name, those of directly imported modules by `module.name`.
    let prefix = program.script === module ? "" : importedName(of: module, in: program).map { $0 + "." }
    for param in module.params {
      let initial = try self.evaluate(param.initial, param.frameSize)
      var value = initial
      if let prefix, let one = given.last(where: { $0.name == prefix + param.name }) {
        value = try one.value.value(evaluation)
        guard value.kind == initial.kind else {
          throw fail(.paramType(param.name, expected: initial.kind, found: value.kind), siteOf(param, module))
        }
      }
      try checkDomain(param, value, initial, module)
      globals[param.slot] = value
    }
  }

  private func importedName(of module: LinkedModule, in program: Program) -> String? {
    program.script.unit.imports.first { program.modules[$0.index] === module }?.name
  }

  private func siteOf(_ param: LinkedParam, _ module: LinkedModule) -> Int32 { param.initial.site }

  private func checkDomain(
    _ param: LinkedParam, _ value: Value, _ initial: Value, _ module: LinkedModule
  ) throws(Trap) {
    let site = siteOf(param, module)
    if !param.choices.isEmpty {
      var known: [String] = []
      for choice in param.choices {
        let item = try self.evaluate(choice, param.frameSize)
        known.append(try ValueText.literal(item, evaluation, depth: 0))
        if item.kind == value.kind, try Equality.equal(item, value, evaluation) == .yes { return }
      }
      throw fail(.paramChoice(param.name, try ValueText.literal(value, evaluation, depth: 0), of: known), site)
    }
    guard let range = try range(of: param, initial) else { return }
    guard value.isNumber, range.contains(value.raw) else {
      throw fail(.paramRange(param.name, try ValueText.literal(value, evaluation, depth: 0), range), site)
    }
    if range.isWhole, value.raw != value.raw.rounded() {
      throw fail(.paramWhole(param.name, ValueText.number(value.raw), range), site)
    }
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

extension DiagnosticRecord {
  static let paramValue = DiagnosticRecord(
    "E0412", "a param outside its domain",
    explanation:
      "A param takes the values of its domain (`in lo..hi`, `in lo..<hi` without the last, `in [a, b]`) that meet its `where` condition, and "
      + "keeps the type of its default.", bad: "param n = 300 in 10..200", good: "param n = 100 in 10..200")
}

extension Diagnostic {
  static func paramType(_ name: String, expected: ValueKind, found: ValueKind) -> Diagnostic {
    Diagnostic(.paramValue, "param `\(name)` is \(expected.described) by its default, \(found.described) was given")
  }
  static func paramChoice(_ name: String, _ value: String, of known: [String]) -> Diagnostic {
    let list = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
    return Diagnostic(.paramValue, "param `\(name)` cannot be \(value): it is none of [\(list)]")
  }
  static func paramRange(_ name: String, _ value: String, _ range: ParamDomain.Range) -> Diagnostic {
    Diagnostic(.paramValue, "param `\(name)` is \(value), outside \(range.text)")
  }
  static func paramWhole(_ name: String, _ value: String, _ range: ParamDomain.Range) -> Diagnostic {
    Diagnostic(.paramValue, "param `\(name)` takes whole numbers of \(range.text), \(value) was given")
  }
  static func paramConstraint(_ name: String, _ condition: String) -> Diagnostic {
    Diagnostic(.paramValue, "param `\(name)` does not meet its condition `\(condition)`")
  }
}
