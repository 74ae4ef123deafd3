import Syntax

extension StaticType {
  /// The result of an operator, or `nil` where no pair of the operands' kinds fits.
  static func arithmetic(_ op: ArithmeticOperator, _ left: StaticType, _ right: StaticType) -> StaticType? {
    if left.kinds.rawValue == 0 || right.kinds.rawValue == 0 { return .never }
    var kinds = KindSet(rawValue: 0)
    for a in ValueKind.allCases where left.kinds.contains(a) {
      for b in ValueKind.allCases where right.kinds.contains(b) {
        if let result = pair(op, a, b) { kinds.formUnion(KindSet(kind: result)) }
      }
    }
    guard kinds.rawValue != 0 else { return nil }
    if left.isSurely(KindSet(kind: .list)), right.isSurely(KindSet(kind: .list)) {
      return .list(left.item.union(right.item))
    }
    return StaticType(kinds: kinds)
  }

  private static func pair(_ op: ArithmeticOperator, _ a: ValueKind, _ b: ValueKind) -> ValueKind? {
    switch (a, b) {
    case (.number, .number): .number
    case (.series, .number), (.number, .series), (.series, .series): .series
    case (.map, .number), (.number, .map): .map
    case (.map, .map): op == .remainder || op == .power ? nil : .map
    case (.string, .string): op == .add ? .string : nil
    case (.list, .list): op == .add ? .list : nil
    case (.date, .date): op == .subtract ? .number : nil
    case (.date, .duration): op == .add || op == .subtract ? .date : nil
    case (.duration, .date): op == .add ? .date : nil
    case (.duration, .duration): op == .add || op == .subtract ? .duration : nil
    case (.duration, .number), (.number, .duration): op == .multiply ? .duration : nil
    default: nil
    }
  }

  /// Whether `==` may compare the two.
  static func haveEquality(_ left: StaticType, _ right: StaticType) -> Bool {
    if left.mayBe(KindSet(kind: .none)) || right.mayBe(KindSet(kind: .none)) { return true }
    let shared = left.scalar.kinds.intersection(right.scalar.kinds)
    return shared.rawValue != 0 && shared != KindSet(kind: .function)
  }

  /// Whether `<` may compare the two.
  static func haveOrder(_ left: StaticType, _ right: StaticType) -> Bool {
    if left.kinds.rawValue == 0 || right.kinds.rawValue == 0 { return true }
    let ordered: KindSet = [.number, KindSet(kind: .string), KindSet(kind: .date), KindSet(kind: .duration)]
    return left.scalar.kinds.intersection(right.scalar.kinds).intersection(ordered).rawValue != 0
  }

  /// A series stands for its latest value.
  var scalar: StaticType {
    guard kinds.contains(.series) else { return self }
    var result = without(.series)
    result.kinds.formUnion(.number)
    return result
  }

  /// What an index gives.
  var indexed: StaticType {
    if isSurely(.containers) { return item }
    if isSurely(KindSet(kind: .string)) { return StaticType(.string) }
    if isSurely(.series) { return StaticType(.number) }
    return .unknown
  }

  /// What a loop with one name over it gives.
  var looped: StaticType {
    if isSurely(KindSet(kind: .list)) { return item }
    if isSurely(.series) { return StaticType(.number) }
    if isSurely(KindSet(kind: .string)) { return StaticType(.string) }
    return .unknown
  }
}

extension BinaryOperator {
  /// The arithmetic operator it is.
  var arithmetic: ArithmeticOperator? {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .remainder: .remainder
    case .power: .power
    case .coalesce, .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .notIn: nil
    }
  }
}
