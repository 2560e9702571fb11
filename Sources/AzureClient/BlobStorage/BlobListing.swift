import BackupDomain
import FoundationEssentials

/// Reads a page of a container's listing.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/list-blobs>
enum BlobListing {
    /// Reads a page.
    ///
    /// - Parameter content: The answer's body.
    /// - Returns: The page; nil where it is no listing.
    static func page(_ content: Data) -> BlobPage? {
        guard let root = XMLReader.root([UInt8](content)), root.name == "EnumerationResults", let list = root["Blobs"]
        else { return nil }
        var page = BlobPage(blobs: [])
        for entry in list.children {
            guard let name = entry["Name"].flatMap(Self.name) else { return nil }
            switch entry.name {
            case "BlobPrefix": page.prefixes.append(name)
            case "Blob":
                guard let blob = Self.blob(name, entry["Properties"]) else { return nil }
                page.blobs.append(blob)
            default: continue
            }
        }
        page.nextMarker = root["NextMarker"].flatMap { $0.text.isEmpty ? nil : $0.text }
        return page
    }

    private static func blob(_ name: String, _ properties: XMLNode?) -> BlobProperties? {
        guard let properties, let length = properties["Content-Length"].flatMap({ Int($0.text) }), length >= 0,
            let etag = properties["Etag"]?.text ?? properties["ETag"]?.text
        else { return nil }
        return BlobProperties(
            name: name,
            bytes: length,
            etag: ETag(Self.quoted(etag)),
            createdAt: properties["Creation-Time"].flatMap { HTTPDate.date($0.text) },
            modifiedAt: properties["Last-Modified"].flatMap { HTTPDate.date($0.text) },
            contentMD5: properties["Content-MD5"].flatMap { $0.text.isEmpty ? nil : $0.text },
            isLeased: properties["LeaseStatus"]?.text.lowercased() == "locked",
            accessTier: properties["AccessTier"].flatMap { $0.text.isEmpty ? nil : $0.text }
        )
    }

    /// Listings leave out the quotes that headers have.
    private static func quoted(_ etag: String) -> String { etag.hasPrefix("\"") ? etag : "\"\(etag)\"" }

    /// Names with characters that XML has no room for come percent-encoded, and say so.
    private static func name(_ node: XMLNode) -> String? {
        node.attributes["Encoded"] == "true" ? node.text.percentDecoded : node.text
    }
}
