import BackupDomain
import FoundationEssentials

/// The shape of a body: which members there are, and the values that Azure's documents name; nothing that somebody has written.
struct RedactedBody: Sendable {
    let pseudonyms: Pseudonyms

    /// Members whose values Azure's documents list.
    private static let plainMembers: Set<String> = [
        "provisioningstate", "targetprovisioningstate", "capacity", "type", "code", "status", "accesstype",
        "minapiversion", "platformversion", "virtualnetworktype", "publicnetworkaccess", "kind", "defaultaction",
        "bypass", "level", "days", "expires_in", "expires_on", "token_type", "error", "error_codes",
        "grant_type", "actions", "notactions", "dataactions", "notdataactions", "certificatesource",
    ]
    /// Members that name something.
    private static let names = [
        "id": "name", "name": "name", "storageaccount": "account", "containername": "container", "backupname": "blob",
        "nextlink": "address", "hostname": "host", "scope": "name", "roledefinitionid": "name",
        "principalid": "principal",
        "clientid": "client", "blob": "address",
    ]
    /// Objects of Azure's own form below `properties`; of others only that they are there is told.
    private static let openMembers: Set<String> = [
        "error", "sku", "identity", "properties", "apiversionconstraint", "networkacls", "primaryendpoints", "cors",
        "deleteretentionpolicy", "customproperties", "permissions", "tag", "api", "operation", "product",
        "userassignedidentities",
    ]
    /// How many elements of a list are shown; the first ones.
    private static let shownElements = 3

    /// Redacts a JSON document.
    ///
    /// - Parameter value: The document.
    /// - Returns: Its shape.
    func shape(_ value: JSONValue) -> JSONValue { self.shape(value, named: "", in: "", depth: 0) }

    private func shape(_ value: JSONValue, named name: String, in parent: String, depth: Int) -> JSONValue {
        switch value {
        case .null, .boolean: return value
        case .integer, .number: return Self.plainMembers.contains(name) ? value : .string("<number>")
        case .string(let text): return .string(self.text(text, named: name, in: parent))
        case .array(let elements):
            var shown = elements.prefix(Self.shownElements).map {
                self.shape($0, named: name, in: parent, depth: depth)
            }
            // What a role allows is judged by all of it.
            if Self.plainMembers.contains(name) {
                shown = elements.map { self.shape($0, named: name, in: parent, depth: depth) }
            }
            if shown.count < elements.count { shown.append(.string("<\(elements.count - shown.count) more>")) }
            return .array(shown)
        case .object(let members):
            guard depth < 2 || Self.openMembers.contains(name) || name.isEmpty || name == "value" else {
                return .string("<object>")
            }
            guard depth < 6 else { return .string("<object>") }
            var result: [String: JSONValue] = [:]
            // An id tells what kind of thing a name names, so it is seen first.
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                let lower = key.lowercased()
                let shown = name == "userassignedidentities" || name == "tags" ? self.freeKey(key, name) : Self.key(key)
                result[shown] =
                    name == "tags" ? .string("<text>") : self.shape(member, named: lower, in: name, depth: depth + 1)
            }
            return .object(result)
        }
    }

    private func text(_ text: String, named name: String, in parent: String) -> String {
        if text.isEmpty { return "" }
        if name == "message", ["error", "details"].contains(parent) {
            return RedactedText(pseudonyms: self.pseudonyms).redact(text)
        }
        if Self.plainMembers.contains(name) || (name == "name" && parent == "sku") || parent == "customproperties" {
            let isPlain =
                text.utf8.count <= 120
                && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || " ,._:/*-".contains($0)) }
            return isPlain ? text : "<text>"
        }
        guard let kind = Self.names[name] else { return "<text>" }
        let addresses = RedactedAddress(pseudonyms: self.pseudonyms)
        if text.hasPrefix("/") { return addresses.resourceID(text) }
        guard kind == "address" else { return self.pseudonyms.mark(text, kind) }
        return addresses.location(text, of: name == "blob" ? .blobStorage : .resourceManager)
    }

    private func freeKey(_ key: String, _ name: String) -> String {
        key.hasPrefix("/")
            ? RedactedAddress(pseudonyms: self.pseudonyms).resourceID(key) : self.pseudonyms.mark(key, "tag")
    }

    /// A member's name; one that is none of Azure's kind is left out.
    private static func key(_ key: String) -> String {
        let isPlain =
            key.utf8.count <= 80
            && key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-$@".contains($0)) }
        return isPlain ? key : "<name>"
    }
}
