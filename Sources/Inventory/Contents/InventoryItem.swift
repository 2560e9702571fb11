package import BackupDomain

/// One thing that lies in an instance, as an inventory keeps it.
package struct InventoryItem: Sendable, Hashable, Codable {
    /// Where it lies: collections and names by turns, as Azure writes them, such as `apis/orders/operations/list`.
    package var path: String
    /// What Azure says of it, without secrets; a long text stands as its digest and size.
    package var properties: [String: JSONValue]

    /// Creates a value.
    ///
    /// - Parameters:
    ///   - path: Where it lies.
    ///   - properties: What is known of it.
    package init(path: String, properties: [String: JSONValue] = [:]) {
        self.path = path
        self.properties = properties
    }

    /// What kind it is.
    package var kind: InventoryKind { InventoryKind(of: self.path) }

    /// Its own name.
    package var name: String { self.path.split(separator: "/").last.map(String.init) ?? self.path }

    /// The name that people see in the portal; nil where it has none.
    package var displayName: String? { self.properties["displayName"]?.string }

    /// What it is found by: Azure compares names without regard to case.
    package var key: String { self.path.lowercased() }

    /// The path of what it lies in; empty for what lies in the instance itself.
    package var parentPath: String { self.path.split(separator: "/").dropLast(2).joined(separator: "/") }

    /// Whether it is a revision of an API that is not the current one.
    var isOtherRevision: Bool { self.kind.collection == "apis" && self.properties["isCurrent"] == .boolean(false) }

    private enum CodingKeys: String, CodingKey { case path, properties }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.path = try container.decode(String.self, forKey: .path)
        self.properties = try container.decodeIfPresent([String: JSONValue].self, forKey: .properties) ?? [:]
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.path, forKey: .path)
        if !self.properties.isEmpty { try container.encode(self.properties, forKey: .properties) }
    }
}
