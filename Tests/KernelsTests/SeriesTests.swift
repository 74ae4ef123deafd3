import Kernels
import MarketModel
import Testing

@Suite struct SeriesTests {
  @Test(arguments: ["close", "gaps"]) func accumulationAgreesWithPandas(_ input: String) {
    let values = Reference.numbers("input." + input)
    let cases: [(String, Accumulation, [Double])] = [
      ("cumsum", .sum, values), ("cumprod", .product, values.map { $0 / 100 }), ("cummax", .maximum, values),
      ("cummin", .minimum, values), ("drawdown", .drawdown, values),
    ]
    for (name, accumulation, source) in cases {
      let found = filled(source.count) { accumulation.fill(source: source, count: source.count, into: $0) }
      expectClose(found, Reference.numbers("\(name).\(input)"), name)
    }
  }

  @Test(arguments: ["close", "gaps"]) func lagsAgreeWithPandas(_ input: String) {
    let values = Reference.numbers("input." + input)
    for (name, operation) in [("change3", Lagging.Operation.change), ("diff3", .difference), ("log3", .logChange)] {
      let found = filled(values.count) {
        Lagging.fill(operation, distance: 3, source: values, range: 0..<values.count, into: $0)
      }
      expectClose(found, Reference.numbers("\(name).\(input)"), name)
      let part = filled(20) { Lagging.fill(operation, distance: 3, source: values, range: 50..<70, into: $0) }
      expectSameBits(part, Array(found[50..<70]))
    }
  }

  @Test func lagGivesTheEarlierValueOrSaysWhyNot() {
    let values = [1, .missing(.stale), 3]
    let found = filled(3) { Lagging.fill(.lag, distance: 1, source: values, range: 0..<3, into: $0) }
    #expect(found.reasons == [.insufficientHistory, nil, .stale])
    #expect(Lagging.change(2, from: 0).missingReason == .divisionByZero)
    #expect(Lagging.logChange(-1, from: 2).missingReason == .domainError)
    #expect(Lagging.change(.missing(.stale), from: .missing(.noPrices)).missingReason == .stale)
    #expect(Lagging.change(1e308, from: 1e-10).missingReason == .overflow)
  }

  @Test func missingNumbersAreSkipped() {
    let values = [1, .missing(.stale), 3, 1e308, 1e308, 1]
    let found = filled(6) { Accumulation.sum.fill(source: values, count: 6, into: $0) }
    #expect(found[0] == 1 && found[2] == 4)
    #expect(found.reasons == [nil, .stale, nil, nil, .overflow, .overflow])
  }

  @Test func drawdownNeedsAPositivePeak() {
    let values = [-2.0, 0, 4, 3]
    let found = filled(4) { Accumulation.drawdown.fill(source: values, count: 4, into: $0) }
    #expect(found.reasons == [.domainError, .divisionByZero, nil, nil])
    #expect(found[3] == -0.25)
  }

  @Test func elementaryFunctionsSayWhyTheyAreMissing() {
    #expect(ElementaryFunctions.log(0).missingReason == .domainError)
    #expect(ElementaryFunctions.squareRoot(-1).missingReason == .domainError)
    #expect(ElementaryFunctions.exp(1000).missingReason == .overflow)
    #expect(ElementaryFunctions.power(0, 0) == 1)
    #expect(ElementaryFunctions.power(2, -1) == 0.5)
    #expect(ElementaryFunctions.power(-8, 3) == -512)
    #expect(ElementaryFunctions.power(-8, 1.0 / 3).missingReason == .domainError)
    #expect(ElementaryFunctions.power(0, -1).missingReason == .divisionByZero)
    #expect(ElementaryFunctions.power(10, 400).missingReason == .overflow)
    #expect(ElementaryFunctions.flooredRemainder(1, 0).missingReason == .divisionByZero)
    #expect(ElementaryFunctions.flooredRemainder(.missing(.stale), 0).missingReason == .stale)
    #expect([-3, 0, 0.5].map(ElementaryFunctions.sign) == [-1, 0, 1])
  }
}
