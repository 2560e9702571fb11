import EmulatorRuntime
import Foundation

/// A blob's tags: in a header as a query string, in a body as XML.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/set-blob-tags>
enum TagDocument {
    static func parse(_ header: String) throws(StorageError) -> [String: String] {
        var tags: [String: String] = [:]
        for item in header.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.replacing("+", with: " ").removingPercentEncoding }
            guard parts.count == 2, let name = parts[0], let value = parts[1], tags[name] == nil
            else { throw .invalidHeader("x-ms-tags", header) }
            tags[name] = value
        }
        guard self.isAllowed(tags) else { throw .invalidHeader("x-ms-tags", header) }
        return tags
    }

    static func read(_ data: Data) throws(StorageError) -> [String: String] {
        let root = try XMLElement.read(data)
        guard root.name == "Tags", let set = root.child("TagSet") else { throw .invalidXML }
        var tags: [String: String] = [:]
        for element in set.children {
            guard element.name == "Tag", let name = element.value("Key"), let value = element.value("Value"),
                tags.updateValue(value, forKey: name) == nil
            else { throw .invalidXML }
        }
        guard self.isAllowed(tags) else { throw .invalidXML }
        return tags
    }

    static func write(_ tags: [String: String]) -> XMLWriter {
        var xml = XMLWriter()
        xml.element("Tags") { xml in
            xml.element("TagSet") { xml in
                for (name, value) in tags.sorted(by: { $0.key < $1.key }) {
                    xml.element("Tag") { xml in
                        xml.element("Key", name)
                        xml.element("Value", value)
                    }
                }
            }
        }
        return xml
    }

    private static func isAllowed(_ tags: [String: String]) -> Bool {
        func isWellFormed(_ text: String) -> Bool {
            text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                        || " +-./:=_".unicodeScalars.contains(scalar))
            }
        }
        return tags.count <= 10
            && tags.allSatisfy { name, value in
                (1...128).contains(name.utf8.count) && value.utf8.count <= 256 && isWellFormed(name)
                    && isWellFormed(value)
            }
    }
}
