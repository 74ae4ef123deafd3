import Diagnostics
import Interpreter

/// The records of what can be wrong with a command line and the files it names.
enum CommandDiagnostics {
  /// All records of this layer.
  static let records: [DiagnosticRecord] = [
    .missingFile, .unreadableFile, .folderForFile, .notText, .fileExists, .cannotWrite, .unknownFormat, .badAssignment,
    .unknownLimit, .badLimit, .badDateOption, .noScripts, .unknownCode, .badName, .interrupted, .unknownSource,
    .badReleaseLag, .inputAmongFiles, .formatChangesMeaning, .unknownEntry,
    .failureWithoutScript, .badCount, .unusedParam, .stopped, .damagedOutcomes, .clashingChoices, .unknownCommand,
    .briefDocument, .outputLost,
  ]
}

extension DiagnosticRecord {
  static let missingFile = DiagnosticRecord(
    "E0918", "file that does not exist",
    explanation: "The path names nothing. Paths are relative to the folder the command is typed in.",
    bad: "strat run momentun.strat", good: "strat run momentum.strat")
  static let unreadableFile = DiagnosticRecord(
    "E0902", "file that cannot be read",
    explanation: "The file is there, but the system refuses to read it. Check its permissions: `ls -l FILE`.")
  static let folderForFile = DiagnosticRecord(
    "E0903", "folder where a script is expected",
    explanation: "This command takes one script. `strat test` and `strat check` take folders, too.",
    bad: "strat run Scripts", good: "strat run Scripts/sma_cross.strat")
  static let notText = DiagnosticRecord(
    "E0904", "file that is no text",
    explanation: "A script is UTF-8 text. Save it as UTF-8, or name the script instead of another file.")
  static let fileExists = DiagnosticRecord(
    "E0905", "file that exists already",
    explanation: "Nothing is ever overwritten. Choose another name, or move the file away first.",
    bad: "strat new momentum   # momentum.strat exists", good: "strat new momentum_2")
  static let cannotWrite = DiagnosticRecord(
    "E0906", "file that cannot be written",
    explanation: "The system refuses to write there. Check that the folder exists and its permissions.")
  static let unknownFormat = DiagnosticRecord(
    "E0907", "unknown format",
    explanation: "Results are printed as `table` (for people), `json` or `csv`. In `csv` a text that a spreadsheet "
      + "would run as a formula, because it begins with `=`, `+`, `-` or `@`, gets an apostrophe before it; `csv-raw` "
      + "leaves it as it is, for programs.",
    bad: "strat run a.strat --format xml", good: "strat run a.strat --format json")
  static let badAssignment = DiagnosticRecord(
    "E0908", "option that is no assignment",
    explanation: "`--param` and `--limit` take a name, `=` and a value, without spaces around the sign.",
    bad: "strat run a.strat --param fast", good: "strat run a.strat --param fast=20")
  static let unknownLimit = DiagnosticRecord(
    "E0909", "unknown limit",
    explanation: "The limits are: "
      + Limit.all.map { "`\($0.name)`, \($0.meaning)" }.joined(separator: "; ") + ".",
    bad: "strat run a.strat --limit time=5", good: "strat run a.strat --limit steps=1000000")
  static let badLimit = DiagnosticRecord(
    "E0910", "limit that is no positive whole number",
    explanation:
      "A limit is a whole number of at least 1; `_` may group digits, and `k`, `M`, `G` stand for thousands, "
      + "millions and thousand millions (of memory and output: 1,024 each).",
    bad: "strat run a.strat --limit steps=-5", good: "strat run a.strat --limit steps=10M")
  static let badDateOption = DiagnosticRecord(
    "E0911", "date that cannot be read", explanation: "A date is written `YYYY-MM-DD` and must exist.",
    bad: "strat signals a.strat --as-of 31/01/2015", good: "strat signals a.strat --as-of 2015-01-31")
  static let failureWithoutScript = DiagnosticRecord(
    "E0947", "no script whose run could fail",
    explanation: "`--at-failure` runs a script and opens the prompt where the run fails, so it needs a script.",
    bad: "strat repl --at-failure", good: "strat repl momentum.strat --at-failure")
  static let noScripts = DiagnosticRecord(
    "E0912", "no script found",
    explanation: "Folders are searched, with those in them, for files that end in `.strat`. `strat batch` leaves out "
      + "what is no strategy there; a file that is named is run, or fails.",
    bad: "strat test Empty", good: "strat test Scripts")
  static let unknownCode = DiagnosticRecord(
    "E0913", "unknown code",
    explanation: "Codes are `E` or `W` and four digits; `strat explain` alone lists all of them.",
    bad: "strat explain E9999", good: "strat explain E0201")
  static let unknownEntry = DiagnosticRecord(
    "E0921", "nothing to look up",
    explanation: "The reference has no entry of this name, or none that speaks of these words. `strat doc` alone lists "
      + "all entries.",
    bad: "strat doc smaa", good: "strat doc sma")
  static let badName = DiagnosticRecord(
    "E0914", "name that no strategy can have",
    explanation: "A new script's name begins with a letter and has letters, digits, `_` and `-` after it; a folder may "
      + "stand before it.",
    bad: "strat new \"my idea!\"", good: "strat new my_idea")
  static let interrupted = DiagnosticRecord(
    "E0915", "run that was interrupted", explanation: "The run was stopped from the keyboard; nothing was written.")
  static let unknownSource = DiagnosticRecord(
    "E0916", "data source that is not known",
    explanation: "`--data` takes a data folder, `sqlite:PATH` or `postgres://…`. Without it the built-in sample market "
      + "is used.",
    bad: "strat run a.strat --data mysql://host", good: "strat run a.strat --data data/us")
  static let badReleaseLag = DiagnosticRecord(
    "E0917", "release lag that cannot be read",
    explanation: "A release lag is a number of calendar days (`30d`) or weekdays (`5bd`).",
    bad: "strat run a.strat --release-lag month", good: "strat run a.strat --release-lag 30d")
  static let inputAmongFiles = DiagnosticRecord(
    "E0919", "standard input among files",
    explanation: "`-` stands for standard input and is the only path then: its result goes to standard output.",
    bad: "strat fmt - a.strat", good: "strat fmt a.strat")
  static let formatChangesMeaning = DiagnosticRecord(
    "E0920", "script that cannot be laid out",
    explanation:
      "The formatter compares the meaning of a script before and after, and leaves the script as it is where "
      + "the two differ. That is a mistake of the formatter; please report it with the script.")
}

extension Diagnostic {
  static func missingFile(_ path: String, similar: [String] = []) -> Diagnostic {
    let remedy =
      similar.isEmpty ? "check the path" : "did you mean \(similar.map { "`\($0)`" }.joined(separator: ", "))?"
    return Diagnostic(.missingFile, "there is no file `\(path)`", notes: [Note(remedy)])
  }
  /// - Parameter isOfSystem: the reason is the system's, which does not say what to do.
  static func unreadableFile(_ path: String, reason: String, isOfSystem: Bool = false) -> Diagnostic {
    Diagnostic(
      .unreadableFile, "`\(path)` cannot be read: \(reason)",
      notes: isOfSystem ? [Note("check its permissions with `ls -l \(path)`")] : [])
  }
  static func folderForFile(_ path: String) -> Diagnostic {
    Diagnostic(
      .folderForFile, "`\(path)` is a folder; a script is expected", notes: [Note("name a file that ends in `.strat`")])
  }
  static func notText(_ path: String, line: Int) -> Diagnostic {
    Diagnostic(
      .notText, "`\(path)` is not UTF-8 text", at: .file(path, line: line, column: 0),
      notes: [Note("save the file as UTF-8, or name the script")])
  }
  static func fileExists(_ path: String) -> Diagnostic {
    Diagnostic(
      .fileExists, "`\(path)` exists already and is left as it is",
      notes: [Note("choose another name, or move it away")])
  }
  static func cannotWrite(_ path: String, reason: String) -> Diagnostic {
    Diagnostic(
      .cannotWrite, "`\(path)` cannot be written: \(reason)", notes: [Note("check that the folder exists and is yours")]
    )
  }
  static func unknownFormat(_ text: String, known: [String]) -> Diagnostic {
    Diagnostic(
      .unknownFormat, "there is no format `\(text)`", notes: [Note("the formats are \(known.joined(separator: ", "))")])
  }
  static func badAssignment(_ text: String, option: String) -> Diagnostic {
    Diagnostic(
      .badAssignment, "`\(option) \(text)` gives no value to a name", notes: [Note("write `\(option) name=value`")])
  }
  static func unknownLimit(_ name: String, known: [String]) -> Diagnostic {
    let close = Suggestions.close(to: name, among: known)
    let remedy = close.isEmpty ? "the limits are \(known.joined(separator: ", "))" : "did you mean `\(close[0])`?"
    return Diagnostic(.unknownLimit, "there is no limit `\(name)`", notes: [Note(remedy)])
  }
  static func badLimit(_ name: String, _ text: String, maximum: Int) -> Diagnostic {
    Diagnostic(
      .badLimit, "the limit `\(name)` is `\(text)`; a whole number from 1 to \(maximum) is expected",
      notes: [Note("write for example `--limit \(name)=1000000`")])
  }
  static func failureWithoutScript() -> Diagnostic {
    Diagnostic(.failureWithoutScript, "`--at-failure` needs a script")
  }
  static func badDateOption(_ option: String, _ text: String) -> Diagnostic {
    Diagnostic(
      .badDateOption, "`\(option) \(text)` is no date", notes: [Note("write a day that exists as `YYYY-MM-DD`")])
  }
  static func noScripts(_ paths: [String]) -> Diagnostic {
    let places = paths.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .noScripts, "there is no script in \(places)",
      notes: [Note("scripts end in `.strat`; `strat new NAME` writes one")])
  }
  static func noStrategies(_ paths: [String]) -> Diagnostic {
    Diagnostic(
      .noScripts, "\(paths.count == 1 ? "the only script has" : "none of \(paths.count) scripts has") `signals`",
      notes: [Note("a strategy defines `fn signals(as_of)`; `strat test` runs files of tests")])
  }
  static func unknownCode(_ code: String, similar: [String]) -> Diagnostic {
    let remedy = similar.isEmpty ? "`strat explain` alone lists all codes" : "did you mean `\(similar[0])`?"
    return Diagnostic(.unknownCode, "no diagnostic has the code `\(code)`", notes: [Note(remedy)])
  }
  static func unknownEntry(_ name: String, similar: [String]) -> Diagnostic {
    let remedy = similar.isEmpty ? "`strat doc --search WORDS` looks into the texts" : "did you mean `\(similar[0])`?"
    return Diagnostic(.unknownEntry, "the reference has no `\(name)`", notes: [Note(remedy)])
  }
  static func nothingFound(_ words: String) -> Diagnostic {
    Diagnostic(
      .unknownEntry, "no entry speaks of \"\(words)\"", notes: [Note("`strat doc` alone lists all entries")])
  }
  static func badName(_ name: String) -> Diagnostic {
    Diagnostic(
      .badName, "`\(name)` cannot name a strategy",
      notes: [Note("begin with a letter and use letters, digits, `_` and `-`, as in `my_idea`")])
  }
  static func interrupted() -> Diagnostic {
    Diagnostic(.interrupted, "the run was interrupted", notes: [Note("run it again for a result")])
  }
  static func unknownSource(_ text: String) -> Diagnostic {
    Diagnostic(.unknownSource, "`\(text)` is no data folder", notes: [Note("give the path of a folder to `--data`")])
  }
  static func inputAmongFiles() -> Diagnostic {
    Diagnostic(
      .inputAmongFiles, "`-` stands among other paths",
      notes: [Note("format standard input and files one after another")])
  }
  static func formatChangesMeaning(_ path: String) -> Diagnostic {
    Diagnostic(
      .formatChangesMeaning, "`\(path)` is left as it is: laid out it would mean something else",
      notes: [Note("this is a mistake of the formatter; please report it with the script")])
  }
  static func badReleaseLag(_ text: String) -> Diagnostic {
    Diagnostic(
      .badReleaseLag, "`--release-lag \(text)` is no lag", notes: [Note("write calendar days `30d` or weekdays `5bd`")])
  }
}
