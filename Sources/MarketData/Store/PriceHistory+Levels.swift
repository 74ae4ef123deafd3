import Locks
public import MarketModel

// The columns that follow from others: made once, when first asked for, since most scripts never ask.
extension PriceHistory {
  /// The level at each row's open.
  public var openLevel: Column<Double> { adjusted(open, openLevels) }
  /// The level at each row's high.
  public var highLevel: Column<Double> { adjusted(high, highLevels) }
  /// The level at each row's low.
  public var lowLevel: Column<Double> { adjusted(low, lowLevels) }

  /// Volume divided by `splitFactor`.
  public var volumeLevel: Column<Double> {
    if !hasSplits { return volume }
    if let known = volumeLevels.load() { return known }
    return volumeLevels.storeIfNil(
      Column((0..<count).map { volume.start[$0].isNaN ? volume.start[$0] : volume.start[$0] / splitFactor.start[$0] }))
  }

  private func adjusted(_ raw: Column<Double>, _ kept: borrowing LazyReference<Column<Double>>) -> Column<Double> {
    if level === close { return raw }
    if let known = kept.load() { return known }
    return kept.storeIfNil(
      Column(
        (0..<count).map { row in
          let value = raw.start[row]
          return value.isNaN ? value : value * (level.start[row] / close.start[row])
        }))
  }
}
