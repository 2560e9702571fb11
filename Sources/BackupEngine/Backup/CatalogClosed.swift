import BackupDomain

/// Says that the catalog container does not take our records, before any was written: the fallback must do.
struct CatalogClosed: Error {
    /// Why.
    let error: BackupError

    /// Does something with the catalog, and tells a closed one from every other trouble.
    ///
    /// - Parameter body: A call of the catalog or of its lock.
    /// - Returns: What the call returns.
    /// - Throws: ``CatalogClosed`` where the caller has no right there or nothing is there; else what the call throws.
    static func check<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as BackupError
            where [.permissionDenied, .notFound, .storageAccountNotFound].contains(error.code)
        {
            throw CatalogClosed(error: error)
        }
    }
}
