import Diagnostics
import MarketData

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The CPU time of loading a data folder, and the most memory that the process had.
enum LoadMeasurement {
  /// `milliseconds megabytes`; from a cache folder, where one is named.
  static func text(_ path: String, cache: String? = nil) -> String {
    let start = Clock.processor
    do {
      let loaded = try DataFolder(path).load(.init(), cache: cache.map { CacheFolder($0) })
      let elapsed = Clock.processor - start
      // Asked for after the clock stopped, so that the store is still there.
      return "\(elapsed) \(peakMegabytes) \(loaded.store.instruments.count)"
    } catch {
      return "failed: \(error.diagnostics.first?.message ?? "")"
    }
  }

  /// The most memory that the process had so far.
  static var peakMegabytes: Double {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return Double(usage.ru_maxrss) / 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return Double(usage.ru_maxrss) / 1_048_576
    #endif
  }
}
