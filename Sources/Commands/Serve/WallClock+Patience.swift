import BackupDomain

extension WallClock {
    /// Works for no longer than somebody waits.
    ///
    /// - Parameters:
    ///   - patience: How long that is.
    ///   - body: The work.
    /// - Returns: What the work returns.
    /// - Throws: What the work throws, and `CancellationError` where it took too long.
    func within<Value: Sendable>(
        _ patience: Duration,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await self.sleep(for: patience)
                throw CancellationError()
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}
