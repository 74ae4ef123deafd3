import MarketModel

extension FileKind {
  /// Whether a file with this header holds rows of the kind.
  package func fits(_ header: [String]) -> Bool {
    let columns = FileHeader(header, fields: fields)
    let needed = required + (self == .prices ? [.close] : [])
    return columns.twice == nil && needed.allSatisfy { columns[$0] != nil }
  }

  /// Whether a header is that of wide closes, a column for each ticker.
  package static func isWide(_ header: [String]) -> Bool {
    TableReader.isWide(FileHeader(header, fields: FileKind.prices.fields), .prices)
  }

  /// Adds the rows of a file of the kind.
  ///
  /// - Parameter releaseLag: when macro figures without a release time became known.
  package func read(
    _ text: UnsafeBufferPointer<UInt8>, path: String, baseName: String, releaseLag: ReleaseLag?,
    into tables: inout MarketTables
  ) {
    let first = tables.series[0].rows.count
    let file = FolderListing.File(kind: self, path: path, baseName: baseName)
    var reader = TableReader(file, number: tables.place.file)
    reader.read(text, into: &tables)
    reader.finish(&tables)
    guard self == .series, let releaseLag else { return }
    for place in first..<tables.series[0].rows.count where tables.series[0].rows[place].release == nil {
      let observation = Day(rawValue: tables.series[0].rows[place].observation)
      tables.series[0].rows[place].release = releaseLag.release(of: observation).microseconds
    }
  }
}
