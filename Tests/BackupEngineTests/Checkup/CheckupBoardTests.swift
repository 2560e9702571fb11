import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("Whose turn a checkup is")
struct CheckupBoardTests {
    static let now = Date(timeIntervalSince1970: 1_795_525_200)
    static let instance = ResourceID.sample(named: "contoso-apim")
    static let times = DueTimes(Schedule(timing: .every(seconds: 86_400)), zone: .utc, instance: instance)
    static let well = CheckObservation(check: "locks", verdict: .ok, text: "none")

    static var board: CheckupBoard {
        CheckupBoard(
            documents: CatalogDocuments(
                storage: MemoryBlobStorage(clock: ManualClock()),
                container: "apim-backups-catalog"
            )
        )
    }

    @Test func `of several processes one makes it`() async throws {
        let board = Self.board
        let turns = try await (0..<4).map(width: 4) { _ in try await board.begin(Self.times, at: Self.now) }
        #expect(turns.count { $0 == .ours } == 1, "\(turns)")
        #expect(turns.count { $0 == .later(Self.now + 900) } == 3, "\(turns)")
        #expect(try await board.begin(Self.times, at: Self.now + 899) == .later(Self.now + 900))
        // Who began it is gone.
        #expect(try await board.begin(Self.times, at: Self.now + 900) == .ours)
    }

    @Test func `what was made is not made again, and says what changed`() async throws {
        let board = Self.board
        #expect(try await board.begin(Self.times, at: Self.now) == .ours)
        let first = try await board.end([Self.well], of: Self.instance, at: Self.now + 5)
        #expect(first.changes.isEmpty)
        guard case .later(let next?) = try await board.begin(Self.times, at: Self.now + 10) else {
            Issue.record("It is made again.")
            return
        }
        #expect(next > Self.now + 3600)
        #expect(try await board.begin(Self.times, at: next) == .ours)
        var fault = Self.well
        fault.verdict = .fault
        let second = try await board.end([fault], of: Self.instance, at: next + 5)
        #expect(second.changes.map(\.before) == [.ok])
        #expect(try await board.all()[InstanceKey(Self.instance)] == second.record)
    }
}
