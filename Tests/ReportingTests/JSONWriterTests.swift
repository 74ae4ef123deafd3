import MarketModel
import Reporting
import Testing

private func check(_ expected: String, _ write: (inout JSONWriter) -> Void) {
  var writer = JSONWriter()
  write(&writer)
  #expect(writer.text == expected)
}

@Test func numbersAreShortestAndNeverMinusZero() {
  check("[0.1,1000000,0,0,1e-05,1.7976931348623157e+308,-2.5]") {
    $0.array { array in
      for number in [0.1, 1_000_000, 0, -0.0, 1e-5, .greatestFiniteMagnitude, -2.5] { array.value(number) }
    }
  }
}

@Test func absentAndNonFiniteNumbersAreNull() {
  check("[null,null,null]") {
    $0.array { array in
      array.value(nil as Double?)
      array.value(Double.nan)
      array.value(Double.infinity)
    }
  }
}

@Test func keysKeepTheirOrderAndContainersNest() {
  check(#"{"b":1,"a":{"x":[]},"c":[[1,2],{}]}"#) {
    $0.object { object in
      object.member("b", 1)
      object.object("a") { $0.array("x") { _ in } }
      object.array("c") { array in
        array.array { pair in
          pair.value(1)
          pair.value(2)
        }
        array.object { _ in }
      }
    }
  }
}

@Test func stringsAreEscapedAsJSONRequires() {
  check(#""a\"b\\c\n\t\u0001é😀/""#) { $0.value("a\"b\\c\n\t\u{1}é😀/") }
}

@Test func daysAreISO() {
  check(#"{"d":"2024-02-29","n":null}"#) {
    $0.object { object in
      object.member("d", Day(year: 2024, month: 2, day: 29))
      object.member("n", nil as Day?)
    }
  }
}

@Test func csvQuotesWhatNeedsIt() {
  var writer = CSVWriter(["a", "b"])
  writer.row(["x,y", "say \"hi\""])
  writer.row([CSVWriter.field(0.5), CSVWriter.field(nil)])
  #expect(writer.text == "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n0.5,\n")
}
