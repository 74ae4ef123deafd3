extension LanguageWord {
  /// Words that begin or belong to a declaration.
  static let declarations: [LanguageWord] = [
    LanguageWord(
      "import", "import MODULE", "import MODULE as NAME", "import \"./PATH.strat\" as NAME",
      means: "Makes the functions, constants and params of a module available as `module.name`.",
      also: [
        "A module is looked for in the script's folder, in the folders of `--path` and in the library, in this order."
      ], example: "import portfolio"),
    LanguageWord(
      "as", "import MODULE as NAME", means: "Gives an imported module another name.", example: "import stats as st"),
    LanguageWord(
      "strategy", "strategy \"ID\" { KEY: VALUE … }",
      means: "Names a strategy and says how it is run: universe, rebalance dates, costs and the other keys.",
      also: [
        "Values are constants; a script has one block at most, and flags override it. `strat doc keys` lists the keys."
      ], example: "strategy \"trend\" { rebalance: \"monthly\", costs: 5bps }"),
    LanguageWord(
      "param", "param NAME = DEFAULT", "param NAME = DEFAULT in LO..HI step STEP where CONDITION",
      "param NAME = DEFAULT in [A, B, C]",
      means: "Declares a value that can be varied from outside, by `--param NAME=VALUE` and by `strat sweep`.",
      also: [
        "It is constant within a run and has the type of its default. `LO..<HI` leaves the end out. A value outside the "
          + "domain, or against the condition, is an error."
      ], example: "param fast = 20 in 5..50 step 5"),
    LanguageWord(
      "where", "param NAME = DEFAULT in DOMAIN where CONDITION",
      means: "A condition on params that every run must meet; a sweep leaves out what does not.",
      also: ["It is a word in `param` only; elsewhere `where` is the function of that name."],
      example: "param fast = 20 in 5..50 where fast < 60"),
    LanguageWord(
      "state", "state NAME = INITIAL",
      means:
        "Declares the only memory between calls of `signals`: what is assigned at one decision is there at the next.",
      also: [
        "It has its initial value at the start of every run and of every test, and holds no series and no function. A "
          + "script that keeps state depends on its path: `strat signals` replays it."
      ], example: "state peak = 0"),
    LanguageWord(
      "fn", "fn NAME(PARAMETERS) = EXPRESSION", "fn NAME(PARAMETERS) { STATEMENTS }",
      means: "Declares a function; its value is that of the expression, of the block's last statement, or of `return`.",
      also: ["`fn signals(as_of)` is what a strategy must define: it gives the target weights of a day."],
      example: "fn momentum(ticker) = close(ticker).lag(21).change(231)"),
    LanguageWord(
      "let", "let NAME = EXPRESSION", "let [A, B] = LIST",
      means: "Binds a name once; what has to change is a `var`, or between calls a `state`.", example: "let limit = 3"),
    LanguageWord(
      "var", "var NAME = EXPRESSION",
      means: "Binds a name in a function that can be assigned again, with `=`, `+=`, `-=`, `*=` and `/=`.",
      also: ["It is gone when the function returns; what is kept between calls of `signals` is a `state`."],
      example: "fn count() {\n  var n = 0\n  n += 1\n  return n\n}"),
    LanguageWord(
      "test", "test \"NAME\" { STATEMENTS }", "test \"NAME\" with \"FOLDER\" { STATEMENTS }",
      means: "A test that `strat test` runs, from defaults of params, initial state and a portfolio in cash.",
      example: "test \"sums\" { assert 1 + 1 == 2 }"),
    LanguageWord(
      "with", "test \"NAME\" with \"FOLDER\" { STATEMENTS }",
      means: "Gives a test a data folder of its own, beside the script.",
      also: ["It is a word in `test` only."], example: "test \"a split\" with \"split_data\" { assert true }"),
  ]

  /// Words that direct what runs.
  static let control: [LanguageWord] = [
    LanguageWord(
      "if", "if CONDITION { … } else { … }", means: "Chooses by a condition; it is an expression and has a value.",
      also: [
        "Without `else` an untaken one is `none`. A condition that is missing is an error, unless `missing` of the "
          + "strategy block says otherwise."
      ], example: "let side = if 2 > 1 { \"long\" } else { \"flat\" }"),
    LanguageWord(
      "else", "if CONDITION { … } else { … }", "if A { … } else if B { … } else { … }",
      means: "What an `if` gives where its condition is false.", example: "let n = if false { 1 } else { 2 }"),
    LanguageWord(
      "for", "for NAME in COLLECTION { … }", "[EXPRESSION for NAME in COLLECTION if CONDITION]",
      means:
        "Walks a list, a map's keys, a series' values or a string's characters; in brackets it makes a list or map.",
      also: ["Two names take apart: keys and values of a map, dates and values of a series."],
      example: "let squares = [n * n for n in 1..5]"),
    LanguageWord(
      "while", "while CONDITION { … }", means: "Repeats a block as long as a condition is true.",
      example:
        "fn halvings(n) {\n  var left = n\n  var count = 0\n  while left > 1 {\n    left /= 2\n    count += 1\n  }\n"
        + "  return count\n}"),
    LanguageWord(
      "break", "break", means: "Leaves the innermost loop.",
      example: "fn first() {\n  for n in 1..9 {\n    if n > 3 { break }\n  }\n}"),
    LanguageWord(
      "continue", "continue", means: "Goes on with the next turn of the innermost loop.",
      example: "fn odd() {\n  for n in 1..9 {\n    if n % 2 == 0 { continue }\n    print(n)\n  }\n}"),
    LanguageWord(
      "return", "return", "return EXPRESSION", means: "Leaves the function with a value, or with `none`.",
      example: "fn sign(x) {\n  if x < 0 { return -1 }\n  return 1\n}"),
    LanguageWord(
      "assert", "assert CONDITION", "assert CONDITION, \"MESSAGE\"",
      means: "Ends a test or a run with an error unless a condition is true.",
      example: "test \"order\" { assert 1 < 2, \"one is less\" }"),
    LanguageWord(
      "at", "at DATE { … }", means: "Evaluates a block as of an earlier date, with what was known then.",
      also: ["A later date than the present one is a look-ahead error."],
      example: "let then = at 2008-09-15 { close(\"SPY\") }"),
    LanguageWord(
      "step", "LO..HI step STEP", means: "How far apart the numbers of a range are; negative counts down.",
      example: "let tens = 10..50 step 10"),
  ]
}
