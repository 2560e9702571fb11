package import BackupDomain
import FoundationEssentials

/// Resource Manager with one instance, and what a test makes of the calls that change something.
package struct OneInstancePlane: ManagementPlane {
    /// Answers a POST.
    package typealias Post = @Sendable (RunKind, BackupRequest) async throws -> ManagementAnswer
    /// Answers a poll.
    package typealias Poll = @Sendable () async throws -> ManagementAnswer

    private let found: Instance
    private let clock: any WallClock
    private let isAtWork: @Sendable () -> Bool
    private let post: Post
    private let poll: Poll

    /// Creates a plane.
    ///
    /// - Parameters:
    ///   - instance: The instance.
    ///   - clock: Azure's clock.
    ///   - post: Answers a backup or a restore; fails by default, before the call can have arrived.
    ///   - poll: Answers a poll of what was accepted; knows of nothing by default.
    ///   - isAtWork: Whether the instance is at work, whatever its state says; never by default.
    package init(
        _ instance: Instance,
        clock: any WallClock,
        post: @escaping Post = { kind, _ in throw BackupError(.unreachable, "No \(kind) is to be posted.") },
        poll: @escaping Poll = { throw BackupError(.notFound, "There is no operation.") },
        isAtWork: @escaping @Sendable () -> Bool = { false }
    ) {
        self.found = instance
        self.clock = clock
        self.isAtWork = isAtWork
        self.post = post
        self.poll = poll
    }

    package func subscriptions() async throws -> [String] { [self.found.id.subscription] }

    package func resources(
        ofType type: String,
        named name: String?,
        in subscription: String
    ) async throws -> [ResourceID] { [self.found.id] }

    package func instance(_ id: ResourceID) async throws -> (instance: Instance, answer: ManagementAnswer) {
        var instance = self.found
        if self.isAtWork() { instance.provisioningState = "Updating" }
        return (instance, ManagementAnswer(status: 200, date: self.clock.now))
    }

    package func storageAccount(_ id: ResourceID) async throws -> StorageAccount {
        throw BackupError(.storageAccountNotFound, "There is no storage account.")
    }

    package func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        try await self.post(.backup, request)
    }

    package func startRestore(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        try await self.post(.restore, request)
    }

    package func operation(at location: String) async throws -> ManagementAnswer { try await self.poll() }
}
