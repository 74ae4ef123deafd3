/// Stable sorting of numbers, missing ones last in both directions and in their order.
public enum SortedOrder {
  /// The indices of `keys` in sorted order. Equal keys (0 and −0 are) keep their order, also when descending.
  public static func permutation(_ keys: UnsafeBufferPointer<Double>, isDescending: Bool = false) -> [Int] {
    var entries = [RadixSort.Entry]()
    var missing = [Int]()
    entries.reserveCapacity(keys.count)
    for (index, key) in keys.enumerated() {
      if key.isNaN {
        missing.append(index)
      } else {
        let unsigned = RadixSort.unsigned(key + 0.0)
        entries.append(RadixSort.Entry(key: isDescending ? ~unsigned : unsigned, index: index))
      }
    }
    RadixSort.sort(&entries)
    return entries.map(\.index) + missing
  }

  /// The indices of an array in sorted order; see the other overload.
  public static func permutation(_ keys: [Double], isDescending: Bool = false) -> [Int] {
    keys.withUnsafeBufferPointer { permutation($0, isDescending: isDescending) }
  }

  /// Sorts numbers in place.
  public static func sort(_ values: UnsafeMutableBufferPointer<Double>, isDescending: Bool = false) {
    let order = permutation(UnsafeBufferPointer(values), isDescending: isDescending)
    let sorted = order.map { values[$0] }
    for (index, value) in sorted.enumerated() { values[index] = value }
  }
}

/// Sorts entries by 64-bit keys, stably: insertion for a few, byte by byte for many.
enum RadixSort {
  /// A key and where it came from.
  struct Entry {
    var key: UInt64
    var index: Int
  }

  /// A double's key in unsigned order.
  @inline(__always) static func unsigned(_ value: Double) -> UInt64 {
    UInt64(bitPattern: OrderedKey.key(value)) ^ 0x8000_0000_0000_0000
  }

  /// Sorts by key, ascending.
  static func sort(_ entries: inout [Entry]) {
    if entries.count <= 48 { return insertionSort(&entries) }
    var spare = [Entry](repeating: Entry(key: 0, index: 0), count: entries.count)
    var varying: UInt64 = 0
    for entry in entries { varying |= entry.key ^ entries[0].key }
    for shift in stride(from: UInt64(0), to: 64, by: 8) where (varying >> shift) & 0xFF != 0 {
      pass(entries, into: &spare, shift: shift)
      swap(&entries, &spare)
    }
  }

  private static func pass(_ entries: [Entry], into sorted: inout [Entry], shift: UInt64) {
    var places = [Int](repeating: 0, count: 257)
    for entry in entries { places[Int((entry.key >> shift) & 0xFF) + 1] += 1 }
    for byte in 1...256 { places[byte] += places[byte - 1] }
    for entry in entries {
      let byte = Int((entry.key >> shift) & 0xFF)
      sorted[places[byte]] = entry
      places[byte] += 1
    }
  }

  private static func insertionSort(_ entries: inout [Entry]) {
    for next in entries.indices.dropFirst() {
      let entry = entries[next]
      var place = next
      while place > 0 && entries[place - 1].key > entry.key {
        entries[place] = entries[place - 1]
        place -= 1
      }
      entries[place] = entry
    }
  }
}
