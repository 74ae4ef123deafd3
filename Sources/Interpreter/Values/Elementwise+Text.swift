/// `+` on strings and lists.
extension Elementwise {
  static func join(_ left: Value, _ right: Value, _ evaluation: Evaluation) throws(Trap) -> Value {
    guard let a = left.string, let b = right.string else { return .none }
    let first = a.utf8
    let second = b.utf8
    let count = first.count + second.count
    try evaluation.charge(1 + count / 16)
    let memory = try evaluation.textMemory(count)
    let bytes = (memory + StringRef.bytesOffset).assumingMemoryBound(to: UInt8.self)
    if let source = first.baseAddress { bytes.update(from: source, count: first.count) }
    if let source = second.baseAddress { (bytes + first.count).update(from: source, count: second.count) }
    return Value(object: StringRef.seal(memory, count: count).pointer)
  }

  static func concatenate(_ left: Value, _ right: Value, _ evaluation: Evaluation) throws(Trap) -> Value {
    guard let a = left.list, let b = right.list else { return .none }
    try evaluation.charge(a.count + b.count)
    a.shareItems()
    b.shareItems()
    let result = try evaluation.list(capacity: a.count + b.count)
    result.items.update(from: a.items, count: a.count)
    (result.items + a.count).update(from: b.items, count: b.count)
    result.setCount(a.count + b.count)
    return result.value
  }
}
