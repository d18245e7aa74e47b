import Foundation
import LociCore

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// What the hub's answers, and its silence, mean to the user.
enum HubErrors {
  /// The error for a status other than success.
  static func status(_ response: HubResponse, model: ModelID, hasToken: Bool) -> LociError {
    let host = response.url.host() ?? "the hub"
    return switch response.status {
    case 401, 403:
      LociError(
        .missingModel,
        "\(host) does not give \(model.text) to this user (HTTP \(response.status)): it is "
          + "private, gated, or not there.",
        remedy: hasToken
          ? "Check that HF_TOKEN is valid and that its owner has accepted the model's terms."
          : "Check the name; if it is right, accept the model's terms on its page and set HF_TOKEN."
      )
    case 404:
      LociError(
        .missingModel, "\(host) has no model \(model.text) (HTTP 404).",
        remedy: "Check the name. The nearest known ones are "
          + "\(ModelCatalogue.nearest(to: model.text)).")
    default:
      LociError(
        .network, "\(host) answered with HTTP \(response.status).", remedy: remedy)
    }
  }

  /// The error for a connection that failed.
  static func connection(_ error: URLError, host: String) -> LociError {
    let what =
      error.code == .timedOut ? "did not answer in time" : "could not be reached, or broke off"
    return LociError(.network, "\(host) \(what).", remedy: remedy, underlying: error)
  }

  /// The error for an answer that the hub would not give.
  static func unexpected(_ what: String, _ response: HubResponse) -> LociError {
    LociError(
      .network, "\(response.url.host() ?? "The hub") sent \(what).", remedy: remedy)
  }

  /// Whether trying again may help.
  static func isTransient(_ response: HubResponse) -> Bool {
    response.status == 408 || response.status == 429 || response.status >= 500
  }

  /// Whether trying again may help.
  static func isTransient(_ error: URLError) -> Bool {
    ![.cancelled, .unsupportedURL, .badURL, .secureConnectionFailed, .serverCertificateUntrusted]
      .contains(error.code)
  }

  private static let remedy =
    "Try again later, set HF_ENDPOINT to a mirror, or give the path of a folder that has the model."
}
