import Foundation

/// How many cores this process may keep busy.
public enum UsableCores {
  /// The cores that it may run on, or fewer where its control group has a quota (a container's
  /// `--cpus`): more threads than that would only be made to wait. At least 1.
  public static var count: Int {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return max(1, min(cores, quota(group: "/proc/self/cgroup", root: "/sys/fs/cgroup") ?? cores))
  }

  /// The least quota of a control group (version 2) and those above it, in whole cores, rounded up.
  ///
  /// - Parameters:
  ///   - group: The file that names the process's group, as `0::/path`.
  ///   - root: The folder of all groups.
  package static func quota(group: String, root: String) -> Int? {
    guard let text = try? String(contentsOfFile: group, encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("0::/") })
    else { return nil }
    var parts = line.dropFirst(4).split(separator: "/")
    var quotas: [Int] = []
    while true {
      let file = ([root[...]] + parts + ["cpu.max"]).joined(separator: "/")
      if let found = (try? String(contentsOfFile: file, encoding: .utf8)).flatMap(cores) {
        quotas.append(found)
      }
      guard parts.popLast() != nil else { return quotas.min() }
    }
  }

  /// What `cpu.max` says: the microseconds of every so many; or nothing where it says `max`.
  private static func cores(_ text: String) -> Int? {
    let numbers = text.split(whereSeparator: \.isWhitespace).map { Int($0) }
    guard numbers.count == 2, let quota = numbers[0], let period = numbers[1], quota > 0, period > 0
    else { return nil }
    return (quota - 1) / period + 1
  }
}
