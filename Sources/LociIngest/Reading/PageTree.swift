#if Documents
  import CGumbo
  import LociCore

  /// An HTML page's elements and texts in order, as libgumbo reads them.
  @safe final class PageTree {
    /// A step of the walk through the tree.
    enum Step {
      case open(GumboTag, attributes: Attributes)
      case close(GumboTag)
      /// Text, its entities resolved.
      case text(String, line: Int)
    }

    /// What the reader asks of an element.
    struct Attributes {
      let line: Int
      /// The text that stands for an image.
      let alternative: String?
      let isHidden: Bool
    }

    /// The most memory that a page's tree takes, in bytes.
    private static let memoryLimit = 512 << 20
    /// The most steps through open elements that a page may cost; libgumbo looks through all of
    /// them at most tags.
    private static let workLimit = 1_000_000_000

    private let page: UnsafeMutablePointer<loci_gumbo_page>
    /// The page's bytes, which the tree points into.
    private let bytes: UnsafeMutableBufferPointer<CChar>
    private var node: UnsafePointer<GumboNode>?
    private var isLeaving: Int32 = 0

    /// Reads a page.
    ///
    /// - Throws: ``LociError/Code/unsupported`` where it is nested so deep, or its tree is so
    /// large,
    ///   that no page for people can be meant.
    init(_ text: [UInt8]) throws(LociError) {
      guard Self.work(of: text) <= Self.workLimit else {
        throw LociError(
          .unsupported, "The page's elements are nested too deep to be read.",
          remedy: "Ingest it as text.")
      }
      unsafe bytes = UnsafeMutableBufferPointer.allocate(capacity: text.count + 1)
      _ = unsafe bytes.initialize(
        fromContentsOf: text.map(CChar.init(bitPattern:)) + [0])
      guard let page = unsafe loci_gumbo_read(bytes.baseAddress, text.count, Self.memoryLimit)
      else {
        unsafe bytes.deallocate()
        throw LociError(
          .unsupported, "The page is too large to be read: its tree takes more than 512 MiB.",
          remedy: "Split it.")
      }
      unsafe self.page = unsafe page
      goBack()
    }

    /// Begins the walk anew.
    func goBack() {
      unsafe node = unsafe loci_gumbo_document(page)
      isLeaving = 0
    }

    deinit {
      unsafe loci_gumbo_free(page)
      unsafe bytes.deallocate()
    }

    /// The next step, or nil at the end.
    func next() -> Step? {
      while let current = unsafe node {
        unsafe node = unsafe loci_gumbo_step(current, &isLeaving)
        guard let next = unsafe node else { return nil }
        if let text = unsafe loci_gumbo_text(next) {
          return unsafe .text(String(cString: text), line: Int(loci_gumbo_line(next)))
        }
        let tag = unsafe GumboTag(rawValue: UInt32(loci_gumbo_tag(next)))
        guard tag != GUMBO_TAG_LAST else { continue }
        return unsafe isLeaving != 0 ? .close(tag) : .open(tag, attributes: Attributes(of: next))
      }
      return nil
    }

    /// A bound of what finding open elements costs: for each tag, how many are open, where an
    /// element that is closed by no tag of its own counts as open to the end.
    private static func work(of text: [UInt8]) -> Int {
      var (open, work, index) = (0, 0, 0)
      while let start = text[index...].firstIndex(of: UInt8(ascii: "<")), start + 1 < text.count {
        index = start + 1
        let isClosing = text[index] == UInt8(ascii: "/")
        let name = text[(isClosing ? index + 1 : index)...].prefix {
          $0.isASCIILetter || $0.isDigit
        }
        guard !name.isEmpty else { continue }
        index = name.endIndex
        work += open
        if isClosing {
          open = max(0, open - 1)
        } else if !closedByThemselves.contains(String(decoding: name, as: UTF8.self).lowercased()) {
          open += 1
        }
        if work > workLimit { break }
      }
      return work
    }

    /// Elements without an end, or whose end may be left out.
    private static let closedByThemselves: Set<String> = [
      "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
      "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    ]
  }

  extension PageTree.Attributes {
    fileprivate init(of node: UnsafePointer<GumboNode>) {
      line = unsafe Int(loci_gumbo_line(node))
      alternative = unsafe loci_gumbo_attribute(node, "alt").map { unsafe String(cString: $0) }
      isHidden = unsafe loci_gumbo_attribute(node, "hidden") != nil
    }
  }

  extension UInt8 {
    fileprivate var isASCIILetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  }
#endif
