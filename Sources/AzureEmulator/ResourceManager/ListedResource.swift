import EmulatorRuntime

/// One resource as lists over all providers show it.
///
/// Source: "Resources - List", Resource Manager, API version 2021-04-01.
struct ListedResource: Sendable, Equatable {
    var id: Scope
    var name: String
    var type: String
    var location: String
    var tags: [String: String]
    var sku: JSON?
    var kind: String?
    var identity: JSON?

    var json: JSON {
        var json: JSON = [
            "id": .string(self.id.path), "name": .string(self.name), "type": .string(self.type),
            "location": .string(self.location),
        ]
        if let kind = self.kind { json["kind"] = .string(kind) }
        if let sku = self.sku { json["sku"] = sku }
        if let identity = self.identity { json["identity"] = identity }
        json["tags"] = .tags(self.tags)
        return json
    }
}

extension JSON {
    /// Tags as an object, in the order of their names.
    static func tags(_ tags: [String: String]) -> JSON {
        .object(tags.sorted { $0.key < $1.key }.map { Member($0.key, .string($0.value)) })
    }
}
