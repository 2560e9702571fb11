package import BackupDomain
import FoundationEssentials

extension ResourceManagerClient: ManagementPlane {
    package func subscriptions() async throws -> [String] {
        let first = try self.url("/subscriptions", version: "2022-12-01")
        return try await self.pages(from: first, listing: "the subscriptions", need: nil, scopeID: nil)
            .compactMap { $0["subscriptionId"]?.string }
            .filter(Self.isSegment)
    }

    package func resources(
        ofType type: String,
        named name: String?,
        in subscription: String
    ) async throws -> [ResourceID] {
        guard Self.isSegment(subscription) else {
            throw BackupError(.invalidInput, "'\(subscription)' is not the id of a subscription.")
        }
        var filter = "resourceType eq '\(Self.quoted(type))'"
        if let name { filter += " and name eq '\(Self.quoted(name))'" }
        let path = "/subscriptions/\(subscription.percentEncoded())/resources"
        let query = formEncoded([(name: "$filter", value: filter), (name: "api-version", value: "2021-04-01")])
        let first = try self.caller.origin.url("\(path)?\(query)")
        let items = try await self.pages(
            from: first,
            listing: "the resources of the subscription \(subscription)",
            need: .listResources,
            scopeID: "/subscriptions/\(subscription)"
        )
        // The filter is Azure's to apply; what it lets through all the same is not ours to act on.
        return items.compactMap { $0["id"]?.string.flatMap(ResourceID.init) }.filter { id in
            id.type.lowercased() == type.lowercased() && (name == nil || id.name.lowercased() == name?.lowercased())
        }
    }

    package func instance(_ id: ResourceID) async throws -> (instance: Instance, answer: ManagementAnswer) {
        let answer = try await self.get(try self.url(Self.path(id), version: self.readingAPIVersion))
        let document = answer.response.document
        let body = AzureErrorBody(document)
        switch answer.status {
        case 200:
            let instance = try InstanceDocument.instance(document, of: answer, asked: id)
            return (instance, answer.management(document))
        case 403:
            throw Permission.readInstance.denial(
                on: id.text,
                scopeID: id.text,
                principal: answer.principal,
                azure: answer.fault(body)
            )
        case 404:
            throw BackupError(
                .instanceNotFound,
                "There is no API Management instance \(id).",
                remedy:
                    "Check the id, and that the identity has a role on the instance. If it was deleted within the last "
                    + "48 hours, Azure can bring it back whole: az apim deletedservice list.",
                azure: answer.fault(body)
            )
        default: throw answer.refusal(body, "reading the instance \(id.name)", now: self.clock.now)
        }
    }

    package func storageAccount(_ id: ResourceID) async throws -> StorageAccount {
        let answer = try await self.get(try self.url(Self.path(id), version: "2023-05-01"))
        let body = AzureErrorBody(answer.response.document)
        switch answer.status {
        case 200:
            let document = try answer.requireDocument()
            guard let text = document["properties"]?["primaryEndpoints"]?["blob"]?.string else {
                throw answer.malformed("the account has no primaryEndpoints.blob")
            }
            return StorageAccount(name: id.name.lowercased(), blobEndpoint: try BlobEndpoint.endpoint(text), id: id)
        case 403:
            throw Permission.readStorageAccount.denial(
                on: id.text,
                scopeID: id.text,
                principal: answer.principal,
                azure: answer.fault(body)
            )
        case 404:
            throw BackupError(
                .storageAccountNotFound,
                "There is no storage account \(id).",
                azure: answer.fault(body)
            )
        default: throw answer.refusal(body, "reading the storage account \(id.name)", now: self.clock.now)
        }
    }

    /// The path of a resource id, which holds no character that would lead elsewhere, percent-encoded.
    static func path(_ id: ResourceID) -> String { id.text.percentEncoded(keepingSlashes: true) }

    private static func quoted(_ text: String) -> String {
        text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    }

    private static func isSegment(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
            }
    }
}
