import BackupDomain

/// One change that a deployment would make, by Azure's own forecast.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-what-if>
package struct ForecastChange: Sendable, Hashable {
    /// What kind of change it is.
    package enum Kind: String, Sendable, Hashable {
        /// The resource is made.
        case create = "Create"
        /// The resource is changed.
        case modify = "Modify"
        /// The resource is deleted.
        case delete = "Delete"
        /// The resource is written, and what comes of it is not known.
        case deploy = "Deploy"
        /// The resource stays as it is.
        case noChange = "NoChange"
        /// The resource is none of the template's.
        case ignore = "Ignore"
        /// Azure cannot say before the deployment is under way.
        case unsupported = "Unsupported"
    }

    /// The resource's id.
    package var id: String
    /// What would become of it.
    package var kind: Kind
    /// The paths of what would change in it.
    package var paths: [String]

    /// Reads a change.
    ///
    /// What Azure could not evaluate, such as a `reference`, shows as a change to the expression's own text; it is none.
    init?(_ json: JSONValue) {
        guard let id = json["resourceId"]?.string, let kind = json["changeType"]?.string.flatMap(Kind.init) else {
            return nil
        }
        self.id = id
        self.paths = Self.paths(json["delta"]?.array ?? [], below: "")
        self.kind = kind == .modify && self.paths.isEmpty ? .noChange : kind
    }

    private static func paths(_ delta: [JSONValue], below prefix: String) -> [String] {
        delta.flatMap { entry -> [String] in
            let path = prefix + (entry["path"]?.string ?? "?")
            let children = entry["children"]?.array ?? []
            if !children.isEmpty { return Self.paths(children, below: "\(path).") }
            if entry["propertyChangeType"]?.string == "NoEffect" || Self.isUnresolved(entry["after"]) { return [] }
            // No deployment moves a resource; what extends another one shows none of its own.
            if path == "location" { return [] }
            // Azure shows no secret, so that each looks new; whether a job's differ is compared apart.
            if path.hasPrefix("properties.configuration.secrets") { return [] }
            return [path]
        }
    }

    private static func isUnresolved(_ value: JSONValue?) -> Bool {
        switch value {
        case .string(let text): text.hasPrefix("[") && text.hasSuffix("]") && text.contains("(")
        case .object(let members): !members.isEmpty && members.values.allSatisfy(Self.isUnresolved)
        case .array(let elements): !elements.isEmpty && elements.allSatisfy(Self.isUnresolved)
        default: false
        }
    }

    /// Whether the resource is made or changed.
    package var isChange: Bool { [.create, .modify, .delete, .deploy].contains(self.kind) }

    /// The resource's type and name, for people.
    package var title: String { ShortID.title(of: self.id) }
}
