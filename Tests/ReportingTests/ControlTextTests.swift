import Testing

@testable import Reporting

@Suite struct ControlTextTests {
  private var terminal: Terminal {
    var terminal = Terminal(usesColour: true)
    terminal.guardControls()
    return terminal
  }

  @Test(
    arguments: [
      ("\u{1B}[31mred", "␛[31mred"), ("a\u{7}\u{8}b", "a␇␈b"), ("\u{7F}", "␡"), ("\u{9B}31m", "\\u{9B}31m"),
      ("\u{202E}evil", "\\u{202E}evil"), ("a\u{2066}b\u{2069}", "a\\u{2066}b\\u{2069}"), ("\u{61C}", "\\u{61C}"),
      ("a\tb\nc", "a\tb\nc"), ("a\rb", "a␍b"), ("a\r\nb", "a␍\nb"), ("日本 é … █⣿", "日本 é … █⣿"), ("", ""),
      ("\u{0}", "␀"), ("\u{1B}]0;title\u{7}", "␛]0;title␇"), ("e\u{301}\u{1B}", "e\u{301}␛"),
    ])
  func whatSteersATerminalIsShown(_ text: String, _ expected: String) {
    #expect(terminal.sent(text) == expected)
    // A file or a pipe gets the bytes as they are.
    #expect(Array(Terminal().sent(text).utf8) == Array(text.utf8))
  }

  @Test func ourOwnColoursPassAndOthersDoNot() {
    let own = terminal.paint("a\u{1B}[32mb", .red)
    #expect(terminal.sent(own) == "\u{1B}[31ma␛[32mb\u{1B}[0m")
    // The seal is nowhere in what is sent.
    #expect(own.count > terminal.sent(own).count)
    #expect(terminal.sent(terminal.paint(terminal.sent("\u{1B}[1;31m"), .bold)) == "\u{1B}[1m␛[1;31m\u{1B}[0m")
  }

  @Test func cellsStayInTheirLine() {
    var table = TextTable([.init("name"), .init("rows", .right)])
    table.add(["a\nb\u{1B}[2J\tc", "1"])
    table.add(["plain", "22"])
    let lines = table.lines(terminal).map { terminal.sent($0) }
    #expect(lines.count == 4)
    #expect(lines[2] == "a␊b␛[2J␉c     1")
    #expect(lines[3] == "plain        22")
  }

  @Test func widthsAreThoseOfWhatIsShown() {
    for text in ["\u{1B}[31m", "\u{202E}x", "\u{9B}", "a\u{7F}b"] {
      #expect(DisplayWidth.of(text) == DisplayWidth.of(ControlText.line(text)), "\(ControlText.line(text))")
    }
  }
}
