import Testing

@testable import Interpreter

/// Every example in a builtin's record gives what the record says.
@Suite struct BuiltinExampleTests {
  @Test func examplesGiveWhatTheySay() {
    for builtin in Running.library.builtins {
      for example in builtin.examples {
        // What a function itself prints comes before its value.
        let printed = Running.output(of: "print(\(example.expression))")
        let found = printed.split(separator: "\n").last.map(String.init) ?? printed
        let isError = example.result.hasPrefix("E") && found.hasPrefix(example.result)
        #expect(isError || found == example.result, "\(example.expression) gives \(found)")
      }
    }
  }

  @Test func namesAreUniqueAndDocumented() {
    #expect(Set(Running.library.names).count == Running.library.names.count)
    for builtin in Running.library.builtins {
      #expect(builtin.documentation.hasSuffix("."), "\(builtin.name)")
      #expect(!builtin.examples.isEmpty, "\(builtin.name) has no example")
    }
  }
}
