import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The script files that a command line names.
enum ScriptFiles {
  /// Scripts are written by people; what is larger is something else, or has no end.
  private static let sizeLimit = 16 << 20

  /// Reads a script, or says why it cannot be read.
  static func read(_ path: String) throws(CommandFailure) -> SourceFile {
    switch kind(of: path) {
    case nil: throw .usage(.missingFile(path, similar: neighbours(of: path)))
    case .folder: throw .usage(.folderForFile(path))
    case .file: break
    }
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw .usage(.unreadableFile(path, reason: String(cString: strerror(errno)))) }
    defer { close(file) }
    return try text(of: file, name: path)
  }

  /// Reads a script from standard input.
  static func readInput(name: String) throws(CommandFailure) -> SourceFile { try text(of: 0, name: name) }

  private static func text(of file: Int32, name: String) throws(CommandFailure) -> SourceFile {
    let bytes = try contents(of: file, name: name)
    if let place = firstInvalidByte(bytes) {
      let line = bytes[..<place].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
      throw .usage(.notText(name, line: line))
    }
    return SourceFile(name: name, bytes: bytes)
  }

  /// The scripts that files, folders and patterns name: files as given, folders searched with those in them, in order
  /// of name.
  static func find(_ paths: [String]) throws(CommandFailure) -> [String] { try search(paths).map(\.path) }

  /// The scripts as `find` gives them, and whether each was named itself, not found in a folder or by a pattern.
  static func search(_ paths: [String]) throws(CommandFailure) -> [(path: String, isNamed: Bool)] {
    var found: [(path: String, isNamed: Bool)] = []
    for path in paths {
      switch kind(of: path) {
      case nil:
        let matching = matches(path)
        if matching.isEmpty { throw .usage(.missingFile(path, similar: neighbours(of: path))) }
        for match in matching {
          let scripts = kind(of: match) == .folder ? scripts(below: match, depth: 0) : [match]
          found += scripts.map { ($0, false) }
        }
      case .file: found.append((path, true))
      case .folder: found += scripts(below: path, depth: 0).map { ($0, false) }
      }
    }
    if found.isEmpty { throw .usage(.noScripts(paths)) }
    return found
  }

  /// The paths that a pattern with `*`, `?` or `[…]` stands for, ascending: for shells that leave it to us.
  private static func matches(_ pattern: String) -> [String] {
    guard pattern.contains(where: { "*?[".contains($0) }) else { return [] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }

  /// What a path names.
  enum Kind { case file, folder }

  /// What a path names; `nil` for nothing.
  static func kind(of path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }

  /// The names in a folder, in order of their bytes, without hidden ones.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
          String(cString: $0)
        }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func scripts(below folder: String, depth: Int) -> [String] {
    // A link to a folder above would lead around in circles.
    guard depth < 32 else { return [] }
    var found: [String] = []
    for name in names(in: folder) {
      let path = (folder.hasSuffix("/") ? folder : folder + "/") + name
      switch kind(of: path) {
      case .folder: found += scripts(below: path, depth: depth + 1)
      // A pipe is read where it is named, not where it is found: it may never end.
      case .file where name.hasSuffix(".strat") && !isSpecial(path): found.append(path)
      // A link to nowhere is found, so that reading it says so.
      case nil where name.hasSuffix(".strat"): found.append(path)
      case .file, nil: break
      }
    }
    return found
  }

  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  private static func contents(of file: Int32, name path: String) throws(CommandFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = systemRead(file, &buffer)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .usage(.unreadableFile(path, reason: String(cString: strerror(errno)))) }
      bytes.append(contentsOf: buffer[..<count])
      if bytes.count > sizeLimit { throw .usage(.unreadableFile(path, reason: "it is larger than 16 MiB")) }
    }
  }

  private static func systemRead(_ file: Int32, _ buffer: inout [UInt8]) -> Int {
    buffer.withUnsafeMutableBytes { memory in
      #if canImport(Glibc)
        Glibc.read(file, memory.baseAddress, memory.count)
      #else
        Darwin.read(file, memory.baseAddress, memory.count)
      #endif
    }
  }

  /// The offset of the first byte that is not UTF-8 or is zero, as in a file that is no text.
  private static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    if let zero = bytes.firstIndex(of: 0) { return zero }
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var place = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): place += UTF8.width(scalar)
      case .emptyInput: return nil
      case .error: return min(place, bytes.count)
      }
    }
  }

  /// Scripts beside a path that does not exist whose names are close to it.
  private static func neighbours(of path: String) -> [String] {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let prefix = slash.map { String(path[...$0]) } ?? ""
    let scripts = names(in: folder).filter { $0.hasSuffix(".strat") }
    return Suggestions.close(to: name, among: scripts).map { prefix + $0 }
  }
}
