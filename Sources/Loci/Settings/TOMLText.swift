import LociCore

#if ConfigurationFiles
  import CTOML
#endif

/// A value of a TOML file, by its dotted path.
struct TOMLValue: Hashable, Sendable {
  let key: String
  /// Nil for kinds that no setting has: dates, arrays, empty tables.
  let value: SettingValue?
  let line: Int
}

#if ConfigurationFiles
  /// Reads TOML 1.0 into a flat list of values.
  enum TOMLText {
    /// The values in the order of their keys.
    ///
    /// - Throws: ``LociError/Code/invalidConfiguration`` with `name`, line and column.
    static func values(of text: String, named name: String) throws(LociError) -> [TOMLValue] {
      var text = text
      let document = text.withUTF8 { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) {
          unsafe loci_toml_parse($0.baseAddress, $0.count)
        }
      }
      guard let document = unsafe document else {
        throw LociError(.invalidConfiguration, "\(name) can't be read: memory ran out.")
      }
      defer { unsafe loci_toml_free(document) }
      var error = unsafe LociTOMLError()
      if unsafe loci_toml_error(document, &error) {
        let message = unsafe String(cString: error.message)
        throw LociError(
          .invalidConfiguration,
          "\(name):\(unsafe error.line):\(unsafe error.column): this is not valid TOML.",
          remedy: "Correct it: \(message).")
      }
      return unsafe (0..<loci_toml_count(document)).map { index in
        unsafe value(loci_toml_value(document, index))
      }
    }

    private static func value(_ raw: LociTOMLValue) -> TOMLValue {
      let value: SettingValue? =
        switch unsafe raw.kind {
        case LOCI_TOML_TEXT: .text(unsafe string(raw.text, raw.text_length))
        case LOCI_TOML_INTEGER: .integer(Int(unsafe raw.integer))
        case LOCI_TOML_NUMBER: .number(unsafe raw.number)
        case LOCI_TOML_BOOLEAN: .boolean(unsafe raw.boolean)
        default: nil
        }
      return TOMLValue(
        key: unsafe string(raw.key, raw.key_length), value: value, line: Int(unsafe raw.line))
    }

    private static func string(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
      unsafe UnsafeRawBufferPointer(start: start, count: count).withMemoryRebound(to: UInt8.self) {
        unsafe String(decoding: $0, as: UTF8.self)
      }
    }
  }
#else
  /// Built without the trait `ConfigurationFiles`: a file can't be read, and is not passed over.
  enum TOMLText {
    static func values(of text: String, named name: String) throws(LociError) -> [TOMLValue] {
      throw LociError(
        .unsupported, "\(name) can't be read: Loci was built without configuration files.",
        remedy: "Build it with the package's trait ConfigurationFiles, or remove the file.")
    }
  }
#endif
