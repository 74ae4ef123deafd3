/// The memory of a price table: the rows of each ticker in pieces, which are cut from large blocks.
///
/// Files are mostly in order of date, so the rows of all tickers grow together: pieces never move, where arrays would be
/// copied each time they grow.
final class PriceRowPieces: @unchecked Sendable {
  // Unchecked: who writes has the object alone, see `PriceTable`.

  /// Where a ticker's rows go.
  private struct Ticker {
    /// Where the next row goes, and where its piece ends.
    var next: UnsafeMutablePointer<PriceRow>?
    var end: UnsafeMutablePointer<PriceRow>?
    /// The first piece and the last, -1 for none.
    var first: Int32 = -1
    var last: Int32 = -1

    /// How many more rows the last piece has room for.
    var room: Int {
      guard let next, let end else { return 0 }
      return end - next
    }
  }

  /// Room for some rows.
  private struct Piece {
    var rows: UnsafeMutableBufferPointer<PriceRow>
    /// The piece after it, -1 for none.
    var following: Int32 = -1
  }

  /// How many rows there are.
  private(set) var count = 0
  private var tickers = UnsafeMutableBufferPointer<Ticker>.allocate(capacity: 0)
  private var pieces: [Piece] = []
  private var blocks: [UnsafeMutableBufferPointer<PriceRow>] = []
  // What of the last block is not cut yet.
  private var rest = UnsafeMutableBufferPointer<PriceRow>(start: nil, count: 0)

  init() {}

  /// A copy.
  init(_ other: PriceRowPieces) {
    for ticker in other.tickers.indices {
      other.forEachPiece(Int32(ticker)) { rows in
        for row in rows { append(row, of: Int32(ticker)) }
      }
    }
  }

  deinit {
    tickers.deallocate()
    for block in blocks { block.deallocate() }
  }

  /// Adds a row to those of a ticker.
  @inline(__always)
  func append(_ row: PriceRow, of ticker: Int32) {
    let place = Int(ticker)
    precondition(place >= 0, "tickers are counted from 0")
    if place >= tickers.count || tickers[place].next == tickers[place].end { makeRoom(place) }
    // There is room for a row at least.
    tickers[place].next?.initialize(to: row)
    tickers[place].next = tickers[place].next.map { $0 + 1 }
    count += 1
  }

  /// Gives the rows of a ticker, piece by piece.
  func forEachPiece(_ ticker: Int32, _ body: (UnsafeBufferPointer<PriceRow>) -> Void) {
    guard tickers.indices.contains(Int(ticker)) else { return }
    let ticker = tickers[Int(ticker)]
    var place = ticker.first
    while place >= 0 {
      let rows = UnsafeBufferPointer(pieces[Int(place)].rows)
      // All pieces but the last are full.
      body(UnsafeBufferPointer(rebasing: rows[..<(rows.count - (place == ticker.last ? ticker.room : 0))]))
      place = pieces[Int(place)].following
    }
  }

  /// How many rows the first piece of a ticker has; each has twice as many as the one before, up to a page.
  private static let (fewest, most) = (8, 64)
  /// How many rows the first block has; each has twice as many as the one before, up to a large page.
  private static let (smallest, largest) = (1 << 10, LargePages.size / MemoryLayout<PriceRow>.stride)

  private func makeRoom(_ place: Int) {
    if place >= tickers.count { grow(to: place + 1) }
    let number = Int32(pieces.count)
    let last = Int(tickers[place].last)
    let wanted = last < 0 ? PriceRowPieces.fewest : min(2 * pieces[last].rows.count, PriceRowPieces.most)
    let rows = cut(wanted)
    pieces.append(Piece(rows: rows))
    if last < 0 { tickers[place].first = number } else { pieces[last].following = number }
    tickers[place].last = number
    tickers[place].next = rows.baseAddress
    tickers[place].end = rows.baseAddress.map { $0 + rows.count }
  }

  /// Room for rows at the end of the last block.
  private func cut(_ count: Int) -> UnsafeMutableBufferPointer<PriceRow> {
    if rest.count < count { addBlock() }
    let piece = UnsafeMutableBufferPointer(rebasing: rest[..<count])
    rest = UnsafeMutableBufferPointer(rebasing: rest[count...])
    return piece
  }

  private func addBlock() {
    let count = min(2 * (blocks.last?.count ?? PriceRowPieces.smallest / 2), PriceRowPieces.largest)
    let size = count * MemoryLayout<PriceRow>.stride
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: size, alignment: size == LargePages.size ? size : 64)
    LargePages.advise(memory.baseAddress, size)
    rest = memory.bindMemory(to: PriceRow.self)
    blocks.append(rest)
  }

  private func grow(to count: Int) {
    let larger = UnsafeMutableBufferPointer<Ticker>.allocate(capacity: max(count, 2 * tickers.count))
    let known = larger.moveInitialize(fromContentsOf: tickers)
    larger[known...].initialize(repeating: Ticker())
    tickers.deallocate()
    tickers = larger
  }
}
