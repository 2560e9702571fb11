import Foundation
import Synchronization

/// The process's standard error, as far as it holds up no backup: what nobody reads is dropped, and so is what a full disk does not take.
final class StandardError: Sendable {
    /// As much as a pipe that has room takes at once.
    private static let most = 4096

    private struct State {
        /// How many texts were dropped since the last one that was written.
        var dropped = 0
        /// Whether the last one is written in part only.
        var isTorn = false
    }

    private let descriptor: Int32
    private let patience: Int32
    private let state = Mutex(State())

    /// Creates an output.
    ///
    /// - Parameters:
    ///   - descriptor: Where to write; standard error by default.
    ///   - patience: How many milliseconds a reader is waited for that was there before; a second by default.
    init(_ descriptor: Int32 = STDERR_FILENO, patience: Int32 = 1000) {
        self.descriptor = descriptor
        self.patience = patience
    }

    /// Writes a text, or drops it.
    ///
    /// - Parameter text: The text.
    /// - Returns: How many were dropped before this one that was written.
    @discardableResult
    func write(_ text: String) -> Int {
        self.state.withLock { state in
            let bytes = Array((state.isTorn ? "\n" + text : text).utf8)
            let count = self.write(bytes, patience: state.dropped == 0 ? self.patience : 0)
            guard count == bytes.count else {
                state.isTorn = state.isTorn || count > 0
                state.dropped += 1
                return 0
            }
            defer { state = State() }
            return state.dropped
        }
    }

    /// Writes bytes as long as somebody takes them.
    ///
    /// - Returns: How many were written.
    private func write(_ bytes: [UInt8], patience: Int32) -> Int {
        var count = 0
        while count < bytes.count {
            var events = [pollfd(fd: self.descriptor, events: Int16(POLLOUT), revents: 0)]
            guard unsafe poll(&events, 1, patience) > 0 else { break }
            let part = bytes[count..<min(count + Self.most, bytes.count)]
            let written = unsafe part.withUnsafeBytes {
                unsafe Foundation.write(self.descriptor, $0.baseAddress, $0.count)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { break }
            count += written
        }
        return count
    }
}
