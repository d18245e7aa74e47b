/// Everything that the command can do, in the order in which help lists it.
enum Verbs {
  static let all: [Verb] =
    [
      RecordVerbs.remember, RecallVerb.verb, RecordVerbs.get, RecordVerbs.list,
      RecordVerbs.update, RecordVerbs.forget, RecordVerbs.audit, IngestVerbs.ingest,
      IngestVerbs.backfill, MigrateVerb.verb, HealthVerbs.fsck,
      HealthVerbs.models, HealthVerbs.fetch, HealthVerbs.status, HealthVerbs.doctor,
      HealthVerbs.config, TrustVerb.verb, EmbedVerb.verb,
    ] + EvalVerbs.all + [Version.verb]
}
