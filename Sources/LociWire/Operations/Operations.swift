/// All that can be asked for.
package enum Operations {
  /// In the order of help.
  package static let all: [any Parameterized.Type] = [
    RememberOperation.self, RecallOperation.self, ContextOperation.self, GetOperation.self,
    EmbeddingsOperation.self,
    ListOperation.self,
    UpdateOperation.self, SupersedeOperation.self, ChainOperation.self, InvalidateOperation.self,
    ForgetOperation.self, UnforgetOperation.self, AuditOperation.self, IngestOperation.self,
    ShareOperation.self, RevokeOperation.self, UnshareOperation.self, SharedOperation.self,
    VerifyOperation.self, QuarantinedOperation.self,
    TrustAuthorOperation.self, DistrustOperation.self, TrustedOperation.self,
    GetKeyOperation.self, SetKeyOperation.self, ListKeysOperation.self, DeleteKeyOperation.self,
    BeginEpisodeOperation.self, AddTurnOperation.self, ShowEpisodeOperation.self,
    ListEpisodesOperation.self, CloseEpisodeOperation.self, ReopenEpisodeOperation.self,
    IngestConversationOperation.self, ForgetEpisodeOperation.self,
    ListFilesOperation.self, FileVersionsOperation.self, ShowFileOperation.self,
    ForgetFilesOperation.self,
    StatusOperation.self, FsckOperation.self, BackfillOperation.self, CompactOperation.self,
    ExportOperation.self, ImportOperation.self,
    RememberLinesOperation.self, ImportForeignOperation.self,
    BackupOperation.self, PruneOperation.self, UpkeepOperation.self,
  ]
}
