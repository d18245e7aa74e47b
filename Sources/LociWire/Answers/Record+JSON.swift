package import LociCore
package import LociJSON

extension Record {
  /// The record as JSON.
  package var json: JSON {
    [
      "id": .string(id.text), "namespace": .string(namespace.name),
      "collection": .string(collection.name), "text": .string(text),
      "category": JSON(category?.name, JSON.string), "metadata": WireMetadata(metadata).json,
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
