#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where files go that nobody keeps, and names there that nobody else has.
public enum TemporaryFolder {
  /// `TMPDIR` where it is an absolute path, else what the C library names.
  public static var path: String {
    guard let given = getenv("TMPDIR").map({ String(cString: $0) }), given.hasPrefix("/") else { return P_tmpdir }
    return given
  }

  /// Makes an empty folder of its own; `nil` where that fails, and `errno` says why.
  public static func makeFolder(_ prefix: String) -> String? {
    made(prefix, "") { mkdtemp($0) != nil }
  }

  /// Makes an empty file of its own; `nil` where that fails, and `errno` says why.
  public static func makeFile(_ prefix: String, ending: String) -> String? {
    made(prefix, ending) { name in
      let descriptor = mkstemps(name, Int32(ending.utf8.count))
      if descriptor >= 0 { close(descriptor) }
      return descriptor >= 0
    }
  }

  private static func made(
    _ prefix: String, _ ending: String, _ make: (UnsafeMutablePointer<CChar>) -> Bool
  ) -> String? {
    // The C library replaces six of this letter by ones that make the name a new one.
    var name = Array("\(path)/\(prefix)-\(String(repeating: "X", count: 6))\(ending)".utf8CString)
    return name.withUnsafeMutableBufferPointer { name in
      name.baseAddress.flatMap { make($0) ? String(cString: $0) : nil }
    }
  }
}
