/// Rolling minimum and maximum with a monotonic queue: comparisons are exact, so the shortcut changes no bit.
enum RollingExtrema {
  /// Lane l: the extreme of `x[l..<l + length]`; of equal ones the earliest, as the scalar scan returns.
  static func fill(
    _ x: UnsafePointer<Double>, _ length: Int, lanes: Int, isMaximum: Bool, into out: UnsafeMutablePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: lanes + length - 1) { queue in
      var head = 0
      var tail = 0
      for index in 0..<(lanes + length - 1) {
        let value = x[index]
        while tail > head && (isMaximum ? x[queue[tail - 1]] < value : x[queue[tail - 1]] > value) { tail -= 1 }
        queue[tail] = index
        tail += 1
        let lane = index - length + 1
        if queue[head] < lane { head += 1 }
        if lane >= 0 { out[lane] = x[queue[head]] }
      }
    }
  }
}
