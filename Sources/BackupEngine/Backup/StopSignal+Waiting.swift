package import BackupDomain

extension StopSignal {
    /// Waits, unless somebody asks to stop.
    ///
    /// - Parameters:
    ///   - duration: How long.
    ///   - clock: The time.
    /// - Returns: Whether the whole time has passed.
    /// - Throws: `CancellationError`
    package func pause(_ duration: Duration, on clock: any WallClock) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await clock.sleep(for: duration)
                return true
            }
            group.addTask {
                await self.wait()
                // It returns on cancellation too, which is no request to stop.
                try Task.checkCancellation()
                return false
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
    }
}
