package import BackupDomain
import FoundationEssentials

/// Writes a small blob of its own into the container of records, to see how the blob service answers, and deletes it again.
package struct Probe: Sendable {
    /// The step that its exchanges belong to.
    package static let step = "probe"

    /// How long its lease lasts, in seconds; the longest that there is.
    static let lease = 60

    private let blobs: any BlobStorage
    private let container: String
    private let name: String
    private let clock: any WallClock

    /// Creates a probe.
    ///
    /// - Parameters:
    ///   - blobs: The account's blob service.
    ///   - container: The container of records.
    ///   - name: The blob's name, which nothing else has.
    ///   - clock: The time; the probe waits two seconds, so that dates differ.
    package init(_ blobs: any BlobStorage, container: String, name: String, clock: any WallClock) {
        self.blobs = blobs
        self.container = container
        self.name = name
        self.clock = clock
    }

    /// Makes the calls; what is refused is what was wanted, and everything is seen in the exchanges.
    ///
    /// - Throws: `CancellationError`
    package func run() async throws {
        try await self.tried { try await self.blobs.createContainer(self.container) }
        try await self.look()
        guard let first = try await self.written(.absent) else { return }
        try await self.look()
        _ = try await self.written(.absent)
        try await self.clock.sleep(for: .seconds(2))
        let second = try await self.written(.matches(first))
        try await self.look()
        _ = try await self.written(.matches(first))
        try await self.tried {
            _ = try await self.blobs.delete(self.name, in: self.container, condition: .matches(first))
        }
        try await self.lease()
        try await self.tried {
            let condition = second.map { WriteCondition.matches($0) } ?? .always
            _ = try await self.blobs.delete(self.name, in: self.container, condition: condition)
        }
        try await self.look()
        try await self.tried { _ = try await self.blobs.deletedBlobRetention() }
    }

    private func lease() async throws {
        var held: LeaseID?
        try await self.tried {
            held = try await self.blobs.acquireLease(of: self.name, in: self.container, seconds: Self.lease)
        }
        guard let held else { return }
        try await self.tried {
            _ = try await self.blobs.acquireLease(of: self.name, in: self.container, seconds: Self.lease)
        }
        try await self.tried { try await self.blobs.renewLease(held, of: self.name, in: self.container) }
        try await self.tried { try await self.blobs.releaseLease(held, of: self.name, in: self.container) }
    }

    private func written(_ condition: WriteCondition) async throws -> ETag? {
        var etag: ETag?
        try await self.tried {
            etag = try await self.blobs.write(
                Data("apim-backup field-test\n".utf8),
                to: self.name,
                in: self.container,
                condition: condition,
                contentType: "text/plain"
            )
        }
        return etag
    }

    private func look() async throws {
        try await self.tried { _ = try await self.blobs.properties(of: self.name, in: self.container) }
    }

    private func tried(_ call: () async throws -> Void) async throws {
        do {
            try await call()
        } catch is BackupError {
            // A refusal is an answer like others: the exchange has it.
        }
    }
}
