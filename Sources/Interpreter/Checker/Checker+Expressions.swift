import Diagnostics
import MarketModel
import Syntax

extension Checker {
  private func check(_ format: FormatText?) {
    guard let format, case .failure(let problem) = ValueFormat.parse(format.text) else { return }
    report(.badFormat(problem.message, at: location(format.span)))
  }

  /// What an expression may be; checks it on the way.
  func infer(_ expression: Expression) -> StaticType {
    let type = find(expression)
    record?.note(expression, type)
    return type
  }

  private func find(_ expression: Expression) -> StaticType {
    switch expression.kind {
    case .number: return StaticType(.number)
    case .duration: return StaticType(.duration)
    case .date: return StaticType(.date)
    case .boolean: return StaticType(.bool)
    case .missing: return .missing
    case .none: return StaticType(.none)
    case .invalid: return .unknown
    case .name(let name): return self.name(name, expression)
    case .string(let literal):
      for case .interpolation(let value, let format) in literal.segments {
        _ = infer(value)
        check(format)
      }
      return StaticType(.string)
    case .parenthesized(let inner): return infer(inner)
    case .list(let items): return .list(items.reduce(.never) { $0.union(infer($1)) })
    case .map(let entries): return map(entries)
    case .listComprehension(let item, let clauses):
      self.clauses(clauses)
      return .list(infer(item))
    case .mapComprehension(let key, let value, let clauses):
      self.clauses(clauses)
      checkKey(infer(key), key)
      return .map(infer(value))
    case .unary(let op, let operand): return unary(op, operand)
    case .binary(let op, let left, let right): return binary(op, left, right, expression)
    case .range(let lower, let upper, _, let step):
      for end in [lower, upper, step] { if let end { number(end, "an end of the range") } }
      return .list(StaticType(.number))
    case .slice(let base, let lower, let upper, _):
      for end in [lower, upper] { if let end { number(end, "an end of the slice") } }
      return infer(base)
    case .index(let base, let index): return self.index(base, index, expression)
    case .call(let callee, let arguments): return call(callee, arguments, expression)
    case .methodCall(let receiver, let name, let arguments):
      return method(receiver, name, arguments, expression)
    case .member(let receiver, let name): return member(receiver, name, expression)
    case .lambda(let lambda):
      check(lambda)
      return StaticType(.function)
    case .conditional(let branch): return conditional(branch, used: true).type
    case .at(let date, let block): return at(date, block, used: true).type
    }
  }

  // MARK: Names

  private func name(_ name: String, _ expression: Expression) -> StaticType {
    switch resolution.references[expression.id] {
    case .local(let symbol), .global(let symbol): return types[symbol] ?? .unknown
    case .function, .builtin: return StaticType(.function)
    case .asOf:
      if flow.isDateless { report(.noAsOf("as_of"), at: expression.span) }
      return StaticType(.date)
    case .hold: return StaticType(.none)
    case .flat: return StaticType(.map)
    case .module(let module):
      report(.moduleAsValue(module, at: location(expression.span)))
      return .unknown
    case .member, nil: return .unknown
    }
  }

  private func member(_ receiver: Expression, _ name: Name, _ expression: Expression) -> StaticType {
    if case .member(let module, let member) = resolution.references[expression.id] {
      let isFunction = imports[module]?.functions.contains { $0.name.text == member } ?? false
      return isFunction ? StaticType(.function) : exports[module]?[member] ?? .unknown
    }
    if case .module = resolution.references[receiver.id] { return .unknown }
    let base = infer(receiver)
    if !base.mayBe(KindSet(kind: .map)) {
      var problem = Diagnostic.memberOfNoMap(base.sample, name.text)
      if library.entries[name.text] != nil {
        problem.fixIts = [FixIt(Span(Int(name.span.upper), Int(name.span.upper)), "()")]
      }
      report(problem, at: name.span)
      return .unknown
    }
    return base.isSurely(KindSet(kind: .map)) ? base.item : .unknown
  }

  // MARK: Collections

  private func map(_ entries: [MapEntry]) -> StaticType {
    var item = StaticType.never
    var seen: [String: Span] = [:]
    for entry in entries {
      checkKey(infer(entry.key), entry.key)
      item = item.union(infer(entry.value))
      guard let key = ConstantFolding().value(entry.key) else { continue }
      if let first = seen[key.text] {
        report(.repeatedKey(key.text, at: location(entry.key.span), first: location(first)))
      } else {
        seen[key.text] = entry.key.span
      }
    }
    return .map(item)
  }

  private func checkKey(_ type: StaticType, _ key: Expression) {
    let keys: KindSet = [.number, .bool, .series, KindSet(kind: .string), KindSet(kind: .date)]
    if !type.mayBe(keys) { report(.badKey(type.sample.described, nil), at: key.span) }
  }

  private func clauses(_ clauses: [Clause]) {
    for clause in clauses {
      switch clause {
      case .loop(let names, let sequence): iterate(names, over: sequence)
      case .condition(let condition): self.condition(condition, mayBeConstant: false)
      }
    }
  }

  private func number(_ expression: Expression, _ what: String) {
    let type = infer(expression)
    if !type.mayBe([.number, .series]) {
      report(.typeMismatch(expected: "a number", found: type.sample, what: what), at: expression.span)
    }
  }

  private func index(_ base: Expression, _ index: Expression, _ expression: Expression) -> StaticType {
    let collection = infer(base)
    let place = infer(index)
    let indexable: KindSet = [.containers, .series, KindSet(kind: .string)]
    if !collection.mayBe(indexable) {
      report(.notIndexable(collection.sample), at: base.span)
    } else if collection.isSurely(.series), case .number(let number) = folding.value(index), number >= 0 {
      report(.seriesIndex(Int(whole: number) ?? 0), at: expression.span)
    } else if !collection.mayBe(KindSet(kind: .map)), !place.mayBe([.number, .series]) {
      report(.typeMismatch(expected: "a whole number", found: place.sample, what: "an index"), at: index.span)
    }
    return collection.indexed
  }

  // MARK: Operators

  private func unary(_ op: UnaryOperator, _ operand: Expression) -> StaticType {
    let type = infer(operand)
    switch op {
    case .not:
      bool(type, operand)
      return StaticType(.bool)
    case .negate:
      let negatable: KindSet = [.number, .series, KindSet(kind: .map), KindSet(kind: .duration)]
      if !type.mayBe(negatable) {
        report(.badOperand(type.sample), at: operand.span)
        return .unknown
      }
      return type
    }
  }

  private func bool(_ type: StaticType, _ operand: Expression) {
    demand(.bool, of: operand)
    if !type.mayBe(.bool) { report(.conditionNotBool(type.sample, hint: type.sample == .series), at: operand.span) }
  }

  private func binary(_ op: BinaryOperator, _ left: Expression, _ right: Expression, _ whole: Expression) -> StaticType
  {
    let a = infer(left)
    let b = infer(right)
    switch op {
    case .and, .or:
      bool(a, left)
      bool(b, right)
      return StaticType(.bool)
    case .coalesce: return a.without(.none).scalar.union(b)
    case .equal, .notEqual:
      checkEquality(op, left, right, a, b, whole)
      return StaticType(.bool)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      if !StaticType.haveOrder(a, b) {
        report(.noOrder("`\(op.rawValue)`", a.sample, b.sample), at: whole.span)
      }
      return StaticType(.bool)
    case .in, .notIn:
      let collections: KindSet = [.containers, KindSet(kind: .string)]
      if !b.mayBe(collections) {
        report(
          .typeMismatch(expected: "a list, map or string", found: b.sample, what: "the right side of `\(op.rawValue)`"),
          at: right.span)
      }
      return StaticType(.bool)
    case .add, .subtract, .multiply, .divide, .remainder, .power:
      guard let arithmetic = op.arithmetic else { return .unknown }
      if let result = StaticType.arithmetic(arithmetic, a, b) { return result }
      report(.badOperands(arithmetic, a.sample, b.sample), at: whole.span)
      return .unknown
    }
  }

  private func checkEquality(
    _ op: BinaryOperator, _ left: Expression, _ right: Expression, _ a: StaticType, _ b: StaticType, _ whole: Expression
  ) {
    for (missing, other) in [(left, right), (right, left)] {
      guard case .missing = missing.kind else { continue }
      return report(
        .comparisonWithMissing(unit.file.text(other.span), negated: op == .notEqual, at: location(whole.span)))
    }
    if !StaticType.haveEquality(a, b) { report(.noEquality(a.sample, b.sample), at: whole.span) }
  }
}
