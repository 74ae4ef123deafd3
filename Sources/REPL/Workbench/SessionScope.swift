import Interpreter
import LanguageService
import Scripting
import Syntax

extension CompletionScope {
  /// A session as completion sees it: plain values, made after each entry.
  init(_ session: MarketSession, data: DataNames, codes: [(code: String, title: String)]) {
    self.init()
    names = session.prompt.names.compactMap { ScopeName($0, in: session.prompt) }
    modules = session.prompt.imports.map { ScopeModule($0.name, libraryName: $0.module) }
    self.data = data
    self.codes = codes
    commands = MetaCommand.all.map(\.completed)
    params = session.prompt.params.map(\.name)
    files = { FolderNames.entries($0) }
  }
}

extension ScopeName {
  /// A name of a session; `nil` for a module, which is no value.
  fileprivate init?(_ name: PromptName, in session: PromptSession) {
    switch name.kind {
    case .constant, .variable: self.init(name.name, .value(type: name.value?.text ?? "any"))
    case .param:
      self.init(name.name, .param(value: session.params.first { $0.name == name.name }?.initial ?? ""))
    case .state: self.init(name.name, .state)
    case .module: return nil
    case .function:
      let declaration = session.declarations.first { $0.name == name.name && $0.kind == .function }
      guard case .function(let function)? = declaration?.declaration else { return nil }
      self.init(name.name, .function(Signature(function), documentation: function.documentation ?? ""))
    }
  }
}
