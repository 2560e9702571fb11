import EmulatorRuntime

/// One kind of what lies in an instance: how its collection is called, and by which rules it is written and shown.
///
/// Source: the specification of API Management, API version 2024-05-01.
struct ContentKind: Sendable {
    /// The collection's name in URLs.
    let collection: String
    /// The properties without which nothing can be written.
    var required: [String] = []
    /// The properties that no answer to GET holds.
    var hidden: [String] = []
    /// The properties that every answer to GET holds as null.
    var nulled: [String] = []
    /// The action that hands out what GET does not, such as `listValue`.
    var secretsAction: String?
    /// The tiers that do not have it.
    var missingIn: Set<Tier> = []
    /// Whether it only says that something of the same collection, in the instance or in the workspace, belongs here.
    var isLink = false
    /// Whether PATCH and DELETE must say which version they mean.
    var isConditional = true
    /// What lies in it.
    var children: [ContentKind] = []

    /// The kind of a collection among some.
    static func named(_ collection: String, among kinds: [ContentKind]) -> ContentKind? {
        let folded = collection.lowercased()
        return kinds.first { $0.collection.lowercased() == folded }
    }

    /// The properties with what Azure adds by itself.
    func completed(_ properties: JSON, name: String) -> JSON {
        guard self.collection == "apis", !self.isLink else { return properties }
        let revision = name.split(separator: ";rev=", maxSplits: 1).dropFirst().first.map(String.init)
        var completed = properties
        if completed["apiRevision"] == nil { completed["apiRevision"] = .string(revision ?? "1") }
        if completed["isCurrent"] == nil { completed["isCurrent"] = .bool(revision == nil) }
        if completed["subscriptionRequired"] == nil { completed["subscriptionRequired"] = true }
        return completed
    }

    /// The properties as an answer to GET shows them.
    func shown(_ properties: JSON) -> JSON {
        var shown = properties
        for name in self.hidden { shown[name] = nil }
        for name in self.nulled { shown[name] = .null }
        // A named value that is no secret is shown.
        if self.collection == "namedValues", properties["secret"]?.bool == true { shown["value"] = nil }
        return shown
    }
}
