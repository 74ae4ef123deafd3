#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What libFuzzer calls; `STRAT_FUZZ_TARGET` names the target.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  checksum &+= chosen.run(input)
  return 0
}

private let chosen: FuzzTarget = {
  // No other program is tried.
  setenv("PATH", "", 1)
  let name = getenv("STRAT_FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    print("STRAT_FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
    exit(2)
  }
  return target
}()

/// Keeps the optimizer from removing the work; libFuzzer runs one thread.
nonisolated(unsafe) private var checksum = 0
