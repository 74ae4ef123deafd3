import Interpreter
import Syntax

extension Completer {
  /// The signatures of what is called, and how many of their parameters the receiver of a method is.
  func signatures(of callee: Frame.Callee) -> (signatures: [Signature], skipped: Int) {
    if let qualifier = callee.qualifier, let members = members(ofModule: qualifier) {
      return (members.filter { $0.name == callee.name }.compactMap(\.signature), 0)
    }
    let skipped = callee.isMember ? 1 : 0
    let names = declared.names + scope.names.reversed()
    if let signature = names.first(where: { $0.name == callee.name })?.signature { return ([signature], skipped) }
    return (Vocabulary.standard.builtin(callee.name)?.overloads.map(\.signature) ?? [], skipped)
  }

  /// The arguments that can still be named in a call.
  func arguments(of callee: Frame.Callee, _ frame: Frame) -> [Candidate] {
    let (signatures, skipped) = signatures(of: callee)
    var seen = Set(frame.given)
    var result: [Candidate] = []
    for signature in signatures {
      // Those before are given by place, but for those that were named.
      let placed = frame.argument - frame.given.count + skipped
      for parameter in signature.parameters.dropFirst(max(0, placed))
      where !parameter.isVariadic && seen.insert(parameter.name).inserted {
        let standard = parameter.defaultText.map { " = " + $0 } ?? ""
        result.append(
          Candidate(parameter.name, .argument, signature: parameter.type.text + standard, suffix: ": "))
      }
    }
    return result
  }

  /// The parameter that the argument at the place is for.
  func parameterName(of callee: Frame.Callee, _ frame: Frame) -> String? {
    if let name = frame.name { return name }
    guard frame.words.isEmpty else { return nil }
    let (signatures, skipped) = signatures(of: callee)
    let place = frame.argument + skipped
    // Of several shapes the one that takes a string there is meant.
    for signature in signatures where place < signature.parameters.count {
      let parameter = signature.parameters[place]
      if ReceiverType.takes(parameter.type, ["string"]) { return parameter.name }
    }
    return nil
  }

  /// The types that what stands before the dot can have; `nil` if that cannot be seen.
  var receiverTypes: Set<String>? {
    switch cursor.kind(back: 1) {
    case .string: return ["string"]
    case .number: return ["number"]
    case .date: return ["date"]
    case .duration: return ["duration"]
    case .name:
      let name = cursor.word(back: 1)
      guard let found = (declared.names + scope.names.reversed()).first(where: { $0.name == name }),
        case .value(let type) = found.meaning
      else { return nil }
      return ReceiverType.bases(named: type)
    case .sign where cursor.word(back: 1) == ")":
      guard case .call(let callee)? = cursor.closed?.kind else { return nil }
      return ReceiverType.bases(signatures(of: callee).signatures.map(\.result))
    case .sign where cursor.word(back: 1) == "]":
      guard case .list(isIndex: false)? = cursor.closed?.kind else { return nil }
      return ["list", "map"]
    default: return nil
    }
  }
}

extension ScopeName {
  /// How it is called, if it is a function.
  var signature: Signature? { if case .function(let signature, _) = meaning { signature } else { nil } }
}

/// What can be told of a value's type from the text before it, by the names of signatures.
enum ReceiverType {
  /// Whether a function can be called on a value of one of the types.
  static func accepts(_ signature: Signature, _ types: Set<String>?) -> Bool {
    guard let first = signature.parameters.first else { return false }
    return takes(first.type, types)
  }

  static func takes(_ type: TypeExpression, _ types: Set<String>?) -> Bool {
    guard let types, let taken = bases([type]) else { return true }
    return !taken.isDisjoint(with: types)
  }

  /// The names of types without what they hold; `nil` for anything.
  static func bases(_ types: [TypeExpression]) -> Set<String>? {
    var result: Set<String> = []
    for type in types {
      switch type {
      case .any: return nil
      case .optional(let inner):
        guard let inner = bases([inner]) else { return nil }
        result.formUnion(inner)
      case .union(let all):
        guard let all = bases(all) else { return nil }
        result.formUnion(all)
      case .list: result.insert("list")
      case .map: result.insert("map")
      case .number, .bool, .string, .date, .duration, .function, .none, .series: result.insert(type.text)
      }
    }
    return result.isEmpty ? nil : result
  }

  /// Those of a type as it is written.
  static func bases(named type: String) -> Set<String>? {
    let name = String(type.prefix { $0.isLetter })
    return name.isEmpty || name == "any" ? nil : [name]
  }
}
