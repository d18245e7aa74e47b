#if Documents
  import CCommonMark

  /// The tree of a Markdown text's open and closed blocks, as libcmark-gfm builds it line by line.
  ///
  /// It stays small however long the text is: closed blocks are taken out as soon as they are read.
  @safe final class CommonMarkParser {
    /// A block in the tree; it is there until it is taken out.
    @safe struct Node {
      fileprivate let pointer: UnsafeMutablePointer<cmark_node>

      fileprivate init?(_ pointer: UnsafeMutablePointer<cmark_node>?) {
        guard let pointer = unsafe pointer else { return nil }
        unsafe self.pointer = unsafe pointer
      }

      var kind: loci_block_kind { unsafe loci_cmark_kind(pointer) }
      /// Whether lines may still be added to it.
      var isOpen: Bool { unsafe loci_cmark_is_open(pointer) != 0 }
      /// Its first line, from 1.
      var firstLine: Int { unsafe Int(pointer.pointee.start_line) }
      /// Its last line, as far as the parser tells: see ``MarkdownBlocks`` for what it gets wrong.
      var lastLine: Int { unsafe Int(pointer.pointee.end_line) }
      var headingLevel: Int { unsafe Int(cmark_node_get_heading_level(pointer)) }
      var next: Node? { unsafe Node(pointer.pointee.next) }
      var firstChild: Node? { unsafe Node(pointer.pointee.first_child) }
      var lastChild: Node? { unsafe Node(pointer.pointee.last_child) }

      /// The text of a heading without its marks.
      var text: String {
        var length: Int32 = 0
        let bytes = unsafe loci_cmark_text(pointer, &length)
        return unsafe String(
          decoding: UnsafeBufferPointer(start: bytes, count: Int(length)), as: UTF8.self)
      }

      /// Takes the block and what is in it out of the tree and frees it. It must be closed.
      func remove() { unsafe cmark_node_free(pointer) }
    }

    /// Registers the extensions, which must happen once in a process.
    private static let registered: Void = cmark_gfm_core_extensions_ensure_registered()

    private let parser: UnsafeMutablePointer<cmark_parser>

    init() {
      unsafe parser = cmark_parser_new(CMARK_OPT_FOOTNOTES)
      _ = Self.registered
      if let tables = unsafe cmark_find_syntax_extension("table") {
        _ = unsafe cmark_parser_attach_syntax_extension(parser, tables)
      }
    }

    deinit { unsafe cmark_parser_free(parser) }

    /// The document; its children are the outermost blocks.
    var root: Node? { unsafe Node(loci_cmark_root(parser)) }

    /// Reads whole lines.
    func read(_ lines: ArraySlice<UInt8>) {
      unsafe lines.withUnsafeBytes { bytes in
        unsafe cmark_parser_feed(
          parser, bytes.assumingMemoryBound(to: CChar.self).baseAddress, bytes.count)
      }
    }
  }
#endif
