/// The script that `strat new` writes.
enum StarterScript {
  /// A small strategy that runs on the sample market, each part with a comment that says what it is for.
  static func text(name: String) -> String {
    """
    #!/usr/bin/env -S strat run
    ## \(name): holds the ticker while its price is above its moving average, else cash.

    strategy "\(name)" {
      rebalance: "monthly"  # daily, weekly, monthly, quarterly, or a list of dates
      costs: 5bps           # of each trade's notional
      slippage: 2bps
      max_leverage: 1  # cap on the sum of absolute weights
    }

    ## The ticker to hold. `strat run \(name).strat --param ticker=QQQ` tries another.
    param ticker = "SPY"

    ## Sessions in the moving average.
    param window = 200 in 20..400 step 20

    ## The target weights at the close of `as_of`, as fractions of equity. Nothing that was published later can be seen.
    fn signals(as_of) {
      let price = close(ticker)
      if price.last() > price.sma(window) {
        return [ticker: 1.0]
      }
      return flat
    }

    ## Tests stand beside what they test: `strat test \(name).strat`.
    test "never more than fully invested" {
      at 2015-06-30 { assert signals(as_of).sum() <= 1 }
    }

    """
  }
}
