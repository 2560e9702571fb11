package import BackupDomain

extension AzureEnvironment {
    /// The clock to live by: the served one that `APIM_BACKUP_CLOCK` names, or the machine's own.
    ///
    /// - Parameter transport: What reads a served clock.
    /// - Returns: The clock.
    /// - Throws: What ``ServedClock/follow(_:transport:base:)`` throws.
    package func wallClock(_ transport: any HTTPTransport) async throws -> any WallClock {
        guard let url = self[.clock] else { return SystemClock() }
        return try await ServedClock.follow(url, transport: transport, base: SystemClock())
    }
}
