import Diagnostics
import MarketModel

/// What tests ask.
enum TestingBuiltins {
  static let all: [Builtin] = [approx, fails]

  static let approx = Builtin(
    "approx(a: any, b: any, rel: number = 1e-9, abs: number = 1e-12) -> bool", family: "tests",
    doc: "Whether two numbers are close: `|a - b| <= max(rel * max(|a|, |b|), abs)` (Python `isclose`). Lists and maps "
      + "item by item; `na` equals `na`.",
    examples: [
      .init("approx(0.1 + 0.2, 0.3)", "true"), .init("approx(1, 1.1, rel: 0.2)", "true"),
      .init("approx([1, na], [1, na])", "true"), .init("approx([\"A\": 1], [\"A\": 2])", "false"),
      .init("approx(1, \"1\")", "E0306"),
    ]
  ) { call throws(Trap) in
    let tolerance = Tolerance(relative: call.number(2), absolute: call.number(3))
    guard tolerance.relative >= 0, tolerance.absolute >= 0 else {
      throw call.fail("`rel` and `abs` of `approx` must be 0 or more")
    }
    return Value(try tolerance.allows(call[0], call[1], call.evaluation, depth: 0))
  }

  static let fails = Builtin(
    "fails(f: function) -> bool", family: "tests",
    doc:
      "Whether calling a function without parameters fails: in tests, in what only they call, and at the prompt; where "
      + "`signals` reaches it, it is an error. What the limits of steps, memory and output stop stays stopped.",
    examples: [
      .init("fails(() -> error(\"no\"))", "true"), .init("fails(() -> 1)", "false"),
      .init("fails(() -> [][0])", "true"),
    ], effect: .testing
  ) { call throws(Trap) in
    let context = call.evaluation.context
    let machine = call.evaluation.machine
    let (depth, asOf) = (context.pointee.depth, context.pointee.asOf)
    let returned = context.pointee.returned
    do throws(Trap) {
      _ = try call.evaluation.invoke(call.function(0))
      return Value(false)
    } catch {
      if let code = machine.fault?.diagnostic.code, TestingBuiltins.isFinal(code) { throw error }
      // Finding the words and the place of an error takes longer than most steps.
      try call.evaluation.charge(stepsOfFailing)
      context.pointee.depth = depth
      context.pointee.asOf = asOf
      context.pointee.returned = returned
      machine.fault = nil
      return Value(true)
    }
  }

  /// Steps that an error costs which is caught.
  private static let stepsOfFailing = 200

  /// Whether an error ends the whole test: what was used up stays used up, and who interrupts wants an end.
  private static func isFinal(_ code: String) -> Bool {
    [DiagnosticRecord.stepLimit, .timeLimit, .memoryLimit, .outputLimit, .interrupted].contains { $0.code == code }
  }
}

/// How far two numbers may be apart.
private struct Tolerance {
  let relative: Double
  let absolute: Double

  /// Whether two values agree: numbers within the tolerance, everything else exactly, lists and maps item by item.
  func allows(_ left: Value, _ right: Value, _ evaluation: Evaluation, depth: Int) throws(Trap) -> Bool {
    let left = try evaluation.latest(left)
    let right = try evaluation.latest(right)
    if left.isNumber, right.isNumber { return allows(left.raw, right.raw) }
    if let a = left.list, let b = right.list { return try allows(a, b, evaluation, depth: depth + 1) }
    if let a = left.map, let b = right.map { return try allows(a, b, evaluation, depth: depth + 1) }
    return try Equality.equal(left, right, evaluation) == .yes
  }

  private func allows(_ left: Double, _ right: Double) -> Bool {
    if left.isNaN || right.isNaN { return left.isNaN && right.isNaN }
    if left == right { return true }
    // Halves, so that the distance of the largest numbers does not overflow.
    let distance = (left / 2 - right / 2).magnitude
    return distance <= max(relative * max(left.magnitude, right.magnitude) / 2, absolute / 2)
  }

  private func allows(_ left: ListRef, _ right: ListRef, _ evaluation: Evaluation, depth: Int) throws(Trap) -> Bool {
    if left.count != right.count { return false }
    try evaluation.descend(to: depth, over: left.count)
    for place in 0..<left.count
    where try !allows(left[place], right[place], evaluation, depth: depth) { return false }
    return true
  }

  private func allows(_ left: MapRef, _ right: MapRef, _ evaluation: Evaluation, depth: Int) throws(Trap) -> Bool {
    if left.count != right.count { return false }
    try evaluation.descend(to: depth, over: left.count)
    for place in 0..<left.count {
      let entry = left.entries[place]
      guard let other = try evaluation.value(of: entry.key, in: right),
        try allows(entry.value, other, evaluation, depth: depth)
      else { return false }
    }
    return true
  }
}
