import Diagnostics
import MarketModel
import Testing

@testable import Interpreter

/// `Sample` has a type `Value` of its own, its dictionary literals'.
typealias ScriptValue = Interpreter.Value

/// A value to call a builtin with, written as a literal.
indirect enum Sample: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case number(Double)
  case text(String)
  case bool(Bool)
  case none
  case list([Sample])
  case map([(Sample, Sample)])
  case day(String)
  case duration(String)
  case series([(String, Double)])
  case function(NativeFunction)

  static var na: Sample { .number(.missing(.unspecified)) }

  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(stringLiteral value: String) { self = .text(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(nilLiteral: ()) { self = .none }
  init(arrayLiteral elements: Sample...) { self = .list(elements) }
  init(dictionaryLiteral elements: (Sample, Sample)...) { self = .map(elements) }

  /// A function of one parameter.
  static func one(_ body: @escaping (ScriptValue) -> ScriptValue) -> Sample {
    .function(NativeFunction(count: 1) { arguments, _ in body(arguments[0]) })
  }

  /// A function of two parameters.
  static func two(_ body: @escaping (ScriptValue, ScriptValue) -> ScriptValue) -> Sample {
    .function(NativeFunction(count: 2) { arguments, _ in body(arguments[0], arguments[1]) })
  }
}

/// A function written in Swift, as a value of the language.
final class NativeFunction: Callable {
  typealias Body = (UnsafeMutablePointer<Value>, Evaluation) throws -> Value
  private let body: Body

  init(count: Int, _ body: @escaping Body) {
    self.body = body
    super.init(name: "native", requiredCount: count, maximumCount: count)
  }

  override func invoke(
    _ function: FunctionRef?, _ context: UnsafeMutablePointer<Context>, _ arguments: UnsafeMutablePointer<Value>,
    count: Int, site: Int32
  ) throws(Trap) -> Value {
    let evaluation = Evaluation(context: context, site: site, top: arguments + count)
    do { return try body(arguments, evaluation) } catch { throw Trap() }
  }
}

/// A machine on which builtins are called one by one.
final class BuiltinBench {
  static let library = BuiltinLibrary(BuiltinLibrary.coreBuiltins)

  let machine: Machine
  private var functions: [NativeFunction] = []

  init(limits: Limits = Limits(), asOf: Day? = Day(iso: "2024-06-28")) {
    machine = Machine(limits: limits, host: BareHost())
    machine.begin(asOf: asOf)
  }

  func value(_ sample: Sample) throws(Trap) -> Value {
    let evaluation = machine.evaluation
    switch sample {
    case .number(let number): return Value(number)
    case .text(let text): return try evaluation.string(text)
    case .bool(let bool): return Value(bool)
    case .none: return .none
    case .day(let text): return Day(iso: text).map { Value($0) } ?? .none
    case .duration(let text): return CalendarDuration(text).map { Value($0) } ?? .none
    case .list(let items):
      let list = try evaluation.list(capacity: items.count)
      for item in items { try evaluation.append(try value(item), to: list) }
      return list.value
    case .map(let entries):
      let map = try evaluation.map(capacity: entries.count)
      for entry in entries { try evaluation.set(try value(entry.0), try value(entry.1), in: map) }
      return map.value
    case .series(let observations):
      let days = try evaluation.days(observations.count)
      let values = try evaluation.doubles(observations.count)
      for (place, observation) in observations.enumerated() {
        days[place] = Day(iso: observation.0)?.rawValue ?? 0
        values[place] = observation.1
      }
      return try evaluation.series(
        Evaluation.SeriesSource(
          days: UnsafePointer(days), values: UnsafePointer(values), count: observations.count,
          cut: evaluation.asOf ?? .latest)
      ).value
    case .function(let function):
      functions.append(function)
      let memory = try evaluation.allocate(FunctionRef.capturesOffset)
      return Value(object: FunctionRef.initialize(memory, function, captures: 0).pointer)
    }
  }

  /// Calls a builtin with values that exist already.
  func call(_ name: String, values: [Value]) throws(Trap) -> Value {
    guard let entry = BuiltinBench.library.entries[name] else { return .none }
    let frame = machine.stackStart
    for (place, value) in values.enumerated() {
      value.share()
      frame[place] = value
    }
    return try entry.invoke(nil, machine.context, frame, count: values.count, site: -1)
  }

  /// What a call gives, as interpolation prints it, or the code of the error it gives.
  func result(_ name: String, _ arguments: [Sample]) -> String {
    do throws(Trap) {
      var values: [Value] = []
      for argument in arguments { values.append(try value(argument)) }
      return try ValueText.text(try call(name, values: values), machine.evaluation)
    } catch {
      return machine.fault?.diagnostic.code ?? "no fault"
    }
  }
}

/// Checks what a builtin gives in its canonical text, or the code of its error.
func check(
  _ name: String, _ arguments: [Sample], _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(BuiltinBench().result(name, arguments) == expected, "\(name)", sourceLocation: sourceLocation)
}
