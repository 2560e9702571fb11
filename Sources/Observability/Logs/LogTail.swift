import Synchronization

/// The newest lines of the log, as far as they have room: for a monitor that is told why something went wrong.
package final class LogTail: Sendable {
    /// The most bytes that are kept.
    private static let mostBytes = 10_000

    private struct State {
        var lines: [String] = []
        var bytes = 0
    }

    private let state = Mutex(State())

    /// Creates a tail without lines.
    package init() {}

    /// The lines, oldest first, without their ends.
    package var lines: [String] { self.state.withLock(\.lines) }

    /// Takes a line; the oldest go where there is no room.
    ///
    /// - Parameter line: The line, with or without its end.
    package func take(_ line: String) {
        let line = line.hasSuffix("\n") ? String(line.dropLast()) : line
        self.state.withLock { state in
            state.lines.append(line)
            state.bytes += line.utf8.count + 1
            while state.bytes > Self.mostBytes, state.lines.count > 1 {
                state.bytes -= state.lines.removeFirst().utf8.count + 1
            }
        }
    }
}
