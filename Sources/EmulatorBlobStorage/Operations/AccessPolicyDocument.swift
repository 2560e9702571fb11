import EmulatorRuntime
import Foundation

/// The XML of a container's stored access policies.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/set-container-acl>
enum AccessPolicyDocument {
    /// Reads the policies; an empty body has none.
    static func read(_ data: Data) throws(StorageError) -> [StoredAccessPolicy] {
        guard !data.isEmpty else { return [] }
        let root = try XMLElement.read(data)
        guard root.name == "SignedIdentifiers", root.children.count <= 5 else { throw .invalidXML }
        return try root.children.map { element throws(StorageError) in
            guard element.name == "SignedIdentifier", let id = element.value("Id"), (1...64).contains(id.utf16.count)
            else { throw .invalidXML }
            let policy = element.child("AccessPolicy")
            let times = [policy?.value("Start"), policy?.value("Expiry")]
            for time in times {
                if let time, !time.isEmpty, SignatureDate.parse(time) == nil { throw .invalidXML }
            }
            return StoredAccessPolicy(
                id: id,
                start: times[0].flatMap { $0.isEmpty ? nil : $0 },
                expiry: times[1].flatMap { $0.isEmpty ? nil : $0 },
                permissions: policy?.value("Permission")
            )
        }
    }

    static func write(_ policies: [StoredAccessPolicy]) -> XMLWriter {
        var xml = XMLWriter()
        xml.element("SignedIdentifiers") { xml in
            for policy in policies {
                xml.element("SignedIdentifier") { xml in
                    xml.element("Id", policy.id)
                    xml.element("AccessPolicy") { xml in
                        xml.element("Start", policy.start)
                        xml.element("Expiry", policy.expiry)
                        xml.element("Permission", policy.permissions)
                    }
                }
            }
        }
        return xml
    }
}
