// Stands in until `Values/ValueFormat.swift` lands; whoever lands it deletes this file.
enum ValueFormat {
  struct Spec {}
  static func format(_ value: Value, _ spec: Spec, _ evaluation: Evaluation) throws(Trap) -> String {
    try ValueText.text(value, evaluation)
  }
}
