import Diagnostics

/// Where each node of a program stands in its source.
///
/// A program linked on top of another has its own segment of numbers and sees those of the programs below it, so a node
/// keeps its number however many programs there are.
struct SiteTable {
  /// The numbers of one program.
  final class Segment {
    /// The number of the first place.
    let start: Int
    fileprivate(set) var places: [(file: SourceFile, span: Span)] = []

    init(start: Int) { self.start = start }

    /// One past the last number.
    var end: Int { start + places.count }
  }

  /// In ascending order of their numbers.
  private(set) var segments: [Segment]

  init() { segments = [Segment(start: 0)] }

  /// A table with a fresh segment behind all numbers of other ones.
  init(after others: [Segment]) {
    segments = others + [Segment(start: others.map(\.end).max() ?? 0)]
  }

  /// The segment that is written to.
  var own: Segment { segments[segments.count - 1] }

  func add(_ file: SourceFile, _ span: Span) -> Int32 {
    own.places.append((file, span))
    return Int32(clamping: own.end - 1)
  }

  func location(_ site: Int32) -> Location? { place(site).map { .source($0.file, $0.span) } }

  func text(_ site: Int32) -> String { place(site).map { $0.file.text($0.span) } ?? "" }

  private func place(_ site: Int32) -> (file: SourceFile, span: Span)? {
    let number = Int(site)
    guard let segment = segments.last(where: { $0.start <= number }), number >= 0, number < segment.end else {
      return nil
    }
    return segment.places[number - segment.start]
  }
}
