import Testing

@testable import Codecs

@Test(
  arguments: [
    ("null", .null), (" true ", .bool(true)), ("false", .bool(false)), ("-0.5e2", .number(-50)), ("0", .number(0)),
    ("\"a\\n\\u00e9\\ud83d\\ude00\\/\"", .text("a\né😀/")), ("[]", .list([])), ("{}", .object([])),
    ("[1, [2], {}]", .list([.number(1), .list([.number(2)]), .object([])])),
    (
      "{\"b\":1,\"a\":null}",
      .object([.init(name: "b", value: .number(1)), .init(name: "a", value: .null)])
    ),
  ] as [(String, JSONValue)])
func documentsAreRead(text: String, expected: JSONValue) { #expect(JSONValue(text) == expected) }

@Test(
  arguments: [
    "", "nul", "01", "1.", ".5", "1e", "+1", "1e999", "[1,]", "[1 2]", "{\"a\"}", "{a:1}", "{\"a\":1,}", "\"a",
    "\"\t\"",
    "\"\\x\"", "\"\\ud800\"", "\"\\u12\"", "[1]]", "NaN", "--1", "{\"a\":1 \"b\":2}",
    String(repeating: "[", count: 100_000),
  ])
func otherTextsAreNoDocuments(text: String) { #expect(JSONValue(text) == nil) }

@Test func numbersAreExact() {
  for number in [0.1, 1 / 3, Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e23, 123_456.789] {
    #expect(JSONValue("\(number)")?.number?.bitPattern == number.bitPattern)
  }
}
