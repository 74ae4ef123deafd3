import Interpreter
import MarketData
import Testing

@testable import Scripting

/// What the records say of items that are `na`, held against what the builtins do.
@Suite struct BuiltinGapTests {
  private static let sample = SampleMarket.store()
  private static let told = ScriptLibrary.builtins.builtins.filter { $0.gaps != nil }

  /// What is given besides the list or map, by the name of the parameter.
  private static let others = [
    "q": "0.5", "n": "4", "gross": "1", "lo": "0", "hi": "9", "b": "2", "x": "[2, 1, 4, 3, 6, 5]",
    "by": "[\"A\": 1, \"B\": 1, \"C\": 1, \"D\": 1, \"E\": 1, \"F\": 1]",
  ]

  private func value(_ expression: String) -> String {
    RunningScripts.value(expression, at: "2015-06-30", on: Self.sample)
  }

  /// A call over items; `nil` where the test does not know what else to give.
  private func call(_ builtin: Builtin, _ items: String, over type: String) -> String? {
    let shape = builtin.overloads.first { overload in
      overload.signature.parameters.first?.type.text.contains(type) ?? false
    }
    guard let parameters = shape?.signature.parameters.dropFirst() else { return nil }
    var arguments = [items]
    for parameter in parameters where parameter.defaultText == nil && !parameter.isVariadic || parameter.name == "n" {
      guard let other = Self.others[parameter.name] else { return nil }
      arguments.append("\(parameter.name): \(other)")
    }
    return "\(builtin.name)(\(arguments.joined(separator: ", ")))"
  }

  @Test func mostFunctionsOfNumbersSayIt() {
    #expect(Self.told.count >= 40)
    let silent = ScriptLibrary.builtins.builtins.filter { builtin in
      builtin.gaps == nil
        && builtin.overloads.contains { overload in
          guard let first = overload.signature.parameters.first?.type.text else { return false }
          return first.contains("list[number]") || first.contains("map[number]")
        }
    }.map(\.name)
    #expect(silent.filter { !["rate", "series"].contains($0) }.isEmpty, "\(silent)")
  }

  @Test(arguments: told.map(\.name)) func listsAreDealtWithAsTheRecordSays(_ name: String) throws {
    let builtin = try #require(ScriptLibrary.builtins[name])
    guard let handling = builtin.gaps?.list else { return }
    try check(
      builtin, handling, "list", gap: "[5, na, 7, 6, 9, 4]", without: "[5, 7, 6, 9, 4]", all: "[na, na, na, na, na, na]"
    )
  }

  @Test(arguments: told.map(\.name)) func mapsAreDealtWithAsTheRecordSays(_ name: String) throws {
    let builtin = try #require(ScriptLibrary.builtins[name])
    guard let handling = builtin.gaps?.map else { return }
    try check(
      builtin, handling, "map", gap: "[\"A\": 5, \"B\": na, \"C\": 7, \"D\": 6, \"E\": 9, \"F\": 4]",
      without: "[\"A\": 5, \"C\": 7, \"D\": 6, \"E\": 9, \"F\": 4]",
      all: "[\"A\": na, \"B\": na, \"C\": na, \"D\": na, \"E\": na, \"F\": na]")
  }

  private func check(
    _ builtin: Builtin, _ handling: BuiltinGaps.Handling, _ type: String, gap: String, without: String, all: String
  ) throws {
    let gappedCall = try #require(call(builtin, gap, over: type))
    let wholeCall = try #require(call(builtin, without, over: type))
    let emptyCall = try #require(call(builtin, all, over: type))
    let gapped = value(gappedCall)
    switch handling {
    case .result: #expect(gapped == "na")
    case .leftOut, .leftOutOfOthers:
      let whole = value(wholeCall)
      #expect(gapped == whole)
      #expect(!gapped.contains("na") && !gapped.hasPrefix("E"), "\(gapped)")
      if handling == .leftOutOfOthers {
        let empty = value(emptyCall)
        #expect(empty == "na")
      }
    case .kept:
      let kept = value(gappedCall + "[\"B\"]")
      #expect(kept == "na")
    case .last: #expect(gapped.hasSuffix(type == "list" ? ", na]" : "\"B\": na]"), "\(gapped)")
    }
  }
}
