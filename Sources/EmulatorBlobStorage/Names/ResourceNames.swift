/// The rules that names of containers, blobs and metadata follow.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata>
package enum ResourceNames {
    /// Containers that Azure makes itself, whose names break the rules.
    static let systemContainers: Set<String> = ["$root", "$web", "$logs"]

    static func checkContainer(_ name: String) throws(StorageError) {
        if self.systemContainers.contains(name) { return }
        guard (3...63).contains(name.utf8.count) else { throw .nameLength }
        let isWellFormed =
            name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
            && !name.hasPrefix("-") && !name.hasSuffix("-") && !name.contains("--")
        guard isWellFormed else { throw .invalidResourceName }
    }

    /// Whether a text can be the name of a container.
    ///
    /// - Parameter name: The text.
    /// - Returns: Whether it keeps to Azure's rules.
    package static func isContainer(_ name: String) -> Bool {
        do {
            try self.checkContainer(name)
            return true
        } catch {
            return false
        }
    }

    static func checkBlob(_ name: String) throws(StorageError) {
        guard (1...1024).contains(name.utf16.count) else { throw .nameLength }
        // Azure documents the limit of 254 segments, not the code that it gives beyond it.
        guard name.utf8.count(where: { $0 == 47 }) < 254 else { throw .invalidURI }
    }

    static func checkMetadata(_ metadata: [String: String]) throws(StorageError) {
        var size = 0
        for (name, value) in metadata {
            guard let first = name.utf8.first else { throw .emptyMetadataKey }
            let isIdentifier =
                !(48...57).contains(first)
                && name.utf8.allSatisfy {
                    (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 95
                }
            guard isIdentifier else { throw .invalidMetadata }
            size += name.utf8.count + value.utf8.count
        }
        guard size <= 8192 else { throw .metadataTooLarge }
    }
}
