import Analytics
import Diagnostics
import Foundation
import Interpreter
import MarketData
import MarketModel
import Scripting
import Testing

@testable import Experiments

/// A folder of its own for one test, removed at its end.
final class Folder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "strat-experiments-" + UUID().uuidString
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var memory: RunMemory { RunMemory(folder: path) }

  /// Paths of all files below it.
  var files: [String] {
    (FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".outcome") }
  }
}

@Suite struct BatchTests {
  private let scripts: Scripts
  private let paths: [String]

  init() {
    var texts: [String: String] = [:]
    for one in failing { texts[one.path] = one.text }
    let good = ["SPY", "TLT", "GLD", "IEF", "SHY", "EFA"]
    for ticker in good { texts["\(ticker).strat"] = holding(ticker) }
    scripts = Scripts(texts: texts)
    // Failures stand among what succeeds.
    paths = zip(good, failing).flatMap { ["\($0).strat", $1.path] } + failing.dropFirst(good.count).map(\.path)
  }

  private var fast: RunSettings {
    var limits = Limits()
    limits.steps = 200_000
    limits.memory = 128 << 10
    return settings(limits: limits)
  }

  @Test func eachFailureIsARowOfItsOwn() throws {
    let rows = rows(paths, scripts, settings: fast)
    #expect(rows.map(\.path) == paths)
    for failure in failing {
      let row = try #require(rows.first { $0.path == failure.path })
      #expect(row.status == .failed)
      #expect(row.summary == nil)
      #expect(row.problems.first?.code.hasPrefix(failure.code) == true, "\(failure.path): \(row.problems)")
      #expect(row.problems.first?.message.isEmpty == false)
    }
    let good = rows.filter { row in !failing.contains { $0.path == row.path } }
    #expect(good.count == 6)
    for row in good {
      #expect(row.status == .ok, "\(row.problems)")
      #expect((row.summary?.metric("total_trades").number ?? 0) > 0)
      #expect(row.strategyID == String(row.path.dropLast(6)))
    }
  }

  @Test func workersChangeNothing() {
    let one = rows(paths, scripts, workers: 1, settings: fast).map(text)
    #expect(rows(paths, scripts, workers: 2, settings: fast).map(text) == one)
    #expect(rows(paths, scripts, workers: 7, settings: fast).map(text) == one)
  }

  @Test func aRowIsTheRunAlone() throws {
    let row = rows(["TLT.strat"], scripts)[0]
    let alone = try onLargeStack { [scripts] in
      let script = try Script.load(try scripts.read("TLT.strat").get())
      return RunSummary(try ScriptRun(script, ParamValues(), on: sample, settings()).result())
    }
    #expect(row.summary?.metrics.map { "\($0)" } == alone.metrics.map { "\($0)" })
  }

  @Test func theSecondBatchRunsNothing() {
    let folder = Folder()
    let first = rows(paths, scripts, kept: folder.memory, settings: fast)
    let second = rows(paths, scripts, kept: folder.memory, settings: fast)
    #expect(second.map(text) == first.map(text))
    #expect(first.allSatisfy { !$0.isKept })
    // Whatever has a run to speak of is kept, the failures of a run too.
    for row in second { #expect(row.isKept == (row.runKey != nil), "\(row.path)") }
    #expect(second.filter(\.isKept).count > 8)
  }

  @Test func whatChangesIsRunAgain() {
    let folder = Folder()
    let path = ["SPY.strat"]
    _ = rows(path, scripts, kept: folder.memory)
    #expect(rows(path, scripts, kept: folder.memory)[0].isKept)
    let other = Scripts(texts: ["SPY.strat": holding("SPY") + "# changed\n"])
    #expect(!rows(path, other, kept: folder.memory)[0].isKept)
    #expect(!rows(path, scripts, kept: folder.memory, settings: settings([("end", "2007-12-31")]))[0].isKept)
    var newer = settings()
    newer.engineVersion = "newer"
    #expect(!rows(path, scripts, kept: folder.memory, settings: newer)[0].isKept)
    var limits = Limits()
    limits.steps = 1_000_000
    #expect(!rows(path, scripts, kept: folder.memory, settings: settings(limits: limits))[0].isKept)
    #expect(rows(path, scripts, kept: folder.memory)[0].isKept)
  }

  @Test func aScriptThatMovedIsKeptUnderItsNewPath() {
    let folder = Folder()
    let text = "strategy \"s\" { rebalance: \"monthly\" }\nfn signals(as_of) = [\"SPY\": [1][5]]\n"
    let old = rows(["a.strat"], Scripts(texts: ["a.strat": text]), kept: folder.memory)[0]
    let moved = rows(["b/c.strat"], Scripts(texts: ["b/c.strat": text]), kept: folder.memory)[0]
    #expect(old.problems.first?.file == "a.strat")
    #expect(moved.isKept)
    #expect(moved.problems.first?.file == "b/c.strat")
  }

  @Test func aDamagedOutcomeIsNotTrusted() throws {
    let folder = Folder()
    let first = rows(["SPY.strat"], scripts, kept: folder.memory)[0]
    let file = folder.path + "/" + (try #require(folder.files.first))
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    for damage in [whole.prefix(0), whole.prefix(whole.count / 2), whole.dropLast(1), whole + [0x20]] {
      try damage.write(to: URL(fileURLWithPath: file))
      let memory = folder.memory
      let again = rows(["SPY.strat"], scripts, kept: memory)[0]
      #expect(!again.isKept)
      #expect(memory.damaged == 1)
      #expect(text(again) == text(first))
    }
    var flipped = whole
    flipped[whole.count / 2] ^= 1
    try flipped.write(to: URL(fileURLWithPath: file))
    #expect(!rows(["SPY.strat"], scripts, kept: folder.memory)[0].isKept)
    #expect(rows(["SPY.strat"], scripts, kept: folder.memory)[0].isKept)
  }

  @Test func whatAKilledProcessLeftIsRemovedAndWhatIsBeingWrittenStays() throws {
    let folder = Folder()
    _ = rows(["SPY.strat"], scripts, kept: folder.memory)
    let making = folder.path + "/making"
    try Data("half of an outc".utf8).write(to: URL(fileURLWithPath: making + "/1-1"))
    try Data("half of anoth".utf8).write(to: URL(fileURLWithPath: making + "/1-2"))
    let writer = open(making + "/1-2", O_RDWR)
    defer { close(writer) }
    #expect(flock(writer, LOCK_EX) == 0)
    let memory = folder.memory
    #expect(try FileManager.default.contentsOfDirectory(atPath: making) == ["1-2"])
    #expect(rows(["SPY.strat"], scripts, kept: memory)[0].isKept)
    #expect(memory.damaged == 0)
  }

  @Test func whatSavesIsToldOfEachRunThatWasMade() {
    let folder = Folder()
    let saved = Tally()
    func batch() -> Batch {
      var batch = Batch(paths, on: sample, fast, read: scripts.read)
      batch.keeping.memory = folder.memory
      batch.keeping.save = { _, _ in saved.add() }
      return batch
    }
    _ = batch().run(WorkerPool(workers: 2))
    #expect(saved.value == 6)
    // Outcomes are known, but the place where results are saved lacks one of them.
    var other = batch()
    let asked = Tally()
    other.keeping.isSaved = { _ in asked.add() != 3 }
    _ = other.run(WorkerPool(workers: 2))
    #expect(asked.value == 6)
    #expect(saved.value == 7)
    let before = saved.value
    _ = batch().run(WorkerPool(workers: 2))
    #expect(saved.value == before)
    var again = batch()
    again.keeping.runsAll = true
    _ = again.run(WorkerPool(workers: 2))
    #expect(saved.value == before + 6)
  }

  /// What was computed from one data set's columns is never taken for another's.
  @Test func settingsServeSeveralDataSets() throws {
    let text =
      "fn signals(as_of) = if ema(close(\"SPY\"), 50) > sma(close(\"SPY\"), 200) { [\"SPY\": 1] } else { flat }\n"
    let day = try #require(Day(iso: "2006-12-29"))
    let early = try sample.tables(knownAt: sample.cut(on: day)).makeStore().store
    let shared = settings([("end", "2006-11-30")])
    func result(_ store: MarketStore, _ used: RunSettings) throws -> [String] {
      try onLargeStack {
        let script = try Script.load(SourceFile(name: "s.strat", text: text))
        return RunSummary(try ScriptRun(script, ParamValues(), on: store, used).result()).metrics.map { "\($0)" }
      }
    }
    let plain = try result(sample, settings([("end", "2006-11-30")]))
    for store in [sample, early, sample, early] { #expect(try result(store, shared) == plain) }
  }

  @Test func aFolderThatCannotBeWrittenStopsNothing() {
    let memory = RunMemory(folder: "/dev/null/nowhere")
    #expect(rows(["SPY.strat"], scripts, kept: memory)[0].status == .ok)
  }

  @Test func whatIsStoppedIsFinishedAndTheRestGoesOnLater() {
    let folder = Folder()
    let begun = Tally()
    var batch = Batch(paths, on: sample, fast) { [scripts] path in
      begun.add()
      return scripts.read(path)
    }
    batch.keeping.memory = folder.memory
    let half = batch.run(WorkerPool(workers: 2), isStopped: { begun.value >= 4 })
    let done = half.filter { $0.status != .notRun }
    #expect(done.count >= 4 && done.count < paths.count)
    #expect(half.map(\.path) == paths)
    let rest = rows(paths, scripts, kept: folder.memory, settings: fast)
    for (row, before) in zip(rest, half) where before.runKey != nil { #expect(row.isKept) }
    #expect(rest.map(text) == rows(paths, scripts, settings: fast).map(text))
  }

  @Test func progressCountsEverything() {
    let seen = Tally()
    let failures = Tally()
    let batch = Batch(paths, on: sample, fast, read: scripts.read)
    let rows = batch.run(
      WorkerPool(workers: 2),
      progress: { progress in
        seen.add()
        #expect(progress.running >= 0 && progress.running <= 2)
        if progress.done == progress.total {
          for _ in 0..<progress.failed { failures.add() }
        }
      })
    #expect(seen.value == 2 * paths.count)
    #expect(failures.value == rows.count { $0.status == .failed })
  }
}

@Suite struct BatchParamTests {
  private let scripts = Scripts(texts: [
    "one.strat": "param n = 5\nfn signals(as_of) = [\"SPY\": n / 10]\n",
    "two.strat": "param n = 5 in 1..8\nparam m = \"a\"\nfn signals(as_of) = [\"SPY\": n / 10]\n",
    "none.strat": holding("SPY"),
  ])

  private func params(_ text: String) throws -> BatchParams {
    var params = BatchParams()
    try params.read(Array(text.utf8), name: "params.yaml")
    return params
  }

  @Test func aFileGivesValuesToAllAndToOne() throws {
    let params = try params("n: 2\ntwo.strat:\n  n: 3\n  m: b\n")
    let rows = rows(["one.strat", "two.strat", "none.strat"], scripts, params: params)
    #expect(rows.allSatisfy { $0.status == .ok }, "\(rows.map(\.problems))")
    #expect(rows.map(\.usedParams) == [["n"], ["n"], []])
    #expect((rows[0].summary?.metric("average_gross").number ?? 0) < 0.21)
    #expect((rows[1].summary?.metric("average_gross").number ?? 0) > 0.25)
  }

  @Test func aValueThatDoesNotFitFailsItsRow() throws {
    let rows = rows(["one.strat", "two.strat"], scripts, params: try params("n: 9\n"))
    #expect(rows.map(\.status) == [.ok, .failed])
    #expect(rows[1].problems.first?.code == "E0412")
  }

  @Test func aSectionWithAnUnknownParamFailsItsRow() throws {
    let rows = rows(["one.strat"], scripts, params: try params("one:\n  nn: 9\n"))
    #expect(rows[0].problems.first?.code == "E0901")
    #expect(rows[0].problems.first?.line == 2)
  }

  @Test(arguments: ["- a\n", "n: [1, 2]\n", "n:\n", "one:\n  n:\n    m: 1\n", "n: *a\n", "\"\": {a: }\n"])
  func whatIsNoListOfValuesIsRefused(text: String) {
    #expect(throws: (any Error).self) { try params(text) }
  }
}
