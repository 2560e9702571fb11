import BackupDomain
import BackupEngine
import Foundation
import Synchronization

@testable import Commands

/// Takes what a command or a printer writes.
final class Capture: Sendable {
    private let written = Mutex((output: "", errors: ""))

    var output: String { self.written.withLock(\.output) }
    var errors: String { self.written.withLock(\.errors) }

    func terminal(_ abilities: Terminal.Abilities = Terminal.Abilities()) -> Terminal {
        Terminal(
            abilities: abilities,
            output: { text in self.written.withLock { $0.output += text } },
            error: { text in self.written.withLock { $0.errors += text } }
        )
    }

    func run(_ arguments: [String] = [], environment: [String: String] = [:]) async -> Int32 {
        let context = CommandContext(
            terminal: self.terminal(),
            environment: environment,
            clock: StoppedClock(),
            stop: StopSignal(),
            invocationID: "00000000-0000-4000-8000-000000000000"
        )
        return await ApimBackup.run(arguments, in: context)
    }
}

/// A clock that stands still.
struct StoppedClock: WallClock {
    var now = Date(timeIntervalSince1970: 1_795_482_000)
    var uptime: Duration { .zero }
    func sleep(for duration: Duration) async throws {}
}
