import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

extension BackupRunner {
    /// A runner whose backups go to the account `contosobackups`.
    static func sample(
        _ plane: any ManagementPlane,
        blobs: any BlobStorage,
        clock: ManualClock,
        stop: StopSignal = StopSignal(),
        fallback: any Catalog = MemoryCatalog(),
        inventories: (any InventorySource)? = nil,
        notify: @escaping @Sendable (RunNotice) async -> Void = { _ in }
    ) throws -> BackupRunner {
        let endpoint = try #require(URL(string: "https://contosobackups.blob.core.windows.net"))
        return BackupRunner(
            plane: plane,
            storage: RunStorage(
                account: StorageAccount(name: "contosobackups", blobEndpoint: endpoint),
                blobs: blobs
            ),
            clock: clock,
            stop: stop,
            fallback: fallback,
            program: "test",
            inventories: inventories,
            notify: notify
        )
    }
}
