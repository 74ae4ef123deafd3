import Backtest
import MarketData
import TestServers
import Testing

@testable import Scripting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Three workloads whose daily equity was computed by an independent program, from data that its generator writes.
@Suite(.serialized) struct PeerTests {
  static let scripts = String(#filePath.dropLast("ScriptingTests/PeerTests.swift".count)) + "Peers/"

  /// Writes the data with the reference's own generator; `nil` where that fails.
  static let data: String? = {
    guard let peers = SharedFolders.peers else { return nil }
    guard let folder = TemporaryFolder.makeFolder("strat-peers") else { return nil }
    let command =
      "cd \(folder) && python3 \(peers)/gen_data.py data >/dev/null 2>&1"
      + " && for w in 1 2 3; do mkdir -p w$w/prices && mv data/w$w.csv w$w/prices/; done && mv w1/prices/w1.csv w1/prices/A.csv"
    guard let pipe = popen(command, "r") else { return nil }
    return pclose(pipe) == 0 ? folder : nil
  }()

  @Test(
    .enabled(if: Requirement.peers.isMet, "\(Requirement.peers.lack)"),
    arguments: [
      ("w1", "same_close", "w1_daily_lag0"), ("w1", "next_close", "w1_daily_lag1"), ("w2", "same_close", "w2_lag0"),
      ("w2", "next_close", "w2_lag1"), ("w3", "same_close", "w3_lag0"), ("w3", "next_close", "w3_lag1"),
    ])
  func dailyEquityAgrees(_ workload: String, _ execution: String, _ reference: String) throws {
    let folder = try #require(Self.data, "the reference's generator fails")
    let peers = try #require(SharedFolders.peers) + "/reference"
    let text = String(decoding: try ScriptText.read(Self.scripts + workload + ".strat").get(), as: UTF8.self)
    let store = try RunningScripts.store("\(folder)/\(workload)")
    let result = try RunningScripts.run(text, on: store, flags: [("execution", execution)])
    let rows = String(decoding: try ScriptText.read("\(peers)/\(reference).csv").get(), as: UTF8.self)
      .split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    try #require(rows.count == result.equity.count)
    var worst = 0.0
    for (row, equity) in zip(rows, result.equity) {
      worst = max(worst, abs(equity / (try #require(Double(row[1]))) - 1))
    }
    #expect(worst < 1e-9)
  }
}
