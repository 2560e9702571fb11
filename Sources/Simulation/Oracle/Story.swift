import Synchronization

/// What happened in a world: always as a digest, and as lines to read where somebody wants to.
///
/// Two runs of one seed are the same run when their digests are.
package final class Story: Sendable {
    private struct State {
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        var lines: [Line] = []
    }

    /// One event.
    package struct Line: Sendable {
        /// When, in milliseconds since 1970 by Azure's clock.
        package var at: Int64
        /// What.
        package var text: String
    }

    private let isTold: Bool
    private let state = Mutex(State())

    /// Creates a story.
    ///
    /// - Parameter isTold: Whether lines are kept.
    init(isTold: Bool) { self.isTold = isTold }

    /// The digest of all events so far.
    var digest: UInt64 { self.state.withLock(\.digest) }

    /// The events so far, where they are kept.
    var lines: [Line] { self.state.withLock(\.lines) }

    /// Adds an event.
    ///
    /// - Parameters:
    ///   - at: When.
    ///   - code: What, as a number for the digest.
    ///   - text: What, for a reader.
    func note(_ at: Int64, _ code: Int64, _ text: @autoclosure () -> String) {
        self.state.withLock { state in
            for value in [at, code] {
                state.digest = (state.digest ^ UInt64(bitPattern: value)) &* 0x0000_0100_0000_01b3
                state.digest ^= state.digest >> 29
            }
        }
        guard self.isTold else { return }
        let line = Line(at: at, text: text())
        self.state.withLock { $0.lines.append(line) }
    }
}
