import BackupDomain
import Foundation
import Testing

@testable import Inventory

@Suite("Gzip")
struct GzipTests {
    @Test(arguments: [0, 1, 70_000, 1_000_000]) func `what was compressed is read again`(_ count: Int) throws {
        let content = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) })
        let compressed = try Gzip.compressed(content)
        #expect(compressed.starts(with: [0x1F, 0x8B]))
        #expect(try Gzip.decompressed(compressed, cap: max(1, count)) == content)
        #expect(try Gzip.compressed(content) == compressed)
    }

    @Test func `damage, a cut and too much are refused`() throws {
        let compressed = try Gzip.compressed(Data(repeating: 65, count: 1_000_000))
        #expect(throws: BackupError(.answerTooLarge, "")) { try Gzip.decompressed(compressed, cap: 999_999) }
        #expect(throws: BackupError(.recordUnreadable, "")) {
            try Gzip.decompressed(compressed.dropLast(9), cap: 2_000_000)
        }
        #expect(throws: BackupError(.recordUnreadable, "")) { try Gzip.decompressed(Data("no gzip".utf8), cap: 100) }
    }
}
