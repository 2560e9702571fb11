/// When a call of the instance metadata service is repeated: its own rules, which differ from Azure's others.
///
/// 404, 410, 429 and 5xx are repeated up to five times, after 0, 1.6, 3.2, 6.4 and 12.8 seconds. After a 410, which says
/// that the service is being replaced (for up to 70 seconds), after 0, 5, 10, 20 and 40 seconds.
///
/// Source: <https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#retry-guidance>
enum InstanceMetadataRetry {
    /// Decides what follows an answer.
    ///
    /// - Parameters:
    ///   - status: The answer's status.
    ///   - attempt: How many attempts have failed, from 1.
    /// - Returns: How long to wait before the next; nil for none.
    static func delay(after status: Int, attempt: Int) -> Duration? {
        guard status == 404 || status == 410 || status == 429 || (500...599).contains(status) else { return nil }
        guard (1...5).contains(attempt) else { return nil }
        if attempt == 1 { return .zero }
        let factor: Duration = status == 410 ? .milliseconds(2500) : .milliseconds(800)
        return factor * (1 << (attempt - 1))
    }
}
