import BackupDomain
import BackupEngine
import Logging
import ServiceLifecycle
import Serving
import Synchronization
import Testing

@Suite("The keeper of fleets", .timeLimit(.minutes(1)))
struct FleetKeeperTests {
    /// A fleet that does nothing until it is retired.
    final class Idle: Fleet {
        let name: String
        let fault: BackupError?
        let (events, event): (AsyncStream<String>, AsyncStream<String>.Continuation)
        private let retirement = StopSignal()

        init(
            _ name: String,
            _ events: (AsyncStream<String>, AsyncStream<String>.Continuation),
            fault: BackupError? = nil
        ) {
            self.name = name
            self.fault = fault
            (self.events, self.event) = events
        }

        func run(opened: @escaping @Sendable () -> Void) async throws {
            if let fault { throw fault }
            opened()
            self.event.yield("\(self.name) opened")
            await self.retirement.wait()
            self.event.yield("\(self.name) ended")
        }

        func retire() { self.retirement.raise() }
    }

    /// Runs a keeper until it is told to shut down, and returns what happened.
    static func events(
        of names: [String],
        failing: Set<String> = [],
        until last: String
    ) async throws -> [String] {
        let events = AsyncStream<String>.makeStream()
        let (causes, cause) = AsyncStream<ReloadCause>.makeStream()
        let next = Mutex(names.dropFirst())
        @Sendable func fleet(_ name: String) -> Idle {
            let fault = failing.contains(name) ? BackupError(.unreachable, "no \(name)") : nil
            return Idle(name, events, fault: fault)
        }
        let keeper = FleetKeeper(
            fleet(names[0]),
            causes: causes,
            load: { _ in next.withLock { $0.popFirst() }.map(fleet) },
            refused: { events.continuation.yield("refused \($0.message)") }
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [keeper], logger: .init(label: "test"))
        )
        var seen: [String] = []
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { events.continuation.finish() }
                try await group.run()
            }
            for await event in events.stream {
                seen.append(event)
                if event == last { await group.triggerGracefulShutdown() } else { cause.yield(.asked) }
            }
            try await tasks.waitForAll()
        }
        return seen
    }

    @Test func `retires the former one when the next is at work, and all at the end`() async throws {
        let seen = try await Self.events(of: ["a", "b"], until: "a ended")
        #expect(seen.first == "a opened")
        #expect(Set(seen.dropFirst()) == ["b opened", "a ended", "b ended"])
        #expect(seen.last == "b ended")
    }

    @Test func `keeps the former one where the next cannot begin`() async throws {
        let seen = try await Self.events(of: ["a", "b"], failing: ["b"], until: "refused no b")
        #expect(seen == ["a opened", "refused no b", "a ended"])
    }

    @Test func `fails where the first one cannot begin`() async throws {
        await #expect(throws: BackupError(.unreachable, "no a")) {
            _ = try await Self.events(of: ["a"], failing: ["a"], until: "")
        }
    }
}
