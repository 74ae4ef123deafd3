import Diagnostics
import MarketModel

/// A tree as a text without places and ids, so that two trees can be compared: equal programs have equal dumps.
public struct SyntaxDump {
  private var text = ""

  /// The dump of a file.
  public static func text(_ unit: SourceUnit) -> String {
    var dump = SyntaxDump()
    for declaration in unit.declarations {
      dump.add(declaration)
      dump.text += "\n"
    }
    return dump.text
  }

  /// `(head …)`
  private mutating func form(_ head: String, _ body: (inout SyntaxDump) -> Void = { _ in }) {
    text += "(" + head
    body(&self)
    text += ")"
  }

  private mutating func add(quoted string: String) {
    text += " \"" + string.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private mutating func add(documentation: String?) { if let documentation { add(quoted: documentation) } }
}

// MARK: Declarations

extension SyntaxDump {
  private mutating func add(_ declaration: Declaration) {
    switch declaration {
    case .importing(let declaration): add(declaration)
    case .strategy(let declaration):
      form("strategy") { dump in
        dump.add(documentation: declaration.documentation)
        dump.add(quoted: declaration.id.text)
        for entry in declaration.entries { dump.form(" \(entry.key.text)") { $0.add(entry.value) } }
      }
    case .param(let declaration): add(declaration)
    case .state(let declaration):
      form("state \(declaration.name.text)") { dump in
        dump.add(documentation: declaration.documentation)
        dump.add(declaration.initial)
      }
    case .binding(let binding, _, _): add(binding)
    case .function(let declaration): add(declaration)
    case .test(let declaration):
      form("test") { dump in
        dump.add(quoted: declaration.name.text)
        if let folder = declaration.folder { dump.add(quoted: folder.text) }
        dump.add(declaration.body)
      }
    }
  }

  private mutating func add(_ declaration: ImportDeclaration) {
    form("import") { dump in
      switch declaration.target {
      case .name(let name): dump.text += " " + name.text
      case .path(let path, _): dump.add(quoted: path)
      }
      if let alias = declaration.alias { dump.text += " as " + alias.text }
    }
  }

  private mutating func add(_ declaration: ParamDeclaration) {
    form("param \(declaration.name.text)") { dump in
      dump.add(documentation: declaration.documentation)
      dump.add(declaration.initial)
      switch declaration.domain {
      case nil: break
      case .range(let lower, let upper, let includesUpper, let step):
        dump.form(includesUpper ? " .." : " ..<") { $0.add([lower, upper] + [step].compactMap(\.self)) }
      case .list(let items): dump.form(" in") { $0.add(items) }
      }
      if let constraint = declaration.constraint { dump.form(" where") { $0.add(constraint) } }
    }
  }

  private mutating func add(_ declaration: FunctionDeclaration) {
    form("fn \(declaration.name.text)") { dump in
      dump.add(documentation: declaration.documentation)
      for parameter in declaration.parameters {
        dump.form(" \(parameter.name.text)") { dump in
          if let type = parameter.type { dump.add(type) }
          if let initial = parameter.initial { dump.add(initial) }
        }
      }
      if let result = declaration.result { dump.form(" ->") { $0.add(result) } }
      dump.add(declaration.body)
    }
  }

  private mutating func add(_ type: TypeAnnotation) {
    form(" \(type.name.text)\(type.isOptional ? "?" : "")") { dump in for part in type.argument { dump.add(part) } }
  }

  private mutating func add(_ body: FunctionBody) {
    switch body {
    case .expression(let expression): form(" =") { $0.add(expression) }
    case .block(let block): add(block)
    }
  }
}

// MARK: Statements

extension SyntaxDump {
  private mutating func add(_ block: Block) {
    form(" do") { dump in for statement in block.statements { dump.add(statement) } }
  }

  private mutating func add(_ statement: Statement) {
    text += " "
    switch statement.kind {
    case .binding(let binding): add(binding)
    case .function(let declaration): add(declaration)
    case .assign(let place, let operation, let value): form(operation.rawValue) { $0.add([place, value]) }
    case .expression(let expression): add(expression)
    case .loop(let condition, let block):
      form("while") { dump in
        dump.add(condition)
        dump.add(block)
      }
    case .forEach(let names, let sequence, let block):
      form("for \(names.map(\.text))") { dump in
        dump.add(sequence)
        dump.add(block)
      }
    case .break: form("break")
    case .continue: form("continue")
    case .return(let value): form("return") { dump in if let value { dump.add(value) } }
    case .assert(let condition, let message): form("assert") { $0.add([condition] + [message].compactMap(\.self)) }
    case .invalid: form("invalid")
    }
  }

  private mutating func add(_ binding: Binding) {
    let word = binding.isVariable ? "var" : "let"
    form("\(word) \(binding.names.map(\.text))") { dump in
      dump.add(documentation: binding.documentation)
      switch binding.pattern {
      case .name(_, let type): if let type { dump.add(type) }
      case .list: dump.text += " list"
      }
      dump.add(binding.value)
    }
  }

  private mutating func add(_ branch: If) {
    form("if") { dump in
      dump.add(branch.condition)
      dump.add(branch.then)
      switch branch.otherwise {
      case .none: break
      case .block(let block): dump.add(block)
      case .conditional(let next, _, _):
        dump.text += " "
        dump.add(next)
      }
    }
  }
}

// MARK: Expressions

extension SyntaxDump {
  private mutating func add(_ expressions: [Expression]) { for expression in expressions { add(expression) } }

  private mutating func add(_ expression: Expression) {
    text += " "
    switch expression.kind {
    case .number(let number): text += "\(number)"
    case .duration(let duration): text += duration.description
    case .date(let day): text += day.description
    case .string(let literal): add(literal)
    case .boolean(let value): text += "\(value)"
    case .missing: text += "na"
    case .none: text += "none"
    case .name(let name): text += name
    case .parenthesized(let inner): form("paren") { $0.add(inner) }
    case .list(let items): form("list") { $0.add(items) }
    case .listComprehension(let item, let clauses):
      form("list") { dump in
        dump.add(item)
        dump.add(clauses)
      }
    case .map(let entries): form("map") { dump in for entry in entries { dump.add([entry.key, entry.value]) } }
    case .mapComprehension(let key, let value, let clauses):
      form("map") { dump in
        dump.add([key, value])
        dump.add(clauses)
      }
    case .unary(let operation, let operand): form(operation.rawValue) { $0.add(operand) }
    case .binary(let operation, let left, let right): form(operation.rawValue) { $0.add([left, right]) }
    case .range(let lower, let upper, let includesUpper, let step):
      form(includesUpper ? ".." : "..<") { $0.add([lower, upper] + [step].compactMap(\.self)) }
    case .call, .methodCall, .member, .index, .slice: add(postfix: expression)
    case .lambda(let lambda): form("\(lambda.parameters.map(\.text)) ->") { $0.add(lambda.body) }
    case .conditional(let branch): add(branch)
    case .at(let date, let block):
      form("at") { dump in
        dump.add(date)
        dump.add(block)
      }
    case .invalid: form("invalid")
    }
  }

  private mutating func add(postfix expression: Expression) {
    switch expression.kind {
    case .call(let callee, let arguments):
      form("call") { dump in
        dump.add(callee)
        dump.add(arguments)
      }
    case .methodCall(let receiver, let name, let arguments):
      form(".\(name.text)()") { dump in
        dump.add(receiver)
        dump.add(arguments)
      }
    case .member(let receiver, let name): form(".\(name.text)") { $0.add(receiver) }
    case .index(let base, let index): form("index") { $0.add([base, index]) }
    case .slice(let base, let lower, let upper, let includesUpper):
      form("slice\(includesUpper ? ".." : "..<")") { dump in
        dump.add(base)
        for end in [lower, upper] { if let end { dump.add(end) } else { dump.text += " open" } }
      }
    default: break
    }
  }

  private mutating func add(_ arguments: [Argument]) {
    for argument in arguments {
      if let label = argument.label { text += " \(label.text):" }
      add(argument.value)
    }
  }

  private mutating func add(_ clauses: [Clause]) {
    for clause in clauses {
      switch clause {
      case .loop(let names, let sequence): form(" for \(names.map(\.text))") { $0.add(sequence) }
      case .condition(let condition): form(" if") { $0.add(condition) }
      }
    }
  }

  private mutating func add(_ literal: StringLiteral) {
    form("string") { dump in
      for segment in literal.segments {
        switch segment {
        case .text(let text): dump.add(quoted: text)
        case .interpolation(let expression, let format):
          dump.add(expression)
          if let format { dump.form(" format") { $0.add(quoted: format.text) } }
        }
      }
    }
  }
}
