/// What a node gives at each of many dates, the lanes.
///
/// In a lane that is not looked at (a branch it does not take, a lane that was given up) stands anything.
enum LaneValue {
  /// One value in all lanes.
  case same(Value)
  /// A number in each lane, none of them missing.
  case numbers([Double])
  /// A truth in each lane, none of them missing.
  case truths([Bool])
  /// A series in each lane, all of one column.
  case series(LaneSeries)
  /// A series in each lane of which only the number that it stands for is known: arithmetic of a series and a number.
  case derived([Double])
  /// A map with the same keys in all lanes.
  case map(keys: [Value], values: [LaneValue])
  /// A value in each lane, of no kind above.
  case values([Value])
  /// The date itself; nothing here computes with it.
  case date

  /// Whether it is one value in all lanes.
  var isSame: Bool { if case .same = self { true } else { false } }
}
