#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the place that a text is written to can show: how wide it is, and whether it knows colour and Unicode.
///
/// Colour is used on a terminal only, and not where `NO_COLOR` is set or `TERM` is `dumb`. Block and braille
/// characters need a UTF-8 locale.
public struct Terminal: Sendable {
  /// Columns to a line; never under 40.
  public var width: Int
  /// Whether characters outside ASCII can be shown.
  public var usesUnicode: Bool
  /// Whether colour can be shown.
  public var usesColour: Bool
  /// Whether lines that are too long would be broken anywhere, as a terminal does; a file or a pipe takes them whole.
  public var breaksLines: Bool
  /// What our own colours are told by where a terminal is written to; `nil` elsewhere.
  ///
  /// It stands in them as one more number, until `sent` takes it out. Nothing from outside can hold it, because it is
  /// drawn anew for each process and never leaves it.
  private var seal: String?
  private static let ownSeal = String(UInt64.random(in: 1_000_000...UInt64.max))

  /// A place with the given abilities.
  public init(width: Int = 80, usesUnicode: Bool = true, usesColour: Bool = false, breaksLines: Bool = false) {
    self.width = max(40, width)
    self.breaksLines = breaksLines
    self.usesUnicode = usesUnicode
    self.usesColour = usesColour
  }

  /// The place behind a file descriptor (1 for standard output), judged by it and by the environment.
  public init(descriptor: Int32, environment: (String) -> String? = Terminal.environment) {
    let isTerminal = isatty(descriptor) == 1
    let isDumb = environment("TERM") == "dumb"
    let noColour = environment("NO_COLOR").map { !$0.isEmpty } ?? false
    self.init(
      width: Terminal.width(of: descriptor, isTerminal: isTerminal, environment: environment),
      usesUnicode: !isDumb && Terminal.isUTF8(environment),
      usesColour: isTerminal && !isDumb && !noColour, breaksLines: isTerminal)
    if isTerminal { seal = Terminal.ownSeal }
  }

  /// Makes the place one that texts from outside must not steer, as each terminal is.
  public mutating func guardControls() { seal = Terminal.ownSeal }
  /// Whether texts from outside must not steer the place.
  public var showsControls: Bool { seal != nil }

  /// A text as it may be written to the place: to a terminal with our own colours and no other control character but
  /// tabs and line ends, to a file or a pipe as it is.
  public func sent(_ text: String) -> String {
    guard let seal else { return text }
    return ControlText.shown(text, seal: seal)
  }

  /// A variable of the process's environment.
  public static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The ellipsis that a cut text ends with.
  public var ellipsis: String { usesUnicode ? "…" : "..." }
  /// What stands for an absent number.
  public var absent: String { usesUnicode ? "–" : "-" }

  /// The text in a colour, where there is colour.
  public func paint(_ text: String, _ ink: Ink?) -> String {
    guard usesColour, let ink, !text.isEmpty else { return text }
    let mark = seal.map { $0 + ";" } ?? ""
    return "\u{1B}[\(mark)\(ink.rawValue)m\(text)\u{1B}[\(mark)0m"
  }

  private static func width(of descriptor: Int32, isTerminal: Bool, environment: (String) -> String?) -> Int {
    if let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 { return min(columns, 400) }
    var size = winsize()
    if isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return 80
  }

  private static func isUTF8(_ environment: (String) -> String?) -> Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let value = environment(name), !value.isEmpty else { continue }
      let lower = value.lowercased()
      return lower.contains("utf-8") || lower.contains("utf8")
    }
    return false
  }
}

/// The colours and weights of the output, by the number of their terminal code.
public enum Ink: Int, Sendable {
  case bold = 1
  case dim = 2
  case red = 31
  case green = 32
  case yellow = 33
  case cyan = 36

  /// Red for losses, green for gains, nothing for zero and for absent numbers.
  public static func sign(_ value: Double?) -> Ink? {
    guard let value else { return nil }
    return value < 0 ? .red : value > 0 ? .green : nil
  }
}
