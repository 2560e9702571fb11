import BackupDomain
import Foundation

/// Makes items of an inventory from the elements of Azure's lists.
struct ElementReader: Sendable {
    /// The instance's resource id: what begins with it is kept without it, so that two instances can be compared.
    let instance: ResourceID

    /// Reads an element.
    ///
    /// - Parameters:
    ///   - element: The element.
    ///   - list: The path of the list.
    /// - Returns: The item; nil where the element has no name.
    func item(_ element: JSONValue, in list: String) -> InventoryItem? {
        let rule = KindRule.of(InventoryKind(of: "\(list)/-"))
        let members = element["properties"]?.object ?? [:]
        switch rule?.shape ?? .thing {
        case .tagUse: return self.tagUse(element)
        case .person:
            // Whose account it is must not be told; that it is the same one as yesterday must be.
            let person = (members["email"]?.string ?? element["name"]?.string).map { $0.lowercased() }
            return person.map { InventoryItem(path: "\(list)/\(ContentDigest.of(Data($0.utf8)).prefix(16))") }
        case .link: return Self.name(element).map { InventoryItem(path: "\(list)/\($0)") }
        case .policy:
            return Self.name(element).map { name in
                var kept = self.relative(SecretRules.kept(members))
                if case .object(let digest) = SecretRules.digested(members["value"]?.string ?? "") {
                    kept.merge(digest) { $1 }
                }
                return InventoryItem(path: "\(list)/\(name)", properties: kept)
            }
        case .definition:
            return Self.name(element).map { name in
                var kept = members
                let parts = Self.definitions.compactMap { part in kept.removeValue(forKey: part).map { (part, $0) } }
                kept = self.relative(SecretRules.kept(kept))
                // A schema may be any text; a list may leave it out.
                if !parts.isEmpty, let text = try? JSONEncoder.stable().encode(Dictionary(uniqueKeysWithValues: parts)),
                    case .object(let digest) = SecretRules.digested(String(decoding: text, as: UTF8.self))
                {
                    kept.merge(digest) { $1 }
                }
                return InventoryItem(path: "\(list)/\(name)", properties: kept)
            }
        case .thing:
            return Self.name(element).map { name in
                InventoryItem(path: "\(list)/\(name)", properties: self.relative(SecretRules.kept(members)))
            }
        }
    }

    /// The members in which a schema stands.
    private static let definitions = ["document", "value"]

    private static func name(_ element: JSONValue) -> String? {
        let name = element["name"]?.string ?? element["id"]?.string?.split(separator: "/").last.map(String.init)
        return name.flatMap { $0.isEmpty || $0.contains("/") ? nil : $0 }
    }

    /// What has a tag: an API, an operation or a product.
    ///
    /// Source: `TagResourceContract` of the specification, API version 2024-05-01.
    private func tagUse(_ element: JSONValue) -> InventoryItem? {
        let user = ["operation", "api", "product"].lazy.compactMap { element[$0]?["id"]?.string }.first
        guard let user, let tag = element["tag"]?["id"]?.string?.split(separator: "/").last else { return nil }
        let path = self.relative(user).split(separator: "/").joined(separator: "/")
        return InventoryItem(path: "\(path)/tags/\(tag)")
    }

    private func relative(_ members: [String: JSONValue]) -> [String: JSONValue] {
        members.mapValues(self.relative)
    }

    private func relative(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(self.relative(text))
        case .array(let elements): .array(elements.map(self.relative))
        case .object(let members): .object(self.relative(members))
        case .null, .boolean, .integer, .number: value
        }
    }

    private func relative(_ text: String) -> String {
        let prefix = self.instance.text
        let isOwn = text.count > prefix.count && text.lowercased().hasPrefix(prefix.lowercased() + "/")
        let relative = isOwn ? String(text.dropFirst(prefix.count)) : text
        // The id of a person may be a name.
        guard let user = relative.range(of: "/users/", options: [.anchored, .caseInsensitive]) else { return relative }
        return "/users/\(ContentDigest.of(Data(relative[user.upperBound...].lowercased().utf8)).prefix(16))"
    }
}
