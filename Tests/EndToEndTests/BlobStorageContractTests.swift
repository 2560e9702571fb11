import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("What every blob storage keeps to", .timeLimit(.minutes(1)))
struct BlobStorageContractTests {
    @Test(arguments: BlobStorageContract.clauses)
    func `in memory`(_ clause: BlobStorageContract.Clause) async throws {
        let clock = ManualClock()
        let blobs = MemoryBlobStorage(clock: clock, pageSize: 3)
        let contract = BlobStorageContract(blobs, container: "contract", pageSize: 3) { clock.advance(by: $0) }
        try await contract.hold(clause)
    }

    @Test func `in the local Azure, through sockets`() async throws {
        let start = Date(timeIntervalSince1970: 1_795_482_000)
        try await LocalAzure.with(virtualStart: start) { azure in
            try await azure.withBlobs { blobs in
                // The client asks for a thousand names a page; the local Azure's time runs faster by so much.
                let contract = BlobStorageContract(blobs, container: "contract", pageSize: 1000) { duration in
                    try await RealClock().sleep(for: duration / LocalAzure.timeScale)
                }
                for clause in BlobStorageContract.clauses {
                    await #expect(throws: Never.self) { try await contract.hold(clause) }
                }
            }
        }
    }
}
