import Diagnostics
import Syntax

/// Looks for more names at the module level than a program may have: constants, params and state variables of the script
/// and of all modules it imports, in the order in which they are initialised.
public struct NameLimit {
  /// The most of them in one program.
  public static let standard = 1 << 14

  /// The script last, every module after those it imports.
  let modules: [ModuleUnit]

  /// The first name past the limit.
  func problems() -> [Diagnostic] {
    var count = 0
    for module in modules {
      let names = module.unit.moduleLevelNames
      if count + names.count > NameLimit.standard {
        let first = names[NameLimit.standard - count]
        return [.tooManyNames(in: "program", NameLimit.standard, at: .source(module.unit.file, first.span))]
      }
      count += names.count
    }
    return []
  }
}

extension SourceUnit {
  /// The names of its constants, params and state variables, in order.
  var moduleLevelNames: [Name] { declarations.flatMap(\.moduleLevelNames) }
}

extension Declaration {
  /// The names of a constant, a param or a state variable.
  var moduleLevelNames: [Name] {
    switch self {
    case .param(let param): [param.name]
    case .state(let state): [state.name]
    case .binding(let binding, _, _): binding.moduleLevelNames
    case .importing, .strategy, .function, .test: []
    }
  }
}

extension PromptInput.Entry {
  /// The names that get a slot of the session.
  var moduleLevelNames: [Name] {
    switch self {
    case .declaration(let declaration): declaration.moduleLevelNames
    case .statement(let statement):
      if case .binding(let binding) = statement.kind { binding.moduleLevelNames } else { [] }
    }
  }
}

extension Binding {
  fileprivate var moduleLevelNames: [Name] { names.filter { $0.text != "_" } }
}
