package import BackupDomain

extension StopSignal {
    /// Does something that leaves nothing behind where it is given up, such as a read.
    ///
    /// - Parameter body: What to do; cancelled when somebody asks to stop.
    /// - Returns: What it returns.
    /// - Throws: What it throws, and `CancellationError` where somebody asked to stop first.
    package func unlessRaised<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask {
                await self.wait()
                throw CancellationError()
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }

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
