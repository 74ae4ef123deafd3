/// What an object in a region is.
@usableFromInline enum ObjectKind: UInt8, BitwiseCopyable {
  case string, list, map, series, function

  var valueKind: ValueKind {
    switch self {
    case .string: .string
    case .list: .list
    case .map: .map
    case .series: .series
    case .function: .function
    }
  }
}

/// The first eight bytes of every object in a region.
///
/// `isShared` makes lists and maps values: whoever keeps a second reference to one (a binding, an argument, an element
/// of another list) sets the flag, and whoever writes to a shared one copies it first. The flag is never taken back.
@usableFromInline struct ObjectHeader: BitwiseCopyable {
  @usableFromInline var kind: ObjectKind
  @usableFromInline var isShared: Bool
  @usableFromInline var count: Int32

  init(_ kind: ObjectKind, count: Int) {
    self.kind = kind
    isShared = false
    self.count = Int32(truncatingIfNeeded: count)
  }

  /// The header of an object whose address came from a `Value` with the object tag.
  @inline(__always) static func at(_ object: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<ObjectHeader> {
    // A value with the object tag is made from a live pointer only, so the address is never null.
    object.unsafelyUnwrapped.assumingMemoryBound(to: ObjectHeader.self)
  }
}

extension Value {
  /// Marks a list or map as referenced from more than one place.
  ///
  /// What is marked is not written to: objects of a program are read by all threads that run it.
  @inline(__always) func share() {
    guard isObject else { return }
    let header = ObjectHeader.at(object)
    if !header.pointee.isShared { header.pointee.isShared = true }
  }
}
