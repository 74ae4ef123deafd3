import Diagnostics
import Locks

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files that are mapped, and what is done when one of them changes under the program.
///
/// Our own programs replace a kept copy by renaming and never write into one, so that whoever has mapped it keeps what it
/// read. Another program may still shorten or overwrite it. A page that is gone then raises a signal, at any instruction
/// that reads a number: there is nothing to go back to, so the signal is turned into a message and an end of the program,
/// and the file is removed, so that the next run makes it anew. SQLite and LMDB leave such an end to the system. A page
/// that holds other bytes raises nothing; so a file's size and time are looked at again when it is let go and when a
/// command ends, and what was computed from it is not passed off as right.
///
/// To copy every kept copy instead would cost each of twenty processes its own hundreds of megabytes; small ones are
/// copied, as that costs nothing.
enum MappedRegions {
  private struct Slot {
    var start: UInt = 0
    var end: UInt = 0
    var path: UnsafeMutablePointer<CChar>?
    var message: UnsafeMutablePointer<CChar>?
    var file: Unmanaged<MappedFile>?
  }

  private static let capacity = 64
  // Read by the signal's handler, which takes no lock: a slot's range is set last and cleared first.
  nonisolated(unsafe) private static let slots: UnsafeMutablePointer<Slot> = {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
    slots.initialize(repeating: Slot(), count: capacity)
    return slots
  }()
  /// The files that changed while they were mapped, and are mapped no more.
  private static let changed = Guarded<[String]>([])

  /// Adds a file; `false` where there are too many, and it had better be copied.
  static func add(_ file: MappedFile) -> Bool {
    changed.withLock { _ in
      guard let place = (0..<capacity).first(where: { slots[$0].file == nil }) else { return false }
      listen()
      let start = UInt(bitPattern: file.bytes.baseAddress)
      slots[place].path = strdup(file.path)
      slots[place].message = strdup(message(file.path))
      slots[place].file = .passUnretained(file)
      slots[place].end = start + UInt(file.bytes.count)
      slots[place].start = start
      return true
    }
  }

  /// Takes a file out again, which is unmapped then.
  static func remove(_ file: MappedFile) {
    changed.withLock { changed in
      if file.hasChanged { changed.append(file.path) }
      let start = UInt(bitPattern: file.bytes.baseAddress)
      guard let place = (0..<capacity).first(where: { slots[$0].file != nil && slots[$0].start == start }) else {
        return
      }
      let slot = slots[place]
      slots[place] = Slot()
      free(slot.path)
      free(slot.message)
    }
  }

  /// The files that have changed since they were mapped.
  static func changedFiles() -> [String] {
    changed.withLock { changed in
      let mapped = (0..<capacity).compactMap { slots[$0].file?.takeUnretainedValue() }
      return changed + mapped.filter(\.hasChanged).map(\.path)
    }
  }

  /// What is said when a page is gone, as a line for the terminal.
  private static func message(_ path: String) -> String {
    let problem = Diagnostic.cacheChanged(path)
    let shown = problem.message.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : Character($0) }
    return "error[\(problem.code)]: " + String(shown) + "\n"
  }

  private static func listen() {
    var action = sigaction()
    #if canImport(Glibc)
      action.__sigaction_handler.sa_sigaction = { number, info, _ in
        MappedRegions.end(number, UInt(bitPattern: info?.pointee._sifields._sigfault.si_addr))
      }
    #else
      action.__sigaction_u.__sa_sigaction = { number, info, _ in
        MappedRegions.end(number, UInt(bitPattern: info?.pointee.si_addr))
      }
    #endif
    action.sa_flags = SA_SIGINFO
    sigaction(SIGBUS, &action, nil)
  }

  /// Ends the program where a page of a mapped file is gone; any other fault is left to the system.
  private static func end(_ number: Int32, _ address: UInt) {
    for place in 0..<capacity where slots[place].start <= address && address < slots[place].end {
      if let message = slots[place].message { _ = write(2, message, strlen(message)) }
      if let path = slots[place].path { unlink(path) }
      _exit(3)
    }
    signal(number, SIG_DFL)
  }
}
