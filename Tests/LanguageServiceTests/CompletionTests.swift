import Interpreter
import LanguageService
import Syntax
import Testing

/// Completes at the mark `|` of a text.
private func completion(_ marked: String, _ scope: CompletionScope = .sample) -> (Completion, String) {
  let parts = marked.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
  let text = parts.joined()
  let found = complete(text, at: parts[0].utf8.count, in: scope)
  let bytes = Array(text.utf8)
  let after =
    Array(bytes[..<found.range.lowerBound]) + Array(found.insertion.utf8) + Array(bytes[found.range.upperBound...])
  return (found, String(decoding: after, as: UTF8.self))
}

/// The candidates at the mark.
private func candidates(_ marked: String, _ scope: CompletionScope = .sample) -> [String] {
  completion(marked, scope).0.candidates.map(\.text)
}

extension CompletionScope {
  /// A session with a few names on a small market.
  fileprivate static let sample: CompletionScope = {
    var scope = CompletionScope()
    scope.names = [
      ScopeName(
        "momentum",
        .function(
          Signature("momentum(ticker: string, window: number = 20) -> number"), documentation: "How much it rose. More."
        )),
      ScopeName("spy_prices", .value(type: "series")), ScopeName("lookback", .param(value: "252")),
    ]
    scope.modules = [ScopeModule("portfolio"), ScopeModule("st", libraryName: "stats")]
    scope.data.tickers = ["AAPL", "AMD", "BRK.B", "SPY", "TLT", "^GSPC"]
    scope.data.macro = ["US_CPI", "US_GDP"]
    scope.data.flows = ["COT_GOLD_NONCOMM_NET"]
    scope.data.curves = ["UST_PAR", "UST_REAL"]
    scope.data.universes = ["SP500"]
    scope.codes = [("E0105", "unexpected token"), ("E0201", "unknown name"), ("W0202", "unused name")]
    scope.commands = [
      PromptCommand("load", usage: "FILE", meaning: "Loads a script.", argument: .file),
      PromptCommand("last", usage: "", meaning: "The last error.", argument: .nothing),
      PromptCommand("plot", usage: "EXPR…", meaning: "Draws.", argument: .expression, flags: ["--svg"]),
      PromptCommand("series", usage: "CODE", meaning: "A series.", argument: .series, flags: ["--vintages"]),
      PromptCommand("set", usage: "KEY=VALUE", meaning: "Sets.", argument: .setting),
      PromptCommand("params", usage: "[NAME=VALUE]", meaning: "Params.", argument: .param),
      PromptCommand("explain", usage: "CODE", meaning: "Explains.", argument: .code),
      PromptCommand("doc", usage: "NAME", meaning: "Documents.", argument: .name),
      PromptCommand("help", usage: "[TOPIC]", meaning: "Helps.", argument: .topic(["language"])),
    ]
    scope.params = ["lookback"]
    scope.files = { folder in
      folder == ""
        ? [FolderEntry("lib", isFolder: true), FolderEntry("mine.strat", isFolder: false)]
        : folder == "lib/" ? [FolderEntry("a.strat", isFolder: false), FolderEntry(".hidden", isFolder: false)] : []
    }
    return scope
  }()
}

struct CompletionTests {
  @Test(
    arguments: [
      // Names of the session, of the library and of the text itself.
      ("mom|", "momentum("), ("let x = spy_|", "let x = spy_prices"), ("loo|", "lookback"), ("portf|", "portfolio."),
      ("fn twice(number_of) = number_|", "fn twice(number_of) = number_of"),
      ("let spread = 1\nspr|", "let spread = 1\nspread"),
      ("for ticker_name in members() { tick|", "for ticker_name in members() { ticker"),
      ("xs.map(some_item -> some_i|", "xs.map(some_item -> some_item"),
      ("xs.fold((total, next_item) -> total + next_i|", "xs.fold((total, next_item) -> total + next_item"),
      // What stands behind already is not written again.
      ("mom|(\"SPY\")", "momentum(\"SPY\")"), ("equit|", "equity()"),
      // Named arguments.
      ("momentum(\"SPY\", wind|", "momentum(\"SPY\", window: "), ("spy_prices.ema(spa|", "spy_prices.ema(span: "),
      ("momentum(wind|: 3)", "momentum(window: 3)"),
      // Members of modules and methods.
      ("portfolio.cap_g|", "portfolio.cap_groups("), ("st.sharp|", "st.sharpe("),
      ("spy_prices.resamp|", "spy_prices.resample("), ("\"a\".uppe|", "\"a\".upper()"),
      // Imports and the strategy block.
      ("import portf|", "import portfolio"), ("strategy \"a\" { rebal|", "strategy \"a\" { rebalance: "),
      ("strategy \"a\" {\n  costs: 5bps\n  max_lev|\n}", "strategy \"a\" {\n  costs: 5bps\n  max_leverage: \n}"),
      ("strategy \"a\" { rebalance: \"mon|", "strategy \"a\" { rebalance: \"monthly\""),
      ("strategy \"a\" { universe: \"S|\" }", "strategy \"a\" { universe: \"SP500\" }"),
      ("strategy \"a\" { benchmark: \"T|\" }", "strategy \"a\" { benchmark: \"TLT\" }"),
      // Names of data, by the call they stand in.
      ("close(\"SP|", "close(\"SPY\""), ("close(\"BRK.|\")", "close(\"BRK.B\")"), ("close(\"^|", "close(\"^GSPC\""),
      ("macro(\"US_G|", "macro(\"US_GDP\""), ("flow(\"C|", "flow(\"COT_GOLD_NONCOMM_NET\""),
      ("rate(\"UST_P|", "rate(\"UST_PAR\""), ("curve(\"UST_|", "curve(\"UST_"), ("members(\"|", "members(\"SP500\""),
      ("members(universe: \"|", "members(universe: \"SP500\""), ("momentum(ticker: \"T|", "momentum(ticker: \"TLT\""),
      ("vintage(\"US_C|", "vintage(\"US_CPI\""), ("[\"SPY\", \"TL|", "[\"SPY\", \"TLT\""),
      ("\"last {close(\"TL|", "\"last {close(\"TLT\""), ("if t == \"TL|", "if t == \"TLT\""),
      // Case.
      ("close(\"tl|", "close(\"TLT\""), ("MOMEN|", "momentum("),
      // Types.
      ("fn f(x: ser|", "fn f(x: series"), ("let x: dur|", "let x: duration"),
      // Commands.
      (":lo|", ":load "), (":las|", ":last"), (":load mi|", ":load mine.strat"), (":load li|", ":load lib/"),
      (":load lib/|", ":load lib/a.strat"), (":plot close(\"SP|", ":plot close(\"SPY\""),
      (":plot spy_prices --s|", ":plot spy_prices --svg "),
      (":series COT|", ":series COT_GOLD_NONCOMM_NET"), (":set rebalance=mon|", ":set rebalance=monthly"),
      (":set max_lev|", ":set max_leverage="), (":params lo|", ":params lookback="),
      (":doc portfolio.cap_g|", ":doc portfolio.cap_groups"),
      ("?portfolio.cap_g|", "?portfolio.cap_groups"), ("??momen|", "??momentum"),
      (":help lang|", ":help language"),
      (":help plo|", ":help plot"), (":explain E02|", ":explain E0201"), (":explain w|", ":explain W0202"),
    ] as [(String, String)])
  func completes(_ marked: String, _ expected: String) {
    #expect(completion(marked).1 == expected)
  }

  @Test(arguments: [
    // Names are made up here, or there is nothing to complete.
    "let clo|", "fn clo|", "for clo|", "# clo|", "print(\"clo|", "12|", "import stats as cl|",
    "strategy \"clo|", ":unknown clo|", ":last cl|", "zzz|", "\"{close(\"SPY\")} clo|",
  ])
  func completesNothing(_ marked: String) {
    let (found, text) = completion(marked)
    #expect(found.total == 0)
    #expect(text == marked.replacing("|", with: ""))
  }

  @Test func methodsFitWhatTheyAreCalledOn() {
    let onString = candidates("\"a\".|")
    #expect(onString.contains("upper") && !onString.contains("sma"))
    let onSeries = candidates("close(\"SPY\").|")
    #expect(onSeries.contains("sma") && !onSeries.contains("upper"))
    // Of a value of unknown type everything that takes a value.
    #expect(candidates("unknown_value.|").contains("upper"))
    #expect(candidates("portfolio.|").contains("cap") && !candidates("portfolio.|").contains("sma"))
  }

  @Test func argumentsThatAreGivenAreNotOffered() {
    #expect(candidates("momentum(|").prefix(2) == ["ticker", "window"])
    #expect(!candidates("momentum(\"SPY\", |").contains("ticker"))
    #expect(!candidates("momentum(ticker: \"SPY\", window: 3, |").contains("window"))
    #expect(!candidates("momentum(ticker: \"SPY\" + |").contains("window"))
  }

  @Test func candidatesSayHowTheyAreCalled() throws {
    let found = completion("mom|").0.candidates[0]
    #expect(found.signature == "momentum(ticker: string, window: number = 20) -> number")
    #expect(found.documentation == "How much it rose.")
    #expect(found.kind == .function)
    let cap = try #require(completion("portfolio.ca|").0.candidates.first { $0.text == "cap" })
    #expect(cap.signature.hasPrefix("cap(") && !cap.documentation.isEmpty)
  }

  @Test func whatAgreesInCaseBeatsTheRest() {
    var scope = CompletionScope()
    scope.data.tickers = ["SPY", "Spa", "spb"]
    #expect(candidates("close(\"Sp|", scope) == ["Spa"])
    #expect(candidates("close(\"sP|", scope) == ["SPY", "Spa", "spb"])
    #expect(completion("close(\"sP|", scope).1 == "close(\"sP")
  }

  @Test func everyDataFunctionHasItsNames() {
    // Whatever takes the name of data as a string is told by the name of its parameter.
    for (call, expected) in [
      ("returns", "AAPL"), ("price", "AAPL"), ("has_price", "AAPL"), ("atr", "AAPL"), ("weight", "AAPL"),
      ("released", "US_CPI"), ("revisions", "US_CPI"), ("has_series", "US_CPI"), ("first_release", "US_CPI"),
      ("curve_history", "UST_PAR"), ("members", "SP500"),
    ] { #expect(candidates("\(call)(\"|").contains(expected), "\(call)") }
  }

  @Test func anyTextIsCompletedSomehow() {
    let text = "strategy \"a\" { universe: [\"SPY\", x.y(1, \"{close(\\\"a\" }\n:fn é(日本 \"{{}}\" ].)} # c\n\t\"\\"
    let bytes = Array(text.utf8)
    for end in 0...bytes.count {
      let part = String(decoding: bytes[..<end], as: UTF8.self)
      for offset in [end, part.utf8.count, end / 2, -1, end + 9] {
        let found = complete(part, at: offset, in: .sample)
        #expect(found.range.lowerBound >= 0 && found.range.upperBound <= part.utf8.count)
      }
    }
  }

  @Test func manyTickersAreNoBurden() {
    var scope = CompletionScope()
    scope.data.tickers = (0..<20_000).map { number in "T" + String(100_000 + number) }
    let clock = ContinuousClock()
    var found = Completion.nothing(at: 0)
    // The best of several, as others may be at work.
    let times = (0..<5).map { _ in clock.measure { found = complete("close(\"T1", at: 9, in: scope) } }
    #expect(found.total == 20_000 && found.candidates.count == Completion.limit && found.insertion == "T1")
    #expect(times.min()! < .milliseconds(20))
    #expect(complete("close(\"T10999", at: 13, in: scope).total == 10)
    #expect(complete("close(\"t10999", at: 13, in: scope).total == 10)
  }
}

struct HighlightTests {
  @Test(arguments: [
    "let x = close(\"SPY\").sma(20) # trend", "\"a {x + 1} b\"", "fn f() {\n\treturn 1\n}\n", "", "é ∂ \"", ":load a b",
  ])
  func theWholeTextIsThere(_ text: String) {
    #expect(highlight(text).map(\.text).joined() == text)
  }

  @Test func wordsHaveTheirKinds() {
    let runs = highlight("let x = 5bps # why").filter { $0.kind != nil }
    #expect(runs.map(\.text) == ["let", "x", "=", "5bps", "# why"])
    #expect(runs.map(\.kind) == [.keyword, .name, .sign, .number, .comment])
    #expect(highlight(" :load let").map(\.kind) == [nil])
  }
}
