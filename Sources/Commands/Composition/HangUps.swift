import BackupEngine
import Synchronization
import UnixSignals

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// SIGHUP: a request to read the settings again where somebody listens for it, else the end of the terminal.
final class HangUps: Sendable {
    /// The signals that ask the process to stop; SIGHUP only where whoever started it did not have it outlive its terminal.
    let signals: [UnixSignal]
    private let listener = Mutex<(@Sendable () -> Void)?>(nil)

    /// Finds out what the process was started with.
    init() {
        var action = sigaction()
        let isKnown = unsafe sigaction(SIGHUP, nil, &action) == 0
        #if canImport(Glibc)
        let handler = unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        #else
        let handler = unsafe unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
        #endif
        // SIG_IGN, as nohup leaves it.
        let isOutlived = isKnown && handler == 1
        self.signals = isOutlived ? [.sigint, .sigterm] : [.sigint, .sigterm, .sighup]
    }

    /// Listens until cancelled.
    ///
    /// - Parameter heard: Told of each SIGHUP.
    func listen(_ heard: @escaping @Sendable () -> Void) async {
        guard self.signals.contains(.sighup) else {
            for await _ in await UnixSignalsSequence(trapping: .sighup) { heard() }
            return
        }
        self.listener.withLock { $0 = heard }
        await StopSignal().wait()
        self.listener.withLock { $0 = nil }
    }

    /// Hands a signal to whoever listens.
    ///
    /// - Parameter signal: The signal.
    /// - Returns: Whether it was SIGHUP and somebody listens; otherwise it asks to stop.
    func isReload(_ signal: UnixSignal) -> Bool {
        guard signal == .sighup, let heard = self.listener.withLock(\.self) else { return false }
        heard()
        return true
    }
}
