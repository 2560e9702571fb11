import AzureClient

extension CommandContext {
    /// Works with one network for all connections to Azure that are made one after the other.
    ///
    /// A client of HTTP costs a megabyte that its library never gives back, which adds up where settings change for years.
    ///
    /// - Parameter body: The work, with the context that has the network.
    /// - Returns: What the work returns.
    /// - Throws: What the work throws, and ``BackupDomain/BackupError`` with code `invalidInput` where a variable about proxies or
    ///   roots cannot be followed.
    func sharingNetwork<Result: Sendable>(_ body: (CommandContext) async throws -> Result) async throws -> Result {
        try await AsyncHTTPTransport.with(AzureEnvironment(self.environment)) { network in
            var context = self
            context.network = network
            return try await body(context)
        }
    }
}
