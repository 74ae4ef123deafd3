import MarketModel

extension FileKind {
  /// Whether a file with this header holds rows of the kind.
  package func fits(_ header: [String]) -> Bool {
    let columns = FileHeader(header, fields: fields)
    let needed = required + (self == .prices ? [.close] : [])
    return columns.twice == nil && needed.allSatisfy { columns[$0] != nil }
      && (anyOf.isEmpty || anyOf.contains { columns[$0] != nil })
  }

  /// Whether a header is that of wide closes, a column for each ticker.
  package static func isWide(_ header: [String]) -> Bool {
    TableReader.isWide(FileHeader(header, fields: FileKind.prices.fields), .prices)
  }

  /// Adds the rows of a file of the kind.
  ///
  /// - Parameter releaseLag: when figures without a release time became known.
  package func read(
    _ text: UnsafeBufferPointer<UInt8>, path: String, baseName: String, releaseLag: ReleaseLag?,
    into tables: inout MarketTables
  ) {
    let table = self == .flows ? 1 : 0
    let first = tables.series[table].rows.count
    let file = FolderListing.File(kind: self, path: path, baseName: baseName)
    var reader = TableReader(file, number: tables.place.file)
    reader.read(text, into: &tables)
    reader.finish(&tables)
    guard self == .series || self == .flows, let releaseLag else { return }
    for place in first..<tables.series[table].rows.count where tables.series[table].rows[place].release == nil {
      let observation = Day(rawValue: tables.series[table].rows[place].observation)
      tables.series[table].rows[place].release = releaseLag.release(of: observation).microseconds
    }
  }
}
