public enum LanceIndexKind: String, Sendable, CaseIterable {
  case ivfRQ = "ivf_rq", ivfHNSWSQ = "ivf_hnsw_sq", ivfPQ = "ivf_pq"
}
public enum PostgresIndexKind: String, Sendable, CaseIterable { case hnsw, ivfflat, exact }
enum PostgresSettings { static func redacted(_ t: String) -> String { t } }
