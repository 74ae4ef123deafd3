public import Interpreter
import Syntax

/// `Grammar/vim/syntax/strat.vim`: how Vim and Neovim colour a script.
public enum VimSyntax {
  /// The file for a library of builtins.
  public static func document(_ library: BuiltinLibrary) -> GeneratedDocument {
    let words = EditorWords(library)
    let text =
      head + keywords("stratDeclaration", words.declarations) + keywords("stratControl", words.control)
      + keywords("stratWordOperator", words.operators) + keywords("stratConstant", words.constants)
      + keywords("stratValue", words.values) + keywords("stratBuiltin", words.builtins, isContained: true)
      + "\n" + matches + highlights
    return GeneratedDocument(path: "Grammar/vim/syntax/strat.vim", text: text)
  }

  private static let head = """
    " Vim syntax file of the language Strat.
    " Written by Scripts/generate.sh from the records in the sources; edit those.
    if exists("b:current_syntax")
      finish
    endif

    syntax case match


    """

  /// `syntax keyword` lines of at most 120 characters.
  private static func keywords(_ group: String, _ words: [String], isContained: Bool = false) -> String {
    let start = "syntax keyword \(group)" + (isContained ? " contained" : "")
    var lines = [start]
    for word in words {
      if lines[lines.count - 1].utf8.count + word.utf8.count >= 120 { lines.append(start) }
      lines[lines.count - 1] += " " + word
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func group(_ words: [String]) -> String { "\\%(" + words.joined(separator: "\\|") + "\\)" }

  private static let number =
    "\\<\\d[0-9_]*\\%(\\.\\d[0-9_]*\\)\\?\\%([eE][-+]\\?\\d[0-9_]*\\)\\?"
    + group(ReservedWords.scaleSuffixes) + "\\?\\>"

  /// A later line wins over an earlier one that begins at the same place.
  private static let matches = """
    syntax match stratFunction "\\<\\h\\w*\\>\\ze\\s*(" contains=stratBuiltin
    syntax match stratMember "\\.\\@1<!\\.\\s*\\h\\w*" contains=stratDot
    syntax match stratMethod "\\.\\@1<!\\.\\s*\\h\\w*\\>\\ze\\s*(" contains=stratDot,stratBuiltin
    syntax match stratDot contained "\\."

    syntax match stratNumber "\(number)"
    syntax match stratDuration "\\<\\d[0-9_]*\(group(ReservedWords.durationSuffixes))\\>"
    syntax match stratDate "\\<\\d\\{4}-\\d\\+-\\d\\+\\>"

    syntax cluster stratExpression contains=stratDeclaration,stratControl,stratWordOperator,stratConstant,stratValue
    syntax cluster stratExpression add=stratFunction,stratMember,stratMethod
    syntax cluster stratExpression add=stratNumber,stratDuration,stratDate,stratString
    syntax match stratEscape contained "\\\\\\%(u{\\x\\+}\\|.\\)"
    syntax match stratFormat contained ":[^{}\\[\\]()\\"]*\\ze}"
    syntax region stratBlock contained start="{" end="}" oneline contains=@stratExpression,stratBlock
    syntax region stratInterpolation contained matchgroup=stratBrace start="{" end="}" oneline
      \\ contains=@stratExpression,stratBlock,stratFormat
    syntax region stratString start=+"+ skip=+\\\\.+ end=+"+ oneline contains=stratEscape,stratInterpolation

    syntax match stratComment "#.*$"
    syntax match stratDocumentation "##.*$"


    """

  private static let highlights: String = {
    let links = [
      ("Declaration", "Keyword"), ("Control", "Statement"), ("WordOperator", "Operator"), ("Constant", "Constant"),
      ("Value", "Special"), ("Builtin", "Function"), ("Function", "Identifier"), ("Method", "Identifier"),
      ("Number", "Number"), ("Duration", "Number"), ("Date", "Number"), ("String", "String"),
      ("Escape", "SpecialChar"), ("Format", "SpecialChar"), ("Brace", "Delimiter"), ("Comment", "Comment"),
      ("Documentation", "SpecialComment"),
    ]
    return links.map { "highlight default link strat\($0) \($1)\n" }.joined()
      + "\nlet b:current_syntax = \"strat\"\n"
  }()
}
