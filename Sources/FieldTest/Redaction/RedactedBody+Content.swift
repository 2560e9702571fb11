import BackupDomain
import FoundationEssentials

/// Bodies as bytes.
extension RedactedBody {
    /// The shape of what was sent.
    ///
    /// - Parameters:
    ///   - content: The bytes.
    ///   - service: Where they went.
    /// - Returns: The shape; nil for nothing.
    func sent(_ content: Data, to service: AzureService) -> JSONValue? {
        if content.isEmpty { return nil }
        switch service {
        case .resourceManager, .cloudMetadata: return self.document(content)
        case .entra, .identityEndpoint: return self.form(content)
        case .blobStorage: return Self.count(content)
        }
    }

    /// The shape of what was received.
    ///
    /// - Parameters:
    ///   - content: The bytes.
    ///   - service: Where they came from.
    ///   - isBlob: Whether they are a blob's content.
    /// - Returns: The shape; nil for nothing.
    func received(_ content: Data, from service: AzureService, isBlob: Bool) -> JSONValue? {
        if content.isEmpty { return nil }
        if service == .blobStorage { return isBlob ? Self.count(content) : Self.elements(content) }
        return self.document(content)
    }

    private func document(_ content: Data) -> JSONValue {
        guard let document = try? JSONDecoder.stable().decode(JSONValue.self, from: content) else {
            return Self.count(content)
        }
        return self.shape(document)
    }

    private static func count(_ content: Data) -> JSONValue { .string("<\(content.count) bytes>") }

    private func form(_ content: Data) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for pair in String(decoding: content, as: UTF8.self).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if let name = parts.first { members[String(name)] = .string(String(parts.dropFirst().first ?? "")) }
        }
        return self.shape(.object(members))
    }

    /// Of XML: which elements there are, how many names, and whether those are sorted as the service sorts.
    private static func elements(_ content: Data) -> JSONValue {
        var kinds: Set<String> = []
        var names: [String] = []
        for part in String(decoding: content, as: UTF8.self).split(separator: "<").dropFirst() {
            let element = part.prefix { $0.isLetter || $0.isNumber }
            if !element.isEmpty { kinds.insert(String(element)) }
            if element == "Name" { names.append(String(part.drop { $0 != ">" }.dropFirst())) }
        }
        let isSorted = zip(names, names.dropFirst()).allSatisfy {
            $0.utf8.lexicographicallyPrecedes($1.utf8) || $0 == $1
        }
        return .object([
            "elements": .array(kinds.sorted().map { .string($0) }), "names": .integer(Int64(names.count)),
            "sorted": .boolean(isSorted),
        ])
    }
}
