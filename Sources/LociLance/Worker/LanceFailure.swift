import LociCore

/// What the worker's failures mean to somebody who uses Loci.
enum LanceFailure {
  /// The error of a failed request. LanceDB's own words may quote a user's, so they go into
  /// `detail`.
  static func error(_ failure: Answer.Failure, _ request: Request) -> LociError {
    let code = LociError.Code(failure.code)
    let (message, remedy) = meaning(of: code, at: request.location)
    return LociError(code, message, remedy: remedy, detail: failure.detail)
  }

  /// The error of a call whose worker ended.
  static func error(_ ended: WorkerEnded) -> LociError {
    LociError(
      .storeEngine, "LanceDB's worker process ended in the middle of a call.",
      remedy: "Try again; the next call starts it anew, and a write may be repeated.",
      detail: ended.lastWords)
  }

  private static func meaning(
    of code: LociError.Code, at location: String
  ) -> (String, String?) {
    switch code {
    case .diskFull:
      (
        "The disk that holds the LanceDB store \(location) is full; nothing was written.",
        "Free some room and try again."
      )
    case .readOnly:
      (
        "The LanceDB store \(location) can't be written.",
        "Check that you may write to the folder and to everything in it."
      )
    case .corrupt:
      (
        "The LanceDB store \(location) is damaged: a file is missing or is not what it should be.",
        "Restore it from a backup, or build it anew from the records; it was left as it is."
      )
    case .newerSchema:
      ("The LanceDB store \(location) was written by a newer Loci.", "Update Loci.")
    case .busy:
      (
        "Other writers kept the LanceDB store \(location) for too long.",
        "Try again, or end the other process."
      )
    case .network:
      (
        "The object store behind \(location) does not answer.",
        "Check the network, the endpoint, the bucket and the region."
      )
    case .forbidden:
      ("The object store behind \(location) refused the keys.", "Check the keys and their rights.")
    case .missingLibrary:
      (LanceEngine.missingMessage, LanceEngine.remedy)
    default:
      ("LanceDB failed on the store \(location).", "Run `loci doctor`.")
    }
  }
}
