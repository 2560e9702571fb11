import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("What every blob storage keeps to", .timeLimit(.minutes(5)))
struct BlobStorageContractTests {
    @Test(arguments: BlobStorageContract.clauses)
    func `in memory`(_ clause: BlobStorageContract.Clause) async throws {
        let clock = ManualClock()
        let blobs = MemoryBlobStorage(clock: clock, pageSize: 3)
        let contract = BlobStorageContract(blobs, container: "contract", pageSize: 3) { clock.advance(by: $0) }
        try await contract.hold(clause)
    }

    @Test func `in the local Azure, through sockets`() async throws {
        // Slow enough that no lease ends while a busy machine takes its time over a call.
        let timeScale = 15
        try await LocalAzure.with(virtualStart: LocalAzure.sharedStart, timeScale: timeScale) { azure in
            try await azure.withBlobs { blobs in
                // The client asks for a thousand names a page.
                let contract = BlobStorageContract(blobs, container: "contract", pageSize: 1000) { duration in
                    try await RealClock().sleep(for: duration / timeScale)
                }
                _ = try await BlobStorageContract.clauses.map(width: 4) { clause in
                    await #expect(throws: Never.self) { try await contract.hold(clause) }
                }
            }
        }
    }
}
