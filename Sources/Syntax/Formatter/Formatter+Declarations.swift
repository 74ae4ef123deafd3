import Diagnostics

extension Formatter {
  func layout(_ declaration: Declaration) -> Layout {
    switch declaration {
    case .importing(let declaration): layout(declaration)
    case .strategy(let declaration): layout(declaration)
    case .param(let declaration): layout(declaration)
    case .state(let declaration):
      .row(
        .text("state \(declaration.name.text) ="),
        continued(declaration.initial, after: declaration.name.span.upper)
      )
    case .binding(let binding, _, _): layout(binding)
    case .function(let declaration): layout(declaration)
    case .test(let declaration): layout(declaration)
    }
  }

  private func layout(_ declaration: ImportDeclaration) -> Layout {
    let target =
      switch declaration.target {
      case .name(let name): name.span
      case .path(_, let span): span
      }
    let alias = declaration.alias.map { " as \($0.text)" } ?? ""
    return .row(.text("import "), source(target), .text(alias))
  }

  private func layout(_ declaration: StrategyDeclaration) -> Layout {
    let span = Span(Int(declaration.id.span.upper), Int(declaration.span.upper))
    let spans = declaration.entries.map { $0.key.span.union($0.value.span) }
    let broken = isBroken(span, spans) || hasComment(before: span.upper)
    let parts = zip(declaration.entries, spans).map { entry, span in
      Part(span: span) { [self] in .row(.text("\(entry.key.text): "), layout(entry.value)) }
    }
    let head = Layout.row(.text("strategy "), source(declaration.id.span), .text(" "))
    return .row(head, .group(braces(span, parts, separator: ",", broken: broken), broken: broken))
  }

  private func layout(_ declaration: ParamDeclaration) -> Layout {
    let initial = declaration.initial
    var parts: [Layout] = [
      .text("param \(declaration.name.text) ="),
      continued(initial, after: declaration.name.span.upper),
    ]
    if let domain = declaration.domain { parts += [.text(" in "), layout(domain)] }
    if let constraint = declaration.constraint { parts += [.text(" where "), layout(constraint)] }
    return .sequence(parts)
  }

  private func layout(_ domain: ParamDeclaration.Domain) -> Layout {
    switch domain {
    case .range(let lower, let upper, let includesUpper, let step):
      return range(lower, upper, includesUpper: includesUpper, step: step)
    case .list(let items):
      let parts = items.map { item in Part(span: item.span) { [self] in layout(item) } }
      guard let last = items.last else { return .text("[]") }
      return bracketed("[", parts, "]", end: end(of: "]", after: last.span.upper), broken: false)
    }
  }

  func layout(_ declaration: FunctionDeclaration) -> Layout {
    let parts = declaration.parameters.map { parameter in
      Part(span: span(parameter)) { [self] in layout(parameter) }
    }
    let bodyStart =
      switch declaration.body {
      case .expression(let expression): expression.start
      case .block(let block): block.span.lower
      }
    let open = declaration.name.span.upper
    let broken = parts.first.map { hasNewline(open, $0.span.lower) } ?? false
    var layouts: [Layout] = [
      .text("fn \(declaration.name.text)"),
      bracketed("(", parts, ")", end: declaration.result?.span.lower ?? bodyStart, broken: broken),
    ]
    if let result = declaration.result { layouts.append(.text(" -> \(text(result))")) }
    switch declaration.body {
    case .expression(let expression):
      let end = declaration.result?.span.upper ?? parts.last?.span.upper ?? open
      layouts += [.text(" ="), continued(expression, after: end, mayMove: true)]
    case .block(let block): layouts += [.text(" "), layout(block)]
    }
    return .sequence(layouts)
  }

  private func span(_ parameter: Parameter) -> Span {
    parameter.name.span.union(parameter.initial?.span ?? parameter.type?.span ?? parameter.name.span)
  }

  private func layout(_ parameter: Parameter) -> Layout {
    var parts: [Layout] = [.text(parameter.name.text)]
    if let type = parameter.type { parts.append(.text(": \(text(type))")) }
    if let initial = parameter.initial { parts += [.text(" = "), layout(initial)] }
    return .sequence(parts)
  }

  func text(_ type: TypeAnnotation) -> String {
    let argument = type.argument.map { "[\(text($0))]" }.joined()
    return type.name.text + argument + (type.isOptional ? "?" : "")
  }

  private func layout(_ declaration: TestDeclaration) -> Layout {
    var parts: [Layout] = [.text("test "), source(declaration.name.span), .text(" ")]
    if let folder = declaration.folder { parts += [.text("with "), source(folder.span), .text(" ")] }
    return .sequence(parts + [layout(declaration.body)])
  }
}
