import CTransformerKernels
package import LociCore

/// The kinds of CPU that the kernels are written for, the slowest first.
package enum Processor: String, CaseIterable, Sendable {
  case portable, neon, avx2, avx512, avx512bf16

  /// The variable that chooses one.
  package static let variable = "LOCI_CPU"

  var identifier: tk_cpu {
    switch self {
    case .portable: TK_CPU_PORTABLE
    case .neon: TK_CPU_NEON
    case .avx2: TK_CPU_AVX2
    case .avx512: TK_CPU_AVX512
    case .avx512bf16: TK_CPU_AVX512_BF16
    }
  }

  /// Whether this machine has it.
  package var isAvailable: Bool { tk_cpu_is_available(identifier) }

  /// Those that this machine has, the slowest first.
  package static var available: [Processor] { allCases.filter(\.isAvailable) }

  /// The one that is used: what ``variable`` names, else the fastest here.
  ///
  /// - Throws: ``LociError/Code/invalidConfiguration`` where the variable names none that is here.
  package static func chosen(_ environment: [String: String]) throws(LociError) -> Processor {
    let best = tk_cpu_best()
    guard let name = environment[variable], !name.isEmpty else {
      return allCases.first { $0.identifier == best } ?? .portable
    }
    guard let processor = Processor(rawValue: name), processor.isAvailable else {
      throw LociError(
        .invalidConfiguration, "\(variable) names a kind of CPU that this machine is not.",
        remedy: "Unset it, or set it to one of "
          + available.map(\.rawValue).joined(separator: ", ") + ".", detail: name)
    }
    return processor
  }
}

/// The arithmetic for one kind of CPU.
///
/// `@unchecked Sendable`: the pointer leads to a constant.
@safe package struct Kernels: @unchecked Sendable {
  let pointer: OpaquePointer
  /// The kind of CPU.
  package let processor: Processor

  /// The arithmetic for a kind of CPU, or nothing where this machine is of another.
  package init?(_ processor: Processor) {
    guard let pointer = unsafe tk_kernels_for(processor.identifier) else { return nil }
    unsafe self.pointer = pointer
    self.processor = processor
  }
}

/// What weights, and what they are multiplied with, are rounded to. Sums are float32 always.
package enum Precision: String, CaseIterable, Sendable {
  /// As fast as it gets; 1 − cosine against double precision is some 1e-5.
  case bfloat16
  /// As exact as the weights are; 1 − cosine is below 1e-11.
  case float32

  var identifier: tk_precision { self == .bfloat16 ? TK_BFLOAT16 : TK_FLOAT32 }
}
