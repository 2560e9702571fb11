import BackupDomain
import Foundation
import HTTPTypes
import Synchronization
import Testing

/// Lists of several pages, when something comes between two of them.
@Suite("Lists of several pages, through sockets", .timeLimit(.minutes(2)))
struct PagedListTests {
    /// Real time, but that something is done while a call waits to be made again, and that the wait is over then.
    private final class InterruptedClock: WallClock {
        private let base = RealClock()
        private let skipped = Mutex(Duration.zero)
        private let interruption: @Sendable () async throws -> Void

        init(_ interruption: @escaping @Sendable () async throws -> Void) { self.interruption = interruption }

        var now: Date { self.base.now }
        var uptime: Duration { self.base.uptime + self.skipped.withLock(\.self) }

        func sleep(for duration: Duration) async throws {
            let azuresWait = PagedListTests.retryAfter
            // Other calls wait for what is left of the same time, and look again when they wake.
            if (azuresWait - .seconds(5)..<azuresWait).contains(duration) {
                return try await self.base.sleep(for: .milliseconds(20))
            }
            let end = self.uptime + duration
            // Azure's wait with its jitter; the five minutes that a reading may take are longer.
            if (azuresWait..<azuresWait * 2).contains(duration) {
                try await self.interruption()
                self.skipped.withLock { $0 += duration }
                // Who was turned away comes last, by the jitter; else another call could be kept waiting twice, and give up.
                return try await self.base.sleep(for: .milliseconds(300))
            }
            while self.uptime < end { try await self.base.sleep(for: min(end - self.uptime, .milliseconds(20))) }
        }
    }

    /// How long Azure asks to wait before the second page of a list; nothing else waits as long.
    private static let retryAfter = Duration.seconds(97)
    private static let list = "/service/contoso-apim/tags"
    /// Twelve tags in pages of five, and who may change them.
    private static let world = """
        {"rules": {"pageSize": 5},
         "roleAssignments": [{"principal": "apim-backup-runner", "role": "API Management Service Contributor",
                              "scope": "instance:contoso-apim"}],
         "instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer", "configuration": {"tags": [\(
            (1...12).map { #"{"name": "t-\#($0 + 10)", "properties": {"displayName": "t-\#($0 + 10)"}}"# }.joined(separator: ",")
         )]}}]}
        """

    /// Refuses the second pages of the first so many readings of the list.
    private static func faults(_ readings: Int) -> String {
        // A reading has three pages, of which the second is asked for twice.
        let rules = (0..<readings).map { reading in
            """
            {"method": "GET", "path": "*\(Self.list)", "skip": \(1 + 4 * reading), "status": 429,
             "code": "SubscriptionRequestsThrottled", "headers": {"Retry-After": "97"}}
            """
        }
        return "[\(rules.joined(separator: ","))]"
    }

    /// The calls for the list: status and query of each.
    private static func calls(_ azure: LocalAzure) async throws -> [(status: Int64, page: String)] {
        try await azure.requests().compactMap { call in
            guard call["method"]?.string == "GET", let path = call["path"]?.string, path.contains("\(Self.list)?")
            else {
                return nil
            }
            return (call["status"]?.integer ?? 0, path)
        }
    }

    /// Backs up; returns the inventory.
    private static func inventory(_ azure: LocalAzure) async throws -> JSONValue {
        let run = await azure.backUp()
        #expect(run.code == 0, "\(run.everything)")
        let shown = await azure.run("show", "contoso-apim", "--contents", "--format", "json")
        return try #require(shown.document?["inventory"], "\(run.everything)\n\(shown.everything)")
    }

    private static func tags(_ inventory: JSONValue) -> [String] {
        inventory["items"]?.array?.compactMap { $0["path"]?.string }.filter { $0.hasPrefix("tags/") } ?? []
    }

    private static func gaps(_ inventory: JSONValue) -> [String] {
        inventory["gaps"]?.array?.filter { $0["list"]?.string == "tags" }.compactMap { $0["reason"]?.string } ?? []
    }

    @Test func `a page that is refused is asked for again after as long as Azure says, and the list is whole`()
        async throws
    {
        try await LocalAzure.with(world: Self.world, faults: Self.faults(1)) { azure in
            let waits = Mutex(0)
            var azure = azure.taking(.names)
            azure.clock = InterruptedClock { waits.withLock { $0 += 1 } }
            let inventory = try await Self.inventory(azure)
            #expect(waits.withLock(\.self) == 1)
            let calls = try await Self.calls(azure)
            #expect(calls.map(\.status) == [200, 429, 200, 200])
            #expect(calls[1].page == calls[2].page)
            #expect(Set(calls.map(\.page)).count == 3)
            #expect(Self.tags(inventory) == (11...22).map { "tags/t-\($0)" })
            #expect(Self.gaps(inventory).isEmpty)
        }
    }

    @Test func `a list that changes between two pages is read once more`() async throws {
        try await LocalAzure.with(world: Self.world, faults: Self.faults(1)) { untouched in
            let local = untouched.taking(.names)
            var azure = local
            // What follows moves up by one place, so that the next page would begin one too late.
            azure.clock = InterruptedClock { _ = try await local.edit(.delete, "tags/t-11") }
            let inventory = try await Self.inventory(azure)
            #expect(try await Self.calls(azure).map(\.status) == [200, 429, 200, 200, 200, 200, 200])
            #expect(Self.tags(inventory) == (12...22).map { "tags/t-\($0)" })
            #expect(Self.gaps(inventory).isEmpty)
        }
    }

    @Test func `one that changes each time is marked, holds nothing twice, and fails no backup`() async throws {
        try await LocalAzure.with(world: Self.world, faults: Self.faults(2)) { untouched in
            let local = untouched.taking(.names)
            let next = Mutex(0)
            var azure = local
            // What is added in front moves the others down, so that the last of a page is also the first of the next one.
            azure.clock = InterruptedClock {
                let number = next.withLock { number in
                    number += 1
                    return number
                }
                _ = try await local.edit(.put, "tags/t-0\(number)", #"{"displayName": "t-0\#(number)"}"#)
            }
            let inventory = try await Self.inventory(azure)
            #expect(try await Self.calls(azure).map(\.status) == [200, 429, 200, 200, 200, 429, 200, 200])
            #expect(Self.gaps(inventory) == ["changing"])
            let tags = Self.tags(inventory)
            #expect(Set(tags).count == tags.count)
            let shown = await azure.run("show", "contoso-apim", "--contents")
            #expect(
                shown.output.contains("tags: it changed while it was read, twice; what is shown may not be whole"),
                "\(shown.output)"
            )
            let marked = try #require(
                await local.run("show", "contoso-apim", "--quiet").output.split(separator: "\n").first
            )
            let later = try await Self.inventory(local)
            #expect(Self.gaps(later).isEmpty)
            #expect(Self.tags(later).count == 14)
            // What a marked list may have missed is told as neither added nor removed.
            let difference = await local.run("diff", String(marked), "latest")
            #expect(difference.code == 0, "\(difference.everything)")
            #expect(difference.output.contains("tags"), "\(difference.everything)")
        }
    }
}
