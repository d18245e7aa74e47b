/// All that can be asked for.
package enum Operations {
  /// In the order of help.
  package static let all: [any Parameterized.Type] = [
    RememberOperation.self, RecallOperation.self, ContextOperation.self, GetOperation.self,
    ListOperation.self,
    UpdateOperation.self, ForgetOperation.self, AuditOperation.self, IngestOperation.self,
    StatusOperation.self, FsckOperation.self, BackfillOperation.self, CompactOperation.self,
    ExportOperation.self, ImportOperation.self,
    RememberLinesOperation.self, ImportForeignOperation.self,
    BackupOperation.self, PruneOperation.self,
  ]
}
