/// `+` on strings and lists.
extension Elementwise {
  static func join(_ left: Value, _ right: Value, _ evaluation: Evaluation) throws(Trap) -> Value {
    guard let a = left.string, let b = right.string else { return .none }
    return try evaluation.joined(a, b)
  }

  static func concatenate(_ left: Value, _ right: Value, _ evaluation: Evaluation) throws(Trap) -> Value {
    guard let a = left.list, let b = right.list else { return .none }
    try evaluation.charge(a.count + b.count)
    a.shareItems()
    b.shareItems()
    let result = try evaluation.list(capacity: a.count + b.count)
    result.push(all: a)
    result.push(all: b)
    return result.value
  }
}
