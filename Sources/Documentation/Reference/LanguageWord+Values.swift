extension LanguageWord {
  /// Words that are values.
  static let values: [LanguageWord] = [
    LanguageWord("true", "true", means: "The bool that is true; nothing else is.", example: "let on = true"),
    LanguageWord("false", "false", means: "The bool that is false; nothing else is.", example: "let on = false"),
    LanguageWord(
      "na", "na", means: "The missing number, which knows why it is missing.",
      also: [
        "It passes through arithmetic and comparisons. `is_na(x)` asks, `x ?? y` replaces, `reason(x)` tells why; "
          + "`x == na` is an error."
      ], example: "let gap = na"),
    LanguageWord(
      "none", "none", means: "The absence of a value; as the result of `signals` it is `hold`.", example: "let n = none"
    ),
    LanguageWord(
      "hold", "return hold", means: "What `signals` returns in order not to trade: the portfolio stays as it is.",
      also: ["It is `none` under another name. Weights drift with prices; a decision that waits is still filled."],
      example: "fn signals(as_of) = hold"),
    LanguageWord(
      "flat", "return flat", means: "What `signals` returns in order to hold nothing: the empty map `[:]`.",
      example: "fn signals(as_of) = flat"),
    LanguageWord(
      "as_of", "as_of", means: "The date whose knowledge counts: in a run, the day of the decision.",
      also: ["Nothing that was not known by then can be read. `at DATE { … }` moves it to an earlier date."],
      example: "let first = as_of - 1y"),
  ]

  /// Operators, loosest first.
  static let operators: [LanguageWord] = [
    LanguageWord(
      "??", .operation, "A ?? B", means: "The right side where the left one is `na` or `none`.",
      also: ["The right side is evaluated only then."], example: "let x = na ?? 0"),
    LanguageWord(
      "or", .operation, "A or B", means: "True if one of two bools is; the right side is looked at only if needed.",
      example: "let x = 1 > 2 or 2 > 1"),
    LanguageWord(
      "and", .operation, "A and B", means: "True if both bools are; the right side is looked at only if needed.",
      example: "let x = 1 < 2 and 2 < 3"),
    LanguageWord(
      "not", .operation, "not A", means: "The other bool; of a missing one it is missing.", example: "let x = not false"
    ),
    LanguageWord(
      "==", .operation, "A == B", means: "Whether two values of a type are equal, lists and maps item by item.",
      also: ["Whether something is missing is asked with `is_na(x)`."], example: "let x = [1, 2] == [1, 2]"),
    LanguageWord("!=", .operation, "A != B", means: "Whether two values of a type differ.", example: "let x = 1 != 2"),
    LanguageWord(
      "<", .operation, "A < B", means: "Whether a number, string, date or duration is less.", example: "let x = 1 < 2"),
    LanguageWord(
      "<=", .operation, "A <= B", means: "Whether a number, string, date or duration is less or equal.",
      example: "let x = 2 <= 2"),
    LanguageWord(
      ">", .operation, "A > B", means: "Whether a number, string, date or duration is greater.",
      example: "let x = 2 > 1"),
    LanguageWord(
      ">=", .operation, "A >= B", means: "Whether a number, string, date or duration is greater or equal.",
      example: "let x = 2 >= 2"),
    LanguageWord(
      "in", .operation, "X in LIST", "KEY in MAP", "PART in STRING",
      means:
        "Whether a list has an item, a map a key, or a string a part; in `for` and `param` it names what is walked.",
      example: "let x = \"SPY\" in [\"SPY\", \"TLT\"]"),
    LanguageWord(
      "not in", .operation, "X not in LIST", means: "Whether a list has no such item, a map no such key.",
      example: "let x = 4 not in [1, 2]"),
    LanguageWord(
      "..", .operation, "LO..HI", "LO..HI step STEP", "XS[LO..HI]",
      means: "The numbers from one to another, both included; in an index it cuts out a part.", example: "let x = 1..5"),
    LanguageWord(
      "..<", .operation, "LO..<HI", "XS[LO..<HI]", means: "The numbers from one up to another, which is left out.",
      example: "let x = 0..<5"),
    LanguageWord(
      "+", .operation, "A + B",
      means: "The sum; strings and lists are joined, dates move by durations, maps are added key by key.",
      example: "let x = 2024-01-31 + 1mo"),
    LanguageWord(
      "-", .operation, "A - B", "-A",
      means: "The difference, and the number of days between two dates; alone, the negative.",
      example: "let x = 5 - 3"),
    LanguageWord(
      "*", .operation, "A * B", means: "The product; of maps, for the keys of both.", example: "let x = 2 * 3"),
    LanguageWord(
      "/", .operation, "A / B", means: "The quotient, never rounded; a division by zero is missing.",
      example: "let x = 1 / 3"),
    LanguageWord(
      "%", .operation, "A % B",
      means: "The floored remainder, which has the sign of the right side; percent are `5pct`.",
      example: "let x = 7 % 3"),
    LanguageWord("**", .operation, "A ** B", means: "The power; it groups from the right.", example: "let x = 2 ** 10"),
  ]

  /// Signs that are no operators.
  static let signs: [LanguageWord] = [
    LanguageWord(
      "->", .operation, "X -> EXPRESSION", "(A, B) -> EXPRESSION", "fn F(A) -> TYPE",
      means: "A function without a name; in a declaration, the type of what a function gives.",
      example: "let double = x -> x * 2"),
    LanguageWord(
      "=", .operation, "let NAME = EXPRESSION", "NAME = EXPRESSION",
      means: "Binds or assigns; two values are compared with `==`.", example: "let n = 1"),
    LanguageWord(
      ".", .operation, "X.F(A)", "MODULE.NAME", "MAP.KEY",
      means: "Calls a function with what stands before it as its first argument, or takes a member of a module or map.",
      example: "let x = [3, 1, 2].sort()"),
  ]

  /// What stands behind a number without a blank.
  static let units: [LanguageWord] = [
    LanguageWord(
      "bps", .unit, "5bps", means: "Basis points: the double nearest to so many ten-thousandths.",
      example: "let cost = 5bps"),
    LanguageWord(
      "pct", .unit, "5pct", means: "Percent: the double nearest to so many hundredths.", example: "let cap = 5pct"),
    LanguageWord("d", .unit, "10d", means: "A duration of calendar days.", example: "let age = 10d"),
    LanguageWord("w", .unit, "2w", means: "A duration of weeks of seven calendar days.", example: "let age = 2w"),
    LanguageWord(
      "mo", .unit, "3mo", means: "A duration of months; from the 31st it goes to a shorter month's last day.",
      example: "let age = 3mo"),
    LanguageWord("y", .unit, "1y", means: "A duration of years of twelve months.", example: "let age = 1y"),
    LanguageWord(
      "bd", .unit, "21bd", means: "A duration of sessions of the trading calendar.", example: "let age = 21bd"),
  ]

  /// Names of types in annotations.
  static let types: [LanguageWord] = [
    LanguageWord(
      "number", .type, "x: number", means: "An IEEE double, or the missing number `na`.",
      also: ["A series given for it is its latest value. `number(text)` converts."],
      example: "fn half(x: number) = x / 2"),
    LanguageWord("bool", .type, "x: bool", means: "`true` or `false`.", example: "fn no(x: bool) = not x"),
    LanguageWord(
      "string", .type, "x: string", means: "A text; `string(x)` converts, and `\"{x}\"` puts values into one.",
      example: "fn hello(x: string) = \"hello {x}\""),
    LanguageWord(
      "date", .type, "x: date", means: "A calendar day, as `2024-01-31`.", example: "fn next(x: date) = x + 1d"),
    LanguageWord(
      "duration", .type, "x: duration", means: "A length of time: days, months or sessions.",
      example: "fn twice(x: duration) = x * 2"),
    LanguageWord(
      "series", .type, "x: series", means: "Numbers by date, cut at `as_of`, as `close(\"SPY\")` gives them.",
      example: "fn trend(x: series) = x - sma(x, 200)"),
    LanguageWord(
      "list", .type, "x: list", "x: list[number]", means: "Values in order: `[1, 2, 3]`.",
      example: "fn count(x: list[number]) = x.len()"),
    LanguageWord(
      "map", .type, "x: map", "x: map[number]",
      means: "Keys with values, in the order they were added: `[\"SPY\": 1]`.",
      example: "fn gross(x: map[number]) = x.abs().sum()"),
    LanguageWord(
      "function", .type, "f: function", means: "A function: one that was declared, a builtin, or `x -> …`.",
      example: "fn twice(f: function) = f(f(1))"),
    LanguageWord(
      "any", .type, "x: any", means: "A value of any type.", example: "fn same(x: any) = x"),
  ]
}
