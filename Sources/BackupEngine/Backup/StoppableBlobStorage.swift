import BackupDomain
import FoundationEssentials

/// A blob service whose reads, and the search for a lock, end when somebody asks to stop; what is written is written to its end.
struct StoppableBlobStorage: BlobStorage {
    let base: any BlobStorage
    let stop: StopSignal

    var forWriting: any BlobStorage { Self(base: self.base.forWriting, stop: self.stop) }

    func containerExists(_ container: String) async throws -> Bool {
        try await self.stop.unlessRaised { try await self.base.containerExists(container) }
    }

    func createContainer(_ container: String) async throws {
        try await self.stop.unlessRaised { try await self.base.createContainer(container) }
    }

    func properties(of name: String, in container: String) async throws -> BlobObservation {
        try await self.stop.unlessRaised { try await self.base.properties(of: name, in: container) }
    }

    func read(_ name: String, in container: String, cap: Int) async throws -> (content: Data, etag: ETag)? {
        try await self.stop.unlessRaised { try await self.base.read(name, in: container, cap: cap) }
    }

    func write(
        _ content: Data,
        to name: String,
        in container: String,
        condition: WriteCondition,
        contentType: String
    ) async throws -> ETag {
        try await self.base.write(content, to: name, in: container, condition: condition, contentType: contentType)
    }

    func delete(_ name: String, in container: String, condition: WriteCondition) async throws -> BlobDeletion {
        try await self.base.delete(name, in: container, condition: condition)
    }

    func deletedBlobRetention() async throws -> DeletedBlobRetention {
        try await self.stop.unlessRaised { try await self.base.deletedBlobRetention() }
    }

    func list(_ container: String, prefix: String, delimiter: String?, marker: String?) async throws -> BlobPage {
        try await self.stop.unlessRaised {
            try await self.base.list(container, prefix: prefix, delimiter: delimiter, marker: marker)
        }
    }

    func acquireLease(of name: String, in container: String, seconds: Int) async throws -> LeaseID {
        // Where it was taken and nobody learns of it, it ends by itself.
        try await self.stop.unlessRaised { try await self.base.acquireLease(of: name, in: container, seconds: seconds) }
    }

    func renewLease(_ lease: LeaseID, of name: String, in container: String) async throws {
        try await self.base.renewLease(lease, of: name, in: container)
    }

    func releaseLease(_ lease: LeaseID, of name: String, in container: String) async throws {
        try await self.base.releaseLease(lease, of: name, in: container)
    }

    func breakLease(of name: String, in container: String) async throws {
        try await self.base.breakLease(of: name, in: container)
    }
}
