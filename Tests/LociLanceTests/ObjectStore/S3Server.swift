import Foundation
import LociCore
import LociLance
import Testing

/// An S3 server on loopback, from the packages that `Scripts/setup test` installs; it keeps
/// everything in memory and ends with its owner.
final class S3Server: Sendable {
  private let process = Process()
  private let input = Pipe()
  /// Where it listens.
  let endpoint: String

  private static let script = """
    import logging, os, sys, threading
    sys.path.insert(0, sys.argv[1])
    import boto3
    from moto.server import ThreadedMotoServer
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    standard_output, sys.stdout = sys.stdout, sys.stderr  # The server greets on it.
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    endpoint = "http://127.0.0.1:%d" % server.get_host_and_port()[1]
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="test",
                 aws_secret_access_key="test").create_bucket(Bucket="memories")
    print(endpoint, file=standard_output, flush=True)
    sys.stdin.read()
    os._exit(0)
    """

  init() throws {
    let folder = Folders().data.appending(path: "test/s3-server")
    process.executableURL = folder.appending(path: "python3")
    process.arguments = ["-I", "-c", Self.script, folder.path]
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    endpoint = line.trimmingCharacters(in: .whitespacesAndNewlines)
    try #require(!endpoint.isEmpty, "The S3 server did not start; run Scripts/setup test.")
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// What LanceDB needs to reach it.
  var options: [String: String] {
    [
      "endpoint": endpoint, "region": "us-east-1", "allow_http": "true",
      "aws_access_key_id": "test", "aws_secret_access_key": "test",
    ]
  }
}
