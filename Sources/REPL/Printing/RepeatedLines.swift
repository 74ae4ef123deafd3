/// Lines that are said again and again, each once with how often, in the order in which they were said first.
struct RepeatedLines {
  /// The lines and how often each was said.
  private(set) var lines: [(text: String, count: Int)] = []

  init(_ said: [String]) {
    var places: [String: Int] = [:]
    for text in said {
      if let place = places[text] {
        lines[place].count += 1
      } else {
        places[text] = lines.count
        lines.append((text, 1))
      }
    }
  }
}
