#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// libpq, loaded when a PostgreSQL database is first used: linking it would cost every start of the program several
/// milliseconds, and the program would not run where it is not installed.
///
/// Each property is the C function of its name, without the `PQ`.
struct PostgresLibrary: @unchecked Sendable {
  typealias Text = UnsafePointer<CChar>
  typealias Texts = UnsafePointer<Text?>

  let connectdbParams: @convention(c) (Texts, Texts, Int32) -> OpaquePointer?
  let status: @convention(c) (OpaquePointer?) -> Int32
  let transactionStatus: @convention(c) (OpaquePointer?) -> Int32
  let errorMessage: @convention(c) (OpaquePointer?) -> Text?
  let finish: @convention(c) (OpaquePointer?) -> Void
  let exec: @convention(c) (OpaquePointer?, Text) -> OpaquePointer?
  let execParams:
    @convention(c) (
      OpaquePointer?, Text, Int32, UnsafePointer<UInt32>?, Texts?, UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
    ) -> OpaquePointer?
  let resultStatus: @convention(c) (OpaquePointer?) -> Int32
  let resultErrorField: @convention(c) (OpaquePointer?, Int32) -> Text?
  let clear: @convention(c) (OpaquePointer?) -> Void
  let ntuples: @convention(c) (OpaquePointer?) -> Int32
  let ftype: @convention(c) (OpaquePointer?, Int32) -> UInt32
  let fname: @convention(c) (OpaquePointer?, Int32) -> Text?
  let getvalue: @convention(c) (OpaquePointer?, Int32, Int32) -> UnsafePointer<UInt8>?
  let getisnull: @convention(c) (OpaquePointer?, Int32, Int32) -> Int32
  let getlength: @convention(c) (OpaquePointer?, Int32, Int32) -> Int32
  let cmdTuples: @convention(c) (OpaquePointer?) -> Text?
  let putCopyData: @convention(c) (OpaquePointer?, UnsafePointer<CChar>?, Int32) -> Int32
  let putCopyEnd: @convention(c) (OpaquePointer?, Text?) -> Int32
  let getResult: @convention(c) (OpaquePointer?) -> OpaquePointer?
  let setNoticeProcessor:
    @convention(c) (
      OpaquePointer?, (@convention(c) (UnsafeMutableRawPointer?, Text?) -> Void)?, UnsafeMutableRawPointer?
    ) -> UnsafeRawPointer?

  /// The library, or why it cannot be loaded.
  static let shared: Result<PostgresLibrary, Missing> = load()

  /// Why the library cannot be loaded.
  struct Missing: Error {
    let reason: String
  }

  private static var candidates: [String] {
    if let path = getenv("STRAT_LIBPQ"), path.pointee != 0 { return [String(cString: path)] }
    #if os(Linux)
      return ["libpq.so.5"]
    #else
      return [
        "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib", "/usr/local/opt/libpq/lib/libpq.5.dylib",
      ]
    #endif
  }

  private static func load() -> Result<PostgresLibrary, Missing> {
    var missing = Missing(reason: "")
    for name in candidates {
      do throws(Missing) {
        guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
          throw Missing(reason: dlerror().map { String(cString: $0) } ?? name)
        }
        return .success(try PostgresLibrary(handle))
      } catch { missing = error }
    }
    return .failure(missing)
  }

  private init(_ handle: UnsafeMutableRawPointer) throws(Missing) {
    // The types are those of libpq-fe.h, which has kept them since PostgreSQL 9.
    func function<T>(_ name: String) throws(Missing) -> T {
      guard let symbol = dlsym(handle, "PQ" + name) else { throw Missing(reason: "libpq has no function PQ\(name)") }
      return unsafeBitCast(symbol, to: T.self)
    }
    connectdbParams = try function("connectdbParams")
    status = try function("status")
    transactionStatus = try function("transactionStatus")
    errorMessage = try function("errorMessage")
    finish = try function("finish")
    exec = try function("exec")
    execParams = try function("execParams")
    resultStatus = try function("resultStatus")
    resultErrorField = try function("resultErrorField")
    clear = try function("clear")
    ntuples = try function("ntuples")
    ftype = try function("ftype")
    fname = try function("fname")
    getvalue = try function("getvalue")
    getisnull = try function("getisnull")
    getlength = try function("getlength")
    cmdTuples = try function("cmdTuples")
    putCopyData = try function("putCopyData")
    putCopyEnd = try function("putCopyEnd")
    getResult = try function("getResult")
    setNoticeProcessor = try function("setNoticeProcessor")
  }
}
