import Syntax

/// What is known of a value before the run: the kinds it may have, and what its items may be.
///
/// A type says "one of these", never more than is certain: `unknown` fits everything, and a value that never comes
/// about (a block that always returns) has no kind at all and fits everything too.
struct StaticType {
  /// The kinds it may have.
  var kinds: KindSet
  /// What the items of a list or the values of a map may be, in an array of at most one.
  private var box: [StaticType] = []
  private var depth = 0
  /// It may be a bool only because `na` stands for one.
  private var boolIsMissing = false

  init(kinds: KindSet) { self.kinds = kinds }
  init(_ kind: ValueKind) { kinds = KindSet(kind: kind) }

  static let unknown = StaticType(kinds: .all)
  static let never = StaticType(kinds: KindSet(rawValue: 0))
  /// `na` stands for a number or a bool.
  static let missing: StaticType = {
    var result = StaticType(kinds: [.number, .bool])
    result.boolIsMissing = true
    return result
  }()

  static func list(_ item: StaticType) -> StaticType { StaticType(.list).holding(item) }
  static func map(_ item: StaticType) -> StaticType { StaticType(.map).holding(item) }

  /// What its items are.
  var item: StaticType { box.first ?? .unknown }

  /// The first of its kinds, for messages.
  var sample: ValueKind { ValueKind.allCases.first { kinds.contains($0) } ?? .none }

  private func holding(_ item: StaticType) -> StaticType {
    // Types of lists in lists in lists are cut off, so that no script makes a type that is deep.
    guard item.depth < 4, item.kinds != .all else { return self }
    var result = self
    result.box = [item]
    result.depth = item.depth + 1
    return result
  }

  /// Either of two.
  func union(_ other: StaticType) -> StaticType {
    if kinds.rawValue == 0 { return other }
    if other.kinds.rawValue == 0 { return self }
    var result = StaticType(kinds: kinds.union(other.kinds))
    result.boolIsMissing =
      result.kinds.contains(.bool) && (boolIsMissing || !kinds.contains(.bool))
      && (other.boolIsMissing || !other.kinds.contains(.bool))
    let both = [self, other].filter { !$0.kinds.isDisjoint(with: .containers) }
    if both.count == 1, let item = both[0].box.first { return result.holding(item) }
    if both.count == 2, let a = both[0].box.first, let b = both[1].box.first { return result.holding(a.union(b)) }
    return result
  }

  /// As annotations write it: `number`, `list[string]`, `series?`, `number | string`; `any` where nothing is known.
  var text: String {
    if kinds.isSuperset(of: KindSet.everyKind) { return "any" }
    if kinds.rawValue == 0 { return "none" }
    var names: [String] = []
    for kind in ValueKind.allCases where kinds.contains(kind) && kind != .none {
      if kind == .bool, boolIsMissing, kinds.contains(.number) || kinds.contains(.series) { continue }
      let isKnown = (kind == .list || kind == .map) && item.kinds.rawValue != 0 && item.text != "any"
      names.append(isKnown ? "\(kind.text)[\(item.text)]" : kind.text)
    }
    guard kinds.contains(ValueKind.none) else { return names.joined(separator: " | ") }
    return names.isEmpty ? "none" : names.count == 1 ? names[0] + "?" : (names + ["none"]).joined(separator: " | ")
  }

  /// Without some kinds.
  func without(_ kind: ValueKind) -> StaticType {
    var result = self
    result.kinds.subtract(KindSet(kind: kind))
    return result
  }

  /// Whether it surely has one of the kinds.
  func isSurely(_ some: KindSet) -> Bool { kinds.rawValue != 0 && kinds.isSubset(of: some) }
  /// Whether it may have one of the kinds.
  func mayBe(_ some: KindSet) -> Bool { kinds.rawValue == 0 || !kinds.isDisjoint(with: some) }
}

extension KindSet {
  static let number = KindSet(kind: .number)
  static let bool = KindSet(kind: .bool)
  static let series = KindSet(kind: .series)
  static let everyKind = ValueKind.allCases.reduce(into: KindSet(rawValue: 0)) { $0.formUnion(KindSet(kind: $1)) }
  static let containers = KindSet(kind: .list).union(KindSet(kind: .map))

  /// The kinds a parameter takes; a series stands for a number.
  init(taking type: TypeExpression) {
    self.init(accepting: type)
    if contains(.number) { formUnion(.series) }
  }
}

extension StaticType {
  /// The type that a signature or an annotation names.
  init(of type: TypeExpression) {
    switch type {
    case .list(let item): self = .list(StaticType(of: item))
    case .map(let item): self = .map(StaticType(of: item))
    case .optional(let type): self = StaticType(of: type).union(StaticType(.none))
    case .union(let types): self = types.reduce(.never) { $0.union(StaticType(of: $1)) }
    case .any: self = .unknown
    case .number, .bool, .string, .date, .duration, .function, .none, .series:
      self.init(kinds: KindSet(accepting: type))
    }
  }
}
