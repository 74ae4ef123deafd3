import Kernels
import MarketModel

/// Randomness by counting: a number depends on the run's seed, `as_of`, the place of the call, and how often that place
/// was reached in this call of `signals`; never on a clock, an order or a thread.
enum RandomBuiltins {
  static let all: [Builtin] = [random, normal, choice]

  static let random = Builtin(
    "random() -> number", family: "randomness", doc: "A uniform number in [0, 1) with 53 bits.",
    examples: [.init("random() < 1", "true")], effect: .random
  ) { call throws(Trap) in Value(try call.nextRandom().uniform) }

  static let normal = Builtin(
    "normal() -> number", family: "randomness", doc: "A standard normal number: `norm_ppf` of a uniform one.",
    examples: [.init("normal().abs() < 9", "true")], effect: .random
  ) { call throws(Trap) in Value(try call.nextRandom().normal) }

  static let choice = Builtin(
    "choice(xs: list) -> any", family: "randomness",
    doc: "An item by chance: `xs[floor(u * len)]` of a uniform u. Of an empty list: an error.",
    examples: [.init("choice([7])", "7"), .init("choice([])", "E0404")], effect: .random
  ) { call throws(Trap) in
    let list = call.list(0)
    guard list.count > 0 else { throw call.evaluation.fail(.emptyList(call.name)) }
    let item = list[try call.nextRandom().index(below: list.count)]
    item.share()
    return item
  }
}

extension Call {
  /// The random number of this call, counted at its place.
  fileprivate func nextRandom() throws(Trap) -> CounterRandom {
    // It takes as long as some ten other calls.
    try evaluation.charge(8)
    let machine = evaluation.machine
    let count = machine.countRandomCall(evaluation.site)
    return CounterRandom(
      seed: machine.seed, day: evaluation.asOf?.rawValue ?? Context.noDay,
      site: UInt32(bitPattern: evaluation.site), count: UInt64(count))
  }
}
