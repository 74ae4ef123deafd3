import ArgumentParser

/// `strat new`: a commented script to start from.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a commented script to start from.",
    discussion: """
      EXAMPLE:
        strat new my_idea && strat run my_idea.strat

      The file is NAME.strat. Nothing is ever overwritten.
      """)

  @Argument(help: ArgumentHelp("The strategy's name; a folder may stand before it.", valueName: "name"))
  var name: String

  func run() throws {
    let path = name.hasSuffix(".strat") ? name : name + ".strat"
    let base = String(path.dropLast(6).split(separator: "/", omittingEmptySubsequences: false).last ?? "")
    guard Self.isName(base) else { throw CommandFailure.usage(.badName(name)) }
    if ScriptFiles.kind(of: path) != nil { throw CommandFailure.usage(.fileExists(path)) }
    try NewFile.write(StarterScript.text(name: base), to: path)
    Console.note("wrote \(path); run it with: strat run \(path)")
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2D }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}
