import Foundation
import LociTokenizer

/// Shows how a model reads texts, with the tokenizer alone.
@main
enum Tokens {
  static func main() throws {
    let model = Folders().models.appending(path: "sentence-transformers--all-MiniLM-L6-v2")
    let tokenizer = try Tokenizer(json: Data(contentsOf: model.appending(path: "tokenizer.json")))
    for text in ["Alice prefers tea", "Übermäßig", "記憶", "🫖"] {
      let encoding = tokenizer.encode(text, maximumTokens: 256)
      print(text, encoding.ids)
    }
    let long = String(repeating: "to be continued ", count: 200)
    let cut = tokenizer.encode(long, maximumTokens: 256)
    print("\(tokenizer.tokenCount(of: long)) tokens; cut to \(cut.ids.count): \(cut.isTruncated)")
  }
}
