package import BackupDomain
import Foundation

extension DeletedInstance {
    /// The command that brings it back with all that it held.
    ///
    /// Source: "Recover a soft-deleted API Management instance": a PUT with `properties.restore`; all else but what the schema
    /// demands is ignored.
    ///
    /// - Parameter service: The resource as it was recorded with a backup; nil where there is none.
    /// - Returns: One line for a POSIX shell, with placeholders for what is not known.
    package func recovery(_ service: JSONValue?) -> String {
        let body = JSONValue.object([
            "location": .string(self.location),
            "sku": service?["sku"] ?? .object(["name": .string("TIER"), "capacity": .integer(1)]),
            "properties": .object([
                "restore": .boolean(true),
                "publisherEmail": service?["properties"]?["publisherEmail"] ?? .string("EMAIL"),
                "publisherName": service?["properties"]?["publisherName"] ?? .string("NAME"),
            ]),
        ])
        let text = (try? JSONEncoder.stable().encode(body)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        return
            "az rest --method put --url '\(self.id)?api-version=2024-05-01' --body '\(text.replacing("'", with: "'\\''"))'"
    }
}
