import Backtest
import Diagnostics
import Interpreter
import Kernels
import MarketData
import MarketModel

/// The portfolio as it stands: before today's decision, marked at today's close. Inside `at` it is still the present one.
enum PortfolioPrimitives {
  static let all = [weight, weights, equity, cash, drawdown, lastRebalance, heldSince, unrealized]

  private static let family = "portfolio"

  static let weight = Builtin(
    "weight(ticker: ticker) -> number", family: family, doc: "Position over equity; 0 if none is held.",
    examples: [.init("weight(\"SPY\")", "0")], effect: .readsPortfolio
  ) { call throws(Trap) in
    guard let position = try position(call) else { return Value(0.0) }
    return Value((position.value / call.host.portfolio.equity).settled)
  }

  static let weights = Builtin(
    "weights() -> map[number]", family: family, doc: "Position over equity for each held name, by ticker ascending.",
    examples: [.init("len(weights())", "0")], effect: .readsPortfolio
  ) { call throws(Trap) in
    _ = try call.asOf()
    let portfolio = call.host.portfolio
    let map = try call.evaluation.map(capacity: portfolio.positions.count)
    for position in portfolio.positions {
      let name = try call.evaluation.string(call.host.view.name(of: position.ticker))
      try call.evaluation.set(name, Value((position.value / portfolio.equity).settled), in: map)
    }
    return map.value
  }

  static let equity = Builtin(
    "equity() -> number", family: family, doc: "Cash plus all positions, in the run's currency.",
    examples: [.init("equity()", "1000000")], effect: .readsPortfolio
  ) { call throws(Trap) in
    _ = try call.asOf()
    return Value(call.host.portfolio.equity)
  }

  static let cash = Builtin(
    "cash() -> number", family: family, doc: "Cash in the run's currency; may be negative.",
    examples: [.init("cash()", "1000000")], effect: .readsPortfolio
  ) { call throws(Trap) in
    _ = try call.asOf()
    return Value(call.host.portfolio.cash)
  }

  static let drawdown = Builtin(
    "drawdown() -> number", family: family,
    doc: "Without argument: the portfolio's equity over its highest so far, less 1; never positive.",
    examples: [.init("drawdown()", "0")], effect: .readsPortfolio
  ) { call throws(Trap) in
    _ = try call.asOf()
    return Value(call.host.portfolio.drawdown)
  }

  static let lastRebalance = Builtin(
    "last_rebalance() -> date?", family: family, doc: "The date of the last fill; `none` before the first.",
    examples: [.init("last_rebalance()", "none")], effect: .readsPortfolio
  ) { call throws(Trap) in
    _ = try call.asOf()
    return call.host.portfolio.lastFill.map { Value($0) } ?? .none
  }

  static let heldSince = Builtin(
    "held_since(ticker: ticker) -> date?", family: family,
    doc: "The fill that opened the position; `none` without one.",
    examples: [.init("held_since(\"SPY\")", "none")], effect: .readsPortfolio
  ) { call throws(Trap) in
    try position(call).map { Value($0.opened) } ?? .none
  }

  static let unrealized = Builtin(
    "unrealized(ticker: ticker) -> number", family: family,
    doc: "(position − basis) / |basis| at average cost; 0 without a position.",
    examples: [.init("unrealized(\"SPY\")", "0")], effect: .readsPortfolio
  ) { call throws(Trap) in
    guard let position = try position(call), position.basis != 0 else { return Value(0.0) }
    return Value(((position.value - position.basis) / abs(position.basis)).settled)
  }

  private static func position(_ call: borrowing Call) throws(Trap) -> PortfolioView.Position? {
    _ = try call.asOf()
    return call.host.portfolio.position(try call.ticker(0, call.host.view))
  }
}
