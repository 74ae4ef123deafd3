/// A name of another tool, and how the same is said here.
///
/// The one place for such names: the resolver answers unknown names from it, and the table for those who come from
/// another tool is made of it.
public struct ForeignName: Sendable {
  /// Where a name is used.
  public enum Origin: String, CaseIterable, Sendable {
    case python = "Python"
    case pandas = "pandas and NumPy"
    case pine = "Pine"
    case amiBroker = "AmiBroker"
    case easyLanguage = "EasyLanguage"
    case r = "R"
    case taLib = "TA-Lib"
    case javaScript = "JavaScript and C"
  }

  /// The name as it is written there: `None`, `ta.sma`, or `.shift` for what stands behind a dot.
  public let name: String
  /// Where.
  public let origin: Origin
  /// How the same is said here.
  public let ours: String
  /// What may stand in place of the name and nothing else; `nil` where more has to change.
  public let replacement: String?

  init(_ name: String, _ origin: Origin, _ ours: String, _ replacement: String? = nil) {
    self.name = name
    self.origin = origin
    self.ours = ours
    self.replacement = replacement
  }

  /// All names, by origin.
  public static let all: [ForeignName] =
    python + pandas + pine + amiBroker + easyLanguage + r + taLib + javaScript

  private static let byName: [String: ForeignName] = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  /// The row of a name.
  public static func named(_ name: String) -> ForeignName? { byName[name] }

  /// What stands before the dots: `ta`, `np`.
  private static let namespaces: Set<String> = Set(
    all.compactMap { row in row.name.firstIndex(of: ".").map { String(row.name[..<$0]) } }.filter { !$0.isEmpty })

  /// Whether the name is that of another tool's library, such as `np`.
  public static func isNamespace(_ name: String) -> Bool { namespaces.contains(name) }

  /// In one sentence.
  public var advice: String {
    ours.contains("`") ? ours : "\(origin.rawValue)'s `\(name)` is written `\(ours)` here"
  }
}
