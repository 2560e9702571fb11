import BackupDomain
import FoundationEssentials

/// Reads the document in which a cloud names its endpoints.
///
/// Two shapes are in use: an array of clouds (api-version 2019-05-01) and one object (2022-09-01).
///
/// Source: what `GET /metadata/endpoints` of a Resource Manager answers, and what Azure's command line needs of it.
enum CloudMetadata {
    /// Reads the clouds of a document.
    ///
    /// - Parameters:
    ///   - content: The document.
    ///   - source: Where it came from, for messages.
    /// - Returns: The clouds, at least one.
    /// - Throws: ``BackupDomain/BackupError`` with code `malformedAnswer`, naming what is missing.
    static func clouds(_ content: Data, source: Origin) throws(BackupError) -> [Cloud] {
        guard let document = try? JSONDecoder.stable().decode(JSONValue.self, from: content) else {
            throw Self.malformed(source, "it is no JSON document")
        }
        let entries = document.array ?? [document]
        guard !entries.isEmpty, entries.count <= 100 else { throw Self.malformed(source, "it names no cloud") }
        var clouds: [Cloud] = []
        for entry in entries { clouds.append(try Self.cloud(entry, source: source)) }
        return clouds
    }

    /// Picks a cloud by its name; without a name there must be one, or the first is taken.
    ///
    /// - Parameters:
    ///   - clouds: The clouds, at least one.
    ///   - name: The name, in any case.
    ///   - source: Where they came from, for messages.
    /// - Returns: The cloud.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where none has the name.
    static func select(_ clouds: [Cloud], named name: String?, source: String) throws(BackupError) -> Cloud {
        let found = name.map { name in clouds.first { $0.name.lowercased() == name.lowercased() } } ?? clouds.first
        guard let found else {
            let names = clouds.map(\.name).joined(separator: ", ")
            throw BackupError(
                .invalidInput,
                "There is no cloud '\(name ?? "")' in \(source).",
                remedy: "Choose one of: \(names)."
            )
        }
        return found
    }

    private static func cloud(_ entry: JSONValue, source: Origin) throws(BackupError) -> Cloud {
        guard let name = entry["name"]?.string, !name.isEmpty else {
            throw Self.malformed(source, "a cloud has no name")
        }
        let authentication = entry["authentication"]
        guard let manager = entry["resourceManager"]?.string.flatMap({ Origin($0) }) else {
            throw Self.malformed(source, "\(name) has no usable resourceManager")
        }
        guard let authority = authentication?["loginEndpoint"]?.string.flatMap({ Origin($0) }) else {
            throw Self.malformed(source, "\(name) has no usable authentication.loginEndpoint")
        }
        guard let audience = authentication?["audiences"]?.array?.first?.string, !audience.isEmpty else {
            throw Self.malformed(source, "\(name) has no authentication.audiences")
        }
        guard let suffix = entry["suffixes"]?["storage"]?.string, !suffix.isEmpty else {
            throw Self.malformed(source, "\(name) has no suffixes.storage")
        }
        try manager.requireConfidential("The Resource Manager of \(name)")
        try authority.requireConfidential("The authority of \(name)")
        return Cloud(
            name: name,
            resourceManager: manager,
            audience: audience.withoutTrailingSlashes,
            authority: authority,
            storageSuffix: suffix.hasPrefix(".") ? String(suffix.dropFirst()) : suffix
        )
    }

    private static func malformed(_ source: Origin, _ what: String) -> BackupError {
        BackupError(
            .malformedAnswer,
            "The cloud's metadata document at \(source) cannot be used: \(what).",
            remedy: "Check ARM_CLOUD_METADATA_URL."
        )
    }
}

extension String {
    /// The text without the slashes at its end.
    var withoutTrailingSlashes: String {
        var rest = self[...]
        while rest.hasSuffix("/") { rest.removeLast() }
        return String(rest)
    }
}
