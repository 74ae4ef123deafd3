#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where files go that nobody keeps.
public enum TemporaryFolder {
  /// `TMPDIR` where it is an absolute path, else what the C library names.
  public static var path: String {
    guard let given = getenv("TMPDIR").map({ String(cString: $0) }), given.hasPrefix("/") else { return P_tmpdir }
    return given
  }
}
