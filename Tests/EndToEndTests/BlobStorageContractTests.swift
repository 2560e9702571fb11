import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("What every blob storage keeps to", .timeLimit(.minutes(1)))
struct BlobStorageContractTests {
    @Test func `in memory`() async throws { try await Self.hold(MemoryBlobStorage(clock: ManualClock())) }

    @Test func `in the local Azure, through sockets`() async throws {
        try await LocalAzure.with { azure in
            try await azure.withBlobs { try await Self.hold($0) }
        }
    }

    /// The contract of deletions: conditions, leases and absence are told apart, and nothing else goes.
    private static func hold(_ blobs: any BlobStorage) async throws {
        let container = "contract"
        try await blobs.createContainer(container)
        func write(_ name: String) async throws -> ETag {
            try await blobs.write(
                Data("content".utf8),
                to: name,
                in: container,
                condition: .always,
                contentType: "text/plain"
            )
        }
        let old = try await write("a b:1.apimbackup")
        let new = try await write("a b:1.apimbackup")
        _ = try await write("other")
        for condition in [WriteCondition.matches(old), .absent] {
            await #expect(throws: BackupError(.conflict, ""), "\(condition)") {
                try await blobs.delete("a b:1.apimbackup", in: container, condition: condition)
            }
        }
        let lease = try await blobs.acquireLease(of: "a b:1.apimbackup", in: container, seconds: 60)
        await #expect(throws: BackupError(.conflict, "")) {
            try await blobs.delete("a b:1.apimbackup", in: container, condition: .matches(new))
        }
        let page = try await blobs.list(container, prefix: "", delimiter: nil, marker: nil)
        #expect(page.blobs.map(\.isLeased) == [true, false])
        try await blobs.releaseLease(lease, of: "a b:1.apimbackup", in: container)
        let deletion = try await blobs.delete("a b:1.apimbackup", in: container, condition: .matches(new))
        #expect(deletion == .permanent)
        #expect(try await blobs.list(container, prefix: "", delimiter: nil, marker: nil).blobs.map(\.name) == ["other"])
        for condition in [WriteCondition.always, .matches(new)] {
            await #expect(throws: BackupError(.notFound, ""), "\(condition)") {
                try await blobs.delete("a b:1.apimbackup", in: container, condition: condition)
            }
        }
        await #expect(throws: BackupError(.notFound, "")) {
            try await blobs.delete("a", in: "no-such-container", condition: .always)
        }
        #expect(try await blobs.deletedBlobRetention() == .nothing)
    }
}
