package import LociCore
package import LociJSON

extension Record {
  /// The record as JSON.
  package var json: JSON {
    [
      "id": .string(id.text), "namespace": .string(namespace.name),
      "collection": .string(collection.name), "text": .string(text),
      "category": JSON(category?.name, JSON.string), "metadata": metadataJSON,
      "author": JSON(author, JSON.string), "author_name": JSON(authorName, JSON.string),
      "audience": .string(audience.rawValue), "source": JSON(source, \.json),
      "whole": JSON(whole?.text, JSON.string), "position": JSON(position, JSON.integer),
      "occurred_at": JSON(occurredAt.map(WireFormat.time), JSON.string),
      "valid_from": JSON(validFrom.map(WireFormat.time), JSON.string),
      "valid_until": JSON(validUntil.map(WireFormat.time), JSON.string),
      "known_from": JSON(knownFrom.map(WireFormat.time), JSON.string),
      "known_until": JSON(knownUntil.map(WireFormat.time), JSON.string),
      "status": .string(status.rawValue), "importance": .integer(importance),
      "confidence": .number(confidence), "created_at": .string(WireFormat.time(createdAt)),
      "updated_at": .string(WireFormat.time(updatedAt)),
      "last_accessed_at": JSON(lastAccessedAt.map(WireFormat.time), JSON.string),
      "access_count": .integer(accessCount), "content_hash": .string(contentHash.description),
    ]
  }

  private var metadataJSON: JSON {
    .object(metadata.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value.json) })
  }
}

extension MetadataValue {
  /// The value as JSON; a whole number without a decimal point, but for negative zero.
  package var json: JSON {
    switch self {
    case .string(let value): return .string(value)
    case .bool(let value): return .bool(value)
    case .list(let values): return .array(values.map(\.json))
    case .number(let value):
      let whole = value == 0 && value.sign == .minus ? nil : Int(exactly: value)
      return whole.map(JSON.integer) ?? .number(value)
    }
  }
}

extension Record.Source {
  /// The source as JSON.
  package var json: JSON {
    [
      "uri": .string(uri), "heading": JSON(heading, JSON.string),
      "lines": JSON(lines) { [.integer($0.lowerBound), .integer($0.upperBound)] },
    ]
  }
}

extension AuditEntry {
  /// The line of the log as JSON.
  package var json: JSON {
    [
      "sequence": .integer(Int(sequence)), "time": .string(WireFormat.time(time)),
      "action": .string(action.name), "record": .string(record.text),
      "actor": JSON(actor, JSON.string),
    ]
  }
}
