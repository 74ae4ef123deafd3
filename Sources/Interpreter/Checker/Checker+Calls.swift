import Diagnostics
import MarketModel
import Syntax

/// Calls: whether the arguments fit, and what comes of them.
extension Checker {
  /// An argument with what is known of it; the receiver of `x.f(a)` is one without a name.
  struct Given {
    let label: Name?
    let value: Expression
    let type: StaticType
  }

  func call(_ callee: Expression, _ arguments: [Argument], _ expression: Expression) -> StaticType {
    let reference = resolution.references[callee.id]
    let given = self.given(arguments, to: reference)
    switch reference {
    case .function, .builtin, .member: return apply(reference, given, callee.span)
    case .local(let symbol) where functions[symbol] != nil: return apply(.function(symbol), given, callee.span)
    case .local, .global, .asOf, .hold, .flat, .module, nil: break
    }
    if case .member(let receiver, let name) = callee.kind, case .module = resolution.references[receiver.id],
      case .member(let module, _) = reference
    {
      return apply(.member(module: module, name: name.text), given, name.span)
    }
    let type = infer(callee)
    if !type.mayBe(KindSet(kind: .function)) {
      report(.notCallable(unit.file.text(callee.span), type.sample), at: callee.span)
    }
    return .unknown
  }

  func method(
    _ receiver: Expression, _ name: Name, _ arguments: [Argument], _ expression: Expression
  ) -> StaticType {
    let reference = resolution.references[expression.id]
    if case .module = resolution.references[receiver.id] {
      return apply(reference, given(arguments, to: reference), name.span)
    }
    let first = Given(label: nil, value: receiver, type: infer(receiver))
    return apply(reference, [first] + given(arguments, to: reference), name.span)
  }

  private func given(_ arguments: [Argument], to reference: Reference?) -> [Given] {
    let outer = flow.isQuiet
    if reference == .builtin("fails") { flow.isQuiet = true }
    defer { flow.isQuiet = outer }
    return arguments.map { argument in
      if flow.isFunction, argument.label?.text == "as_of", liesAhead(argument.value) {
        report(.alwaysLookAhead(unit.file.text(argument.value.span), at: location(argument.value.span)))
      }
      return Given(label: argument.label, value: argument.value, type: infer(argument.value))
    }
  }

  private func apply(_ reference: Reference?, _ given: [Given], _ span: Span) -> StaticType {
    switch reference {
    case .function(let symbol):
      // Its body first, so that what it asks of its parameters is known.
      let result = result(of: symbol)
      if let function = functions[symbol] { check(given, against: function, span) }
      return result
    case .member(let module, let name):
      guard let function = imports[module]?.functions.first(where: { $0.name.text == name }) else { return .unknown }
      check(given, against: function, span)
      return function.result.map { StaticType(of: TypeExpression($0)) } ?? exports[module]?[name] ?? .unknown
    case .builtin(let name): return builtin(name, given, span)
    case .local, .global, .asOf, .hold, .flat, .module, nil: return .unknown
    }
  }

  // MARK: Functions of scripts

  private func check(_ given: [Given], against function: FunctionDeclaration, _ span: Span) {
    let name = function.name.text
    let parameters = function.parameters
    var filled = [Bool](repeating: false, count: parameters.count)
    for (place, argument) in given.enumerated() {
      var target = place
      if let label = argument.label {
        guard let named = parameters.firstIndex(where: { $0.name.text == label.text }) else {
          let close = Suggestions.close(to: label.text, among: parameters.map(\.name.text))
          return report(.unknownParameter(label.text, of: name, suggestions: close, at: location(label.span)))
        }
        target = named
      }
      guard target < parameters.count else { return reportCount(function, given.count, span) }
      if filled[target] {
        return report(
          .argumentTwice(parameters[target].name.text, of: name, at: location(argument.label?.span ?? span)))
      }
      filled[target] = true
      checkType(argument, parameters[target], of: name)
      demand(of: argument.value, asFor: parameters[target])
    }
    let lacks = zip(parameters, filled).first { $0.initial == nil && !$1 }
    if lacks != nil { reportCount(function, given.count, span) }
  }

  private func reportCount(_ function: FunctionDeclaration, _ count: Int, _ span: Span) {
    let required = function.parameters.filter { $0.initial == nil }.count
    report(
      .argumentCount(function.name.text, required: required, most: function.parameters.count, given: count), at: span)
  }

  private func checkType(_ argument: Given, _ parameter: Parameter, of function: String) {
    guard let type = parameter.type.map({ TypeExpression($0) }), !argument.type.mayBe(KindSet(taking: type)) else {
      return
    }
    report(
      .typeMismatch(
        expected: type.described, found: argument.type.sample, what: "`\(parameter.name.text)` of `\(function)`"),
      at: argument.value.span)
  }

  // MARK: Builtins

  private func builtin(_ name: String, _ given: [Given], _ span: Span) -> StaticType {
    guard let entry = library.entries[name] else { return .unknown }
    var fitting: [BuiltinEntry.Shape] = []
    var result = StaticType.never
    var problems: [Misfit] = []
    for shape in entry.shapes {
      switch places(of: given, in: shape) {
      case .success(let places):
        fitting.append(shape)
        if result.kinds.rawValue == 0, problems.count + 1 == entry.shapes.count || entry.shapes.count == 1 {
          checkConstants(name, shape, given, places)
        }
        result = result.union(self.result(of: name, shape, given, places))
      case .failure(let problem): problems.append(problem)
      }
    }
    if !fitting.isEmpty {
      checkDate(entry.builtin, fitting, given, span)
      if case .success(let places) = places(of: given, in: fitting[0]) {
        checkWholeSample(name, fitting[0], given, places, span)
      }
      noteData(entry.builtin, fitting[0], given)
    }
    if fitting.count == 1, case .success(let places) = places(of: given, in: fitting[0]) {
      for (argument, place) in zip(given, places) { demand(fitting[0].parameters[place].type, of: argument.value) }
    }
    if name == "error" { return .never }
    if problems.count == entry.shapes.count {
      report(misfit: problems, entry, given, span)
      return .unknown
    }
    return result
  }

  /// Why a call does not fit a shape of a builtin; later cases got further.
  enum Misfit: Error {
    case type(parameter: Int, argument: Int, isFirst: Bool)
    case count
    case missing(String)
    case label(Name)
    case twice(Name)
  }

  /// The parameter that each argument fills.
  private func places(of given: [Given], in shape: BuiltinEntry.Shape) -> Result<[Int], Misfit> {
    var filled = [Bool](repeating: false, count: shape.parameters.count)
    var places: [Int] = []
    for (index, argument) in given.enumerated() {
      var place = shape.parameter(at: index)
      if shape.isVariadic { place = min(place, shape.parameters.count - 1) }
      if let label = argument.label {
        guard let named = shape.parameters.firstIndex(where: { $0.name == label.text }) else {
          return .failure(.label(label))
        }
        if filled[named] { return .failure(.twice(label)) }
        place = named
      }
      guard place < shape.parameters.count else { return .failure(.count) }
      filled[place] = true
      places.append(place)
      let takes = KindSet(taking: shape.parameters[place].type)
      if !argument.type.mayBe(takes) {
        return .failure(.type(parameter: place, argument: index, isFirst: index == 0))
      }
    }
    for (place, parameter) in shape.parameters.enumerated() where !filled[place] {
      if case .required = parameter.fallback { return .failure(given.isEmpty ? .count : .missing(parameter.name)) }
    }
    return .success(places)
  }

  private func report(misfit problems: [Misfit], _ entry: BuiltinEntry, _ given: [Given], _ span: Span) {
    // Of several shapes the one is meant that takes the first argument.
    let place = problems.firstIndex { if case .type(_, _, true) = $0 { false } else { true } }
    let shape = entry.shapes[place ?? 0]
    switch problems[place ?? 0] {
    case .type(let parameter, let argument, _):
      var expected = shape.parameters[parameter].type.described
      if place == nil {
        expected = TypeExpression.described(anyOf: entry.shapes.compactMap { $0.parameters.first?.type })
      }
      var problem = Diagnostic.typeMismatch(
        expected: expected, found: given[argument].type.sample,
        what: "`\(shape.parameters[parameter].name)` of `\(entry.name)`")
      explain(&problem, entry.name, given, argument: argument, wants: shape.parameters[parameter].type)
      report(problem, at: given[argument].value.span)
    case .count: report(.argumentCount(entry.name, shape.signature, given: given.count), at: span)
    case .missing(let parameter): report(.missingArgument(entry.name, parameter), at: span)
    case .label(let label):
      let names = entry.shapes.flatMap { $0.parameters.map(\.name) }
      let close = Suggestions.close(to: label.text, among: names)
      report(.unknownParameter(label.text, of: entry.name, suggestions: close, at: location(label.span)))
    case .twice(let label): report(.argumentTwice(label.text, of: entry.name, at: location(label.span)))
    }
  }

  /// Data is read where a date is current.
  private func checkDate(_ builtin: Builtin, _ shapes: [BuiltinEntry.Shape], _ given: [Given], _ span: Span) {
    guard flow.isDateless else { return }
    switch builtin.effect(argumentCount: given.count) {
    case .readsData:
      // Those that take an `as_of` read data; what only counts sessions falls back on weekdays.
      guard shapes.allSatisfy({ $0.parameters.contains { $0.name == "as_of" } }) else { return }
      if flow.isTest, given.contains(where: { $0.label?.text == "as_of" }) { return }
      report(.noAsOf(builtin.name), at: span)
    case .readsPortfolio: if !flow.isTest, given.isEmpty { report(.noAsOf(builtin.name), at: span) }
    case .pure, .random, .output, .testing: return
    }
  }

  // MARK: Results

  /// What a shape gives, as far as the arguments decide.
  private func result(
    of name: String, _ shape: BuiltinEntry.Shape, _ given: [Given], _ places: [Int]
  ) -> StaticType {
    let declared = StaticType(of: shape.signature.result)
    if shape.isElementwise {
      if given.allSatisfy({ $0.type.isSurely(.number) }) { return StaticType(.number) }
      if given.allSatisfy({ $0.type.isSurely(.series) || $0.type.isSurely(.number) }) { return StaticType(.series) }
      return declared
    }
    // The window rule: without a window a statistic reduces, with one it rolls.
    guard declared.kinds == [.number, .series],
      let window = shape.parameters.firstIndex(where: { $0.name == "window" }), let first = given.first
    else { return declared }
    if !first.type.mayBe(.series) { return StaticType(.number) }
    guard let place = places.firstIndex(of: window) else { return StaticType(.number) }
    return given[place].type.isSurely(.number) && first.type.isSurely(.series) ? StaticType(.series) : declared
  }
}

extension BuiltinEntry.Shape {
  /// It gives of numbers a number, and of series, or of series and numbers, a series.
  fileprivate var isElementwise: Bool {
    let result = signature.result.alternatives
    return result.contains(.number) && result.contains(.series) && parameters.first?.type == signature.result
  }
}
