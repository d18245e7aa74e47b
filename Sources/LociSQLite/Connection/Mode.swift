import CSQLite
import Foundation

extension Connection {
  /// How a file is opened.
  enum Mode {
    /// For reading and writing, as far as its permissions allow; made where it is missing.
    case making
    /// For reading and writing, as far as its permissions allow.
    case using
    /// For reading, without locks and without a log: nobody writes to it.
    case immutable

    var flags: Int32 {
      let flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
      return switch self {
      case .making: flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .using: flags | SQLITE_OPEN_READWRITE
      case .immutable: flags | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      }
    }

    /// What SQLite is given for a path.
    func name(of path: String) -> String {
      guard self == .immutable else { return path }
      let absolute = path.hasPrefix("/") ? path : "./" + path
      let escaped = absolute.utf8.map { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."):
          String(UnicodeScalar(byte))
        default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
      }
      return "file:" + escaped.joined() + "?immutable=1"
    }
  }
}
