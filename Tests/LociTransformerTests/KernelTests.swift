import LociKernelChecks
import Testing

/// The checks themselves are C, so that `make kernels` can run them under sanitizers and, for Arm,
/// under an emulator.
@Suite("Kernels")
struct KernelTests {
  private typealias Check = (UInt64, UnsafeMutablePointer<CChar>?, Int) -> Int32

  /// Runs a check on random shapes; the seeds are fixed, and `make kernels` tries others.
  private func run(_ check: Check) {
    for seed in UInt64(1)...25 {
      var report = [CChar](repeating: 0, count: 256)
      let compared = unsafe check(seed, &report, report.count)
      let words = String(
        decoding: report.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      #expect(compared >= 1, "seed \(seed): \(words)")
    }
  }

  @Test("Products agree with double precision, and bit for bit where that is promised")
  func products() { unsafe run(check_products) }

  @Test("Layer normalisation agrees with double precision")
  func normalization() { unsafe run(check_normalization) }

  @Test("Attention agrees with double precision, for texts and heads of any length")
  func attention() { unsafe run(check_attention) }

  @Test("Pooling agrees with double precision")
  func pooling() { unsafe run(check_pooling) }

  @Test("A text's states have the same bits alone and among others")
  func encoder() { unsafe run(check_encoder) }
}
