/// The k largest of the numbers seen: a binary heap with the smallest of them on top.
struct LargestBounds {
  private let limit: Int
  private var heap: [Float] = []

  init(limit: Int) { self.limit = limit }

  /// The k-th largest number; −∞ while fewer were seen.
  var floor: Float { heap.count == limit ? heap[0] : -.infinity }

  /// Takes a number in. Complexity: O(log k).
  mutating func insert(_ bound: Float) {
    if heap.count < limit {
      heap.append(bound)
      siftUp(heap.count - 1)
    } else if bound > heap[0] {
      heap[0] = bound
      siftDown()
    }
  }

  /// Takes in what another one kept.
  mutating func merge(_ other: LargestBounds) { for bound in other.heap { insert(bound) } }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
