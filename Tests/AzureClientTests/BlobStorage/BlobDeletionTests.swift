import BackupDomain
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AzureClient

@Suite("Deleting blobs")
struct BlobDeletionTests {
    let clock = ManualClock(now: Fixture.now, sleeping: .advances)

    private func delete(_ answers: HTTPExchangeResponse...) async throws -> (BlobDeletion, [HTTPExchangeRequest]) {
        let transport = ScriptedTransport(answers.map { .success($0) })
        let client = try Fixture.blobs(transport, self.clock)
        let deletion = try await client.delete("a b", in: "apim-backups", condition: .matches(ETag("\"0x1\"")))
        return (deletion, transport.requests)
    }

    @Test(arguments: [("true" as String?, BlobDeletion.permanent), ("false", .recoverable), (nil, .unknown)])
    func `names the version, and hears what becomes of the bytes`(
        _ said: String?,
        _ expected: BlobDeletion
    ) async throws {
        let fields = said.map { ["x-ms-delete-type-permanent": $0] } ?? [:]
        let (deletion, requests) = try await self.delete(.text(202, "", fields))
        #expect(deletion == expected)
        #expect(requests.first?.method == .delete)
        #expect(requests.first?.fields[.ifMatch] == "\"0x1\"")
        #expect(requests.first?.url.absoluteString.hasSuffix("/apim-backups/a%20b") == true)
    }

    @Test func `takes a blob that is gone at the second attempt for deleted by the first`() async throws {
        let gone = HTTPExchangeResponse.text(404, "", ["x-ms-error-code": "BlobNotFound"])
        let (deletion, _) = try await self.delete(.text(503), gone)
        #expect(deletion == .unknown)
        await #expect(throws: BackupError(.notFound, "")) { try await self.delete(gone) }
    }

    struct Refusal: CustomTestStringConvertible {
        var status: Int
        var code: String
        var expected: BackupError.Code
        var testDescription: String { self.code }

        static let all: [Self] = [
            Self(status: 412, code: "ConditionNotMet", expected: .conflict),
            Self(status: 412, code: "LeaseIdMissing", expected: .conflict),
            Self(status: 409, code: "BlobImmutableDueToPolicy", expected: .blobProtected),
            Self(status: 403, code: "AuthorizationPermissionMismatch", expected: .permissionDenied),
            Self(status: 409, code: "SnapshotsPresent", expected: .azureError),
        ]
    }

    @Test(arguments: Refusal.all)
    func `is refused for reasons that are told apart`(_ refusal: Refusal) async throws {
        do {
            _ = try await self.delete(.text(refusal.status, "", ["x-ms-error-code": refusal.code]))
            Issue.record("it was not refused")
        } catch let error as BackupError {
            #expect(error.code == refusal.expected)
            #expect(error.azure?.code == refusal.code)
            if refusal.expected == .permissionDenied {
                #expect(
                    error.message.contains("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete")
                )
            }
        }
    }

    @Test(arguments: [
        (
            200,
            "<StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled><Days>7</Days></DeleteRetentionPolicy></StorageServiceProperties>",
            DeletedBlobRetention.days(7)
        ),
        (
            200,
            "<StorageServiceProperties><DeleteRetentionPolicy><Enabled>false</Enabled></DeleteRetentionPolicy></StorageServiceProperties>",
            .nothing
        ),
        (200, "<StorageServiceProperties/>", .nothing), (200, "not xml", .unknown), (403, "", .unknown),
    ])
    func `soft delete is read where that is allowed`(
        _ status: Int,
        _ body: String,
        _ expected: DeletedBlobRetention
    ) async throws {
        let transport = ScriptedTransport([.success(.text(status, body))])
        let client = try Fixture.blobs(transport, self.clock)
        #expect(try await client.deletedBlobRetention() == expected)
        #expect(
            transport.requests.first?.url.absoluteString
                == "https://contosobackups.blob.core.windows.net/?restype=service&comp=properties"
        )
    }

    @Test func `what protects a blob is seen in its properties`() async throws {
        let transport = ScriptedTransport([
            .success(
                .text(
                    200,
                    "",
                    [
                        "Content-Length": "1", "ETag": "\"0x1\"", "x-ms-legal-hold": "true",
                        "x-ms-immutability-policy-until-date": "Tue, 24 Nov 2026 01:00:00 GMT",
                        "x-ms-version-id": "2026-11-24T01:00:00.0000000Z", "x-ms-lease-status": "locked",
                    ]
                )
            )
        ])
        let seen = try await Fixture.blobs(transport, self.clock).properties(of: "b", in: "apim-backups")
        guard case .present(let blob) = seen else {
            Issue.record("it was not seen")
            return
        }
        #expect(blob.hasLegalHold && blob.isVersioned && blob.isLeased)
        #expect(blob.immutableUntil == Fixture.now)
    }
}
