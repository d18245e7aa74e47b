/// Where memories of other systems come from.
public enum ForeignFormat: String, Hashable, Sendable, CaseIterable {
  /// The file of MCP's reference server for memory: `memory.jsonl`.
  case mcpMemory = "mcp-memory"
  /// What mem0 answers when it is asked for everything, as JSON.
  case mem0
  /// A folder of basic-memory's notes.
  case basicMemory = "basic-memory"
  /// `conversations.json` of a ChatGPT data export.
  case chatGPT = "chatgpt"
  /// `conversations.json` of a Claude data export.
  case claude
  /// A folder of Obsidian's notes.
  case obsidian
}
