import Foundation
import LociCore

/// How the hub is reached, from the variables that every tool of the hub understands.
struct HubSettings: Sendable {
  /// `HF_ENDPOINT`, without a slash at its end.
  let endpoint: URL
  /// `HF_TOKEN`. It goes to the endpoint only and is never shown.
  let token: String?

  /// Reads the variables; an endpoint that is no http(s) address is refused.
  init(environment: [String: String]) throws {
    var address = Self.value("HF_ENDPOINT", in: environment) ?? "https://huggingface.co"
    while address.hasSuffix("/") { address.removeLast() }
    guard let endpoint = URL(string: address), endpoint.host() != nil,
      ["http", "https"].contains(endpoint.scheme)
    else {
      throw LociError(
        .invalidConfiguration, "HF_ENDPOINT is not an http or https address.",
        remedy: "Set it to one, such as https://huggingface.co, or unset it.")
    }
    self.endpoint = endpoint
    token = Self.value("HF_TOKEN", in: environment)
  }

  /// The variable that forbids requests, where one is set: `HF_HUB_OFFLINE` or
  /// `TRANSFORMERS_OFFLINE`.
  static func offlineVariable(in environment: [String: String]) -> String? {
    ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"].first {
      ["1", "ON", "YES", "TRUE"].contains(value($0, in: environment)?.uppercased())
    }
  }

  /// A variable's text; nil where nothing is in it.
  private static func value(_ variable: String, in environment: [String: String]) -> String? {
    let text = environment[variable]?.trimmingCharacters(in: .whitespacesAndNewlines)
    return text?.isEmpty == false ? text : nil
  }

  /// A request for a path below the endpoint, or for an address that the hub redirected to.
  ///
  /// Only the endpoint itself is given the token.
  func request(_ method: String, _ url: URL) -> HubRequest {
    HubRequest(method: method, url: url, token: isEndpoint(url) ? token : nil)
  }

  /// The address of a path below the endpoint; `path` needs no escapes, its parts are checked.
  func url(_ path: String) -> URL { endpoint.appending(path: path) }

  private func isEndpoint(_ url: URL) -> Bool {
    url.scheme == endpoint.scheme && url.host() == endpoint.host() && url.port == endpoint.port
  }
}
