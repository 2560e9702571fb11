import BackupDomain
import BackupEngine
import Observability
import Scheduling
import Synchronization
import TestSupport
import Testing

@testable import Commands

@Suite("Catalogs that are read for the page of metrics", .timeLimit(.minutes(1)))
struct CatalogReaderTests {
    /// Works with a reader that runs, whose readings last until they are let go.
    static func with(
        _ body: @escaping @Sendable (_ reader: CatalogReader, _ clock: ManualClock, _ letGo: Bell) async throws -> Void
    ) async throws {
        let (clock, letGo) = (ManualClock(), Bell())
        let count = Mutex(0)
        let reader = CatalogReader(clock: clock) {
            await letGo.wait()
            try Task.checkCancellation()
            let number = count.withLock { count in
                count += 1
                return count
            }
            return MetricsPage.Reading(families: [], accounts: ["reading \(number)": true], readAt: clock.uptime)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await reader.run() }
            defer { group.cancelAll() }
            try await body(reader, clock, letGo)
        }
    }

    @Test func `one that is done in time is on the page`() async throws {
        try await Self.with { reader, _, letGo in
            letGo.ring()
            #expect(await reader.reading()?.accounts == ["reading 1": true])
        }
    }

    @Test func `one that takes longer than a scrape goes on, and serves the next scrape`() async throws {
        try await Self.with { reader, clock, letGo in
            async let first = reader.reading()
            // The scrape's patience and the reading's.
            await clock.sleepers(2)
            clock.advance(by: CatalogReader.patience)
            #expect(await first?.accounts == nil)
            letGo.ring()
            #expect(await reader.reading()?.accounts == ["reading 1": true])
        }
    }

    @Test func `what was read serves while a newer reading takes long`() async throws {
        try await Self.with { reader, clock, letGo in
            letGo.ring()
            #expect(await reader.reading()?.accounts == ["reading 1": true])
            async let second = reader.reading()
            await clock.sleepers(2)
            clock.advance(by: CatalogReader.patience)
            #expect(await second?.accounts == ["reading 1": true])
        }
    }

    @Test(arguments: [(CatalogReader.endurance, true), (CatalogReader.endurance + .seconds(1), false)])
    func `what was read does not serve for ever`(_ age: Duration, _ serves: Bool) async {
        let clock = ManualClock()
        clock.advance(by: age)
        let reader = CatalogReader(clock: clock) { MetricsPage.Reading(families: [], accounts: [:], readAt: .zero) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await reader.run() }
            defer { group.cancelAll() }
            #expect((await reader.reading() != nil) == serves)
        }
    }
}
