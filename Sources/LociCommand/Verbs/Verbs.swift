/// Everything that the command can do, in the order in which help lists it.
package enum Verbs {
  /// By what they are for.
  package static let groups = [
    VerbGroup(
      "Remember and find",
      [
        RecordVerbs.remember, RecallVerb.verb, RecallVerb.context, RecordVerbs.get,
        RecordVerbs.list, RecordVerbs.embeddings, RecordVerbs.update, ForgetVerb.verb,
        RecordVerbs.audit,
      ]),
    VerbGroup("What becomes of it", LifeVerbs.all),
    VerbGroup("What was written", VerifyVerbs.all),
    VerbGroup("Bots", SharingVerbs.all + KeyValueVerbs.all),
    VerbGroup("Episodes", EpisodeVerbs.all),
    VerbGroup("Documents", [IngestVerbs.ingest] + FileVerbs.all),
    VerbGroup("Models", [HealthVerbs.models, HealthVerbs.fetch, PruneVerb.verb, EmbedVerb.verb]),
    VerbGroup(
      "Where it lies",
      [
        HealthVerbs.status, HealthVerbs.config, TrustVerb.verb, MigrateVerb.verb,
        ExchangeVerbs.export, ExchangeVerbs.import, BackupVerbs.backup, BackupVerbs.restore,
      ]),
    VerbGroup(
      "Health",
      [
        HealthVerbs.doctor, HealthVerbs.fsck, IngestVerbs.backfill, HealthVerbs.compact,
        UpkeepVerb.verb,
      ]),
    VerbGroup("Loci itself", EvalVerbs.all + [Version.verb]),
  ]

  /// All of them.
  package static let all = groups.flatMap(\.verbs)
}
