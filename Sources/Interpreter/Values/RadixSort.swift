/// Sorting of 64-bit codes in ascending order, alone or with the places they came from: insertion for a few, radix for
/// many. Stable.
///
/// The scratch memory, less than three times the codes', is given back at once and is no part of the evaluation's, which
/// is asked between slices whether it is to end.
struct RadixSort {
  private let evaluation: Evaluation
  private let count: Int
  /// Bits of a digit: small tables for few codes, fewer passes for many.
  private let digitBits: UInt64
  private let passes: Int
  private let mask: UInt64

  private static let few = 48

  private init(count: Int, _ evaluation: Evaluation) {
    self.evaluation = evaluation
    self.count = count
    digitBits = count < 4_096 ? 8 : 11
    passes = (63 + Int(digitBits)) / Int(digitBits)
    mask = 1 << digitBits - 1
  }

  /// Sorts codes in place.
  static func sort(_ codes: UnsafeMutablePointer<UInt64>, count: Int, _ evaluation: Evaluation) throws(Trap) {
    if count <= few { return insert(codes, count: count) }
    try RadixSort(count: count, evaluation).sort(codes)
  }

  /// Sorts codes and the places that go with them, both in place.
  static func sort(
    _ codes: UnsafeMutablePointer<UInt64>, _ places: UnsafeMutablePointer<Int32>, count: Int, _ evaluation: Evaluation
  ) throws(Trap) {
    if count <= few { return insert(codes, places, count: count) }
    try RadixSort(count: count, evaluation).sort(codes, places)
  }

  private func sort(_ codes: UnsafeMutablePointer<UInt64>) throws(Trap) {
    let spare = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    let tables = emptyTables()
    defer {
      spare.deallocate()
      tables.deallocate()
    }
    try count(codes, into: tables)
    var (from, to) = (codes, spare)
    for pass in 0..<passes {
      let shift = UInt64(pass) * digitBits
      guard let starts = starts(tables, pass, any: digit(from[0], shift)) else { continue }
      try evaluation.inSlices(count) { slice in
        for index in slice {
          let code = from[index]
          let bucket = digit(code, shift)
          to[Int(starts[bucket])] = code
          starts[bucket] += 1
        }
      }
      swap(&from, &to)
    }
    if from != codes { codes.update(from: from, count: count) }
  }

  private func sort(
    _ codes: UnsafeMutablePointer<UInt64>, _ places: UnsafeMutablePointer<Int32>
  ) throws(Trap) {
    let spareCodes = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    let sparePlaces = UnsafeMutablePointer<Int32>.allocate(capacity: count)
    let tables = emptyTables()
    defer {
      spareCodes.deallocate()
      sparePlaces.deallocate()
      tables.deallocate()
    }
    try count(codes, into: tables)
    var (from, to) = ((codes, places), (spareCodes, sparePlaces))
    for pass in 0..<passes {
      let shift = UInt64(pass) * digitBits
      guard let starts = starts(tables, pass, any: digit(from.0[0], shift)) else { continue }
      try evaluation.inSlices(count) { slice in
        for index in slice {
          let code = from.0[index]
          let bucket = digit(code, shift)
          let target = Int(starts[bucket])
          starts[bucket] += 1
          to.0[target] = code
          to.1[target] = from.1[index]
        }
      }
      swap(&from, &to)
    }
    if from.0 != codes {
      codes.update(from: from.0, count: count)
      places.update(from: from.1, count: count)
    }
  }

  @inline(__always) private func digit(_ code: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: code >> shift & mask)
  }

  /// Tables of zeros, one a pass.
  private func emptyTables() -> UnsafeMutablePointer<Int32> {
    let size = passes * (Int(mask) + 1)
    let tables = UnsafeMutablePointer<Int32>.allocate(capacity: size)
    tables.initialize(repeating: 0, count: size)
    return tables
  }

  /// Counts how often each digit occurs.
  private func count(
    _ codes: UnsafeMutablePointer<UInt64>, into tables: UnsafeMutablePointer<Int32>
  ) throws(Trap) {
    let buckets = Int(mask) + 1
    try evaluation.inSlices(count) { slice in
      for index in slice {
        var code = codes[index]
        var table = tables
        for _ in 0..<passes {
          table[Int(truncatingIfNeeded: code & mask)] += 1
          code >>= digitBits
          table += buckets
        }
      }
    }
  }

  /// Where each bucket of a pass starts, in the table's place; `nil` if all codes have one digit, so that nothing moves.
  private func starts(_ tables: UnsafeMutablePointer<Int32>, _ pass: Int, any: Int) -> UnsafeMutablePointer<Int32>? {
    let buckets = Int(mask) + 1
    let table = tables + pass * buckets
    if Int(table[any]) == count { return nil }
    var total: Int32 = 0
    for bucket in 0..<buckets { (table[bucket], total) = (total, total + table[bucket]) }
    return table
  }

  private static func insert(_ codes: UnsafeMutablePointer<UInt64>, count: Int) {
    var end = 1
    while end < count {
      let code = codes[end]
      var hole = end
      while hole > 0, codes[hole - 1] > code {
        codes[hole] = codes[hole - 1]
        hole -= 1
      }
      codes[hole] = code
      end += 1
    }
  }

  private static func insert(_ codes: UnsafeMutablePointer<UInt64>, _ places: UnsafeMutablePointer<Int32>, count: Int) {
    var end = 1
    while end < count {
      let (code, place) = (codes[end], places[end])
      var hole = end
      while hole > 0, codes[hole - 1] > code {
        codes[hole] = codes[hole - 1]
        places[hole] = places[hole - 1]
        hole -= 1
      }
      codes[hole] = code
      places[hole] = place
      end += 1
    }
  }
}
