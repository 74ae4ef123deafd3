import Diagnostics
import Foundation
import Interpreter
import MarketData
import MarketModel
import StandardLibrary
import Testing

@testable import Scripting

/// Loads scripts and runs their tests on the embedded sample.
enum ScriptRunning {
  static let sample = SampleMarket.store()

  /// What an expression over a module prints at a date: a series with its dates and values; or why it failed.
  static func example(
    _ expression: String, of module: String, at day: String, on store: MarketStore
  ) -> (text: String, failure: String?) {
    let whole = printed("dates(\(expression)), values(\(expression))", module, day, store)
    return whole.failure == nil ? whole : printed(expression, module, day, store)
  }

  private static func printed(
    _ arguments: String, _ module: String, _ day: String, _ store: MarketStore
  ) -> (text: String, failure: String?) {
    nonisolated(unsafe) var result: (text: String, failure: String?) = ("", nil)
    NativeStack.run {
      do throws(Script.Problems) {
        let text = "import \(module)\ntest \"t\" { at \(day) { print(\(arguments)) } }"
        let script = try Script.load(SourceFile(name: "example.strat", text: text))
        let outcome = ScriptTests(script).run(store: store) { (_) throws(Diagnostic) in store }[0]
        result = (outcome.printed.joined(separator: "\n"), outcome.failure.map { "\($0.code) \($0.message)" })
      } catch { result.failure = error.diagnostics.map { "\($0.code) \($0.message)" }.joined(separator: " ") }
    }
    return result
  }

  private static func data(_ folder: String) throws(Diagnostic) -> MarketStore {
    do throws(DataLoadingFailure) {
      return try DataFolder(folder).load().store
    } catch {
      guard let first = error.diagnostics.first else { return sample }
      throw first
    }
  }

  /// Runs the tests of a text: the names of the failed ones with what was wrong.
  static func failures(_ name: String, _ text: String) -> [String] {
    nonisolated(unsafe) var result: [String] = []
    NativeStack.run {
      do throws(Script.Problems) {
        let script = try Script.load(SourceFile(name: name, text: text))
        let outcomes = ScriptTests(script).run(store: sample) { (folder) throws(Diagnostic) in try data(folder) }
        result = outcomes.compactMap { outcome in
          outcome.failure.map { "\(outcome.name): \($0.code) \($0.message) \($0.notes.map(\.message))" }
        }
        if outcomes.isEmpty { result = ["there are no tests"] }
      } catch {
        result = error.diagnostics.map { "\($0.code) \($0.message) at \($0.location?.start ?? (0, 0))" }
      }
    }
    return result
  }
}

@Suite struct StandardLibraryTests {
  static let names = StandardLibrary.modules.map(\.name)

  @Test(arguments: names)
  func testsOfAModulePass(_ name: String) throws {
    let module = try #require(StandardLibrary.modules.first { $0.name == name })
    #expect(ScriptRunning.failures(name + ".strat", module.text) == [])
  }

  @Test func everyFileOfTheFolderIsAModule() throws {
    let folder = String(#filePath.dropLast("Tests/ScriptingTests/StandardLibraryTests.swift".count)) + "Stdlib"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".strat") }
    #expect(files.sorted() == Self.names.map { $0 + ".strat" }, "add the file to Sources/CStandardLibrary/Modules.c")
  }

  /// What a module exports is documented alike: meaning, convention, example; every parameter and the result have a type.
  @Test(arguments: names)
  func everyFunctionSaysWhatItIs(_ name: String) throws {
    let functions = try ExportedFunction.all(ofModule: name)
    #expect(!functions.isEmpty)
    for function in functions {
      #expect(function.paragraphs.count >= 3, "\(name).\(function.name) needs meaning, convention and example")
      #expect(function.example != nil, "the last paragraph of \(name).\(function.name) is an example in backticks")
      #expect(function.hasTypes, "\(name).\(function.name) leaves a type out")
    }
  }

  /// A call through a dot finds one function only.
  @Test func noNameIsExportedTwice() throws {
    var owners: [String: String] = [:]
    for module in Self.names {
      for function in try ExportedFunction.all(ofModule: module) {
        let owner = owners.updateValue(module, forKey: function.name)
        #expect(owner == nil, "\(function.name) is in \(owner ?? "") and \(module)")
        #expect(!ScriptLibrary.builtins.names.contains(function.name), "\(function.name) is a builtin")
      }
    }
  }

  @Test(arguments: names)
  func everyExampleGivesItsValue(_ name: String) throws {
    for function in try ExportedFunction.all(ofModule: name) {
      guard let example = function.example else { continue }
      let value = ScriptRunning.example(example.expression, of: name, at: "2015-06-30", on: ScriptRunning.sample)
      #expect(value.failure == nil, "\(name).\(function.name): \(value.failure ?? "")")
      #expect(value.text != "none" && value.text != "na", "\(name).\(function.name) gives \(value.text)")
      guard let expected = example.result else { continue }
      let holds = ScriptRunning.example(
        "approx(\(example.expression), \(expected))", of: name, at: "2015-06-30", on: ScriptRunning.sample)
      #expect(holds.text == "true", "\(name).\(function.name): \(value.text) is not \(expected)")
    }
  }

  /// What a function gives at a date is what it gives when the data end there.
  @Test(arguments: ["2015-06-30", "2009-03-31"])
  func noFunctionSeesWhatCameLater(_ date: String) throws {
    let day = try #require(Day(iso: date))
    let store = ScriptRunning.sample
    let cut = try store.tables(knownAt: store.cut(on: day)).makeStore().store
    var compared = 0
    for name in Self.names {
      for function in try ExportedFunction.all(ofModule: name) {
        guard let expression = function.example?.expression else { continue }
        let full = ScriptRunning.example(expression, of: name, at: date, on: store)
        let ending = ScriptRunning.example(expression, of: name, at: date, on: cut)
        #expect(full.text == ending.text, "\(name).\(function.name)")
        #expect(full.failure == ending.failure, "\(name).\(function.name)")
        compared += 1
      }
    }
    #expect(compared > 100)
  }

  /// What another program computed stands beside every function, but for the assertions of `testing`.
  @Test(arguments: names.filter { $0 != "testing" })
  func everyFunctionIsComparedWithAnotherProgram(_ name: String) throws {
    let folder = String(#filePath.dropLast("ScriptingTests/StandardLibraryTests.swift".count)) + "References/"
    let text = try String(contentsOfFile: folder + "stdlib.strat", encoding: .utf8)
    for function in try ExportedFunction.all(ofModule: name) {
      #expect(text.contains("\(name).\(function.name)("), "add a case of \(name).\(function.name) to stdlib.py")
    }
  }

  /// The values that other programs computed; see Tests/References.
  @Test(arguments: ["stdlib.strat", "builtins.strat", "conventions.strat"]) func theReferenceScriptHolds(_ name: String)
    throws
  {
    let folder = String(#filePath.dropLast("ScriptingTests/StandardLibraryTests.swift".count)) + "References/"
    let text = try String(contentsOfFile: folder + name, encoding: .utf8)
    #expect(ScriptRunning.failures(folder + name, text) == [])
  }
}
