/// The id of an Azure resource, such as `/subscriptions/…/resourceGroups/…/providers/Microsoft.ApiManagement/service/…`.
///
/// Azure writes ids in varying case; two ids are equal when they differ in case only. The text keeps the case it came in.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules>
package struct ResourceID: Sendable {
    /// The id as it was given, without a trailing slash.
    package let text: String
    /// The subscription's id.
    package let subscription: String
    /// The resource group's name.
    package let resourceGroup: String
    /// The full type, such as `Microsoft.ApiManagement/service`.
    package let type: String
    /// The resource's own name, the last segment.
    package let name: String

    /// Reads an id of a resource in a resource group.
    ///
    /// - Parameter text: The id, with a leading slash.
    package init?(_ text: String) {
        let trimmed = text.utf8.last == 47 ? String(text.dropLast()) : text
        guard trimmed.utf8.first == 47, trimmed.utf8.count <= 2048 else { return nil }
        let parts = trimmed.utf8.dropFirst().split(separator: 47, omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard parts.count >= 8, parts.count.isMultiple(of: 2), parts.allSatisfy(Self.isSegment) else { return nil }
        guard parts[0].lowercased() == "subscriptions", parts[2].lowercased() == "resourcegroups",
            parts[4].lowercased() == "providers"
        else { return nil }
        self.text = trimmed
        self.subscription = parts[1]
        self.resourceGroup = parts[3]
        let types = stride(from: 6, to: parts.count, by: 2).map { parts[$0] }
        self.type = ([parts[5]] + types).joined(separator: "/")
        self.name = parts[parts.count - 1]
    }

    /// Whether this is an API Management instance.
    package var isInstance: Bool { self.type.lowercased() == "microsoft.apimanagement/service" }

    /// The id in lower case: what equality and hashes go by.
    package var canonical: String { self.text.lowercased() }

    private static func isSegment(_ segment: String) -> Bool {
        // Azure's names hold none of these; an id that does would reach another path of Resource Manager.
        !segment.isEmpty && segment != "." && segment != ".." && segment.utf8.allSatisfy(Self.isOfName)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...32, 127: false
        // " # % < > ? and the backslash
        case 34, 35, 37, 60, 62, 63, 92: false
        default: true
        }
    }
}

extension ResourceID: Hashable {
    package static func == (lhs: Self, rhs: Self) -> Bool { lhs.canonical == rhs.canonical }
    package func hash(into hasher: inout Hasher) { hasher.combine(self.canonical) }
}

extension ResourceID: CustomStringConvertible {
    package var description: String { self.text }
}

extension ResourceID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no resource id")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.text)
    }
}
