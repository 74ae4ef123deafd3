extension LaneEvaluator {
  // MARK: Numbers

  /// The node as a number in each lane; a lane in which it is missing is given up.
  func numbers(_ node: Node) throws(Trap) -> [Double] { try numbers(try value(node)) }

  /// - Parameter condition: the condition that is missing where the number is.
  private func numbers(_ value: LaneValue, of condition: Node? = nil) throws(Trap) -> [Double] {
    switch value {
    case .numbers(let numbers), .derived(let numbers): return numbers
    case .series(let series): return try latest(series, of: condition)
    case .same(let value):
      guard value.isNumber, !value.raw.isNaN else { throw refuse() }
      return Array(repeating: value.raw, count: days.count)
    case .truths, .map, .values, .date: throw refuse()
    }
  }

  /// The latest number of a series in each lane, as a scalar context sees it.
  func latest(_ series: LaneSeries, of condition: Node? = nil) throws(Trap) -> [Double] {
    var result = Array(repeating: 0.0, count: days.count)
    for lane in days.indices where active[lane] && !series.isFresh[lane] { giveUp(lane) }
    var (least, most) = (Int.max, 0)
    for lane in days.indices where active[lane] {
      least = min(least, series.ends[lane])
      most = max(most, series.ends[lane])
    }
    if most == 0 { return result }
    let range = least - 1..<most
    let values = try series.last.baseValues(range, machine.evaluation)
    for lane in days.indices where active[lane] {
      let base = values[series.ends[lane] - least]
      let scale = series.scales[lane]
      // One product, as a series makes of its number and its factor.
      result[lane] = scale == 1 ? base : base * scale
      if !result[lane].isFinite { giveUp(lane, base, of: condition) }
    }
    return result
  }

  /// Arithmetic, side by side: a result that is not finite is left to the date alone.
  func arithmetic(_ node: Node) throws(Trap) -> LaneValue {
    switch node {
    case let node as AddNode: return try apply(.add, value(node.left), value(node.right))
    case let node as SubtractNode: return try apply(.subtract, value(node.left), value(node.right))
    case let node as MultiplyNode: return try apply(.multiply, value(node.left), value(node.right))
    case let node as DivideNode: return try apply(.divide, value(node.left), value(node.right))
    case let node as AddLocalConstantNode: return try apply(.add, local(node.slot), node.constant)
    case let node as MultiplyLocalConstantNode: return try apply(.multiply, local(node.slot), node.constant)
    case let node as AddLocalsNode: return try apply(.add, local(node.left), local(node.right))
    case let node as SubtractLocalsNode: return try apply(.subtract, local(node.left), local(node.right))
    case let node as MultiplyLocalsNode: return try apply(.multiply, local(node.left), local(node.right))
    case let node as AddLocalNode: return try apply(.add, value(node.left), local(node.right))
    case let node as AddConstantNode: return try apply(.add, value(node.left), node.constant)
    case let node as ScaleConstantNode:
      return try apply(node.isDivision ? .divide : .multiply, value(node.left), node.constant)
    case let node as NegateNode:
      guard case .numbers(let numbers) = try value(node.operand) else { throw refuse() }
      return .numbers(numbers.map { -$0 })
    default: throw refuse()
    }
  }

  private func apply(_ operation: ArithmeticOperator, _ left: LaneValue, _ right: Double) throws(Trap) -> LaneValue {
    try apply(operation, left, .same(Value(right)))
  }

  private func apply(
    _ operation: ArithmeticOperator, _ left: LaneValue, _ right: LaneValue
  ) throws(Trap) -> LaneValue {
    // Arithmetic of a series and a number makes a series of each of its numbers; two series must agree in their dates,
    // and of a map or list another one is made.
    guard left.isNumeric || right.isNumeric, left.isArithmetic, right.isArithmetic else { throw refuse() }
    let (a, b) = (try numbers(left), try numbers(right))
    var result = a
    switch operation {
    case .add: for lane in a.indices { result[lane] = a[lane] + b[lane] }
    case .subtract: for lane in a.indices { result[lane] = a[lane] - b[lane] }
    case .multiply: for lane in a.indices { result[lane] = a[lane] * b[lane] }
    case .divide: for lane in a.indices { result[lane] = a[lane] / b[lane] }
    default: throw refuse()
    }
    for lane in result.indices where active[lane] && !result[lane].isFinite { giveUp(lane) }
    return left.isNumeric && right.isNumeric ? .numbers(result) : .derived(result)
  }

  // MARK: Truths

  /// The node as a condition in each lane.
  ///
  /// - Parameter decided: whether it is decided on right away, so that a lane in which it is missing has no more to tell.
  func truths(_ node: Node, decided: Bool = false) throws(Trap) -> [Bool] {
    let condition = decided ? node : nil
    switch node {
    case let node as LessNode: return try order(.less, value(node.left), value(node.right), condition)
    case let node as GreaterNode: return try order(.greater, value(node.left), value(node.right), condition)
    case let node as OrderNode: return try order(node.operation, value(node.left), value(node.right), condition)
    case let node as OrderLocalConstantNode:
      return try order(node.operation, local(node.slot), .same(Value(node.constant)), condition)
    case let node as EqualNode: return try equality(node)
    case let node as NotNode: return try truths(node.operand).map { !$0 }
    case let node as AndNode:
      let left = try truths(node.left)
      return zip(left, try truths(node.right, where: left)).map { $0 && $1 }
    case let node as OrNode:
      let left = try truths(node.left)
      return zip(left, try truths(node.right, where: left.map { !$0 })).map { $0 || $1 }
    case is TruthNode: throw refuse()
    default:
      switch try value(node) {
      case .truths(let truths): return truths
      case .same(let value):
        guard let truth = value.bool else { throw refuse() }
        return Array(repeating: truth, count: days.count)
      case .numbers, .series, .derived, .map, .values, .date: throw refuse()
      }
    }
  }

  /// A condition that only some lanes ask; false in the others.
  private func truths(_ node: Node, where lanes: [Bool]) throws(Trap) -> [Bool] {
    let asked = zip(active, lanes).map { $0 && $1 }
    guard asked.contains(true) else { return Array(repeating: false, count: days.count) }
    return try with(asked) { () throws(Trap) in try truths(node) }
  }

  private func order(
    _ operation: OrderOperator, _ left: LaneValue, _ right: LaneValue, _ condition: Node?
  ) throws(Trap) -> [Bool] {
    let (a, b) = (try numbers(left, of: condition), try numbers(right, of: condition))
    switch operation {
    case .less: return a.indices.map { a[$0] < b[$0] }
    case .lessOrEqual: return a.indices.map { a[$0] <= b[$0] }
    case .greater: return a.indices.map { a[$0] > b[$0] }
    case .greaterOrEqual: return a.indices.map { a[$0] >= b[$0] }
    }
  }

  private func equality(_ node: EqualNode) throws(Trap) -> [Bool] {
    let (left, right) = (try value(node.left), try value(node.right))
    guard left.isNumeric, right.isNumeric else { throw refuse() }
    let (a, b) = (try numbers(left), try numbers(right))
    return a.indices.map { (a[$0] == b[$0]) != node.isNegated }
  }
}

extension LaneValue {
  /// Whether it is a number in each lane.
  fileprivate var isNumeric: Bool {
    switch self {
    case .numbers: true
    case .same(let value): value.isNumber
    case .truths, .series, .derived, .map, .values, .date: false
    }
  }

  /// Whether arithmetic computes with a number of each lane.
  fileprivate var isArithmetic: Bool {
    switch self {
    case .series, .derived: true
    case .same, .numbers, .truths, .map, .values, .date: isNumeric
    }
  }
}
