/// What Loci throws: a stable code, a sentence on what was wrong, and what to do about it.
///
/// `description` is safe to log: it never shows a user's text. `debugDescription` may.
public struct LociError: Error, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  /// The kind of failure. New codes may be added; compare with `==`, and keep a default case.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The stable name, fit for logs and JSON.
    public let rawValue: String

    /// Makes a code with a stable name.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// The stable name.
    public var description: String { rawValue }

    /// An argument is outside its documented range or form.
    public static let invalidArgument = Code("invalid_argument")
    /// A configuration file, variable or flag holds something that is not understood.
    public static let invalidConfiguration = Code("invalid_configuration")
    /// A vector has NaN, infinity or no length at all.
    public static let invalidVector = Code("invalid_vector")
    /// A vector's length is not its space's.
    public static let dimensionMismatch = Code("dimension_mismatch")
    /// Nothing has that id, name or path.
    public static let notFound = Code("not_found")
    /// Something with that id already exists, or changed meanwhile.
    public static let conflict = Code("conflict")
    /// A file is not what its format promises: truncated, tampered with, or of another kind.
    public static let corrupt = Code("corrupt")
    /// A file's SHA-256 is not the expected one.
    public static let checksumMismatch = Code("checksum_mismatch")
    /// A native library is missing or of the wrong version.
    public static let missingLibrary = Code("missing_library")
    /// A model's files are not on this machine and could not be fetched.
    public static let missingModel = Code("missing_model")
    /// The model or engine asked for is of a kind that Loci does not run.
    public static let unsupported = Code("unsupported")
    /// The inference engine refused or failed.
    public static let engine = Code("engine")
    /// A bounded queue is full; try again later.
    public static let overloaded = Code("overloaded")
    /// The store is locked by somebody else for longer than the time allowed.
    public static let busy = Code("busy")
    /// The disk is full.
    public static let diskFull = Code("disk_full")
    /// The file or folder can't be written.
    public static let readOnly = Code("read_only")
    /// The store was written by a newer Loci.
    public static let newerSchema = Code("newer_schema")
    /// The records have moved to another store, or are moving right now.
    public static let moved = Code("moved")
    /// The store was deleted, moved or replaced while it was in use.
    public static let replaced = Code("replaced")
    /// A store's engine refused or failed.
    public static let storeEngine = Code("store_engine")
    /// The work took longer than the time allowed.
    public static let timedOut = Code("timed_out")
    /// The user or role may not do that.
    public static let forbidden = Code("forbidden")
    /// A project's file or a store names something outside of it that the user has not trusted.
    public static let untrusted = Code("untrusted")
    /// Reading or writing a file failed.
    public static let io = Code("io")
    /// A remote server answered with an error, or not at all.
    public static let network = Code("network")
    /// Offline mode forbids the request.
    public static let offline = Code("offline")
  }

  /// The kind of failure.
  public let code: Code
  /// What was wrong and what was expected, in a sentence without a user's text.
  public let message: String
  /// What to do about it, as a sentence.
  public let remedy: String?
  /// More for the developer; it may hold a user's text.
  public let detail: String?
  /// The error that caused this one.
  public let underlying: (any Error)?

  /// Makes an error.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - message: What was wrong and what was expected, without a user's text.
  ///   - remedy: What to do about it.
  ///   - detail: More for the developer; it may hold a user's text.
  ///   - underlying: The error that caused this one.
  public init(
    _ code: Code, _ message: String, remedy: String? = nil, detail: String? = nil,
    underlying: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.detail = detail
    self.underlying = underlying
  }

  /// The message and the remedy; safe to log.
  public var description: String {
    guard let remedy else { return message }
    return "\(message) \(remedy)"
  }

  /// Everything, a user's text included.
  public var debugDescription: String {
    var text = "[\(code)] \(description)"
    if let detail { text += " (\(detail))" }
    if let underlying { text += " caused by: \(String(reflecting: underlying))" }
    return text
  }
}
