import Synchronization

/// An object that is made when it is first asked for, by whichever thread asks first.
///
/// As the standard library's `AtomicLazyReference`, whose compiled code the thread sanitizer does not see.
public struct LazyReference<Instance: AnyObject & Sendable>: ~Copyable, Sendable {
  private let kept = Atomic<Unmanaged<Instance>?>(nil)

  /// Nothing yet.
  public init() {}

  deinit { kept.load(ordering: .acquiring)?.release() }

  /// The object, if it is there.
  public func load() -> Instance? { kept.load(ordering: .acquiring)?.takeUnretainedValue() }

  /// Keeps an object unless there is one; gives the one that is kept.
  public func storeIfNil(_ made: Instance) -> Instance {
    let candidate = Unmanaged.passRetained(made)
    let known = kept.compareExchange(expected: nil, desired: candidate, ordering: .acquiringAndReleasing).original
    guard let known else { return made }
    candidate.release()
    return known.takeUnretainedValue()
  }
}
