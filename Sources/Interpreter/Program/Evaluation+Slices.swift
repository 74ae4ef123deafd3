/// Work that one charge stands for is cut into slices, so that Ctrl-C and the limit of seconds need not wait for its end.
///
/// What goes through few elements, or calls functions of the script, needs none of this: each charge that uses up a slice
/// of steps is a look. A builtin that goes through millions of elements after one charge asks here.
extension Evaluation {
  /// How many elements lie between two looks, a power of two: some milliseconds of work, whatever is done with each.
  static var slice: Int { 1 << 16 }

  /// Fails where somebody wants the evaluation to end, or its time is over.
  func look() throws(Trap) { try machine.look(site) }

  /// Looks at the last element of each slice; for loops that go through elements one by one and do much for each.
  @inline(__always) func look(at place: Int) throws(Trap) {
    if place & (Evaluation.slice - 1) == Evaluation.slice - 1 { try look() }
  }

  /// Does work on elements in their order, slice by slice, with a look before each but the first.
  @inline(__always) func inSlices(
    _ count: Int, _ work: (Range<Int>) throws(Trap) -> Void
  ) throws(Trap) {
    var start = 0
    while start < count {
      if start > 0 { try look() }
      let end = min(start + Evaluation.slice, count)
      try work(start..<end)
      start = end
    }
  }
}
