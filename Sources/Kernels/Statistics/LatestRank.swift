/// The rank of the latest value among all.
enum LatestRank {
  /// 1 the smallest, ties averaged (pandas `rolling.rank`); divided by the count if `isFraction`.
  static func value(_ x: UnsafePointer<Double>, _ count: Int, isFraction: Bool) -> Double {
    let latest = x[count - 1]
    var below = 0
    var equal = 0
    for index in 0..<count {
      below += x[index] < latest ? 1 : 0
      equal += x[index] == latest ? 1 : 0
    }
    let rank = Double(below) + Double(equal + 1) / 2
    return isFraction ? rank / Double(count) : rank
  }
}
