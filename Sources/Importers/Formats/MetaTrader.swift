import MarketData
import MarketModel

extension Importer {
  /// Daily bars that MetaTrader exports.
  static let metaTrader = Importer(
    "metatrader", title: "MetaTrader 5, daily bars of one symbol",
    columns: .prices(
      own: bracketed.merging([.volume: ["<VOL>"]]) { $1 },
      more: [.text("<TIME>", need: .optional)]),
    files: "In UTF-16 or UTF-8, with tabs. The symbol is the file's name up to `_Daily`, or `--name`.",
    release: "A row is known at the cut of its date.",
    exampleName: "EURUSD_Daily_202001020000_202001030000.csv",
    example: """
      <DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>
      2020.01.02\t1.12132\t1.12247\t1.11636\t1.11715\t61216\t0\t0
      2020.01.03\t1.11718\t1.11800\t1.11249\t1.11597\t74062\t0\t0
      """,
    isSure: { start, match in
      match["<DATE>"].map { start.header[$0].hasPrefix("<") } ?? false && match["ticker"] == nil
    },
    read: { reader in
      let parts = reader.start.baseName.split(separator: "_")
      let isDaily = parts.count > 1 && parts[1].lowercased() == "daily"
      let ticker = reader.options.name ?? (isDaily ? String(parts[0]) : reader.start.baseName)
      let time = reader.column("<TIME>")
      PriceRows(reader, own: bracketed.merging([.volume: ["<VOL>"]]) { $1 }).read(
        &reader, ticker: ticker,
        isBar: { row in
          guard let time, row.text(time).contains(where: { ("1"..."9").contains($0) }) else { return true }
          row.report(.notDaily(row.text(time), at: row.location(time)))
          return false
        })
    })
}
