import Synchronization

/// Gives memory back to the system once work has ended: an allocator keeps what its busiest moment took.
///
/// Done with a look of the scheduler, so that nothing wakes for it, and not while anybody is at work.
final class MemoryRelease: Sendable {
    private let release: @Sendable () -> Void
    private let isUsed = Mutex(true)

    /// Creates a release.
    ///
    /// - Parameter release: Gives back what the allocator holds and nobody uses.
    init(_ release: @escaping @Sendable () -> Void) { self.release = release }

    /// Notes that work begins.
    func use() { self.isUsed.withLock { $0 = true } }

    /// Gives memory back, where there was work since the last time.
    ///
    /// - Parameter isIdle: Whether nobody is at work.
    func look(isIdle: Bool) {
        let isDue = self.isUsed.withLock { isUsed in
            guard isIdle, isUsed else { return false }
            isUsed = false
            return true
        }
        if isDue { self.release() }
    }
}
