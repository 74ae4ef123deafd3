import MarketModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A data folder of made-up prices, always the same: one file, in order of date.
enum GeneratedFolder {
  /// Writes the folder and gives the size of its file in megabytes.
  static func write(_ path: String, tickers: Int, sessions: Int) -> Double {
    mkdir(path, 0o755)
    mkdir(path + "/prices", 0o755)
    guard let file = fopen(path + "/prices/prices.csv", "w") else { return 0 }
    defer { fclose(file) }
    var size = put("date,ticker,open,high,low,close,volume\n", file)
    var cents = (0..<tickers).map { 2_000 + 37 * $0 % 9_000 }
    var state: UInt64 = 1
    var day = Day(10_959)
    for _ in 0..<sessions {
      day = day.addingWeekdays(1)
      var rows = ""
      for ticker in 0..<tickers {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let open = cents[ticker]
        let step = Int(state >> 33) % (open / 25 + 2) - open / 50
        let close = max(100, open + step)
        cents[ticker] = close
        let volume = Int(state >> 40) % 900_000 + 1_000
        rows += "\(day),T\(1_000 + ticker),\(price(open)),\(price(max(open, close) + 3)),"
        rows += "\(price(min(open, close) - 3)),\(price(close)),\(volume)\n"
      }
      size += put(rows, file)
    }
    return Double(size) / 1e6
  }

  private static func price(_ cents: Int) -> String {
    let rest = cents % 100
    return "\(cents / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
  }

  private static func put(_ text: String, _ file: UnsafeMutablePointer<FILE>) -> Int {
    var text = text
    return text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) }
  }
}
