extension AsyncHTTPTransport {
    /// Opens a transport for the duration of a closure.
    ///
    /// - Parameters:
    ///   - environment: The variables that name roots and proxies.
    ///   - body: What to do with the transport.
    /// - Returns: What the closure returns.
    /// - Throws: What the closure throws, or ``BackupDomain/BackupError`` with code `invalidInput` where a variable cannot
    ///   be followed.
    package static func with<Result: Sendable>(
        _ environment: AzureEnvironment,
        _ body: (AsyncHTTPTransport) async throws -> Result
    ) async throws -> Result {
        let transport = try AsyncHTTPTransport(environment)
        let result: Result
        do {
            result = try await body(transport)
        } catch {
            // The closure's error is the one worth telling; a connection that will not close changes nothing.
            try? await transport.shutdown()
            throw error
        }
        try await transport.shutdown()
        return result
    }
}
