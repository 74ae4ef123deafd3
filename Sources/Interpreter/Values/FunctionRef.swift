/// A function object: a script function or lambda with its captured values, or a builtin.
public struct FunctionRef {
  let pointer: UnsafeMutableRawPointer

  struct Layout {
    var header: ObjectHeader  // count: captured values
    var pad: Int32
    /// An unretained `FunctionCode` (kept alive by its program) or `BuiltinEntry` (kept alive by the library).
    var code: UnsafeRawPointer
  }

  static let capturesOffset = MemoryLayout<Layout>.size

  private var layout: UnsafeMutablePointer<Layout> { pointer.assumingMemoryBound(to: Layout.self) }
  var captureCount: Int { Int(layout.pointee.header.count) }
  var captures: UnsafeMutablePointer<Value> {
    (pointer + FunctionRef.capturesOffset).assumingMemoryBound(to: Value.self)
  }
  var callable: Unmanaged<Callable> { Unmanaged<Callable>.fromOpaque(layout.pointee.code) }

  /// The name that messages show.
  public var name: String { callable.takeUnretainedValue().name }
  /// How many parameters have no default.
  public var requiredCount: Int { callable.takeUnretainedValue().requiredCount }
  /// How many parameters there are at most.
  public var maximumCount: Int { callable.takeUnretainedValue().maximumCount }

  static func initialize(_ memory: UnsafeMutableRawPointer, _ callable: Callable, captures: Int) -> FunctionRef {
    memory.initializeMemory(
      as: Layout.self,
      to: Layout(
        header: ObjectHeader(.function, count: captures), pad: 0,
        code: UnsafeRawPointer(Unmanaged.passUnretained(callable).toOpaque())))
    return FunctionRef(pointer: memory)
  }
}

/// What a function object points to: the code of a script function or the record of a builtin.
class Callable {
  /// The name that messages show.
  let name: String
  /// How many parameters have no default.
  let requiredCount: Int
  /// How many parameters there are at most; `Int.max` for a variadic builtin.
  let maximumCount: Int

  init(name: String, requiredCount: Int, maximumCount: Int) {
    self.name = name
    self.requiredCount = requiredCount
    self.maximumCount = maximumCount
  }

  /// Calls the function with arguments that stand at `arguments`, the start of free stack.
  func invoke(
    _ function: FunctionRef?, _ context: UnsafeMutablePointer<Context>, _ arguments: UnsafeMutablePointer<Value>,
    count: Int, site: Int32
  ) throws(Trap) -> Value {
    preconditionFailure("a callable says how it is called")
  }
}
