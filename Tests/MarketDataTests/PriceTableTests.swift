import MarketModel
import Testing

@testable import MarketData

/// The table that price rows are gathered in.
@Suite struct PriceTableTests {
  private func row(_ day: Int, _ close: Double) -> PriceRow {
    PriceRow(
      day: Int32(day), place: RowPlace(file: 0, line: Int32(day)), open: .nan, high: .nan, low: .nan, close: close,
      volume: .nan, adjustedClose: .nan)
  }

  /// Rows of many tickers by turns, of each as many as its number squared.
  private func filled(_ tickers: Int) -> PriceTable {
    var table = PriceTable()
    for ticker in 0..<tickers { _ = table.names.intern("T\(ticker)") }
    for day in 0..<(tickers * tickers) {
      for ticker in 0..<tickers where day < ticker * ticker {
        table.append(row(day, Double(ticker)), of: Int32(ticker))
      }
    }
    return table
  }

  @Test func rowsKeepTheirOrder() {
    let table = filled(40)
    #expect(table.count == (0..<40).reduce(0) { $0 + $1 * $1 })
    for (ticker, rows) in table.tickers.enumerated() {
      #expect(rows.map { Int($0.day) } == Array(0..<(ticker * ticker)))
      #expect(rows.allSatisfy { $0.close == Double(ticker) && $0.place.line == $0.day })
    }
    #expect(table.rows(of: 40).isEmpty && table.rows(of: 1_000_000).isEmpty)
  }

  @Test func aCopyDoesNotChangeWithTheOther() {
    let table = filled(12)
    var copy = table
    copy.append(row(9_999, 1), of: 11)
    copy.append(row(9_999, 1), of: 20)
    #expect(table.count + 2 == copy.count)
    #expect(table.rows(of: 11).count == 121 && copy.rows(of: 11).count == 122)
    #expect(table.rows(of: 20).isEmpty && copy.rows(of: 20).count == 1)
    #expect(copy.rows(of: 10).map(\.day) == table.rows(of: 10).map(\.day))
  }
}
