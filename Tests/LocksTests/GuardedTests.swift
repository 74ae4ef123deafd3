import Foundation
import Locks
import Testing

@Suite struct GuardedTests {
  /// Threads of their own, which those that tests share cannot hold up.
  private func together(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    let ended = DispatchGroup()
    for number in 0..<count {
      ended.enter()
      Thread {
        work(number)
        ended.leave()
      }.start()
    }
    ended.wait()
  }

  @Test func noAdditionOfSeveralThreadsIsLost() {
    let sum = Guarded(0)
    together(8) { number in
      for _ in 0..<10_000 { sum.withLock { $0 += number } }
    }
    #expect(sum.withLock { $0 } == 280_000)
  }

  @Test func aValueIsWholeWheneverItIsSeen() {
    let pair = Guarded((first: 0, second: 0))
    let torn = Guarded(0)
    together(4) { _ in
      for _ in 0..<5_000 {
        let isWhole = pair.withLock { pair in
          pair.first += 1
          defer { pair.second += 1 }
          return pair.first == pair.second + 1
        }
        if !isWhole { torn.withLock { $0 += 1 } }
      }
    }
    #expect(torn.withLock { $0 } == 0)
    #expect(pair.withLock { $0.first } == 20_000)
  }

  @Test func theLockIsGivenBackWhenABodyFails() {
    struct Failure: Error {}
    let value = Guarded([1])
    #expect(throws: Failure.self) {
      try value.withLock { list throws(Failure) in
        list.append(2)
        throw Failure()
      }
    }
    #expect(value.withLock { $0 } == [1, 2])
  }

  @Test func allThreadsAreGivenTheObjectOfTheFirst() {
    final class Made: Sendable {}
    final class Keeper: Sendable { let made = LazyReference<Made>() }
    for _ in 0..<100 {
      let keeper = Keeper()
      let seen = Guarded<Set<ObjectIdentifier>>([])
      #expect(keeper.made.load() == nil)
      together(4) { _ in
        let made = keeper.made.load() ?? keeper.made.storeIfNil(Made())
        seen.withLock { _ = $0.insert(ObjectIdentifier(made)) }
      }
      #expect(seen.withLock { $0 } == [keeper.made.load().map { ObjectIdentifier($0) }])
    }
  }

  @Test func anObjectThatIsKeptOrNotTakenIsGivenBack() {
    final class Counted: Sendable {
      let alive: Guarded<Int>
      init(_ alive: Guarded<Int>) {
        self.alive = alive
        alive.withLock { $0 += 1 }
      }
      deinit { alive.withLock { $0 -= 1 } }
    }
    let alive = Guarded(0)
    do {
      let kept = LazyReference<Counted>()
      let first = kept.storeIfNil(Counted(alive))
      #expect(kept.storeIfNil(Counted(alive)) === first)
      #expect(alive.withLock { $0 } == 1)
    }
    #expect(alive.withLock { $0 } == 0)
  }
}
