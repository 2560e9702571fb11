package import BackupDomain
import HTTPTypes

/// Leases of blobs.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/lease-blob>
extension BlobServiceClient {
    /// How long one attempt may take: a lease lasts a minute at the most.
    private static let leaseDeadline = Duration.seconds(15)

    package func acquireLease(of name: String, in container: String, seconds: Int) async throws -> LeaseID {
        let answer = try await self.lease(
            "acquire",
            name,
            container,
            [
                "x-ms-lease-duration": "\(seconds)",
                // With an id of our own a repeated call finds the lease that its first attempt took.
                "x-ms-proposed-lease-id": self.caller.repeating.random.uuid(),
            ]
        )
        guard answer.status == 201 else {
            throw self.refusal(answer, .writeBlob, container: container, "taking the lease of \(name)")
        }
        guard let id = answer.response.fields[text: "x-ms-lease-id"] else {
            throw answer.malformed("it has no lease id")
        }
        return LeaseID(id)
    }

    package func renewLease(_ lease: LeaseID, of name: String, in container: String) async throws {
        var client = self
        // Whoever holds the lease repeats its renewal before the lease ends; a wait in here could outlast it.
        client.caller.repeating.rules = .single
        let answer = try await client.lease("renew", name, container, ["x-ms-lease-id": lease.text])
        guard answer.status == 200 else {
            throw self.refusal(answer, .writeBlob, container: container, "renewing the lease of \(name)")
        }
    }

    package func releaseLease(_ lease: LeaseID, of name: String, in container: String) async throws {
        var client = self
        // It ends by itself within a minute: nobody is to wait for what is a courtesy.
        client.caller.repeating.rules = .single
        let answer = try await client.lease("release", name, container, ["x-ms-lease-id": lease.text])
        // 409 and 412: it ran out, and perhaps somebody else has it now; nothing is left to give back.
        guard [200, 404, 409, 412].contains(answer.status) else {
            throw self.refusal(answer, .writeBlob, container: container, "releasing the lease of \(name)")
        }
    }

    package func breakLease(of name: String, in container: String) async throws {
        let answer = try await self.lease("break", name, container, ["x-ms-lease-break-period": "0"])
        // 409: there is no lease to break.
        guard [202, 404, 409].contains(answer.status) else {
            throw self.refusal(answer, .writeBlob, container: container, "breaking the lease of \(name)")
        }
    }

    private func lease(
        _ action: String,
        _ name: String,
        _ container: String,
        _ more: [String: String]
    ) async throws -> AzureAnswer {
        var fields: HTTPFields = [:]
        fields[text: "x-ms-lease-action"] = action
        for (name, value) in more { fields[text: name] = value }
        return try await self.call(
            .put,
            container,
            blob: name,
            query: [("comp", "lease")],
            fields: fields,
            deadline: Self.leaseDeadline
        )
    }
}
